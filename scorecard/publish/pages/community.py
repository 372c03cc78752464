"""社区: where it stands, why, item by item, and which cell of which file every number came from."""

from typing import Any

from markupsafe import Markup

from scorecard.publish import credibility, flags, formats, glyphs, goals, phrases, since, svg, values, words
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.pages import items
from scorecard.publish.pages.frame import Context, Kpi, frame
from scorecard.publish.pages.lines import score, standing
from scorecard.publish.waiting import Wait, wait

TOP_LOSSES = 5


def context(book: Book, row: Row, prepared: dict[str, items.Label]) -> Context:
    """Return everything that c/<code>.html prints; `prepared` is `items.labels(book)`."""
    code, street = row["unit_code"], row["street_code"]
    crumbs = (("总览", "index.html"), (book.name(street), f"street/{street}.html"))
    sources, held = items.Sources(book), wait(book, row) if book.waits(row) else None
    return frame(book, book.name(code), root="../", active="街道", crumbs=crumbs) | {
        "code": code,
        "facts": _facts(book, row),
        "grade": glyphs.grade(book, row["grade_code"])
        if row["assessed"]
        else glyphs.absent(standing(book, row)),
        "wait": held,
        "sentences": words.community(book, row, held),
        "kpis": _kpis(book, row, held),
        "flags": flags.of_unit(book, code),
        "silent": book.silent(row),
        "totalled": not (book.waits(row) or book.silent(row)),
        "dimensions": [_dimension(book, row, d.code, d.name_zh) for d in _held(book, code)],
        "adding": adding(row),
        "since": since.of_unit(book, row) if row["assessed"] else "",
        "watched": credibility.of_unit(book, code),
        "goals": goals.of_unit(book, row),
        "losses": [_loss(book, item) for item in words.top_losses(book, code, TOP_LOSSES)],
        "items": items.rows(book, code, prepared, sources, held),
        "item_count": row["item_count"],
        "sources": sources.listed(),
    }


def _facts(book: Book, row: Row) -> list[str]:
    """Return street, type and size of the community."""
    unit = book.inputs.registry.units.get(row["unit_code"])
    counts = ((unit.households, "户"), (unit.population, "人")) if unit else ()
    sizes = [f"{count}{word}" for count, word in counts if count is not None]
    return [book.name(row["street_code"]), row["unit_type"], *sizes]


def _held(book: Book, code: str) -> list[Any]:
    return [d for d in book.rulebook.dimensions if d.code in book.dimensions.get(code, {})]


def _kpis(book: Book, row: Row, held: Wait | None) -> list[Kpi]:
    if held:
        return _waiting(book, row, held)
    return [*_standing(book, row), _completeness(row)] if row["assessed"] else _outside(book, row)


def _waiting(book: Book, row: Row, held: Wait) -> list[Kpi]:
    """Return what is open and what counts. The sum is a note: as a number it would be read as the total."""
    of = f"／{row['item_count']}项"
    missing = row["missing_count"] - len(held.absent)
    said = f"{held.provisional}，不是考核结果" + (f"；缺报{missing}项" if missing else "")
    kpis = [Kpi("参评情况", standing(book, row), "", "暂不排名、不定等次")]
    if held.disputed:
        names = phrases.some([book.indicator(i["indicator_code"]).name_zh for i in held.disputed], 3, "项")
        kpis.append(Kpi("待核", str(len(held.disputed)), of, names))
    if held.absent:
        kpis.append(Kpi("没有报送", str(len(held.absent)), of, "不是0分，补报后计分"))
    return [*kpis, Kpi("已采用", str(held.used_count), of, said)]


def _outside(book: Book, row: Row) -> list[Kpi]:
    """Return the numbers of a community outside the population: without a rank, and so without a grade."""
    place = Kpi("参评情况", standing(book, row), "", book.reason(row["unit_code"]))
    if book.silent(row):
        return [place, Kpi("得分", "无", "", "没有报送数据")]
    return [place, Kpi("得分", score(row["total_e2"]), "分", "仅供参考，不参与排名"), _completeness(row)]


