"""The message catalogue: every sentence that a submitting user may read, by code.

`Text.message` names place, value and reason; `Text.fix` says what to do. Both are format strings; the
place is put in front by `make`, so that no sentence forgets it; what a user typed is made visible there.
Codes are never reused.
"""

from functools import cache
from string import Formatter
from typing import Any

from scorecard.findings import Finding
from scorecard.messages.appeals import APPEALS
from scorecard.messages.cells import CELLS
from scorecard.messages.decisions import DECISIONS
from scorecard.messages.files import FILES
from scorecard.messages.flow import FLOW
from scorecard.messages.lists import LISTS
from scorecard.messages.survey import SURVEY
from scorecard.messages.text import Text
from scorecard.messages.units import UNITS
from scorecard.messages.watch import WATCH
from scorecard.messages.year import YEAR_FINDINGS
from scorecard.names import visible

CATALOGUE: dict[str, Text] = {
    **FILES,
    **CELLS,
    **FLOW,
    **DECISIONS,
    **APPEALS,
    **LISTS,
    **SURVEY,
    **UNITS,
    **WATCH,
    **YEAR_FINDINGS,
}


def make(
    code: str,
    *,
    file: str = "",
    sheet: str = "",
    row: int | None = None,
    column: str = "",
    header: str = "",
    unit_code: str = "",
    indicator_code: str = "",
    raw: str = "",
    normalized: str = "",
    expected: str = "",
    rule: str = "",
    **params: Any,
) -> Finding:
    """Return the finding `code` at its place, its sentence filled in.

    `rule`: the code of the check in the rulebook that is not met; "" where it is the catalogue's own.

    Raises:
        KeyError: The code or a parameter of its sentence is unknown: a fault in the program.
    """
    text = CATALOGUE[code]
    typed = {"raw": short(raw), "header": header, "expected": expected, "sheet": sheet, **params}
    said = ((name, typed[name]) for name in needed(code))
    values = {name: visible(value) if isinstance(value, str) else value for name, value in said}
    return Finding(
        code=code,
        severity=text.severity,
        message=_place(sheet, row, column, header) + text.message.format(**values),
        fix=text.fix.format(**values),
        file=file,
        sheet=sheet,
        row=row,
        column=column,
        header=header,
        unit_code=unit_code,
        indicator_code=indicator_code,
        raw=raw,
        normalized=normalized,
        expected=expected,
        rule=rule or code,
    )


@cache
def needed(code: str) -> frozenset[str]:
    """Return the parameters that the two sentences of `code` name, those of the place among them."""
    text = CATALOGUE[code]
    parts = (*Formatter().parse(text.message), *Formatter().parse(text.fix))
    return frozenset(name for _, name, _, _ in parts if name)


def short(raw: str) -> str:
    """Return `raw` cut for a sentence; the finding itself keeps it whole."""
    return raw if len(raw) <= 40 else raw[:40] + "…"


def _place(sheet: str, row: int | None, column: str, header: str) -> str:
    """Return `第7行F列「户数」：` or as much of it as is known."""
    where = f"“{visible(sheet)}”表" if sheet else ""
    where += f"第{row}行" if row else ""
    where += f"{column}列" if column else ""
    where += f"「{visible(header)}」" if header and column else ""
    return f"{where}：" if where else ""
