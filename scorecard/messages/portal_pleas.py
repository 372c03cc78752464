"""What the portal says about requests for a later date or a reopening."""

from typing import Final

PLEA_PAGE: Final = {
    "kind": "没有选申请延期还是重开，请选一种。",
    "day": "日期「{raw}」不是日期，没有办理；请写成 2026-01-10 这样。",
    "reason": "没有写理由，没有办理；请写明为什么。",
    "word": "没有选同意还是不同意，请选一种。",
    "confirm": "没有打勾确认，没有办理；请核对后打勾。",
}
PLEA_REFUSED: Final = {
    "state": "现在是“{now}”，不能再办这一步；可能别人刚刚办过，请刷新后再看。",
    "self": "本人不得审核本人：申请或意见是您提的，请由另一人决定。",
    "linked": "应当回避：您是这个街道的联点人员，请由另一人办理。",
    "need.not_frozen": "已锁定：{detail}年度数据已经冻结，不能再延期或重开，此后只有复核决定能更正。",
}
