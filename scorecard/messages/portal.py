"""What the portal says. A step of the year that is refused has the same reason as on the command line."""

from typing import Final

POSTS: Final = {
    "street_clerk": "街道报表员",
    "street_leader": "街道审核人",
    "department": "区级部门",
    "surveyor": "第三方测评机构",
    "office": "区考核办",
    "leading_group": "考核领导小组",
    "community": "社区",
    "administrator": "系统管理员",
}

# What the ledger says of an account, by `portal.audit`.
ACCOUNT_STEPS: Final = {
    "first": "设立第一个系统管理员",
    "made": "新开账号",
    "link": "发新链接",
    "off": "停用",
    "on": "启用",
    "token": "发放接口令牌",
    "revoked": "撤销接口令牌",
    "mail": "改邮箱",
}

# What came of a log-in, by `portal.logins`.
LOGINS: Final = {
    "in": "登录",
    "wrong": "密码不对",
    "locked": "锁定期间又试",
    "off": "账号已停用",
    "unknown": "没有这个登录名",
    "out": "退出",
    "changed": "修改密码",
    "opened": "用链接设置密码",
}

PORTAL: Final = {
    "base": "门户的账号库现在不能用，刚才的操作没有保存，请稍后再试。",
    "no_account": "没有这个账号，可能已被删除，请回到账号列表查看。",
    "link": "这个链接不能用：已经用过、已经过期，或者后来又发了新的；请联系系统管理员重发。",
    "password_length": "密码要有{shortest}到{longest}个字符，请重新设置。",
    "password_weak": "这个密码太容易猜到（字符太少、是连续的一串，或含有本人姓名、登录名），请换一个。",
    "password_common": "这个密码很多人用，最先被试的就是它，请换一个。",
    "password_differs": "两次填写的密码不一样，请重新填写。",
    "old_password": "原密码不对，没有改动，请重新填写；连续错5次锁定15分钟，锁定期间对的也不能用。",
    "last_admin": "停用之后就没有能登录的系统管理员了，没有改动；请先另开一个管理员账号。",
    "login_form": "登录名「{raw}」不能用：请用3到32个小写字母、数字、点、横线，以字母开头。",
    "person_form": "姓名要有2到40个字，不能有换行等看不见的字符，请重新填写。",
    "post_form": "岗位和单位对不上：街道的岗位要选街道，区级部门、第三方要选报送单位，社区要选社区，"
    "其他岗位都不选；请重新选择。",
    "no_street": "名录里{year}年度没有街道「{raw}」，请重新选择。",
    "no_unit": "名录里{year}年度没有社区「{raw}」，请重新选择。",
    "no_owner": "考核办法里没有由「{raw}」报送的指标，请重新选择。",
    "taken": "登录名「{login}」或姓名「{person}」已有账号；一人一个账号，重名的请在姓名后加单位或数字。",
    "login_failed": "登录名或密码不对，或者账号已停用、已锁定。连续错5次锁定15分钟；"
    "忘记密码的请联系系统管理员。",
    "forbidden_title": "没有权限",
    "forbidden": "您的岗位不能打开这一页；需要的请联系系统管理员。",
    "missing_title": "没有这一页",
    "missing": "没有这一页，或者它不属于您的街道、您的社区、您的单位。",
    "refused_title": "没有办成",
    "stale_title": "没有办成",
    "stale": "这个表单已经失效（登录过期、换了账号，或从别处打开），什么都没有改动；请回到页面刷新后再办。",
    "too_large": "上传的内容超过{limit}MB，没有接收；一个街道一年的报表不到1MB，请核对选对了文件。",
    "often_login": "从您这个网络地址登录或设密码的次数太多，这一次没有办理；请等{wait}秒再试。",
    "often_upload": "您这个账号上传得太频繁，这一份没有接收；请等{wait}秒再传。",
    "often_call": "程序的请求太频繁，这一次没有办理；请等{wait}秒再试，并让程序隔久一些再问。",
    "bad": "请求的写法不对，什么都没有改动；请回到页面重新办理。",
    "unknown_trouble": "原因见服务器日志",
    "machine": "服务器的磁盘或系统出了问题（{reason}），刚才的操作没有完成；请联系系统管理员，稍后再试。",
    "away": "存放文件的服务器现在连不上或不让读写，刚才的操作没有完成；请联系系统管理员，稍后再试。",
    "fault_title": "程序出错",
    "fault": "程序自身出错，刚才的操作没有完成，已记入服务器日志；请联系系统管理员。",
    "drafts": "未提交的文件已有{most}份，没有接收；请先提交或删除其中几份。",
    "empty_file": "没有选文件，或者选的是空文件（0字节），没有接收；请选好文件再上传。",
    "no_draft": "这份上传的文件已经提交或删除，请回到填报任务查看。",
    "draft_changed": "这份上传的文件在服务器上损坏了，请删除后重新上传。",
    "unnamed": "未命名",
    "row": "表头行「{raw}」不是行号，请填1到9999之间的整数，或者留空。",
    "cell": "格「{raw}」没有写对：格写成 F7 这样的列和行，每格都要写理由；请改正后再退回。",
    "opened": "密码已设置，请登录。",
    "changed": "密码已修改，请用新密码登录。",
    "logged_out": "已退出登录。",
    "setup": "还没有账号。请在本机用浏览器打开下面的链接，设置第一个系统管理员（24小时内有效，只能用一次）：",
    "serving": "门户已启动：{url}（{year}年度，数据文件夹 {data}）。按 Ctrl+C 停止。",
    "landing": "已上报的文件没有全部放入数据文件夹：{reason}改好后重新启动门户，会补上。",
    "port": "--port {raw} 不是端口号，请写1到65535之间的数。",
    "trial": "演练：今天按{on}办理。",
}

