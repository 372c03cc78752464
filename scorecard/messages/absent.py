"""Sentences about requests for 不涉及 and what the district decides about them."""

from typing import Final

REASON: Final = "理由"
EXCUSING: Final = {
    "level": "批准级别「{level}」不能批准，须为{levels}，没有办理；请重新选择。",
    "document": "没有写文号，没有办理；批准“不涉及”要有文号（“无”“待定”之类不是文号），请写明。",
    "reason": "没有写理由，没有办理；不批准、收回都要写明为什么。",
    "word": "没有选批准还是不批准，没有办理；请按其中一个按钮。",
    "none": "没有勾选，没有办理；请至少勾选一项。",
    "most": "一次最多办理{most}项，这次勾选了{count}项，没有办理；请分几次。",
    "gone": "没有这一项申请，可能街道已经更正或撤回，请刷新后再看。",
}
EXCUSE_REFUSED: Final = {
    "state": "现在是“{now}”，不能再办这一步；可能别人刚刚办过，请刷新后再看。",
    "self": "本人不得审核本人：这份报表您经办过，请由另一人决定。",
    "linked": "应当回避：您是这个社区的联点人员，请由另一人决定。",
    "need.not_frozen": "已锁定：{detail}年度数据已经冻结，不能再批准或收回“不涉及”，此后只有复核决定能更正。",
}
# An entry of the ledger as a line.
EXCUSE_ENTRY: Final = "不涉及 {unit}的{indicator}（回执{receipt}）：{actor}{word}{document}{reason}"
VERDICTS: Final = {"GRANTED": "批准", "REFUSED": "不批准", "ASKED": "收回决定"}
