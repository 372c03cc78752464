"""Tables of lists as people read them: Chinese heads, amounts in 万元, 是 and 否; no code that has a name."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from scorecard.exact import unscaled
from scorecard.rulebook.words import plain

Cell = Callable[[Any], Any]
_E2, _E6 = 2, 6
_OPTION: Final = "n_"  # before an option's name: how many chose it
_DROPPED: Final = frozenset(("standing", "card", "state"))  # their names stand beside
_LEDGERS: Final = {"tasks": "任务", "issues": "问题"}


def _scaled(scale: int) -> Cell:
    return lambda value: None if value is None else plain(unscaled(value, scale))


def _fixed(value: Any) -> str | None:
    return None if value is None else str(unscaled(value, _E2).quantize(Decimal("0.01")))


def _flag(value: Any) -> str:
    return "是" if value else "否"


def _ledger(value: Any) -> str:
    return _LEDGERS[value]


# What stands of a task or an issue on the cut-off day; their numbers have columns of the same names.
STANDINGS: Final = {
    "on_time": "按期",
    "late": "逾期完成",
    "unaccepted": "已完成未验收合格",
    "rejected": "验收不合格",
    "open": "到期未完成",
    "undated": "没有期限",
    "not_due": "未到期",
    "later": "截至日后交办",
}

# Head by key, and how a cell is written that is not shown as it is.
_HEADS: Final[Mapping[str, str]] = STANDINGS | {
    "year": "年度",
    "unit_code": "社区编码",
    "unit_name": "社区",
    "street_name": "街道",
    "ledger": "清单",
    "counted": "应完成",
    "held": "有错误待更正",
    "file": "文件",
    "sheet": "工作表",
    "row": "行",
    "first_row": "起始行",
    "rows": "行数",
    "sha256": "文件指纹",
    "tasks": "任务数",
    "residents": "居民提出",
    "assigned": "上级安排",
    "amount_e6": "金额（万元）",
    "unfunded": "上级安排未落实经费",
    "maps": "规划图",
    "publicised_from": "公示起始日",
    "comments": "公众意见数",
    "number": "编号",
    "matter": "事项",
    "kind": "类别",
    "where": "地点",
    "quantity": "数量",
    "measure": "计量单位",
    "source": "投入来源",
    "owner": "责任单位",
    "origin": "来源",
    "begun": "交办日期",
    "due": "完成时限",
    "done": "完成日期",
    "accepted": "验收日期",
    "verdict": "验收结论",
    "standing_name": "完成情况",
    "note": "备注",
    "day": "日期",
    "text": "意见",
    "reply": "答复",
    "rated_name": "被评单位",
    "shown": "公布",
    "asked": "应评社区数",
    "responded": "参评社区数",
    "valid": "有效评议数",
    "response_e2": "参评率（%）",
    "mean_e2": "平均分",
    "rank": "名次",
    "ranked": "排名单位数",
    "item_code": "评议项编码",
    "item_name": "评议项",
    "card_name": "建议种类",
    "state_name": "办理情况",
}
_STAGES: Final = {"propose": "建议", "street": "街道意见", "district": "区级决定", "withdraw": "撤回"}
_PARTS: Final = {"on": "日期", "document": "文号", "reason": "理由"}
_CELLS: Final[Mapping[str, Cell]] = {
    "held": _flag,
    "shown": _flag,
    "ledger": _ledger,
    "amount_e6": _scaled(_E6),
    "response_e2": _fixed,
    "mean_e2": _fixed,
}


def for_people(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows under Chinese heads; numbers with a scale as texts of their own decimals."""
    return [
        {_head(key, row): _written(key, value, row) for key, value in row.items() if key not in _DROPPED}
        for row in rows
    ]


def _head(key: str, row: Mapping[str, Any]) -> str:
    if key.startswith(_OPTION):
        return f"{key.removeprefix(_OPTION)}（份）"
    stage, _, part = key.partition("_")
    if stage in _STAGES and part in _PARTS:
        return f"{_STAGES[stage]}{_PARTS[part]}"
    return "计入应完成" if _is_entry(key, row) else _HEADS[key]


def _written(key: str, value: Any, row: Mapping[str, Any]) -> Any:
    return _flag(value) if _is_entry(key, row) else _CELLS.get(key, lambda same: same)(value)


def _is_entry(key: str, row: Mapping[str, Any]) -> bool:
    """Return whether `counted` says of one entry whether it counts; elsewhere it is how many do."""
    return key == "counted" and "standing" in row
