"""A number that was counted from a list: how many of how many, where they stand, what was not on time."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from scorecard.rulebook.model import FedBy

_WORDS: Final[Mapping[FedBy, tuple[str, str, str, str]]] = {
    # what is counted, what it is counted of, how a due date and a done date are called
    "tasks": ("按期完成", "应完成", "完成时限", "完成日期"),
    "issues": ("按期销号", "应整改", "整改期限", "销号日期"),
}
_WHY: Final = {
    "late": "逾期才完成",
    "unaccepted": "已完成，没有验收合格",
    "rejected": "验收不合格",
    "open": "到期没有完成",
    "undated": "没有期限，不能认定按期",
}


def fed_lines(kind: FedBy, told: Mapping[str, Any]) -> Iterator[str]:
    """Yield `按期完成12项 ÷ 应完成15项，见“…”第3–17行`, and a line for each that was not on time."""
    done, due, due_word, done_word = _WORDS[kind]
    where = "；".join(
        f"“{p['file']}”{_sheet(p['sheet'])}第{rows_said(p['rows'])}行（{len(p['rows'])}行）"
        for p in told["places"]
    )
    yield f"  计数：{done}{told['on_time']}项 ÷ {due}{told['counted']}项，见{where or '清单'}"
    for entry in told["open"]:
        days = ((due_word, "due"), (done_word, "done"), ("验收日期", "accepted"))
        said = "，".join(f"{word}{entry[key]}" for word, key in days if entry[key])
        yield f"    不算按期：第{entry['row']}行「{entry['name']}」，{_WHY[entry['standing']]}" + (
            f"（{said}）" if said else ""
        )


def rows_said(rows: Sequence[int]) -> str:
    """Return rows as people write them: 3–17、19."""
    runs = [[row for _, row in run] for _, run in groupby(enumerate(sorted(rows)), lambda p: p[1] - p[0])]
    return "、".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)


def _sheet(name: str) -> str:
    return f"“{name}”表" if name else ""
