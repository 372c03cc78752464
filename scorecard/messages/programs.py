"""What the interface for programs says, its tokens, and the command that uses it."""

from typing import Final

API: Final = {
    "title": "社区考核门户接口",
    "description": "和网页办的是同一套：权限、检查、回执、各步都一样。令牌由系统管理员发放。"
    "一份上传的文件以它的 SHA-256 为名，重复上传、重复提交都只算一次。",
    "sha256_is": "文件的 SHA-256，小写十六进制",
    "base_is": "要更正的那一份上传的 SHA-256，小写十六进制",
    "number_is": "回执号",
    "form_is": "报表代号",
    "rated_is": "被评单位的代号，见评议任务",
    "suggestion_is": "建议编号",
    "wait_is": "等几秒再试",
    "status_400": "请求不对，什么都没有改动",
    "status_401": "令牌无效",
    "status_403": "这个账号没有权限",
    "status_404": "没有，或者不属于这个账号",
    "status_409": "年度的次序、时限、回避等不允许",
    "status_413": "超过大小限制",
    "status_429": "请求太频繁，什么都没有改动，稍后再试",
    "status_500": "程序出错",
    "status_503": "存放文件的服务器连不上，稍后再试",
    "status_507": "服务器的磁盘或系统出了问题",
    "token_title": "令牌无效",
    "token": "没有带令牌，或者令牌写错、过期、已撤销，账号也可能已停用；请在请求头写 "
    "Authorization: Bearer 令牌，需要新令牌的请联系系统管理员。",
    "json": "请求内容不是 JSON，什么都没有改动；请对照接口说明 /api/v1/openapi.json 改正。",
    "field": "请求内容的“{field}”写得不对，什么都没有改动；请对照接口说明 /api/v1/openapi.json 改正。",
    "sha256": "收到的文件指纹是{found}，与网址里写的不同，没有接收；请核对文件在传送中有没有改动，再传一次。",
}

TOKENS: Final = {
    "name": "令牌用途要有2到40个字，不能有换行等看不见的字符，例如“望河街道台账系统”，请重新填写。",
    "term": "有效期只能选{terms}天之一，请重新选择。",
    "post": "{person}的账号不能用接口令牌：只发给没有停用的街道报表员、区级部门、"
    "第三方、社区、区考核办账号，审核须由本人登录办理。",
    "most": "{person}已有{most}个有效的令牌，没有再发；请先撤销不用的。",
    "none": "没有这个令牌，可能已经撤销，请回到令牌列表查看。",
}

PUSH: Final = {
    "no_token": "没有令牌：请用 --token-file 写明存放令牌的文件，或把令牌放进环境变量 SCORECARD_TOKEN。",
    "token_file": "令牌文件「{path}」里不是一个令牌，请核对文件；里面只放系统管理员发的那一行。",
    "url": "--to「{url}」不是门户的网址，请写成 https://主机 或 https://主机:端口。",
    "plain": "--to「{url}」是 HTTP，令牌会在网上明文传，没有连接；请改用 https 网址，"
    "确在可信的内网里用的加 --plain-http。",
    "offline": "连不上门户「{url}」：{reason}。请核对网址、网络和门户是否已启动。",
    "certificate": "HTTPS 证书核验不通过",
    "slow": "等了{seconds}秒没有回答",
    "unreachable": "主机或端口不通",
    "odd": "「{url}」的回答不是门户的接口（状态{status}），请核对网址。",
    "refused": "门户没有办理：{detail}",
    "sender": "这个令牌是{own}的，不是{asked}的，没有上传；请换令牌或改 --street。",
    "size": "「{path}」超过{limit}MB，没有上传；请核对选对了文件。",
    "missing": "没有找到文件「{path}」。",
    "receipt": "已提交，回执 {number}（{at}，{sender}{form}）",
    "hash": "指纹 SHA-256 {sha256}",
    "units": "{facts}条数据；采用{accepted}个社区，待更正{waiting}个{names}",
    "not_submitted": "《{name}》没有提交：{detail}",
}
