"""街道考核: all streets in one table, every item with the numbers that it was made from."""

from collections import Counter
from fractions import Fraction

from markupsafe import Markup

from scorecard.language import N_, _, _c, html, plain
from scorecard.publish import flags, formats, glyphs, phrases, values, words
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.pages.frame import Context, frame
from scorecard.publish.pages.lines import modifiers, score, standing_of_street, street_place
from scorecard.rulebook.words import rule_sentence

TITLE = N_("街道考核")


def context(book: Book) -> Context:
    """Return everything that streets.html prints."""
    indicators = book.rulebook.street.indicators
    return frame(book, _(TITLE), root="", active="街道", crumbs=((_("总览"), "index.html"),)) | {
        "sentences": _sentences(book),
        "heads": [
            (glyphs.link("", "indicator", i.code, i.name_zh), formats.decimal(i.weight)) for i in indicators
        ],
        "rules": [(i.name_zh, i.owner, rule_sentence(i)) for i in indicators],
        "weight": formats.decimal(book.rulebook.street.weight),
        "lines": [
            _line(book, row) for row in sorted(book.streets.values(), key=lambda r: not words.placed(r))
        ],
        "listed": bool(book.inputs.worklist.tallies),
        "edge": any(row["quota_edge"] for row in book.streets.values()),
    }


def _line(book: Book, row: Row) -> Context:
    """Return one street: rank, total, grade, each item, what was added and taken, documents."""
    code, placed = row["street_code"], words.placed(row)
    held = book.items.get(code, {})
    return {
        "place": street_place(book, row),
        "tied": placed and book.street_ties[row["rank_overall"]] > 1,
        "link": glyphs.link("", "street", code, book.name(code)),
        "total": score(row["total_e2"] if placed else None),
        "grade": standing_of_street(book, row),
        "cells": [
            _cell(book, held[i.code]) if i.code in held else None for i in book.rulebook.street.indicators
        ],
        "modifiers": modifiers(row),
        "marks": _("、").join([*flags.marks(book, code), *([_("等次待定")] if row["quota_edge"] else [])])
        or "—",
    }


def _cell(book: Book, item: Row) -> Context:
    """Return one item: its points, its value, what that was made from, and how dark it is."""
    indicator = book.indicator(item["indicator_code"])
    return {
        "name": plain(
            _("{name}（{weight}分）", name=indicator.name_zh, weight=formats.decimal(indicator.weight))
        ),
        "earned": score(item["points_e2"]),
        "value": values.shown(indicator, item),
        "detail": values.detail(indicator, item),
        "shade": _shade(item),
    }


def _shade(item: Row) -> int:
    """Return 0 for full points, then 1, 2, 3: less than a quarter of the weight lost, than a half, more."""
    lost, weight = item["lost_e2"] or 0, item["weight_e2"] or 0
    if not lost or not weight:
        return 0
    return min(3, 1 + 4 * lost // weight)


def _sentences(book: Book) -> list[Markup]:
    """Return who leads and by how much, the grades, the item that streets lose most on, and who waits."""
    ranked = [row for row in book.streets.values() if words.placed(row)]
    if not ranked:
        return [html("没有可以排名的街道。")]
    found = (_spread(book, ranked), _grades(book, ranked), _weakest(book), _waiting(book))
    return [sentence for sentence in found if sentence]


def _spread(book: Book, ranked: list[Row]) -> Markup:
    if len(ranked) == 1:
        return html(
            "只有{street}参加排名，得{points}分，不作比较。",
            street=_named(book, ranked),
            points=score(ranked[0]["total_e2"]),
        )
    first = [row for row in ranked if row["rank_overall"] == 1]
    last = [row for row in ranked if row["rank_overall"] == ranked[-1]["rank_overall"]]
    gap_e2 = first[0]["total_e2"] - last[0]["total_e2"]
    if gap_e2 == 0:
        return html(
            "{count}个街道得分相同（{points}分）。", count=len(ranked), points=score(first[0]["total_e2"])
        )
    return html(
        "{count}个街道中，{first}{place}（{points}分）；{last}列第{rank}名（{points2}分），相差{gap}。",
        count=len(ranked),
        first=_named(book, first),
        place=_("并列第1名") if len(first) > 1 else _("居首"),
        points=phrases.bold(score(first[0]["total_e2"])),
        last=_named(book, last),
        rank=last[0]["rank_overall"],
        points2=score(last[0]["total_e2"]),
        gap=phrases.bold(_("{points}分", points=formats.points(gap_e2))),
    )


def _named(book: Book, rows: list[Row]) -> Markup:
    return phrases.some(
        [glyphs.link("", "street", r["street_code"], book.name(r["street_code"])) for r in rows],
        6,
        _c("each", "个"),
    )


def _grades(book: Book, ranked: list[Row]) -> Markup:
    found = Counter(row["grade_code"] for row in ranked)
    listed = phrases.listed(
        _("{name_zh}{get}个", name_zh=g.name_zh, get=found[g.code]) for g in book.grade_order
    )
    return html("按与社区相同的分数线和比例评定等次：{listed}。", listed=listed)


def _weakest(book: Book) -> Markup | None:
    """Return the item that streets lose the largest part of; only where it is a point behind the best one."""
    levels = [
        phrases.Level(i.name_zh, row["mean_points_e2"], row["weight_e2"], _rate(book, i.code))
        for i in book.rulebook.street.indicators
        if (row := book.indicators.get(i.code))
        and row["mean_points_e2"] is not None
        and row["missing_count"] < row["unit_count"]  # what nobody reported is no weakness
    ]
    found = phrases.contrast(levels)
    if not found:
        return None
    best, worst = found
    return html(
        "各街道平均得分率最低的项目是{worst}（{percent}），最高的是{best}（{percent2}）。",
        worst=phrases.bold(worst.name),
        percent=worst.percent,
        best=best.name,
        percent2=best.percent,
    )


def _rate(book: Book, code: str) -> Fraction:
    """Return which part of its points an item got in all streets together; the mean beside it is rounded."""
    rows = [r for r in book.items.column(code).values() if r["points_e2"] is not None and r["weight_e2"]]
    return Fraction(sum(r["points_e2"] for r in rows), sum(r["weight_e2"] for r in rows) or 1)


def _waiting(book: Book) -> Markup | None:
    if not book.pending:
        return None
    streets = dict.fromkeys(row["street_code"] for row in book.pending)
    return html(
        "{streets}有{count}个社区待更正，{then}。",
        streets=phrases.some([book.name(code) for code in streets], 6, _c("each", "个街道")),
        count=len(book.pending),
        then=words.then(book, _("街道得分和名次")),
    )
