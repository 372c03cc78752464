"""What a newer version of a form says otherwise than the one before, number by number as they were typed."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from scorecard.checks import CheckResult
from scorecard.checks.asks import Asks
from scorecard.checks.context import asks_of
from scorecard.checks.numbers import plain
from scorecard.pipeline.forms import answers_of, said
from scorecard.rulebook import Rulebook

_TYPED: Final = [
    "unit_code",
    "indicator_code",
    "state",
    "category",
    "numerator_e4",
    "denominator_e4",
    "value_e4",
]
_NUMBERS: Final = 3  # the last columns
_INDICATORS: Final = 1_000  # remembered, of the rulebooks in use


@dataclass(frozen=True, slots=True)
class Change:
    """One number of one unit; `old` or `new` empty where the version does not have it.

    `percent`: the change in words such as `+12.5%`; empty where it means nothing.
    """

    unit: str
    name: str
    old: str
    new: str
    percent: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What is new, changed and gone, in the order of the form; `same`: how many numbers stayed."""

    new: tuple[Change, ...]
    changed: tuple[Change, ...]
    removed: tuple[Change, ...]
    same: int


def difference(old: CheckResult | None, new: CheckResult, rulebook: Rulebook) -> Difference:
    """Return what `new` says otherwise than `old`; None: everything is new."""
    was, now = (_answers(result, rulebook) if result else {} for result in (old, new))
    names = {**(old.names if old else {}), **new.names}
    asks = asks_of(rulebook).by_key

    def change(place: tuple[str, str]) -> Change:
        unit, key = place
        before, after = said(was.get(place, "")), said(now.get(place, ""))
        return Change(names.get(unit, unit), asks[key].name, before, after, _percent(before, after))

    return Difference(
        new=tuple(change(p) for p in now if p not in was),
        changed=tuple(change(p) for p in now if p in was and was[p] != now[p]),
        removed=tuple(change(p) for p in was if p not in now),
        same=sum(was.get(p) == answer for p, answer in now.items()),
    )


def _answers(result: CheckResult, rulebook: Rulebook) -> dict[tuple[str, str], str | int]:
    """Return the answers by unit and key of the ask."""
    asks = asks_of(rulebook)
    found: dict[tuple[str, str], str | int] = {}
    for row in result.facts.select(_TYPED).rows():
        unit, code, state, category, *numbers = row
        if category is None and state != "not_applicable":  # most of them: up to three numbers
            for key, number in zip(_keys(asks, code), numbers, strict=True):
                if key and number is not None:
                    found[unit, key] = number
        else:
            answers = answers_of(dict(zip(_TYPED, row, strict=True)), asks, rulebook)
            found.update(((unit, key), answer) for key, answer in answers)
    return found


@lru_cache(_INDICATORS)
def _keys(asks: Asks, code: str) -> tuple[str, ...]:
    """Return the key of the ask that each column of numbers answers, "" where none does."""
    by_column = {f"{field}_e4": ask.key for field, ask in asks.of.get(code, ()) if ask.kind != "event"}
    return tuple(by_column.get(column, "") for column in _TYPED[-_NUMBERS:])


def _percent(old: str, new: str) -> str:
    try:
        before, after = Decimal(old), Decimal(new)
    except InvalidOperation:
        return ""
    if before <= 0 or not after.is_finite():
        return ""
    share = plain((after - before) * 100 / before, 1)
    return f"{share}%" if share.startswith("-") else f"+{share}%"
