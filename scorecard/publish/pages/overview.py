"""总览: sentences, numbers, distribution, street by dimension, the full ranking, who is not in it."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from markupsafe import Markup

from scorecard.exact import FACT_SCALE
from scorecard.language import N_, NC_, _, _c, html, plain
from scorecard.publish import credibility, editions, formats, glyphs, phrases, svg, whatif, words
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.pages.frame import Context, Kpi, first, frame
from scorecard.publish.pages.lines import (
    community_link,
    comparison,
    line,
    mean_moved,
    percent,
    satisfaction_base,
    score,
    standing_of_street,
    street_place,
    waiting,
)
from scorecard.rulebook.model import Grade

_HEAT_STEPS = 4  # quarters of the street ranks: white to brown
_MEANS = {  # the two means of satisfaction: the tile of the one, and what is said of it in the other's
    "simple": (NC_("tile", "满意度简单平均"), N_("简单平均{percent}")),
    "weighted": (NC_("tile", "满意度按户数加权平均"), N_("按户数加权{percent}")),
}


def context(book: Book) -> Context:
    """Return everything that index.html prints."""
    title = _("{year}年度社区考核总览", year=book.inputs.year)
    ranked, cut = first(book.assessed)
    return frame(book, title, root="", active="总览") | {
        "sentences": words.overview(book),
        "kpis": kpis(book),
        "credible": credibility.sentence(book),
        "distribution": distribution(book),
        "grades": _legend(book),
        "streets": streets(book),
        "unplaced": [book.name(code) for code, row in book.streets.items() if words.unplaced(book, row)],
        "street_count": len(book.streets),
        "street_weight": formats.decimal(book.rulebook.street.weight),
        "comparison": comparison(book),
        "dimensions": book.rulebook.dimensions,
        "best": book.grade_order[0].name_zh,
        "intervals": bool(book.ranges),
        "lines": [line(book, row, "") for row in ranked],
        "cut": cut,
        "whole": not cut,
        "tried": whatif.offered(book),
        "unnamed": editions.unnamed(book, book.assessed),
        "pending": waiting(book, first(book.pending)[0], ""),
        "pending_count": len(book.pending),
        "unassessed": _listed(book, book.unassessed),
        "unassessed_count": len(book.unassessed),
    }


def _listed(book: Book, rows: Iterable[Row]) -> list[tuple[Markup, int, str, Markup]]:
    """Return street, number, reason and names of communities that are not ranked."""
    held: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        held[row["street_code"], book.reason(row["unit_code"])].append(row["unit_code"])
    return [
        (glyphs.link("", "street", street, book.name(street)), len(codes), reason, _named(book, codes))
        for (street, reason), codes in sorted(held.items())
    ]


def _named(book: Book, codes: list[str]) -> Markup:
    return phrases.listed(community_link(book, "", code) for code in codes)


def streets(book: Book) -> list[Context]:
    """Return the lines of the heat table: streets by rank, those without one last."""
    return [
        street_line(book, row) for row in sorted(book.streets.values(), key=lambda r: not words.placed(r))
    ]


def kpis(book: Book, lists: str = "") -> list[Kpi]:
    """Return the numbers of the first screen; `lists` is the page with the lists that they lead to."""
    row = book.district
    return [_population(book, lists), _mean(book), _excellent(book), _satisfaction(book), _missing(row)]


def _population(book: Book, lists: str) -> Kpi:
    row = book.district
    groups = (
        (N_("待更正{count}个"), "pending", len(book.pending)),
        (N_("未参评{count}个"), "unassessed", len(book.unassessed)),
    )
    notes = [
        Markup('<a href="{}#{}">{}</a>').format(lists, anchor, _(word, count=count))
        for word, anchor, count in groups
        if count
    ]
    ranked = _("已排名{count}个", count=len(book.assessed))
    note = phrases.listed([ranked, *notes]) if notes else _("应评尽评")
    whole = _("／{count}个", count=row["unit_count"])
    return Kpi(_("参评／全部社区"), str(row["population_count"]), whole, note)


def _mean(book: Book) -> Kpi:
    row = book.district
    if row["mean_e2"] is None:
        return Kpi(_("平均分"), _("无"), "", _("没有参评社区"))
    parts = [_("已排名的{count}个", count=row["assessed_count"]), _spread(book), mean_moved(book.assessed)]
    return Kpi(_("平均分"), formats.points(row["mean_e2"]), _("分"), _("；").join(filter(None, parts)))


def _spread(book: Book) -> str:
    """Return the ends of the totals; the least is left out where it is that of one who is not named."""
    row = book.district
    highest = _("最高{points}", points=formats.points(row["maximum_e2"]))
    if any(map(book.unnamed, book.assessed)):
        return highest
    return _("、").join([highest, _("最低{points}", points=formats.points(row["minimum_e2"]))])


def _excellent(book: Book) -> Kpi:
    row, best = book.district, book.grade_order[0]
    if best.quota_percent is None or row["quota"] is None:
        label = _("{grade}社区", grade=best.name_zh)
        return Kpi(label, str(row["excellent_count"]), _c("tile", "个"), _("不设名额"))
    note = _("名额为参评社区的{percent}%，向下取整", percent=formats.decimal(best.quota_percent))
    label = _("{grade}／名额", grade=best.name_zh)
    return Kpi(label, str(row["excellent_count"]), _("／{count}个", count=row["quota"]), note)


def _satisfaction(book: Book) -> Kpi:
    """Return the mean that the rulebook names, against its target, with the number of units that reach it."""
    row, policy = book.district, book.rulebook.satisfaction
    own, other = ("weighted", "simple") if policy.mean == "households" else ("simple", "weighted")
    mean_e4, label = row[f"satisfaction_{own}_e4"], _c("tile", _MEANS[own][0])
    target = formats.decimal(policy.target)
    if mean_e4 is None:
        word = _(editions.WITHHELD) if row.get("withheld") else _c("tile", "缺报")
        return Kpi(label, word, "", _("目标{target}%", target=target))
    gap = Fraction(mean_e4, 10**FACT_SCALE) - Fraction(policy.target)
    note = _(
        "{base}，{count}个达到；{reached}；{other}",
        base=satisfaction_base(book, book.units.values()),
        count=row["satisfied_units"],
        reached=_(N_("已达目标{target}%") if gap >= 0 else N_("未达目标{target}%"), target=target),
        other=_(_MEANS[other][1], percent=percent(row[f"satisfaction_{other}_e4"])),
    )
    return Kpi(label, formats.fixed(mean_e4, FACT_SCALE, 2), "%", note)


def _missing(row: Row) -> Kpi:
    note = html(
        '已排名社区合计；另待核{count}项，<a href="quality.html#missing">清单</a>',
        count=row["disputed_count"],
    )
    return Kpi(_c("tile", "缺报"), str(row["missing_count"]), _c("tile", "项"), note)


def _legend(book: Book) -> list[tuple[Markup, str, int]]:
    """Return each grade's mark, its lower line and its number of communities."""
    return [
        (
            glyphs.lamp(n, g.name_zh),
            _("{points}分起", points=formats.decimal(g.at_least)),
            book.grades.get(g.code, 0),
        )
        for n, g in enumerate(book.grade_order)
    ]


