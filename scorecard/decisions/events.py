"""Which bonus and deduction events count, and for how much. Domain rules, section 3.6."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from scorecard.decisions.dates import closing
from scorecard.decisions.model import Event, Ruling
from scorecard.exact import SCORE_SCALE, round_scaled, unscaled
from scorecard.findings import Finding
from scorecard.messages import make
from scorecard.names import fold
from scorecard.registry import Registry
from scorecard.rulebook.model import Modifier, Rulebook
from scorecard.rulebook.words import plain


def rule(events: Iterable[Event], book: Rulebook, registry: Registry, as_of: date) -> tuple[Ruling, ...]:
    """Return the ruling on every event of every year, in the order of the rows.

    An event counts with a document number, the unit's own name (bonuses), a day that fits its year and is
    not after `as_of`; a document that counted for the unit in an earlier year does not count again; of one
    matter in one year only the highest counts (就高不就低). The order of rows decides nothing.
    """
    modifiers = {m.code: m for m in book.modifiers}
    places = {m.code: place for place, m in enumerate(book.modifiers)}

    def strength(ruling: Ruling) -> tuple[Any, ...]:
        event = ruling.event
        return -ruling.points_e2, places[event.modifier_code], event.day, event.document_no, event.source

    alone = [_alone(e, modifiers[e.modifier_code], book, registry, as_of) for e in events]
    strongest = sorted(alone, key=strength)
    once = _once_a_matter(_once_a_document(strongest, modifiers), modifiers)
    return tuple(sorted(once, key=lambda r: r.event.source))


def worth_e2(event: Event, modifier: Modifier, book: Rulebook) -> int:
    """Return the event's points × 100, before any cap; 0 where the rulebook gives nothing for it.

    A line department's award (条线) drops by the rulebook's levels, and beyond the lowest earns nothing; a
    joint award is split, rounded as the rulebook rounds.
    """
    terms = modifier.rule
    if terms.levels and event.level is not None:
        place = event.level + (terms.line_drop if event.line_department else 0)
        points = Fraction(terms.points[place]) if place < len(terms.points) else Fraction(0)
    else:
        points = Fraction(terms.per or 0) * Fraction(event.count)
    share = {"split": event.share, "whole": Fraction(1), "none": Fraction(event.share == 1)}[terms.joint]
    return round_scaled(points * share, SCORE_SCALE, book.rounding.mode)


def _alone(event: Event, modifier: Modifier, book: Rulebook, registry: Registry, as_of: date) -> Ruling:
    """Return the ruling on an event looked at by itself."""
    year, moved = _year(event, book)
    points = worth_e2(event, modifier, book)
    why = _refusal(event, modifier, book, as_of) or (_nowhere(event, registry, year) if year else None)
    if year is None:
        return Ruling(event, event.year, 0, False, (why or _outside(event),))
    notes = (moved,) if moved else ()
    if why is None and not points and not label_only(modifier):
        why = _said("W870", event, level=_level(event, modifier))
    return Ruling(event, year, 0 if why else points, why is None, (*notes, *((why,) if why else ())))


def _year(event: Event, book: Rulebook) -> tuple[int | None, Finding | None]:
    """Return the year that an event belongs to, and what is to be said if it is not that of its work.

    What was issued after the cut-off for last year's work moves to this year.
    """
    first, last, after = date(event.year, 1, 1), closing(book, event.year), event.year + 1
    if first <= event.day <= last:
        return event.year, None
    if last < event.day <= closing(book, after):
        return after, _said("W868", event, day=event.day, year=event.year, last=last, after=after)
    return None, None


def _refusal(event: Event, modifier: Modifier, book: Rulebook, as_of: date) -> Finding | None:
    if not event.document_no:
        return _said("W863", event, name=modifier.name_zh)
    if modifier.kind == "bonus" and book.counting.unit_named and not event.named:
        return _said("W864", event, document=event.document_no)
    if event.day > as_of:
        return _said("W867", event, day=event.day, as_of=as_of)
    return None


def _outside(event: Event) -> Finding:
    return _said("W869", event, day=event.day, year=event.year)


def _nowhere(event: Event, registry: Registry, year: int) -> Finding | None:
    unit = registry.units[event.unit_code]
    return None if unit.exists(year) else _said("W882", event, unit=unit.name, year=year)


def label_only(modifier: Modifier) -> bool:
    """Whether an event of it is a mark beside the unit and no points."""
    return not modifier.rule.levels and modifier.rule.per is None


def _level(event: Event, modifier: Modifier) -> str:
    return modifier.rule.levels[event.level].name if event.level is not None else plain(event.count)


def _once_a_document(rulings: Sequence[Ruling], modifiers: dict[str, Modifier]) -> list[Ruling]:
    """Return the rulings; a document that counts for a unit in a year counts in no later one."""

    def key(event: Event) -> tuple[str, str, str]:
        return fold(event.document_no), event.unit_code, modifiers[event.modifier_code].kind

    first: dict[tuple[str, str, str], Ruling] = {}
    for ruling in sorted((r for r in rulings if r.counts), key=lambda r: r.year):
        first.setdefault(key(ruling.event), ruling)

    def again(ruling: Ruling) -> Ruling:
        earlier = first.get(key(ruling.event), ruling)
        if not ruling.counts or earlier.year == ruling.year:
            return ruling
        event = ruling.event
        why = _said(
            "W866", event, document=event.document_no, year=earlier.year, other=earlier.event.source.row
        )
        return _without(ruling, why)

    return [again(ruling) for ruling in rulings]


def _once_a_matter(rulings: Sequence[Ruling], modifiers: dict[str, Modifier]) -> list[Ruling]:
    """Return the rulings; the strongest comes first, so that the first of each matter counts."""
    matters: dict[tuple[int, str, str, str], list[Ruling]] = defaultdict(list)
    result = []
    for ruling in rulings:
        event = ruling.event
        kind = modifiers[event.modifier_code].kind
        mine = matters[ruling.year, event.unit_code, kind, matter(event)]
        if ruling.counts and mine:
            best = mine[0]
            points = unscaled(best.points_e2, SCORE_SCALE)
            why = _said("W865", event, matter=event.matter, other=best.event.source.row, points=points)
            ruling = replace(_without(ruling, why), eclipsed=True)
        elif ruling.counts:
            mine.append(ruling)
        result.append(ruling)
    return result


def matter(event: Event) -> str:
    """Return what the event is about, in the form in which two are compared."""
    return fold(event.matter or event.document_no)


def _without(ruling: Ruling, why: Finding) -> Ruling:
    return replace(ruling, counts=False, findings=(*ruling.findings, why))


def _said(code: str, event: Event, **params: Any) -> Finding:
    source = event.source
    return make(code, file=source.file, row=source.row, unit_code=event.unit_code, **params)
