"""The method with one community's own numbers, chosen by a rule: the one whose rank is in the middle.

It is followed from a reported number to its grade; every number stands on its page as well.
"""

from collections.abc import Iterable

from markupsafe import Markup

from scorecard.explain import raw_values, worked
from scorecard.explain.relative import RELATIVE
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
        ("总分", _total(book, row)),
        ("名次", _place(book, row)),
        ("等次", _grade(book, row)),
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
        ("报送的数", Markup("{}：{}。").format(link, raw_values(indicator, item))),
        ("计分规则", rule_sentence(indicator)),
        ("单项得分", f"{worked(indicator, item)}，{rounding}得{points}分。"),
        ("维度得分", _dimension(book, row, item)),
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
    said = f"{book.dimension_of[code].name_zh}{len(parts)}项：{_sum(parts)}"
    return f"{said}＝{formats.points(whole['points_e2'])}分（满分{formats.weight(whole['weight_e2'])}分）。"


def _sum(parts: Iterable[int]) -> str:
    return "＋".join(formats.points(part) for part in parts)


def _total(book: Book, row: Row) -> str:
    held = book.dimensions[row["unit_code"]]
    parts = [held[d.code]["points_e2"] or 0 for d in book.rulebook.dimensions if d.code in held]
    changed = row["bonus_e2"] or row["deduction_e2"]
    more = (
        f"＋加分{formats.points(row['bonus_e2'])}－扣分{formats.points(row['deduction_e2'])}"
        if changed
        else ""
    )
    without = "" if changed else "，没有加分、扣分"
    return f"{len(parts)}个维度：{_sum(parts)}{more}＝{formats.points(row['total_e2'])}分{without}。"


def _place(book: Book, row: Row) -> str:
    higher = sum(r["total_e2"] > row["total_e2"] for r in book.assessed)
    before = row["rank_overall"] - 1 - higher
    keys = f"，总分相同、按同分规则排在前面的{before}个" if before else ""
    place = phrases.rank(row["rank_overall"], row["rank_overall_ties"])
    return f"{row['overall_count']}个已排名社区中，总分更高的{higher}个{keys}，列{place}。"


def _grade(book: Book, row: Row) -> str:
    """Return the line that the total reached, and why the grade is another one where it is."""
    level = book.grade_levels[row["grade_code"]]
    grade = book.grade_order[level]
    reached = next(g for g in book.grade_order if row["total_e2"] >= formats.e2(g.at_least))
    last = reached is book.grade_order[-1] and len(book.grade_order) > 1
    named = book.grade_order[-2] if last else reached
    line = f"总分{'不满' if last else '到'}{named.name_zh}线（{formats.decimal(named.at_least)}分）"
    if reached is grade:
        return f"{line}，评为{grade.name_zh}。"
    return f"{line}，因名额或决定文件的限制，评为{grade.name_zh}。"