# Why a file cannot be handed in; `locked` by the stage of the version that stands.
HANDIN: Final = {
    "unknown": "看不出这份文件是哪张报表（没有认出表头或单位），没有提交；请核对工作表、表头行和列的对应，"
    "或改用下载的模板。",
    "elsewhere": "这份文件区里已经收过（回执{receipt}），但没有认出是哪个街道的；请联系区考核办处理。",
    "form": "这份文件是“{form}”，不由{sender}报送，没有提交；请核对选对了文件。",
    "owner": "这份文件里有{count}项不由{sender}报送的指标（{names}），没有提交；"
    "请只留本单位的列，或核对选对了文件。",
    "year": "这份文件写的是{year}年度，现在收的是{asked}年度，没有提交；请核对文件，年度写错的请改正。",
    "ledger": "问题台账按列名读取，不能指定工作表、表头行、编码和列的对应；请直接改台账，再传一次。",
    "street": "这份文件里有不属于{street}的社区，没有提交；请只留本街道的行，或核对社区名称。",
    "nothing": "这份文件里没有一个可以采用的数，没有提交；请按下面列出的问题改正后重新上传。",
    "same": "这份文件与退回或撤回的一份完全相同，没有更正；请改正后再上传。",
    "replacing": "{receipt}还没有审完；要以新文件替代，请勾选“撤回尚未审完的一份，以这份替代”。",
    "newer": "另交新文件替代",
    "removed": "比上一份少了{count}个数；确实不再报送的，请勾选“确认不再报送”，否则请补上再交。",
    "errors": "还有{count}处错误：有错的社区暂不排名。确需先交的，请勾选“有错误，仍先提交”。",
}
# Where a deadline stands on a day.
TERM: Final = {
    "early": "{opens}开始",
    "left": "还有{days}天",
    "today": "今天截止",
    "over": "已过截止{days}天",
}
# What a step is called on its button, by role and target (of a file of the district's side, with `.district`,
# where that says something else); else by its target's own name.
VERBS: Final = {
    "street_clerk.DRAFT": "登记为填报中",
    "street_clerk.SELF_DONE": "自评完成，交审核人",
    "street_clerk.SUBMITTED": "上报区里",
    "street_clerk.WITHDRAWN": "撤回",
    "department.DRAFT": "登记为填报中",
    "department.SUBMITTED": "上报区里",
    "department.WITHDRAWN": "撤回",
    "surveyor.DRAFT": "登记为填报中",
    "surveyor.SUBMITTED": "上报区里",
    "surveyor.WITHDRAWN": "撤回",
    "street_leader.STREET_OK": "审核通过",
    "street_leader.SUBMITTED": "上报区里",
    "street_leader.WITHDRAWN": "退回报表员更正",
    "office.IN_REVIEW": "开始审核",
    "office.RETURNED": "退回街道",
    "office.RETURNED.district": "退回报送单位",
    "office.ACCEPTED": "接收",
}
# Accepting several files in one step: what is said of each.
BULK: Final = {
    "none": "没有勾选文件，什么都没有办理；请在“待我”一栏勾选后再办。",
    "most": "一次最多勾选{most}份，这次勾了{count}份，什么都没有办理；请分几次办。",
    "done": "已接收。",
    "gone": "没有这份文件，没有办理；请刷新后再看。",
    "findings": "检查出{count}处错误、需说明或警告，没有接收；请打开这一份逐处核对后办理。",
}
BACKUP: Final = {
    "exists": "备份要写到「{path}」，但已有这个文件，没有覆盖；请换一个名字。",
    "none": "没有找到备份「{path}」，请核对路径。",
    "taken": "要恢复到「{path}」，但那里已有东西，没有改动；请换一个空文件夹。",
    "damaged": "「{path}」不是本程序的备份，或者已经损坏，没有恢复；请换另一份备份。",
    "written": "已备份：{path}（{count}个文件）。里面有原件和账号，请妥善保管；抄存的台账指纹另放一处。",
    "restored": "已恢复到 {path}（{count}个文件），台账和留存文件核验通过；台账末条指纹 {head}，"
    "请与抄存的核对。原来的登录、令牌都已失效。",
    "no_ledger": "（没有台账）",
}
BUILDS: Final = {
    "running": "报告正在生成，请等它完成再试。",
    "fault": "程序自身出错或被中断，报告仍是上一次的；请联系系统管理员查看服务器日志。",
}
LOCKED: Final = {
    "IN_REVIEW": "区里正在审核已上报的那一份，暂时不能另交；需要更正的，请联系区考核办退回。",
    "ACCEPTED": "已批准：这张报表区里已经接收；需要更正的，请在“延期和重开”里申请重开，批准以后再交。",
    "ACCEPTED.district": "已批准：这张报表区里已经接收；需要更正的，请联系区考核办退回后再交。",
    "FROZEN": "已锁定：本年度数据已经冻结，此后只有复核决定能更正。",
}

