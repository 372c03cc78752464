"""What documents decide about units, as rows: events, grade caps, items set to zero, flags.

Who decided, from when and until when is settled before it comes here. What fits neither rulebook nor registry
is refused: it would be left out without anybody seeing it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import polars as pl

from scorecard.errors import IntegrityError
from scorecard.rulebook.model import Rulebook
from scorecard.warehouse.frames import Schema, frame
from scorecard.warehouse.rules import Row
from scorecard.warehouse.units import Units

_INT, _TEXT = pl.Int64, pl.String
EVENTS: Schema = {
    "event": _INT,
    "year": pl.Int32,
    "unit_code": _TEXT,
    "modifier_code": _TEXT,
    "matter": _TEXT,
    "points_e2": _INT,
    "indicator_code": _TEXT,
}
_SAID = ("kind", "label_zh", "document_no", "basis", "valid_from", "valid_to", "effect_zh")
FLAGS: Schema = {"year": pl.Int32, "unit_code": _TEXT, "flag": _INT} | dict.fromkeys(_SAID, _TEXT)
FLAGS |= {"valid_from": pl.Date, "valid_to": pl.Date}


@dataclass(frozen=True, slots=True)
class ModifierEvent:
    """One approved bonus or deduction. `points_e2` is positive, in hundredths of a point.

    `matter` identifies what it is about (its document number): one matter counts once. `indicator_code` is
    the item that a modifier with `zero_item` sets to zero.
    """

    year: int
    unit_code: str
    modifier_code: str
    matter: str
    points_e2: int
    indicator_code: str | None = None


@dataclass(frozen=True, slots=True)
class GradeCap:
    """A decision in force: the unit's grade is at best `grade_code`; its score and rank stay."""

    year: int
    unit_code: str
    grade_code: str


class Flag(Protocol):
    """A mark that pages show beside a unit: a veto, a yellow card, a suggestion. It changes no number.

    `valid_from` and `valid_to` None: not dated. `effect_zh` says in Chinese what follows from it.
    """

    @property
    def year(self) -> int:
        """The assessed year that it is shown in."""

    @property
    def unit_code(self) -> str:
        """The community or street."""

    @property
    def kind(self) -> str:
        """What it is, such as `V1`."""

    @property
    def label_zh(self) -> str:
        """Its short name."""

    @property
    def document_no(self) -> str:
        """The number of the document."""

    @property
    def basis(self) -> str:
        """Why: the rule and the facts."""

    @property
    def valid_from(self) -> date | None:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The last day."""

    @property
    def effect_zh(self) -> str:
        """What follows from it."""


def modifier_frame(book: Rulebook, units: Units, events: Iterable[ModifierEvent]) -> pl.DataFrame:
    """Return `raw.modifier`.

    Raises:
        IntegrityError: An event names a unit, a modifier or an indicator that does not exist, or its points
            have the wrong sign.
    """
    known = {m.code for m in book.modifiers}
    rows = []
    for number, event in enumerate(events, start=1):
        right = event.modifier_code in known and event.points_e2 >= 0 and event.matter
        named = event.indicator_code is None or event.indicator_code in book.indicators
        if not (right and named and (event.year, event.unit_code) in units.ids):
            raise IntegrityError(f"modifier event {number} fits neither rulebook nor registry: {event}")
        rows.append({"event": number} | {name: getattr(event, name) for name in list(EVENTS)[1:]})
    return frame(rows, EVENTS)


def cap_rows(units: Units, positions: dict[str, int], caps: Iterable[GradeCap]) -> list[Row]:
    """Return the strictest cap of each unit; `positions` are the grades' places, 1 best.

    Raises:
        IntegrityError: A cap is on a unit or grade that does not exist.
    """
    strictest: dict[int, int] = {}
    for cap in caps:
        unit, position = units.ids.get((cap.year, cap.unit_code)), positions.get(cap.grade_code)
        if unit is None or position is None:
            raise IntegrityError(f"a grade cap fits neither rulebook nor registry: {cap}")
        strictest[unit] = max(strictest.get(unit, 1), position)
    return [{"unit_id": unit, "best_position": position} for unit, position in sorted(strictest.items())]


def zeroed_rows(book: Rulebook, units: Units, zeroed: Iterable[tuple[int, str, str]]) -> list[Row]:
    """Return `ref.zeroed_item` from year, unit and indicator of items that a decision (V4) sets to zero.

    Raises:
        IntegrityError: There is no such unit, or its card has no such indicator.
    """
    numbers = {code: number for number, code in enumerate(book.indicators, start=1)}
    streets = {i.code for i in book.street.indicators}
    found = set()
    for year, unit, code in zeroed:
        known = (year, unit) in units.ids and code in numbers
        if not known or (units.levels[year, unit] == "street") != (code in streets):
            raise IntegrityError(
                f"an item set to zero fits neither rulebook nor registry: {year} {unit} {code}"
            )
        found.add(units.ids[year, unit] + numbers[code])
    return [{"item_id": item} for item in sorted(found)]


def flag_frame(units: Units, flags: Iterable[Flag]) -> pl.DataFrame:
    """Return `raw.flag`; the flags of a unit are numbered by date and text, whatever order they came in.

    Raises:
        IntegrityError: A flag is on a unit that does not exist, or has no kind.
    """
    listed = sorted(flags, key=_flag_key)
    numbers: dict[tuple[int, str], int] = {}
    rows = []
    for flag in listed:
        key = flag.year, flag.unit_code
        if key not in units.ids or not flag.kind:
            raise IntegrityError(f"a flag fits no unit of the registry: {flag}")
        numbers[key] = numbers.get(key, 0) + 1
        own = {name: getattr(flag, name) for name in _SAID}
        rows.append({"year": flag.year, "unit_code": flag.unit_code, "flag": numbers[key]} | own)
    return frame(rows, FLAGS)


def _flag_key(flag: Flag) -> tuple[int, str, date, date, tuple[str, ...]]:
    said = flag.kind, flag.document_no, flag.label_zh, flag.basis, flag.effect_zh
    return flag.year, flag.unit_code, flag.valid_from or date.min, flag.valid_to or date.max, said
