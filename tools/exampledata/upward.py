"""`upward/` of the example district: who is rated, what communities answered, three suggestions."""

import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from exampledata.seed import bell, draw
from exampledata.sheets import Value, csv_bytes
from exampledata.units import District, Unit
from scorecard.rulebook.model import Rulebook

File = tuple[str, bytes]
_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_STEPS = ("建议编号", "社区名称", "被建议单位", "建议种类", "环节", "结论", "日期", "级别", "文号", "事由")


def upward_files(book: Rulebook, district: District, year: int) -> Iterator[File]:
    """Yield the list of rated units, one table of ratings, and the suggestions."""
    upward = book.upward
    if upward is None:
        return
    units = [unit for street in district.streets for unit in street.assessed(year)]
    listed = [[r["name"], r["kind"], r.get("asked", "")] for r in _DATA["rated"]]
    yield _file(year, "被评单位名录", [["被评单位", "类别", "应评社区"], *listed])
    rows: list[list[Value]] = []
    for unit in units:
        for rated in _DATA["rated"]:
            if rated.get("asked") and unit.name not in rated["asked"]:
                continue
            if draw(unit.code, rated["name"], "answers") < Fraction(9, 10):
                rows.append([unit.name, rated["name"], *_answers(unit, rated, book)])
    header: list[Value] = ["社区名称", "被评单位", *(item.name for item in upward.items)]
    yield _file(year, "社区评议表", [header, *rows])
    yield _file(year, "黄牌和否决建议", [list(_STEPS), *_DATA["steps"]])


def _file(year: int, name: str, rows: list[list[Value]]) -> File:
    return f"upward/{year}/{name}.csv", csv_bytes([[f"{year}年度{name}（示例）"], *rows], "gb18030")


def _answers(unit: Unit, rated: dict[str, Any], book: Rulebook) -> Iterator[Value]:
    """Yield an answer to each item: near the unit's own level, now and then 不了解."""
    if book.upward is None:
        return
    scale = [o for o in book.upward.options if o.score is not None]
    unknown = next(o.name for o in book.upward.options if o.score is None)
    for item in book.upward.items:
        key = (unit.code, rated["name"], item.code)
        place = rated["level"] + round(2 * bell(*key, "answer"))
        known = draw(*key, "knows") < Fraction(19, 20)
        yield scale[min(len(scale) - 1, max(0, place))].name if known else unknown
