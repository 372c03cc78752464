"""补哪一项最划算: what the next grade and a few ranks more take, others as they are; a sentence a goal."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from scorecard.insight.reach import Reach, Way
from scorecard.insight.together import together
from scorecard.language import N_, _, _c, html, term
from scorecard.publish import formats, glyphs, phrases
from scorecard.publish.book import Book
from scorecard.publish.model import Row

SHOWN = 2  # ways of a goal that are named; the number is of all


def of_unit(book: Book, row: Row) -> list[Markup]:
    """Return one sentence a goal; none for a community without a goal."""
    return [_goal(book, row, reach) for reach in book.inputs.seen.reaches.get(row["unit_code"], ())]


def _goal(book: Book, row: Row, reach: Reach) -> Markup:
    aim, goal = phrases.bold(_("到“{aim}”", aim=term(reach.goal.aim))), reach.goal
    if goal.refused:
        return html("{aim}：做不到，{refused}。", aim=aim, refused=term(goal.refused))
    gap = (
        _("还差{points}分", points=formats.points(reach.gap_e2))
        if reach.gap_e2
        else _("总分已够，同分比较要更优")
    )
    note = _("（{note}）", note=term(goal.note)) if goal.note else ""
    said = _ways(book, reach.ways) if reach.ways else _together(book, row, reach)
    return html("{aim}{gap}{note}，{said}。", aim=aim, gap=gap, note=note, said=said)


def _ways(book: Book, ways: Sequence[Way]) -> Markup:
    """Return how many indicators alone are enough, and the cheapest of them."""
    ordered = sorted(ways, key=lambda way: (_effort(book, way), way.code, way.name))
    named = html("；").join(_way(book, way) for way in ordered[:SHOWN])
    count = len({way.code for way in ways})
    if len(ways) > SHOWN:
        return html("只补一项就够，最省的是{named}等{count}项", named=named, count=count)
    return html("只补一项就够：{named}", named=named)


def _effort(book: Book, way: Way) -> Fraction:
    """Return which part of what is still to be had on an indicator the way takes: less is cheaper."""
    lost = formats.e2(book.indicator(way.code).weight) - way.points_before_e2
    return Fraction(way.points_after_e2 - way.points_before_e2, lost) if lost > 0 else Fraction(1)


def _way(book: Book, way: Way) -> Markup:
    return html(
        "{link}（{name}由{value}到{value2}，{by}，得分{points}→{points2}）",
        link=glyphs.link("../", "indicator", way.code, book.indicator(way.code).name_zh),
        name=term(way.name),
        value=_amount(way.before, way),
        value2=_amount(way.after, way),
        by=_by(way),
        points=formats.points(way.points_before_e2),
        points2=formats.points(way.points_after_e2),
    )


def _amount(number: str, way: Way) -> str:
    return formats.measured(term(number), term(way.unit))


def _by(way: Way) -> str:
    """Return the change: `增加4件`; of a grade how many steps up it is."""
    if way.before.startswith("“"):
        return _("提高{steps}级", steps=way.steps)
    moved = Decimal(way.step) * way.steps
    amount = formats.measured(formats.decimal(abs(moved)), term(way.unit))
    return _(N_("增加{amount}") if moved > 0 else N_("减少{amount}"), amount=amount)


def _together(book: Book, row: Row, reach: Reach) -> Markup:
    """Return the fewest indicators that reach the goal together with full points; or that none do."""
    found = together(reach, row["total_e2"])
    if not found.codes:
        return html("没有哪一项单独补得够，能补的各项都补到满分也不够")
    names = [glyphs.link("../", "indicator", c, book.indicator(c).name_zh) for c in found.codes]
    return html(
        "没有哪一项单独补得够；最少要{value}项一起补到满分：{some}（合计+{points}分）",
        value=phrases.bold(f"{len(names)}"),
        some=phrases.some(names, 5, _c("each", "项")),
        points=formats.points(found.points_e2),
    )
