"""One number that a decision on an appeal has changed after the freeze, and where the old one stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from scorecard.language import N_, NC_

SHEET: Final = N_("申诉决定")  # what stands for the sheet in a fact whose source is a decision
FIELDS: Final = {
    "numerator": N_("分子"),
    "denominator": N_("分母"),
    "value": N_("数值"),
    "text": N_("等级"),
    "state": N_("状态"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """`field` of one item: `old` → `new`, both as text; "" is nothing at all.

    `sha256`, `sheet`, `row` (an Excel row; None: there is none) and `columns` are the cell of the old number;
    all empty where nothing had been reported.
    """

    year: int
    unit_code: str
    indicator_code: str
    field: str
    old: str
    new: str
    appeal_no: str
    decision_no: str
    on: str
    document_sha256: str
    sha256: str = ""
    sheet: str = ""
    row: int | None = None
    columns: str = ""

    @property
    def change(self) -> str:
        """What was changed, for a reader: `分子 380 → 395`."""
        nothing = NC_("part", "（空）")
        said = NC_("part", "{field} {old} → {new}")
        return said.format(field=FIELDS[self.field], old=self.old or nothing, new=self.new or nothing)


def by_item(corrections: Iterable[Correction]) -> dict[tuple[str, str], tuple[Correction, ...]]:
    """Return the corrections of each (unit, indicator), in the order of the decisions."""
    found: dict[tuple[str, str], tuple[Correction, ...]] = {}
    for correction in corrections:
        key = correction.unit_code, correction.indicator_code
        found[key] = (*found.get(key, ()), correction)
    return found


def correction_lines(
    corrections: Iterable[Correction], files: Mapping[str, Mapping[str, object]]
) -> list[str]:
    """Return the lines of an explanation: by which decision, what it changed, and the old cell."""
    lines: list[str] = []
    for c in corrections:
        lines.append(f"  更正：由决定{c.decision_no}更正（申诉{c.appeal_no}，{c.on}）：{c.change}")
        lines.append(f"    原来的格：{_cell(c, files.get(c.sha256, {}))}")
    return lines


def _cell(c: Correction, file: Mapping[str, object]) -> str:
    if not c.sha256:
        return "没有报送"
    if c.sheet == SHEET:
        return "前一次申诉决定"
    sheet = f"“{c.sheet}”表" if c.sheet else ""
    columns = "、".join(f"{letter}列" for letter in c.columns.split(",") if letter)
    name = file.get("file_name", "（上一年度文件）")
    return f"{name}，{sheet}第{c.row}行{columns}；回执{file.get('receipt_no', '')}，指纹{c.sha256[:16]}"
