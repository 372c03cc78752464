"""Sentences about a street's request for a later date (延期) or to reopen what was accepted (重开)."""

from typing import Final

KINDS: Final = {"later": "延期", "reopen": "重开"}
PLEADING: Final = {
    "none": "没有编号为「{number}」的申请，请回到列表查看。",
    "no_one": "{year}年度没有申请。",
    "street": "名录里没有街道「{raw}」，请核对 --street。",
    "note": "没有写理由，没有办理；请用 --note 写明为什么。",
    "second": "同类的申请{number}还没有决定，没有另外受理；请等它决定后再提。",
    "not_accepted": "没有这份已接收的报表可以重开；没有接收的，报表员可以直接撤回或另交。",
    "no_day": "没有写延到哪一天，没有办理；请写明日期。",
    "day": "日期「{until}」不能用：要晚于{after}，早于数据冻结的{before}；请改一个日期。",
}

# An entry of the ledger as a line.
PLEA_ENTRIES: Final = {
    "plea.ask": "申请 {number}：{actor}申请{kind}{until}，{reason}",
    "plea.propose": "申请 {number}：{actor}提出意见，{word}{until}，{reason}",
    "plea.decide": "申请 {number}：{actor}决定，{word}{until}，{reason}",
}
UNTIL: Final = "到{day}"
AGREES: Final = {True: "同意", False: "不同意"}
