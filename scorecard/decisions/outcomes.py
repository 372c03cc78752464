"""What follows from all documents for one assessed year."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from scorecard.decisions import cards as card_policy
from scorecard.decisions import events as event_policy
from scorecard.decisions import vetoes as veto_policy
from scorecard.decisions.cards import cards
from scorecard.decisions.dates import Cut, closing
from scorecard.decisions.model import (
    ASSESSED,
    Card,
    Counted,
    Documents,
    Flag,
    Outcomes,
    Ruling,
    Tally,
    Veto,
)
from scorecard.language import later
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook
from scorecard.rulebook.printed import name_of


def settled(book: Rulebook, year: int, assessed_year: int, cut: Cut) -> Cut:
    """Return up to when documents decide `year`: an earlier year was settled at its own cut-off."""
    return cut if year == assessed_year else cut.until(closing(book, year))


def outcomes(documents: Documents, year: int, book: Rulebook, registry: Registry, cut: Cut) -> Outcomes:
    """Return what the documents do to `year`, each kind up to its day. The order of rows decides nothing."""
    rulings = _of_year(event_policy.rule(documents.events, book, registry, cut.events), year)
    vetoed = _vetoes(documents.vetoes, year, book, registry, cut.vetoes)
    carded = _cards(documents, year, book, registry, cut.cards)
    problems = tuple(f for about, f in documents.problems if about in (None, year))
    flags = (*vetoed.flags, *carded.flags, *_labels(rulings, year, book))
    return Outcomes(
        events=tuple(sorted(_counted(rulings, year), key=_order)),
        caps=tuple(sorted({*vetoed.caps, *carded.caps})),
        zeroed=tuple(sorted({*vetoed.zeroed, *_zeroed(rulings, year, book)})),
        flags=tuple(sorted(flags, key=lambda f: (f.unit_code, f.kind, f.document_no))),
        tallies=(*vetoed.tallies, *carded.tallies),
        rulings=rulings,
        findings=(*problems, *(f for r in rulings for f in r.findings), *vetoed.findings, *carded.findings),
    )


def _order(event: Counted) -> tuple[str, ...]:
    return event.unit_code, event.modifier_code, event.matter, event.indicator_code or ""


def _of_year(rulings: tuple[Ruling, ...], year: int) -> tuple[Ruling, ...]:
    """Return the rulings on events of `year`, and on those of its work that another year takes."""
    return tuple(r for r in rulings if year in (r.year, r.event.year))


def _counted(rulings: tuple[Ruling, ...], year: int) -> list[Counted]:
    """Return the events that count in `year` as the warehouse takes them."""
    return [
        Counted(
            year,
            r.event.unit_code,
            r.event.modifier_code,
            event_policy.matter(r.event),
            r.points_e2,
            r.event.indicator_code,
        )
        for r in rulings
        if r.counts and r.year == year
    ]


def _zeroed(rulings: tuple[Ruling, ...], year: int, book: Rulebook) -> list[tuple[int, str, str]]:
    """Return the items that an event sets to 0 although another event of its matter takes the points."""
    zeroing = {m.code for m in book.modifiers if m.zero_item}
    return [
        (year, r.event.unit_code, r.event.indicator_code)
        for r in rulings
        if r.year == year and r.eclipsed and r.event.modifier_code in zeroing and r.event.indicator_code
    ]


def _labels(rulings: tuple[Ruling, ...], year: int, book: Rulebook) -> list[Flag]:
    """Return a flag for each event that counts of a modifier that is only a label (进步奖)."""
    labels = {m.code: name_of(m) for m in book.modifiers if event_policy.label_only(m)}
    return [
        Flag(
            year,
            r.event.unit_code,
            r.event.modifier_code,
            labels[r.event.modifier_code],
            r.event.document_no,
            r.event.matter,
            r.event.day,
            None,
            later("只作标注，不计分"),
        )
        for r in rulings
        if r.counts and r.year == year and r.event.modifier_code in labels
    ]


def _vetoes(vetoes: tuple[Veto, ...], year: int, book: Rulebook, registry: Registry, as_of: date) -> Outcomes:
    """Return what vetoes come to; of each that concerns the year, its status is counted."""
    mine = sorted((v for v in vetoes if veto_policy.concerns(v, year)), key=lambda v: v.source)
    standing = [v for v in mine if not veto_policy.revoked(v, vetoes, as_of)]
    effects = [veto_policy.effect(v, year, book, registry, as_of) for v in standing]
    return Outcomes(
        caps=tuple(e.cap for e in effects if e.cap),
        zeroed=tuple(e.zeroed for e in effects if e.zeroed),
        flags=tuple(e.flag for e in effects if e.flag),
        tallies=tuple(_veto_tallies(standing, effects, year)),
        findings=tuple(f for e in effects for f in e.findings),
    )


def _veto_tallies(
    vetoes: Sequence[Veto], effects: Sequence[veto_policy.Effect], year: int
) -> Iterator[Tally]:
    outside = [v.subject not in ASSESSED for v in vetoes]
    idle = [
        not other and effect.flag is None and veto.status == "成立"
        for veto, effect, other in zip(vetoes, effects, outside, strict=True)
    ]
    keys = [(v.kind, v.status) for v in vetoes]
    for key in sorted(set(keys)):
        held = [n for n, one in enumerate(keys) if one == key]
        counts = (sum(flags[n] for n in held) for flags in (outside, idle))
        yield Tally(year, *key, len(held), *counts)


def _cards(documents: Documents, year: int, book: Rulebook, registry: Registry, as_of: date) -> Outcomes:
    """Return what yellow cards come to. One that was issued after `as_of` is nobody's yet."""
    found, findings = cards(documents.steps, book)
    mine = [c for c in found if card_policy.concerns(c, year) and card_policy.state_at(c, as_of)]
    refused = [card_policy.refusal(c, year, book, registry) for c in mine]
    acting = [c for c, why in zip(mine, refused, strict=True) if why is None]
    effects = [card_policy.effect(c, year, book, as_of) for c in acting]
    advice = card_policy.suggestions(acting, year, book, registry, as_of)
    findings += [why for why in refused if why]
    findings += [f for _, _, said in effects for f in said]
    return Outcomes(
        caps=tuple(cap for cap, _, _ in effects if cap),
        flags=(*(flag for _, flag, _ in effects), *(flag for flag, _ in advice)),
        tallies=_tally(acting, year, as_of),
        findings=(*findings, *(f for _, f in advice)),
    )


def _tally(acting: list[Card], year: int, as_of: date) -> tuple[Tally, ...]:
    states = Counter(card_policy.state_at(c, as_of) for c in acting)
    return tuple(Tally(year, "黄牌", state, n) for state, n in sorted(states.items()) if state)
