"""What of an item's cells was typed in anew after the file was written: from what to what, by whom, where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scorecard.names import visible


@dataclass(frozen=True, slots=True)
class Typed:
    """One corrected cell of a file. `sheet`: "" for the only one; `at`: Beijing's time.

    `base` and `patch`: names and SHA-256 of the file before and of the table that `row` stands in.
    """

    sheet: str
    cell: str
    old: str
    new: str
    actor: str
    at: str
    base: tuple[str, str]
    patch: tuple[str, str]
    row: int


def typed_lines(item: Mapping[str, Any], typed: Iterable[Typed]) -> list[str]:
    """Return a line for each correction of a cell that the item comes from, the first first."""
    cells = {
        f"{column}{item['source_row']}" for column in (item["source_columns"] or "").split(",") if column
    }
    return [_line(t) for t in typed if t.cell in cells and t.sheet in ("", item["sheet"])]


def _line(t: Typed) -> str:
    (base, of_base), (patch, of_patch) = t.base, t.patch
    return visible(
        f"    更正：{t.cell}原来填的是「{t.old}」，{t.actor}（{t.at}）改为「{t.new}」，"
        f"见{patch}第{t.row}行，指纹{of_patch[:16]}；更正前的文件{base}，指纹{of_base[:16]}"
    )