def _standing(book: Book, row: Row) -> list[Kpi]:
    before = row["previous_total_e2"]
    last = "无上年得分" if before is None else f"上年{formats.points(before)}分"
    mean = f"全区平均{formats.points(book.district['mean_e2'])}分"
    tied = "并列" if row["rank_overall_ties"] > 1 else ""
    both = book.ties_in_street[row["street_code"], row["rank_street"]]
    first = [
        Kpi("总分", formats.points(row["total_e2"]), "分", f"{mean}；{last}"),
        Kpi("等次", glyphs.grade(book, row["grade_code"]), "", _best(book)),
    ]
    if book.unnamed(row):
        return first
    return [
        *first,
        Kpi(
            "全区名次",
            tied + str(row["rank_overall"]),
            f"／{row['overall_count']}个",
            glyphs.change(book, row),
        ),
        Kpi(
            "街道内名次",
            ("并列" if both > 1 else "") + str(row["rank_street"]),
            f"／{row['street_count']}个",
            book.name(row["street_code"]),
        ),
    ]


def _best(book: Book) -> str:
    """Return what the best grade asks for: `优秀90分起，名额16个`."""
    best, quota = book.grade_order[0], book.district["quota"]
    limited = best.quota_percent is not None and quota is not None
    return f"{best.name_zh}{formats.decimal(best.at_least)}分起" + (f"，名额{quota}个" if limited else "")


def _completeness(row: Row) -> Kpi:
    note = f"待核{row['disputed_count']}项，不涉及{row['not_applicable_count']}项"
    return Kpi("缺报", str(row["missing_count"]), f"／{row['item_count']}项", note)


def _dimension(book: Book, unit: Row, code: str, name: str) -> Context:
    """Return one bullet with its numbers in words, so that the picture may be hidden from screen readers."""
    row = book.dimensions[unit["unit_code"]][code]
    return {
        "name": name,
        "chart": svg.bullet(row["points_e2"] or 0, row["weight_e2"], row["mean_e2"], row["street_mean_e2"]),
        "points": score(row["points_e2"]),
        "weight": formats.weight(row["weight_e2"]),
        "rate": "无" if row["points_e2"] is None else formats.share(row["points_e2"], row["weight_e2"]),
        "mean": score(row["mean_e2"]),
        "street_mean": score(row["street_mean_e2"]),
        "place": "无" if row["rank_overall"] is None else f"{row['rank_overall']}／{unit['overall_count']}",
    }


def adding(row: Row, parts: str = "各维度合计") -> Markup:
    """Return how the total adds up from `parts`, every term visible, in the order in which it is added."""
    if row["total_e2"] is None:
        return Markup("没有得分。")
    terms = f"{parts}{formats.points(row['dimension_sum_e2'])}"
    bonus, deduction = row["bonus_e2"] or 0, row["deduction_e2"] or 0
    cut = row["deduction_cut_e2"]
    return Markup("{}＋加分{}－扣分{}＝{}{}").format(
        terms,
        formats.points(bonus),
        formats.points(deduction),
        phrases.bold(formats.points(row["total_e2"]) + "分"),
        f"（扣完为止，另有{formats.points(cut)}分不再扣）" if cut else "",
    )


def _loss(book: Book, item: Row) -> Context:
    """Return one of the largest losses with what it takes to judge it."""
    indicator = book.indicator(item["indicator_code"])
    counts = values.detail(indicator, item)
    return {
        "link": glyphs.link("../", "indicator", indicator.code, indicator.name_zh),
        "lost": formats.points(item["lost_e2"]),
        "value": values.shown(indicator, item) + (f"（{counts}）" if counts else ""),
        "target": values.target(indicator),
        "earned": items.earned(item),
        "mean": score(item["mean_points_e2"]),
        "previous": values.previous(indicator, item),
        "owner": indicator.owner,
    }
