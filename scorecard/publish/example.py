"""The method with one community's own numbers, chosen by a rule: the one whose rank is in the middle.

It is followed from a reported number to its grade; every number stands on its page as well.
"""

from collections.abc import Iterable

from markupsafe import Markup

from scorecard.explain import raw_values, worked
from scorecard.explain.relative import RELATIVE
from scorecard.language import _, html
from scorecard.publish import formats, glyphs, phrases, words
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.rulebook.words import rule_sentence

Step = tuple[str, str | Markup]


def chosen(book: Book) -> Row | None:
    """Return the community with the middle rank, the better one of two; None where nobody is ranked."""
    return book.assessed[(len(book.assessed) - 1) // 2] if book.assessed else None


def steps(book: Book, row: Row, rounding: str) -> list[Step]:
    """Return what is done in order, from the number to the grade. `rounding` says how points are rounded."""
    item = _item(book, row)
    return [
        *(_of_item(book, row, item, rounding) if item else []),
        (_("总分"), _total(book, row)),
        (_("名次"), _place(book, row)),
        (_("等次"), _grade(book, row)),
    ]


def _item(book: Book, row: Row) -> Row | None:
    """Return the item with the largest loss of those that an absolute rule scored: nobody else is in it."""
    held = words.top_losses(book, row["unit_code"], len(book.rulebook.community_indicators))
    return next(
        (
            i
            for i in held
            if i["points_e12"] is not None
            and i["fill"] == "none"
            and book.indicator(i["indicator_code"]).rule.type not in RELATIVE
        ),
        None,
    )


def _of_item(book: Book, row: Row, item: Row, rounding: str) -> list[Step]:
    indicator = book.indicator(item["indicator_code"])
    link = glyphs.link("", "indicator", indicator.code, indicator.name_zh)
    points = formats.points(item["points_e2"])
    return [
        (_("报送的数"), html("{link}：{values}。", link=link, values=raw_values(indicator, item))),
        (_("计分规则"), rule_sentence(indicator)),
        (
            _("单项得分"),
            _(
                "{worked}，{rounding}得{points}分。",
                worked=worked(indicator, item),
                rounding=rounding,
                points=points,
            ),
        ),
        (_("维度得分"), _dimension(book, row, item)),
    ]


def _dimension(book: Book, row: Row, item: Row) -> str:
    """Return the item's dimension as the sum of its items."""
    code = item["dimension_code"]
    held = book.items[row["unit_code"]]
    parts = [
        held[i.code]["points_e2"] or 0
        for i in book.rulebook.community_indicators
        if i.code in held and held[i.code]["dimension_code"] == code
    ]
    whole = book.dimensions[row["unit_code"]][code]
    return _(
        "{name}{count}项：{sum}＝{points}分（满分{weight}分）。",
        name=book.dimension_of[code].name_zh,
        count=len(parts),
        sum=_sum(parts),
        points=formats.points(whole["points_e2"]),
        weight=formats.weight(whole["weight_e2"]),
    )


def _sum(parts: Iterable[int]) -> str:
    return _("＋").join(formats.points(part) for part in parts)


def _total(book: Book, row: Row) -> str:
    held = book.dimensions[row["unit_code"]]
    parts = [held[d.code]["points_e2"] or 0 for d in book.rulebook.dimensions if d.code in held]
    total = formats.points(row["total_e2"])
    if not (row["bonus_e2"] or row["deduction_e2"]):
        return _(
            "{count}个维度：{sum}＝{total}分，没有加分、扣分。",
            count=len(parts),
            sum=_sum(parts),
            total=total,
        )
    return _(
        "{count}个维度：{sum}＋加分{bonus}－扣分{deduction}＝{total}分。",
        count=len(parts),
        sum=_sum(parts),
        bonus=formats.points(row["bonus_e2"]),
        deduction=formats.points(row["deduction_e2"]),
        total=total,
    )


def _place(book: Book, row: Row) -> str:
    higher = sum(r["total_e2"] > row["total_e2"] for r in book.assessed)
    before = row["rank_overall"] - 1 - higher
    return _(
        "{count}个已排名社区中，总分更高的{higher}个{keys}，列{place}。",
        count=row["overall_count"],
        higher=higher,
        keys=_("，总分相同、按同分规则排在前面的{before}个", before=before) if before else "",
        place=phrases.rank(row["rank_overall"], row["rank_overall_ties"]),
    )


def _grade(book: Book, row: Row) -> str:
    """Return the line that the total reached, and why the grade is another one where it is."""
    level = book.grade_levels[row["grade_code"]]
    grade = book.grade_order[level]
    reached = next(g for g in book.grade_order if row["total_e2"] >= formats.e2(g.at_least))
    last = reached is book.grade_order[-1] and len(book.grade_order) > 1
    named = book.grade_order[-2] if last else reached
    points = formats.decimal(named.at_least)
    line = (
        _("总分不满{name}线（{points}分）", name=named.name_zh, points=points)
        if last
        else _("总分到{name}线（{points}分）", name=named.name_zh, points=points)
    )
    if reached is grade:
        return _("{line}，评为{grade}。", line=line, grade=grade.name_zh)
    return _("{line}，因名额或决定文件的限制，评为{grade}。", line=line, grade=grade.name_zh)