# Why a step of a file cannot be taken, by `NotAllowedError.why`.
REFUSED: Final = {
    "state": "现在是“{now}”，不能办理“{target}”；可能别人刚刚办过，请刷新后再看。",
    "role": "“{target}”应由{roles}办理。",
    "self": "本人不得审核本人：您办过要审的这一步，“{target}”请由另一人办理。",
    "linked": "应当回避：您是其中社区的联点人员，“{target}”请由另一人办理。",
    "order": "今天（{on}）早于上一步的日期（{since}），请联系系统管理员核对服务器的日期。",
    "early": "填报窗口未开放：{term}从{opens}开始，请到时再办。",
    "late": "已过截止：{term}到{due}为止。确需办理的，请写明逾期原因，并记为逾期；"
    "也可以先在“延期和重开”里申请延期。",
    "need.reason": "请写明办理“{target}”的理由。",
    "need.cells": "退回要逐格写明理由：请至少写一格，或勾选“检查出的错误全部列入”。",
    "need.new_file": "这份文件与退回或撤回的一份完全相同，没有更正；请改正后再上传。",
    "need.one_accepted": "已批准：这张报表已经接收了一份（{detail}），要改用这一份，须先退回那一份。",
    "need.not_frozen": "已锁定：{detail}年度数据已经冻结，此后只有复核决定能更正。",
}
