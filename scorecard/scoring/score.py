"""A whole district: items, missing policy, totals, ranks and grades of both cards, for one year."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from scorecard.rulebook.model import Dimension, Rulebook
from scorecard.scoring.card import Found, ItemScore, Key, Member, score_card
from scorecard.scoring.gaps import bounds, effective_weights
from scorecard.scoring.points import Reported, value_of
from scorecard.scoring.ranking import Place, Ranked, competition, grades, sort_key
from scorecard.scoring.street import derived
from scorecard.scoring.totals import Event, Total, modified, total_of, zeroed_by


@dataclass(frozen=True, slots=True)
class Unit:
    """One community or street. A community's `street` is the code of its street."""

    code: str
    street: str = ""
    type: str = ""
    assessed: bool = True
    waiting: bool = False  # counts in the quota, takes no part in ranks and means; never assessed as well
    new: bool = False  # founded within the year, and came from no other unit
    households: int | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """What documents decide: events, the best grade left to a unit, items set to zero, open yellow cards."""

    events: Collection[Event] = ()
    best_grades: Mapping[str, str] = field(default_factory=dict)
    zeroed: Collection[Key] = ()
    open_cards: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that one year comes to, of communities and streets by code. Places are of ranked units only.

    `weights`: what items weigh, of units with a reweighted item. `bounds`: least and most total in
    hundredths, of units with a gap.
    """

    items: Mapping[Key, ItemScore]
    totals: Mapping[str, Total]
    places: Mapping[str, Place]
    weights: Mapping[Key, Fraction]
    bounds: Mapping[str, tuple[int, int]]


def score(
    book: Rulebook,
    communities: Sequence[Unit],
    streets: Sequence[Unit],
    reported: Mapping[Key, Reported],
    decisions: Decisions = Decisions(),
) -> Scores:
    """Score one year of `communities` and `streets`; what is not `reported` is missing.

    New communities stand apart where the rulebook says so: scored, not ranked, not in the quota's base. A
    street all of whose communities wait is not ranked either: its mean of totals is not settled.
    """
    communities = [_apart(book, c) for c in communities]
    streets = [replace(s, waiting=True, assessed=False) if _waits(s, communities) else s for s in streets]
    zeroed = {*zeroed_by(book, decisions.events), *decisions.zeroed}
    items = _community_items(book, communities, reported, zeroed)
    totals = {c.code: _total(book, book.dimensions, c.code, items, decisions) for c in communities}
    items |= _street_items(book, streets, communities, reported, items, totals, zeroed)
    totals |= {s.code: _total(book, (book.street,), s.code, items, decisions) for s in streets}
    cards = ((book.dimensions, communities), ((book.street,), streets))
    places: dict[str, Place] = {}
    weights: dict[Key, Fraction] = {}
    limits: dict[str, tuple[int, int]] = {}
    for dimensions, units in cards:
        places |= _places(book, units, items, totals, decisions.best_grades)
        for unit in units:
            weights |= effective_weights(dimensions, unit.code, items)
            found = bounds(book, dimensions, unit.code, items, totals[unit.code])
            limits |= {unit.code: found} if found else {}
    return Scores(items, totals, places, weights, limits)


def _apart(book: Rulebook, unit: Unit) -> Unit:
    aside = unit.new and book.ranking.new_units == "apart"
    return replace(unit, assessed=False, waiting=False) if aside else unit


def _waits(street: Unit, communities: Sequence[Unit]) -> bool:
    own = [c for c in communities if c.street == street.code and (c.assessed or c.waiting)]
    return street.assessed and bool(own) and all(c.waiting for c in own)


def _community_items(
    book: Rulebook, communities: Sequence[Unit], reported: Mapping[Key, Reported], zeroed: Collection[Key]
) -> dict[Key, ItemScore]:
    by_type = book.ranking.peer_group == "type"
    members = [Member(u.code, u.type if by_type else "", u.assessed) for u in communities]
    return score_card(book, book.dimensions, members, _found(book, communities, reported), zeroed)


def _found(book: Rulebook, units: Sequence[Unit], reported: Mapping[Key, Reported]) -> dict[Key, Found]:
    codes = {u.code for u in units}
    return {
        key: Found(*value_of(book.indicators[key[1]], given), given)
        for key, given in reported.items()
        if key[0] in codes
    }


def _street_items(
    book: Rulebook,
    streets: Sequence[Unit],
    communities: Sequence[Unit],
    reported: Mapping[Key, Reported],
    items: Mapping[Key, ItemScore],
    totals: Mapping[str, Total],
    zeroed: Collection[Key],
) -> dict[Key, ItemScore]:
    found = _found(book, streets, reported)
    totals_e2 = {code: total.total_e2 for code, total in totals.items()}
    for street in streets:
        own = [c for c in communities if c.street == street.code]
        ranked = [c for c in own if c.assessed]
        population = [c for c in own if c.assessed or c.waiting]
        for indicator in book.street.indicators:
            if indicator.derive is not None:
                over = ranked if indicator.derive.kind == "mean_total" else population
                found[street.code, indicator.code] = derived(
                    book, indicator, indicator.derive, over, items, totals_e2, reported
                )
    members = [Member(s.code, "", s.assessed) for s in streets]
    return score_card(book, (book.street,), members, found, zeroed)


def _total(
    book: Rulebook,
    dimensions: Sequence[Dimension],
    code: str,
    items: Mapping[Key, ItemScore],
    decisions: Decisions,
) -> Total:
    sums = {d.code: sum(items[code, i.code].points_e2 for i in d.indicators) for d in dimensions}
    bonus, deduction = modified(book, code, decisions.events)
    return total_of(book, sums, bonus, deduction, decisions.open_cards.get(code, 0))


def _places(
    book: Rulebook,
    units: Sequence[Unit],
    items: Mapping[Key, ItemScore],
    totals: Mapping[str, Total],
    best_grades: Mapping[str, str],
) -> dict[str, Place]:
    """Return the places of one card's assessed units."""
    by_group = book.quota.scope == "peer_group" and book.ranking.peer_group == "type"
    due = {
        u.code: Ranked(
            u.type if by_group else "",
            u.waiting,
            totals[u.code],
            sort_key(book, u.code, totals[u.code], items),
            best_grades.get(u.code, ""),
        )
        for u in units
        if u.assessed or u.waiting
    }
    assessed = [u for u in units if u.assessed]
    overall = competition({u.code: due[u.code].keys for u in assessed})
    graded = grades(book, due)

    def within(unit: Unit, same: str) -> int:
        group = [u.code for u in assessed if getattr(u, same) == getattr(unit, same)]
        return 1 + sum(1 for code in group if due[code].keys > due[unit.code].keys)

    return {
        u.code: Place(
            overall[u.code],
            sum(1 for other in overall.values() if other == overall[u.code]),
            within(u, "type"),
            within(u, "street"),
            *graded[u.code],
        )
        for u in assessed
    }
