"""Sentences about the year: the calendar, what a step needs, what a freeze keeps out."""

from typing import Final

from scorecard.findings import Severity
from scorecard.messages.text import Text

CALENDAR: Final = {
    "unknown": "没有{year}年的工作日历：国务院一般在{before}年11月公布放假安排，请按通知增加「{path}」。",
    "unreadable": "工作日历「{path}」读不出来：{reason}，请改正后再试。",
    "unsound": "工作日历「{path}」不能用：{reason}，请对照国务院办公厅的放假通知改正。",
}

# Why a step is refused, by `cycle.permit.Why`.
REFUSALS: Final = {
    "state": "状态不对：现在是“{now}”，不能转为“{target}”，{ways}",
    "ways": "下一步可以是：{names}。",
    "no_way": "没有下一步。",
    "role": "无权限：{role}不能办理“{target}”，应由{roles}办理。",
    "self": "本人不得审核本人：「{actor}」办过要审的这一步，请由另一人办理“{target}”。",
    "linked": "应当回避：「{actor}」是其中社区的联点人员（decisions/联点.csv），请由另一人办理“{target}”。",
    "order": "日期「{on}」早于上一步的日期（{since}），请核对 --on。",
    "early": "未到时间：{term}从{opens}开始，「{on}」还不能办理，请到时再办；日期写错的，改正 --on。",
    "late": "已过截止：{term}到{due}为止，「{on}」已经过期；确需办理的，请用 --note 写明原因，并记为逾期。",
}

# What a step lacks, by `cycle.table.Need`; `detail` is what the pipeline found.
NEEDS: Final = {
    "document": "办理“{target}”要有文号，请用 --document 写明。",
    "reason": "办理“{target}”要写明理由，请用 --note 写明。",
    "cells": "退回要逐格写明理由，请用 --cell 表名!格=理由 写明，或用 --findings 把检查出的错误全部列入。",
    "new_file": "这是退回或撤回的原文件，没有更正：请放入更正后的文件，运行 scorecard build 取得新回执再办。",
    "one_accepted": "同一街道同一报表只能接收一份：{detail}已经接收，要改用这一份的，先退回那一份。",
    "pleaded": "已接收的报表由考核领导小组退回，要有街道的重开申请；请在门户的“延期和重开”里办理。",
    "settled": "还有{detail}没有审完，审核期限未到；请先接收或退回，或者到期后再办。",
    "year_over": "数据所属期到{detail}为止，年度结束之后才能冻结，请核对 --on。",
    "same_rules": "考核办法下达以后改过（{detail}）：要改的请另出新版（edition 加 1），原版恢复原样。",
    "not_frozen": "{detail}年度数据已经冻结，此后只有复核决定能更正。",
    "publicity_over": "未到时间：公示期到{detail}为止，期满之后才能定稿。",
    "no_appeal": "还有{detail}件申诉没有答复，答复之后才能定稿。",
    "same_grades": "公示以后有申诉成立，等次有变动（{detail}），须重新公示：先用 --to 计分试算 退回，"
    "重新审议、公示，再定稿。",
}

# A frozen year that cannot be built as it was frozen.
FROZEN_YEAR: Final = {
    "as_of": "{year}年度数据已经冻结，数据截至{fixed}，不能另定为{asked}，请去掉 --as-of。",
    "rulebook": "{year}年度数据已经按“{id}”第{edition}版（{hash}）冻结，现在的考核办法是{now}："
    "请恢复冻结时的那一版，或用 --rulebook 指明。",
    "result": "{year}年度数据已经冻结（程序{was}版），本程序（{now}版）算出的结果与冻结的不同，没有发布："
    "请用原版程序。",
    "waiting": "{year}年度还有{count}个社区的数据待更正{names}，考核办法规定此时不能冻结：请先更正，"
    '或在考核办法里写明 [freeze] waiting = "unranked"。',
    "place": "台账里的文件位置「{place}」不在数据文件夹里，没有采用。",
}

YEAR_FINDINGS: dict[str, Text] = {
    "W901": Text(
        Severity.WARNING,
        "冻结之后放入",
        "本文件在数据冻结（{on}）之后放入，没有计入{year}年度结果。",
        "要采用其中的数据，须由复核决定更正；属于别的年度的，请移到那个年度的文件夹。",
    ),
    "W902": Text(
        Severity.WARNING,
        "冻结之后改动",
        "本文件在数据冻结（{on}）之后改动过，{year}年度仍按冻结时留存的那一份计分。",
        "要采用改动后的数据，须由复核决定更正；改错了的请恢复原样。",
    ),
    "W903": Text(
        Severity.INFO,
        "决定文件在冻结之后改动",
        "{names}在数据冻结（{on}）之后改动过，{year}年度按冻结时留存的那一份计。",
        "属于别的年度的改动无需处理；要影响本年度的，须由复核决定更正。",
    ),
    "W905": Text(
        Severity.WARNING,
        "已退回或撤回",
        "本文件（回执{receipt}）{on}{stage}，没有采用；原件和回执留存。",
        "请把更正后的文件整份放进来，运行 scorecard build 取得新回执，再登记上报；原样再放一次不算更正。",
    ),
    "W906": Text(
        Severity.INFO,
        "批准晚于截至日，暂不起作用",
        "这一行“不涉及”批准的日期{day}晚于数据截至日{as_of}，暂不起作用，截至日到{day}或者以后才起作用。",
        "要在本次起作用，请用 --as-of 把数据截至日定到{day}以后（冻结时也这样写）；日期写错的请更正。",
    ),
    "W907": Text(
        Severity.WARNING,
        "名录在冻结之后改动",
        "名录在数据冻结（{on}）之后改动过，{year}年度仍按冻结时留存的名录计算。",
        "以后年度的改动无需处理；要影响本年度的，须由复核决定更正。",
    ),
    "W904": Text(
        Severity.ERROR,
        "联点登记无效",
        "这一行联点登记不能采用：{reason}。",
        "请改正；改正之前，区级审核不能办理。",
    ),
}

