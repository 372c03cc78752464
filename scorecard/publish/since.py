"""What a community's total and rank are made of since last year, in words; every split adds up as printed."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from markupsafe import Markup

from scorecard.exact import round_scaled
from scorecard.insight.change import Change
from scorecard.insight.moved import OTHERS, RankChange
from scorecard.insight.said import STAGE_WORDS
from scorecard.insight.shapley import whole
from scorecard.language import NC_, _, html, said
from scorecard.publish import formats, phrases
from scorecard.publish.book import Book
from scorecard.publish.model import Row

STAGES = STAGE_WORDS
HEADS = {  # the same at the head of a column
    "data": NC_("head", "本单位数据"),
    "rule": NC_("head", "计分规则和目标"),
    "weight": NC_("head", "权重"),
    "indicators": NC_("head", "指标增减"),
    "modifiers": NC_("head", "加减分和计零"),
    "population": NC_("head", "其他单位的影响"),
}


def of_unit(book: Book, row: Row) -> Markup:
    """Return the sentence of a ranked community; empty where there is no year before."""
    change = book.inputs.seen.changes.get(row["unit_code"])
    if change is None:
        return Markup("")
    if not change.link.before:
        return html("不可比（{reason}）。", reason=said(change.link.reason))
    note = _("{note}；", note=said(change.link.note)) if change.link.note else ""
    return html(
        "{note}上年{points}分，本年{signed}{of}{largest}{ranks}。",
        note=note,
        points=formats.points(change.before_e2 or 0),
        signed=phrases.bold(formats.signed(difference(change)) + _("分"))
        if difference(change)
        else _("持平"),
        of=_of(parts(change.parts_e2)),
        largest=_largest(book, change),
        ranks=_ranks(book, row),
    )


def mean_parts(changes: Sequence[Change]) -> dict[str, int]:
    """Return the mean of each part in hundredths, so that they add up to the mean change as printed."""
    count = len(changes)
    sums = {stage: sum(change.parts_e2[stage] for change in changes) for stage in STAGES}
    mean_e2 = round_scaled(Fraction(sum(sums.values()), count), 0)
    left = {stage: Fraction(part, count) for stage, part in sums.items()}
    rest = mean_e2 - sum(left.values())
    most = max(left, key=lambda stage: abs(left[stage]))
    return whole(left | {most: left[most] + rest})


def difference(change: Change) -> int:
    """Return by how much a comparable total moved, in hundredths."""
    return (change.after_e2 or 0) - (change.before_e2 or 0)


def parts(parts_e2: Mapping[str, int]) -> str:
    """Return the parts that are not zero: `本单位数据+2.00分、加减分和计零−0.50分`; empty without any."""
    return _("、").join(
        _("{stage}{signed}分", stage=_(STAGES[stage]), signed=formats.signed(part))
        for stage, part in parts_e2.items()
        if part
    )


def _of(split: str) -> str:
    return _("，其中{said}", said=split) if split else ""


def largest(book: Book, change: Change) -> str:
    """Return the indicator whose points moved most: `网格走访率+1.20分`; empty where none moved."""
    first = next((item for item in change.items if item.change_e2), None)
    if first is None:
        return ""
    known = book.rulebook.indicators.get(first.code)
    return _(
        "{name_zh}{signed}分",
        name_zh=known.name_zh if known else first.code,
        signed=formats.signed(first.change_e2),
    )


def _largest(book: Book, change: Change) -> str:
    item = largest(book, change)
    return _("；变动最大的是{said}", said=item) if item else ""


def _ranks(book: Book, row: Row) -> str:
    found = book.inputs.seen.ranks.get(row["unit_code"])
    if found is None or found.before == found.after:
        return ""
    own, others = tenths(found)
    return _(
        "；名次变化中，自身{places}、其他社区的变化{places2}", places=places(own), places2=places(others)
    )


def tenths(found: RankChange) -> tuple[int, int]:
    """Return the places gained by the unit's own change and by the others', in tenths that add up."""
    others = found.shares.get(OTHERS, Fraction(0))
    own = sum((share for player, share in found.shares.items() if player != OTHERS), Fraction(0))
    split = whole({"own": 10 * own, OTHERS: 10 * others})
    return split["own"], split[OTHERS]


def places(number: int) -> str:
    """Return tenths of a place with their sign: `+6.2位`."""
    return _("{value}{fixed}位", value="+" if number > 0 else "", fixed=formats.fixed(number, 1, 1))