def distribution(book: Book) -> Markup:
    """Return one dot a community over its total, with the grades' lower lines."""
    if not book.assessed:
        return Markup("")
    numbers = [(r["total_e2"], glyphs.grade_level(book, r["grade_code"]) or 0) for r in book.assessed]
    low, high = svg.rounded_bounds([number for number, _ in numbers])
    ticks = [(n, formats.weight(n)) for n in svg.steps(low, high, 8)]
    cuts = [(formats.e2(g.at_least), _cut(g)) for g in book.grade_order]
    lines = [(at_e2, text) for at_e2, text in cuts if low < at_e2 < high]
    highest, lowest = formats.points(max(numbers)[0]), formats.points(min(numbers)[0])
    ends = (
        _("最高{highest}分", highest=highest)
        if any(map(book.unnamed, book.assessed))
        else _("最低{lowest}分，最高{highest}分", lowest=lowest, highest=highest)
    )
    label = _("{count}个已排名社区总分的分布，{ends}", count=len(numbers), ends=ends)
    return svg.dot_plot(numbers, svg.Axis(low, high, ticks, lines), label)


def _cut(grade: Grade) -> str:
    """Return what stands at the lower line of a grade: `优秀90`. No tag may stand in a picture."""
    said = _("{grade}{points}", grade=grade.name_zh, points=formats.decimal(grade.at_least))
    return str(plain(said))


def street_line(book: Book, row: Row) -> Context:
    """Return one line of the heat table; a darker cell is a later rank among the streets."""
    cells = book.street_dimensions.get(row["street_code"], {})
    return {
        "link": glyphs.link("", "street", row["street_code"], book.name(row["street_code"])),
        "place": street_place(book, row),
        "tied": words.placed(row) and book.street_ties[row["rank_overall"]] > 1,
        "total": score(row["total_e2"] if words.placed(row) else None),
        "grade": standing_of_street(book, row),
        "assessed": row["assessed_count"],
        "population": row["assessed_count"] + len(book.waiting_in(row["street_code"])),
        "mean": score(row["mean_e2"]),
        "excellent": row["excellent_count"],
        "missing": row["missing_count"],
        "cells": [_heat(cells.get(d.code), len(book.streets)) for d in book.rulebook.dimensions],
    }


def _heat(cell: Row | None, count: int) -> tuple[int, str, str]:
    """Return heat step (0 white … 3 brown), mean and rank of a street in a dimension."""
    if cell is None or cell["rank_overall"] is None:
        return 0, _("无"), ""
    place = cell["rank_overall"]
    return (place - 1) * _HEAT_STEPS // max(count, 1), formats.points(cell["mean_e2"]), phrases.rank(place, 1)
