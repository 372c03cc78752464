"""What a file alone would give its units: points of the items whose rules compare with nobody.

The points come from `scoring` as a build's do. A rule that compares, and a gap that peers or the rest of the
card fill, has no points here: nothing of other units is known, and nothing may be guessed from a few.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from scorecard.checks import CheckResult
from scorecard.exact import POINT_SCALE, SCORE_SCALE, VALUE_SCALE, round_scaled, unscaled
from scorecard.explain import STATES
from scorecard.explain.relative import RELATIVE
from scorecard.explain.worked import raw_values, worked
from scorecard.insight.result import reported
from scorecard.messages.mending import TRYING
from scorecard.pipeline.senders import LEDGER, Sender
from scorecard.registry import Registry
from scorecard.rulebook import Rulebook
from scorecard.rulebook.model import Form, Indicator
from scorecard.rulebook.words import plain
from scorecard.scoring.card import Found, ItemScore, Key, Member, score_card
from scorecard.scoring.points import MISSING, value_of


@dataclass(frozen=True, slots=True)
class Tried:
    """One item. `points` is empty where others decide; `said`: how it is worked out, or why it is not."""

    code: str
    name: str
    state: str
    value: str
    points: str
    weight: str
    said: str


@dataclass(frozen=True, slots=True)
class TriedUnit:
    """One unit of the file: its items in printed order, and the sum of those that have points.

    `weight`: what these weigh; `open`: how many items have none yet. Never a score, never a place.
    """

    code: str
    name: str
    items: tuple[Tried, ...]
    points: str
    weight: str
    open: int


@dataclass(frozen=True, slots=True)
class Trial:
    """The units that the file has rows of, and the names of the sender's that it has none of."""

    units: tuple[TriedUnit, ...]
    absent: tuple[str, ...]


def trial(result: CheckResult, sender: Sender, rulebook: Rulebook, registry: Registry, year: int) -> Trial:
    """Return what a checked file of a sender gives its units; nothing where it is none of its forms."""
    form = next((f for f in sender.forms(rulebook) if f.code == result.form and f is not LEDGER), None)
    if form is None:
        return Trial((), ())
    due, there = sender.units(form, registry, year), set(result.units)
    rows = {(row["unit_code"], row["indicator_code"]): row for row in result.recorded.iter_rows(named=True)}
    codes = [code for code in rulebook.indicators if code in sender.asked(form, rulebook)]
    units = [u for u in due if u.code in there]
    items = _scored(rulebook, form, [u.code for u in units], rows)
    tried = []
    for unit in units:
        keys = [(unit.code, code) for code in codes]
        scored: list[_Item] = [(rulebook.indicators[key[1]], items[key], rows.get(key)) for key in keys]
        tried.append(_unit(unit.code, unit.name, scored))
    return Trial(tuple(tried), tuple(u.name for u in due if u.code not in there))


def _scored(
    rulebook: Rulebook, form: Form, units: list[str], rows: Mapping[Key, Mapping[str, Any]]
) -> Mapping[Key, ItemScore]:
    dimensions = (rulebook.street,) if form.unit == "street" else rulebook.dimensions
    found = {}
    for key, row in rows.items():
        given = reported(rulebook.indicators[key[1]], row)
        found[key] = Found(*value_of(rulebook.indicators[key[1]], given), given)
    return score_card(rulebook, dimensions, [Member(code, "", assessed=True) for code in units], found)


_Item = tuple[Indicator, ItemScore, Mapping[str, Any] | None]


def _unit(code: str, name: str, scored: Sequence[_Item]) -> TriedUnit:
    done = [(i, s) for i, s, _ in scored if _settled(i, s)]
    return TriedUnit(
        code,
        name,
        tuple(_tried(*each) for each in scored),
        _points(sum(s.points_e2 for _, s in done)),
        plain(sum((i.weight for i, _ in done), unscaled(0, 0))),
        len(scored) - len(done),
    )


def _settled(indicator: Indicator, score: ItemScore) -> bool:
    """Whether an item has its points whatever others have: by its own rule, or by a policy of 0."""
    if score.fill == "none":
        return indicator.rule.type not in RELATIVE
    return score.fill.endswith("_zero")


def _tried(indicator: Indicator, score: ItemScore, row: Mapping[str, Any] | None) -> Tried:
    settled = _settled(indicator, score)
    known: dict[str, Any] = dict(row or _NOTHING)
    known["value_e10"] = None if score.x is None else round_scaled(score.x, VALUE_SCALE)
    known["points_e12"] = None if score.points is None else round_scaled(score.points, POINT_SCALE)
    known["fill"] = score.fill
    said = worked(indicator, known) if settled else TRYING["others"]
    return Tried(
        indicator.code,
        indicator.name_zh,
        STATES[score.state],
        raw_values(indicator, known) if score.state not in (MISSING.state,) else "",
        _points(score.points_e2) if settled else "",
        plain(indicator.weight),
        said or TRYING.get(score.fill, ""),
    )


_NOTHING: Final = dict.fromkeys(("numerator_e4", "denominator_e4", "value_e4", "category"))


def _points(points_e2: int) -> str:
    return str(unscaled(points_e2, SCORE_SCALE))