CYCLE: Final = {
    "as_of": "--as-of 只在转为“数据冻结”时写：数据截至哪一天，以后不再变。",
    "cell": "--cell 的写法是“表名!格=理由”，例如 填报!F7=分子大于分母；「{raw}」不是这样写的。",
    "ways": "下一步不止一种或没有（{names}），请用 --to 写明。",
    "overtaken": "状态不对：「{actor}」刚刚先办了一步，请看过现在的状态再办。",
    "no_receipt": "{year}年度没有回执「{raw}」：先运行 scorecard build 收下文件，"
    "再用 scorecard submission list 查回执号。",
    "links": "decisions/联点.csv 有{count}处错误，看不出谁应当回避，请先改正：{message}",
}

# What `scorecard cycle` and `scorecard submission` show.
SHOWN: Final = {
    "state": "{year}年度：{state}（报告标注：{stamp}）",
    "none": "没有登记过年度步骤：文件照常计分，报告标注“试算”。",
    "snapshot": "数据已冻结，快照 {snapshot}；以后只有复核决定能更正。",
    "publicity": "公示期 {first} 至 {last}，期内受理异议。",
    "publicised": "公示期 {first} 至 {last}，已期满。",
    "unsettled": "待审核或待重报的文件：{count}份。",
    "appeals": "待答复的申诉：{numbers}。",
    "next": "下一步可以是：",
    "way": "  {target}（{roles}办理）",
    "against": "    {reason}",
    "upheld_since": "公示以后有申诉成立（{numbers}）：等次有变动的须先重新公示，"
    "是否变动可用 scorecard appeal show 编号 查看。",
    "terms": "时限：",
    "term": "  {name}：{opens}{due}{rolled}{planned}{left}",
    "opens": "{opens} 至 ",
    "rolled": "（原定{closes}，顺延）",
    "early": "　还没有开始",
    "left": "　还有{days}天",
    "today": "　今天到期",
    "over": "　已过{days}天",
    "taken": "　{on}已办",
    "skipped": "　没有登记这一步",
    "passed": "　已期满",
    "closed": "　已结束",
    "planned": "（按计划为{opens}{due}）",
    "steps": "已办：",
    "step": "  {on} {source} → {target}　{role} {actor}{document}{note}",
    "document": "　文号 {number}",
    "note": "　{note}",
    "done": "已办：{step}",
    "again": "已经办过，没有重复登记：{step}",
    "swept": "随年度一并转入的文件：{count}份。",
    "built": "快照 {snapshot}，结果 {result}：以后的计算都以此为准。",
    "waiting": "有{count}个社区数据待更正，冻结后仍不排名；要更正须经复核决定。",
    "no_files": "没有收到文件，也没有应报的报表。",
    "file": "{receipt}　{street} {form}{version}　{stage}{late}　{file}",
    "no_receipt": "（无回执）",
    "no_form": "报表未认出",
    "district": "区级部门、第三方",
    "version": " 第{version}版",
    "late": "（逾期）",
    "owed": "未报",
    "counts": "{street}：迟报{late}次，退回{returned}次，漏报{missing}次。",
    "file_done": "已办：{receipt} 第{version}版 {source} → {target}　{role} {actor}　{on}　{file}",
    "file_again": "已经办过，没有重复登记：{receipt} 第{version}版 {target}　{role} {actor}　{on}",
    "cell": "  {place}：{reason}",
    "left_open": "注意：这份文件还有{count}处错误没有改，有关的数暂按待核处理；要更正，先退回，改好再交。",
    "left_waiting": "注意：这份文件还有{count}处错误没有改，{number}个社区（{units}）的数据待更正，"
    "更正以前不排名；要更正，先退回，改好再交。",
    "year_entry": "{year}年度 {source} → {target}（{role} {actor}，{on}）",
    "file_entry": "回执{receipt} {source} → {target}（{role} {actor}，{on}）",
}

# Who hands in the lists that no street's name stands on, by the form's code; every other is the district's.
SENDERS: Final = {"GS": "各街道、社区", "PY": "各社区", "PJ": "各社区", "ZP": "各社区"}

# The same needs in a few words, for the list in docs/year.md.
NEED_NAMES: Final = {
    "document": "文号",
    "reason": "理由",
    "cells": "逐格理由",
    "new_file": "更正后的新文件",
    "one_accepted": "没有别的已接收版本",
    "pleaded": "已批准的重开申请",
    "settled": "没有待审、待重报的文件，或审核期限已过",
    "year_over": "年度已结束",
    "same_rules": "考核办法未改，或已出新版",
    "not_frozen": "年度未冻结",
    "publicity_over": "公示期满",
    "no_appeal": "申诉都已答复",
    "same_grades": "公示以后等次没有变动",
}
DIAGRAM: Final = {
    "begin": "<!-- {name}：以下由 make docs 生成 -->",
    "end": "<!-- {name}：以上由 make docs 生成 -->",
    "head": "| 从 | 到 | 谁办 | 时限 | 条件 |",
    "program": "随年度自动转入",
    "four_eyes": "不能是经办过的人",
    "judges": "不能是联点人员",
}
