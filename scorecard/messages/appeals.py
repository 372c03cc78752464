"""Sentences about appeals (申诉), decisions and the sealed archive (封存归档)."""

from typing import Any, Final

from scorecard.findings import Severity
from scorecard.messages.text import Text

APPEALS: dict[str, Text] = {
    "W930": Text(
        Severity.INFO,
        "申诉更正",
        "{unit}的“{indicator}”由决定{decision}更正：{change}（申诉{appeal}）。",
        "不需要处理；原来的数和原来的格都留存，可用 scorecard explain 查看。",
    ),
    "W931": Text(
        Severity.WARNING,
        "更正的原值不同",
        "决定{decision}更正{unit}的“{indicator}”时{field}是「{old}」，现在的文件里是「{found}」；仍按决定的「{new}」计。",
        "请核对决定作出之后哪个文件改了这个数。",
    ),
    "W932": Text(
        Severity.ERROR,
        "更正不能采用",
        "决定{decision}对{unit}“{indicator}”的更正不能采用：{reason}",
        "请核对考核办法和名录是否在决定之后改过；确实改过的，另作一个有文号的决定。",
    ),
}

# What a command refuses, each a whole sentence with its place, value, reason and way out.
REFUSALS: Final = {
    "no_appeal": "没有编号为「{no}」的申诉，现有：{known}。",
    "no_appeals": "还没有申诉。",
    "decided": "申诉{no}已由决定{decision}（{on}）作出，不能再改；结果仍有争议的，请另提申诉、另作决定。",
    "four_eyes": "申诉{no}由「{actor}」提出，不能由同一人决定，请换一位决定人。",
    "linked": "应当回避：「{decider}」是申诉{no}的单位的联点人员（decisions/联点.csv），请换一位决定人。",
    "empty": "{option} 没有内容，请写明{what}。",
    "no_number": "{option} 写的「{given}」不是文号：决定要有文号，还没有的，等有了再登记。",
    "other_indicator": "申诉{no}申诉的是{unit}的“{appealed}”，--set 要改的是“{others}”，没有登记："
    "指标写错的请改正；决定确实一并更正没有申诉的指标的，加 --also-other。",
    "no_file": "没有找到{what}「{path}」。",
    "file_empty": "{what}「{path}」是空文件（0字节），请换成有内容的文件。",
    "file_large": "{what}「{path}」有{size}字节，超过上限{limit}字节，请压缩或只交有关的页。",
    "no_receipt": "台账里没有回执「{receipt}」，请核对回执号（scorecard ledger show 可以查）。",
    "no_cell": "回执{receipt}的{place}没有计分的数，请核对表名和单元格（例如 --cell F7）。",
    "bad_cell": "单元格「{cell}」的写法不对，请按 Excel 的写法，例如 F7。",
    "which": "{place}的数供{count}项指标使用（{codes}），请用 --indicator 写明申诉哪一项。",
    "not_there": "{place}不是{unit}「{indicator}」的数，请核对单位、指标和单元格。",
    "name_what": "请写明申诉的是哪个数：--unit 和 --indicator，或者 --receipt、--sheet 和 --cell。",
    "no_item": "{unit}没有指标「{indicator}」，可用的有：{known}。",
    "window": "提出日期{on}不在{year}年度的异议期内（{start}至{end}），不能受理。",
    "not_open": "{year}年度现在是{state}，还没有到公示和异议期，不能受理申诉。",
    "before": "决定日期{on}早于申诉提出的日期{opened}，请核对。",
    "no_change": "申诉成立（upheld）须写明改什么，例如 --set TH01.numerator=395；不改数的请用 rejected。",
    "change_rejected": "驳回的申诉不能改数，请去掉 --set，或把 --outcome 改为 upheld。",
    "bad_set": "--set 的写法是“指标.项=值”，例如 TH01.numerator=395；「{given}」不是这样写的。",
    "set_twice": "--set 把{indicator}的{field}写了两次，请只留一个。",
    "bad_field": "--set 的项「{field}」不认识，可以是：{known}。",
    "bad_indicator": "考核办法里没有{unit}要报的指标「{indicator}」。",
    "derived": "指标「{indicator}」由系统从各社区结果计算，不能直接更正；请更正它所依据的数。",
    "no_field": "指标「{indicator}」没有{field}，可以改的有：{known}。",
    "bad_state": "状态「{value}」不认识，可以是：{known}。",
    "state_alone": "指标「{indicator}」已写明状态，就不再写别的项，请只留一种。",
    "not_allowed": "指标「{indicator}」不允许按不涉及处理。",
    "incomplete": "改后{unit}的「{indicator}」仍不完整，请同时写明{fields}。",
    "wrong": "{unit}的「{indicator}」不能这样改：{reason}",
    "same": "{unit}的「{indicator}」本来就是{field}「{value}」，没有改动。",
    "older": "决定{decision}作出之后还没有重新计算，请先运行 scorecard build 再查。",
    "no_unit": "名录里没有编码为「{unit}」的单位。",
    "preview": "试看：没有登记，也没有改动任何数；要登记，去掉 --preview 再运行一次。",
    "preview_rejected": "驳回的，不改动任何数。",
    "late_note": "晚于申诉答复的时限，登记的原因：{note}",
    "rejected_effect": "申诉{no}已驳回，不改动任何数。",
    "open_effect": "申诉{no}还没有决定，不改动任何数。",
}


def refusal(key: str, **values: Any) -> str:
    """Return the sentence `key` with its values filled in; a long value is cut."""
    return REFUSALS[key].format(**{name: _short(value) for name, value in values.items()})


def _short(value: Any) -> Any:
    return value if not isinstance(value, str) or len(value) <= 400 else f"{value[:400]}…"
