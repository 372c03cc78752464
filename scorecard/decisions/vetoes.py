"""What a 一票否决 does: four things of one name; only a decided one acts. Domain rules, section 4.4."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from scorecard.decisions.model import ASSESSED, Cap, Flag, Subject, Veto
from scorecard.findings import Finding
from scorecard.language import N_, NC_, later
from scorecard.messages import make
from scorecard.registry import Registry
from scorecard.rulebook.model import Grade, Rulebook
from scorecard.rulebook.printed import name_of

LABELS: Final = {
    "V1": N_("取消评优资格"),
    "V2": N_("等次限制"),
    "V3": N_("定为不合格"),
    "V4": N_("单项否决"),
}
_DECIDED: Final = "成立"
_REVOKED: Final = "撤销"


@dataclass(frozen=True, slots=True)
class Effect:
    """What one veto comes to in one year. Nothing at all where `findings` say why."""

    cap: Cap | None = None
    zeroed: tuple[int, str, str] | None = None
    flag: Flag | None = None
    findings: tuple[Finding, ...] = ()


def concerns(veto: Veto, year: int) -> bool:
    """Whether the veto is that year's business: what happened in it, or a validity that reaches into it.

    What happened in a year is often decided when that year is deliberated, in the next one.
    """
    if veto.valid_from is None or veto.event_day.year == year:
        return veto.event_day.year == year
    return veto.valid_from.year <= year and (veto.valid_to is None or veto.valid_to.year >= year)


def revoked(veto: Veto, others: tuple[Veto, ...], as_of: date) -> bool:
    """Whether a later row of the same decision about the same subject takes it back by `as_of`."""

    def same(other: Veto) -> bool:
        return (other.kind, other.unit_code, other.subject_name, other.decision_no) == (
            veto.kind,
            veto.unit_code,
            veto.subject_name,
            veto.decision_no,
        )

    return veto.status == _DECIDED and any(
        same(o) and o.status == _REVOKED and (o.valid_from or o.event_day) <= as_of
        for o in others
        if veto != o
    )


def effect(veto: Veto, year: int, book: Rulebook, registry: Registry, as_of: date) -> Effect:
    """Return what the veto does to `year` as things stand on `as_of`.

    It acts if it is about a community or street, is 成立, was decided at a level of the rulebook, and
    `as_of` lies within its validity. V1 and V2 cap the grade, V4 sets the item to 0, V3 gives the last grade
    and needs a document of the rulebook's own. Score and ranks stay, except for the item of V4.
    """
    for refuse in _REFUSALS:
        if finding := refuse(veto, year, book, registry, as_of):
            return Effect(findings=(finding,))
    flag = _flag(veto, year, book)
    if veto.kind == "V4" and veto.indicator_code:
        return Effect(zeroed=(year, veto.unit_code, veto.indicator_code), flag=flag)
    cap = Cap(year, veto.unit_code, capped(book, veto.kind).code)
    notice = (_v3_notice(veto, book, registry),) if veto.kind == "V3" else ()
    return Effect(cap=cap, flag=flag, findings=notice)


def capped(book: Rulebook, kind: str) -> Grade:
    """Return the best grade that a veto leaves: for V3 the last one, else `veto.caps_grade`."""
    if kind == "V3":
        return min(book.grades, key=lambda g: g.at_least)
    return next(g for g in book.grades if g.code == book.veto.caps_grade)


def _stranger(veto: Veto, _year: int, _book: Rulebook, _registry: Registry, _as_of: date) -> Finding | None:
    if veto.subject in ASSESSED:
        return None
    return _said("W876", veto, what=NC_("part", "一票否决"), whom=whom(veto.subject, veto.subject_name))


def _undecided(veto: Veto, _year: int, _book: Rulebook, _registry: Registry, _as_of: date) -> Finding | None:
    return None if veto.status == _DECIDED else _said("W871", veto, kind=veto.kind, status=veto.status)


def _too_low(veto: Veto, _year: int, book: Rulebook, _registry: Registry, _as_of: date) -> Finding | None:
    levels = book.veto.effective_levels
    if veto.decided_level in levels:
        return None
    return _said("W872", veto, what=veto.kind, raw=veto.decided_level, levels="、".join(levels))


def _forbidden(veto: Veto, _year: int, book: Rulebook, registry: Registry, _as_of: date) -> Finding | None:
    unit = registry.units[veto.unit_code].name
    if veto.kind == "V3":
        return None if book.veto.v3_override_document.strip() else _said("W874", veto, unit=unit)
    if veto.kind in book.veto.kinds:
        return None
    return _said("W877", veto, kind=veto.kind, kinds="、".join(book.veto.kinds))


def _outside(veto: Veto, _year: int, _book: Rulebook, _registry: Registry, as_of: date) -> Finding | None:
    begins = veto.valid_from is not None and veto.valid_from <= as_of
    if begins and (veto.valid_to is None or as_of <= veto.valid_to):
        return None
    return _said("W873", veto, kind=veto.kind, span=span(veto.valid_from, veto.valid_to), as_of=as_of)


def _gone(veto: Veto, year: int, _book: Rulebook, registry: Registry, _as_of: date) -> Finding | None:
    unit = registry.units[veto.unit_code]
    return None if unit.exists(year) else _said("W882", veto, unit=unit.name, year=year)


_REFUSALS: Final[tuple[Callable[[Veto, int, Rulebook, Registry, date], Finding | None], ...]] = (
    _stranger,
    _undecided,
    _too_low,
    _forbidden,
    _outside,
    _gone,
)


def whom(subject: Subject, name: str) -> str:
    """Return who a document is about; findings are published, a person is therefore not named."""
    if subject == "个人":
        return subject
    return NC_("part", "{subject}「{quoted}」").format(subject=subject, quoted=name)


def span(first: date | None, last: date | None) -> str:
    """Return a validity in words."""
    begin, end = first or NC_("part", "未填"), last or NC_("part", "长期")
    return NC_("part", "{begin}至{end}").format(begin=begin, end=end)


def _flag(veto: Veto, year: int, book: Rulebook) -> Flag:
    if veto.kind == "V4":
        item = book.indicators[veto.indicator_code or ""]
        does = later("{code} {name}计0分，其他各项和等次不受影响", code=item.code, name=name_of(item))
    elif veto.kind == "V3":
        does = later("等次为{grade}，得分和名次不变", grade=name_of(capped(book, veto.kind)))
    else:
        does = later("等次不高于{grade}，得分和名次不变", grade=name_of(capped(book, veto.kind)))
    basis = f"{veto.basis}{veto.clause}"
    return Flag(
        year,
        veto.unit_code,
        veto.kind,
        LABELS[veto.kind],
        veto.decision_no,
        basis,
        veto.valid_from,
        veto.valid_to,
        does,
        veto.indicator_code if veto.kind == "V4" and veto.indicator_code else "",
    )


def _v3_notice(veto: Veto, book: Rulebook, registry: Registry) -> Finding:
    unit, grade = registry.units[veto.unit_code].name, capped(book, "V3").name_zh
    return _said("W875", veto, unit=unit, override=book.veto.v3_override_document, grade=grade)


def _said(code: str, veto: Veto, **params: Any) -> Finding:
    params.setdefault("document", veto.decision_no or veto.basis or NC_("part", "没有文号"))
    source = veto.source
    return make(code, file=source.file, row=source.row, unit_code=veto.unit_code, **params)
