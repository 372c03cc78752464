"""A whole district: items, missing policy, totals, ranks, grades and the street card, for one year."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scorecard.exact import SCORE_SCALE, round_scaled
from scorecard.rulebook.model import Rulebook
from scorecard.scoring.card import Found, ItemScore, Key, Member, score_card
from scorecard.scoring.points import Reported, value_of
from scorecard.scoring.ranking import Place, Total, competition, grades, sort_key
from scorecard.scoring.street import derived


@dataclass(frozen=True, slots=True)
class Unit:
    """One community or street. A community's `street` is the code of its street."""

    code: str
    street: str = ""
    type: str = ""
    assessed: bool = True
    waiting: bool = False  # counts in the quota, takes no part in ranks and means; never assessed as well
    households: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One approved bonus or deduction, in points. `indicator` is the item that it sets to zero, if any."""

    unit: str
    modifier: str
    matter: str
    points: Decimal
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that one year comes to. Ranks and grades are of assessed communities only."""

    items: Mapping[Key, ItemScore]
    totals: Mapping[str, Total]
    places: Mapping[str, Place]
    street_totals_e2: Mapping[str, int]
    street_ranks: Mapping[str, int]


def score(
    book: Rulebook,
    communities: Sequence[Unit],
    streets: Sequence[Unit],
    reported: Mapping[Key, Reported],
    events: Collection[Event] = (),
) -> Scores:
    """Score one year of `communities` and `streets`; what is not `reported` is missing.

    A street all of whose communities wait is not ranked either: its mean of totals is not settled.
    """
    streets = [replace(s, assessed=s.assessed and not _waits(s, communities)) for s in streets]
    zeroed = _zeroed(book, events)
    items = _community_items(book, communities, reported, zeroed)
    totals = {u.code: _total(book, u.code, items, events) for u in communities}
    of_streets = _street_items(book, streets, communities, reported, items, totals, zeroed)
    sums = {
        s.code: sum(i.points_e2 for (code, _), i in of_streets.items() if code == s.code) for s in streets
    }
    ranks = competition({s.code: sums[s.code] for s in streets if s.assessed})
    return Scores({**items, **of_streets}, totals, _places(book, communities, items, totals), sums, ranks)


def _waits(street: Unit, communities: Sequence[Unit]) -> bool:
    own = [c for c in communities if c.street == street.code and (c.assessed or c.waiting)]
    return bool(own) and all(c.waiting for c in own)


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


def _total(book: Rulebook, code: str, items: Mapping[Key, ItemScore], events: Collection[Event]) -> Total:
    sums = {d.code: sum(items[code, i.code].points_e2 for i in d.indicators) for d in book.dimensions}
    bonus = _modified(book, code, "bonus", events)
    cap = bonus if book.bonus_cap is None else _e2(book.bonus_cap)
    return Total(sums, min(bonus, cap), _modified(book, code, "deduction", events))


def _modified(book: Rulebook, code: str, kind: str, events: Collection[Event]) -> int:
    """Return a unit's bonus or deduction: the highest event of each matter, each modifier within its cap."""
    order = {m.code: place for place, m in enumerate(book.modifiers) if m.kind == kind}
    mine = [e for e in events if e.unit == code and e.modifier in order]
    best: dict[str, Event] = {}
    for event in sorted(mine, key=lambda e: (-e.points, order[e.modifier])):
        best.setdefault(event.matter, event)
    sums: dict[str, int] = defaultdict(int)
    for event in best.values():
        sums[event.modifier] += _e2(event.points)
    caps = {m.code: m.rule.cap for m in book.modifiers}
    return sum(value if (cap := caps[m]) is None else min(value, _e2(cap)) for m, value in sums.items())


def _zeroed(book: Rulebook, events: Collection[Event]) -> set[Key]:
    zeroing = {m.code for m in book.modifiers if m.zero_item}
    return {(e.unit, e.indicator) for e in events if e.indicator is not None and e.modifier in zeroing}


def _places(
    book: Rulebook, communities: Sequence[Unit], items: Mapping[Key, ItemScore], totals: Mapping[str, Total]
) -> dict[str, Place]:
    assessed = [u for u in communities if u.assessed]
    keys = {u.code: sort_key(book, u.code, totals[u.code], items) for u in assessed}
    overall = competition(keys)
    population = len(assessed) + sum(1 for u in communities if u.waiting)
    graded = grades(book, {u.code: totals[u.code] for u in assessed}, overall, population)

    def within(unit: Unit, same: str) -> int:
        group = [u.code for u in assessed if getattr(u, same) == getattr(unit, same)]
        return 1 + sum(1 for code in group if keys[code] > keys[unit.code])

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


def _e2(points: Decimal) -> int:
    return round_scaled(points, SCORE_SCALE)
