"""Vetoes, yellow cards and labels as pages show them: beside the unit, and counted."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from scorecard.decisions import Flag, Tally
from scorecard.language import N_, _, _c, chinese, html, said, term
from scorecard.publish import glyphs, phrases
from scorecard.publish.book import Book

_NAMED: Final = 6
_QUIET: Final = frozenset(("yellow_card_closed", "V1_suggested"))  # on the unit's own page only


def of_unit(book: Book, unit_code: str) -> list[tuple[str, str, str, str, str]]:
    """Return what, document, basis, validity and effect of each flag of a unit."""
    return [
        (said(f.label_zh), chinese(f.document_no), said(f.basis), _validity(f), said(f.effect_zh))
        for f in book.inputs.flags
        if f.unit_code == unit_code
    ]


def marks(book: Book, unit_code: str) -> list[str]:
    """Return the labels that stand in a line of the ranking: what is in force, not what is over or advice."""
    mine = (said(f.label_zh) for f in book.inputs.flags if f.unit_code == unit_code and f.kind not in _QUIET)
    return list(dict.fromkeys(mine))


def counted(book: Book) -> list[tuple[str, int, str]]:
    """Return how many vetoes of a kind and yellow cards there are in each status, and how many unnamed."""
    return [
        (_("{kind}（{status}）", kind=_kind(t.kind), status=term(t.status)), t.count, _unnamed(t))
        for t in sorted(book.inputs.tallies)
        if t.year == book.inputs.year
    ]


def named(book: Book, root: str = "") -> Markup:
    """Return who is concerned by what is in force: `黄牌（整改中）：枫林社区`; empty without any."""
    held: dict[str, list[Markup]] = {}
    for flag in book.inputs.flags:
        folder = "street" if flag.unit_code in book.streets else "c"
        if flag.kind not in _QUIET and flag.unit_code in {**book.units, **book.streets}:
            link = glyphs.link(root, folder, flag.unit_code, book.label(flag.unit_code))
            held.setdefault(said(flag.label_zh), []).append(link)
    return html("；").join(
        html(
            "{what}：{some}", what=what, some=phrases.some(list(dict.fromkeys(who)), _NAMED, _c("each", "个"))
        )
        for what, who in held.items()
    )


def in_words(book: Book) -> str:
    """Return for paper what is in force, everybody named, with the documents; empty without any."""
    held: dict[str, dict[str, None]] = {}
    for flag in book.inputs.flags:
        if flag.kind not in _QUIET and flag.unit_code in {**book.units, **book.streets}:
            who, document = book.label(flag.unit_code), chinese(flag.document_no)
            named = _("{who}（{document}）", who=who, document=document) if document else who
            held.setdefault(said(flag.label_zh), {})[named] = None
    return _("；").join(_("{what}：{join}", what=what, join=_("、").join(who)) for what, who in held.items())


def phrase(tallies: Sequence[tuple[str, int, str]]) -> str:
    """Return the counts as one phrase."""
    return _("、").join(
        _("{what}{count}件{rest}", what=what, count=count, rest=rest) for what, count, rest in tallies
    )


def _unnamed(tally: Tally) -> str:
    """Return how many of a count stand beside no unit, and why; empty where all do, or none could."""
    parts = ((tally.outside, N_("{count}件的对象不是社区、街道")), (tally.idle, N_("{count}件没有效力")))
    listed = _("，").join(_(why, count=count) for count, why in parts if count)
    return _("（其中{said}）", said=listed) if listed else ""


def _kind(kind: str) -> str:
    return _(kind) if kind == N_("黄牌") else _("一票否决{kind}", kind=kind)


def _validity(flag: Flag) -> str:
    return (
        _("{valid_from}至{value}", valid_from=flag.valid_from, value=flag.valid_to or _("长期"))
        if flag.valid_from
        else "—"
    )
