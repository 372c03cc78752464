"""Yellow cards (黄牌): dated documents with a deadline, and the states that they go through.

Domain rules, section 4.5: 已发出 → 整改中 → 已解除, 已升级 or 已到期.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from scorecard.decisions.dates import add_months
from scorecard.decisions.model import ASSESSED, Cap, Card, Flag, State, Step
from scorecard.decisions.vetoes import whom
from scorecard.findings import Finding
from scorecard.language import N_, NC_, later
from scorecard.messages import make
from scorecard.names import fold
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook
from scorecard.rulebook.printed import name_of

NEXT: Final[dict[State | None, tuple[State, ...]]] = {
    None: ("已发出",),
    "已发出": ("整改中", "已升级", "已到期"),
    "整改中": ("已解除", "已升级", "已到期"),
    "已解除": (),
    "已升级": (),
    "已到期": (),
}
# Only a card that was lifted or has run out has no effect: one that became the proposal of a veto is no
# better off than one that is still open.
OPEN: Final[tuple[State, ...]] = ("已发出", "整改中", "已升级")
_ORDER: Final = tuple(NEXT)
_LABELS: Final[dict[State | None, str]] = {
    "已发出": N_("黄牌（已发出）"),
    "整改中": N_("黄牌（整改中）"),
    "已解除": N_("黄牌（已解除）"),
    "已升级": N_("黄牌（已升级）"),
    "已到期": N_("黄牌（已到期）"),
}


def cards(steps: Iterable[Step], book: Rulebook) -> tuple[list[Card], list[Finding]]:
    """Return the cards that the steps make up, by number, and what is wrong with the steps that do not fit.

    Steps are taken in the order of their days, on one day in the order of the states; a step that the table
    does not allow changes nothing. A number with several units is nobody's card.
    """
    by_number: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_number[fold(step.card_no)].append(step)
    found, findings = [], []
    for _, mine in sorted(by_number.items()):
        mine.sort(key=lambda s: (s.day, _ORDER.index(s.state), s.source))
        if len({(s.subject, s.unit_code, fold(s.subject_name)) for s in mine}) > 1:
            findings += [_said("W883", s) for s in mine]
            continue
        card, wrong = _card(mine, book)
        findings += wrong
        if card:
            found.append(card)
    return found, findings


def _card(steps: Sequence[Step], book: Rulebook) -> tuple[Card | None, list[Finding]]:
    """Return the card that one number's steps make up; None if it was never issued."""
    state: State | None = None
    history: list[tuple[State, date]] = []
    first, deadline, findings = None, None, []
    for step in steps:
        if wrong := _misfit(step, state, first, book):
            findings.append(wrong)
            continue
        first = first or step
        state, deadline = step.state, step.deadline or deadline
        history.append((state, step.day))
    if first is None:
        return None, findings
    last = add_months(first.day, book.yellow_card.validity_months)
    return Card(issued=first, history=tuple(history), deadline=deadline, last_day=last), findings


def _misfit(step: Step, state: State | None, first: Step | None, book: Rulebook) -> Finding | None:
    if step.state not in NEXT[state]:
        allowed = "、".join(NEXT[state]) or NC_("part", "没有，已经办结")
        return _said("W878", step, before=state or NC_("part", "未发出"), after=step.state, allowed=allowed)
    last = first and add_months(first.day, book.yellow_card.validity_months)
    if step.state == "已到期" and last and step.day <= last:
        return _said("W884", step, last=last, day=step.day)
    return None


def state_at(card: Card, day: date) -> State | None:
    """Return the card's state at the end of `day`, None before it was issued.

    It runs out of itself on the day after its last one: 民法典第二百零一、二百零二条, the first day not
    counted, the last one that of the same number.
    """
    states = [state for state, since in card.history if since <= day]
    if states and states[-1] in OPEN and day > card.last_day:
        return "已到期"
    return states[-1] if states else None


def concerns(card: Card, year: int) -> bool:
    """Whether the card is that year's business: issued in it, changed in it, or open as it begins."""
    days = [since.year for _, since in card.history]
    return year in days or (days[0] < year and state_at(card, date(year - 1, 12, 31)) in OPEN)


def refusal(card: Card, year: int, book: Rulebook, registry: Registry) -> Finding | None:
    """Return why the card touches nobody: it is about somebody else, decided too low, or the unit is gone."""
    step = card.issued
    if step.subject not in ASSESSED:
        return _said("W876", step, what=NC_("part", "黄牌"), whom=whom(step.subject, step.subject_name))
    levels = book.veto.effective_levels
    if step.decided_level not in levels:
        return _said("W872", step, what=NC_("part", "黄牌"), raw=step.decided_level, levels="、".join(levels))
    unit = registry.units[step.unit_code]
    return None if unit.exists(year) else _said("W882", step, unit=unit.name, year=year)


def effect(card: Card, year: int, book: Rulebook, as_of: date) -> tuple[Cap | None, Flag, list[Finding]]:
    """Return what a card that was issued by `as_of` does: an open one caps the grade, any is shown."""
    state, step = state_at(card, as_of), card.issued
    opened = state in OPEN
    code = book.yellow_card.open_caps_grade
    grade = next(g for g in book.grades if g.code == code)
    does = (
        later("等次不高于{grade}，得分和名次不变", grade=name_of(grade))
        if opened
        else later("得分、名次和等次都不受影响")
    )
    label = _LABELS[state]
    kind = "yellow_card" if opened else "yellow_card_closed"
    flag = Flag(year, step.unit_code, kind, label, step.card_no, step.reason, step.day, card.last_day, does)
    late = opened and card.deadline is not None and card.deadline < as_of
    said = [_said("W879", step, deadline=card.deadline, as_of=as_of, state=state)] if late else []
    return (Cap(year, step.unit_code, code) if opened else None), flag, said


def suggestions(
    acting: Iterable[Card], year: int, book: Rulebook, registry: Registry, as_of: date
) -> list[tuple[Flag, Finding]]:
    """Return a suggestion of V1, never more, for each unit with too many cards of `year`."""
    issued: dict[str, list[Step]] = defaultdict(list)
    for card in acting:
        if card.issued.day.year == year and card.issued.day <= as_of:
            issued[card.issued.unit_code].append(card.issued)
    limit = book.yellow_card.cards_for_suggestion
    return [
        _suggestion(sorted(steps, key=lambda s: (s.day, s.card_no)), year, limit, registry)
        for _, steps in sorted(issued.items())
        if len(steps) >= limit
    ]


def _suggestion(steps: Sequence[Step], year: int, limit: int, registry: Registry) -> tuple[Flag, Finding]:
    numbers, last = "、".join(s.card_no for s in steps), steps[-1]
    unit = registry.units[last.unit_code].name
    finding = _said("W880", last, unit=unit, year=year, count=len(steps), cards=numbers, limit=limit)
    does = later("只是建议，尚未决定，得分、名次和等次都不受影响")
    basis = later("{year}年度收到黄牌{count}张", year=year, count=len(steps))
    label = later("建议取消评优资格")
    flag = Flag(year, last.unit_code, "V1_suggested", label, numbers, basis, last.day, None, does)
    return flag, finding


def _said(code: str, step: Step, **params: Any) -> Finding:
    params.setdefault("card", step.card_no)
    params.setdefault("document", step.card_no)
    source = step.source
    return make(code, file=source.file, row=source.row, unit_code=step.unit_code, **params)
