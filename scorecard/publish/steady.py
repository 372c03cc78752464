"""What the robustness study says, in words: intervals, stretches, grades that do not hold."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from scorecard.language import _, html
from scorecard.publish import formats
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.phrases import bold
from scorecard.robustness.result import Robustness, UnitRange

SHARE_SCALE = 4


def interval(found: UnitRange) -> str:
    """Return the ranks of an interval: `3—18`, or one rank alone."""
    return str(found.low) if found.low == found.high else _("{low}—{high}", low=found.low, high=found.high)


def stretch(found: UnitRange) -> str:
    """Return the stretch that a unit cannot be told apart within; empty where it stands alone."""
    if found.together == 1:
        return ""
    first, last = found.band
    return (
        _("第{first}名并列", first=first)
        if first == last
        else _("第{first}—{last}名", first=first, last=last)
    )


def share(share_e4: int) -> str:
    """Return a share of draws as a whole percentage; what is not all or nothing never looks like it."""
    if 0 < share_e4 < 100:
        return _("不足1%")
    if 9_900 < share_e4 < 10_000:
        return _("99%以上")
    return formats.fixed(share_e4, SHARE_SCALE - 2, 0) + "%"


def place(book: Book, row: Row) -> str:
    """Return where a community's rank lies over all draws, to follow its published rank; may be empty."""
    found = book.ranges.get(row["unit_code"])
    if not found:
        return ""
    if found.low == found.high:
        return _("；合理变动权重和门槛，仍是第{low}名", low=found.low)
    before = row["previous_rank"]
    steady = row["unit_code"] in book.moved and book.moved[row["unit_code"]] != 0
    within = _("，较上年的变化在此范围内") if steady and found.low <= before <= found.high else ""
    return _(
        "；合理变动权重和门槛，名次在第{low}—{high}名之间{within}",
        low=found.low,
        high=found.high,
        within=within,
    )


def lead(book: Book, first: Sequence[Row]) -> str:
    """Return the guard of a sentence that names the first: how many others' intervals meet its own."""
    found = book.ranges.get(first[0]["unit_code"]) if len(first) == 1 else None
    if not found:
        return ""
    if not found.overlaps:
        return _("，各种合理的权重和门槛下都领先")
    return _("，但另有{overlaps}个社区的名次区间与其重叠，不宜看作稳居第1", overlaps=found.overlaps)


def sentences(study: Robustness) -> list[Markup]:
    """Return the study's sentences: how it was made, pairs, stretches, and grades that do not hold."""
    return [_made(study), _pairs(study), _stretches(study), _grades(study)]


def unsure(found: UnitRange, level: int) -> bool:
    """Return whether the published grade (0 best) is missed in more than a tenth of the draws."""
    return found.grade_share_e4[level] < 9_000


def _made(study: Robustness) -> Markup:
    return html(
        "把权重、门槛在合理范围内变动，重算{draw_count}次；只说明名次是否可靠，得分、名次和等次都不改变。",
        draw_count=study.draw_count,
    )


def _pairs(study: Robustness) -> Markup:
    sampled = (
        ""
        if study.pair_count == _all_pairs(study)
        else _("（抽查{pair_count}对）", pair_count=study.pair_count)
    )
    return html(
        "任取两个社区{sampled}，{fixed}的先后次序在每次重算里都不变。",
        sampled=sampled,
        fixed=bold(formats.fixed(study.proof_share_e4, SHARE_SCALE - 2, 0) + "%"),
    )


def _all_pairs(study: Robustness) -> int:
    return len(study.units) * (len(study.units) - 1) // 2


def _stretches(study: Robustness) -> Markup:
    bands = [found for _, held in groupby(study.units, key=lambda u: u.band) if (found := list(held))]
    named = [stretch(held[0]) for held in bands if len(held) > 1]
    if not named:
        return html("每个名次都分得出先后。")
    return html(
        "按名次可分{count}段，段内难分先后：{join}。",
        count=len(bands),
        join=html("、").join(named[:8]) + (_("等") if len(named) > 8 else ""),
    )


def _grades(study: Robustness) -> Markup:
    shaky = sum(max(u.grade_share_e4) < 9_000 for u in study.units)
    if not shaky:
        return html("各社区的等次在九成以上的重算里都不变。")
    return html(
        "{value}的等次在一成以上的重算里会变，多在分数线或名额附近。",
        value=bold(_("{shaky}个社区", shaky=shaky)),
    )
