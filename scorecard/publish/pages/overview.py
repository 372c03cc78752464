"""总览: sentences, numbers, distribution, street by dimension, the full ranking, who is not in it."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from markupsafe import Markup

from scorecard.exact import FACT_SCALE
from scorecard.publish import credibility, editions, formats, glyphs, phrases, svg, whatif, words
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.pages.frame import Context, Kpi, first, frame
from scorecard.publish.pages.lines import (
    community_link,
    comparison,
    line,
    percent,
    satisfaction_base,
    score,
    standing_of_street,
    street_place,
    waiting,
)

_HEAT_STEPS = 4  # quarters of the street ranks: white to brown


def context(book: Book) -> Context:
    """Return everything that index.html prints."""
    title = f"{book.inputs.year}年度社区考核总览"
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
    groups = (("待更正", "pending", len(book.pending)), ("未参评", "unassessed", len(book.unassessed)))
    notes = [
        Markup('<a href="{}#{}">{}{}个</a>').format(lists, anchor, word, count)
        for word, anchor, count in groups
        if count
    ]
    ranked = f"已排名{len(book.assessed)}个"
    note = Markup("、").join([ranked, *notes]) if notes else "应评尽评"
    return Kpi("参评／全部社区", str(row["population_count"]), f"／{row['unit_count']}个", note)


def _mean(book: Book) -> Kpi:
    row = book.district
    if row["mean_e2"] is None:
        return Kpi("平均分", "无", "", "没有参评社区")
    change_e2, count = words.mean_change(book.assessed)
    spread = f"已排名的{row['assessed_count']}个；最高{formats.points(row['maximum_e2'])}"
    if not any(map(book.unnamed, book.assessed)):  # the least total is that of one who is not named
        spread += f"、最低{formats.points(row['minimum_e2'])}"
    among = "" if count == len(book.assessed) else f"（{count}个可比）"
    change = f"；较上年{formats.signed(change_e2)}{among}" if count else ""
    return Kpi("平均分", formats.points(row["mean_e2"]), "分", spread + change)


def _excellent(book: Book) -> Kpi:
    row, best = book.district, book.grade_order[0]
    if best.quota_percent is None or row["quota"] is None:
        return Kpi(f"{best.name_zh}社区", str(row["excellent_count"]), "个", "不设名额")
    note = f"名额为参评社区的{formats.decimal(best.quota_percent)}%，向下取整"
    return Kpi(f"{best.name_zh}／名额", str(row["excellent_count"]), f"／{row['quota']}个", note)


def _satisfaction(book: Book) -> Kpi:
    """Return the mean that the rulebook names, against its target, with the number of units that reach it."""
    row, policy = book.district, book.rulebook.satisfaction
    weighted = policy.mean == "households"
    mean_e4 = row["satisfaction_weighted_e4" if weighted else "satisfaction_simple_e4"]
    label = f"满意度{'按户数加权' if weighted else '简单'}平均"
    if mean_e4 is None:
        word = editions.WITHHELD if row.get("withheld") else "缺报"
        return Kpi(label, word, "", f"目标{formats.decimal(policy.target)}%")
    gap = Fraction(mean_e4, 10**FACT_SCALE) - Fraction(policy.target)
    reached = "已达" if gap >= 0 else "未达"
    other = ("简单平均", "simple") if weighted else ("按户数加权", "weighted")
    note = f"{satisfaction_base(book, book.units.values())}，{row['satisfied_units']}个达到"
    note += f"；{reached}目标{formats.decimal(policy.target)}%"
    note += f"；{other[0]}{percent(row[f'satisfaction_{other[1]}_e4'])}"
    return Kpi(label, formats.fixed(mean_e4, FACT_SCALE, 2), "%", note)


def _missing(row: Row) -> Kpi:
    link = Markup('已排名社区合计；另待核{}项，<a href="quality.html#missing">清单</a>')
    return Kpi("缺报", str(row["missing_count"]), "项", link.format(row["disputed_count"]))


def _legend(book: Book) -> list[tuple[Markup, str, int]]:
    """Return each grade's mark, its lower line and its number of communities."""
    return [
        (glyphs.lamp(n, g.name_zh), f"{formats.decimal(g.at_least)}分起", book.grades.get(g.code, 0))
        for n, g in enumerate(book.grade_order)
    ]


def distribution(book: Book) -> Markup:
    """Return one dot a community over its total, with the grades' lower lines."""
    if not book.assessed:
        return Markup("")
    numbers = [(r["total_e2"], glyphs.grade_level(book, r["grade_code"]) or 0) for r in book.assessed]
    low, high = svg.rounded_bounds([number for number, _ in numbers])
    ticks = [(n, formats.weight(n)) for n in svg.steps(low, high, 8)]
    cuts = [(formats.e2(g.at_least), f"{g.name_zh}{formats.decimal(g.at_least)}") for g in book.grade_order]
    lines = [(at_e2, text) for at_e2, text in cuts if low < at_e2 < high]
    ends = f"最高{formats.points(max(numbers)[0])}分"
    if not any(map(book.unnamed, book.assessed)):
        ends = f"最低{formats.points(min(numbers)[0])}分，{ends}"
    label = f"{len(numbers)}个已排名社区总分的分布，{ends}"
    return svg.dot_plot(numbers, svg.Axis(low, high, ticks, lines), label)


def street_line(book: Book, row: Row) -> Context:
    """Return one line of the heat table; a darker cell is a later rank among the streets."""
    cells = book.street_dimensions.get(row["street_code"], {})
    return {
        "link": glyphs.link("", "street", row["street_code"], book.name(row["street_code"])),
        "place": street_place(book, row),
        "tied": words.placed(row) and book.street_ties[row["rank_overall"]] > 1,
        "total": score(row["total_e2"]) if words.placed(row) else "无",
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
        return 0, "无", ""
    place = cell["rank_overall"]
    return (place - 1) * _HEAT_STEPS // max(count, 1), formats.points(cell["mean_e2"]), f"第{place}名"
