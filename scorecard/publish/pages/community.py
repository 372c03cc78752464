"""社区: where it stands, why, item by item, and which cell of which file every number came from."""

from typing import Any

from markupsafe import Markup

from scorecard.language import N_, _, _c, html, term
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
    crumbs = ((_("总览"), "index.html"), (book.name(street), f"street/{street}.html"))
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
    counts = ((unit.households, N_("{count}户")), (unit.population, N_("{count}人"))) if unit else ()
    sizes = [_(word, count=count) for count, word in counts if count is not None]
    return [book.name(row["street_code"]), term(row["unit_type"]), *sizes]


def _held(book: Book, code: str) -> list[Any]:
    return [d for d in book.rulebook.dimensions if d.code in book.dimensions.get(code, {})]


def _kpis(book: Book, row: Row, held: Wait | None) -> list[Kpi]:
    if held:
        return _waiting(book, row, held)
    return [*_standing(book, row), _completeness(row)] if row["assessed"] else _outside(book, row)


def _waiting(book: Book, row: Row, held: Wait) -> list[Kpi]:
    """Return what is open and what counts. The sum is a note: as a number it would be read as the total."""
    of = _("／{item_count}项", item_count=row["item_count"])
    missing = row["missing_count"] - len(held.absent)
    said = _("{provisional}，不是考核结果", provisional=held.provisional) + (
        _("；缺报{missing}项", missing=missing) if missing else ""
    )
    kpis = [Kpi(_("参评情况"), standing(book, row), "", _("暂不排名、不定等次"))]
    if held.disputed:
        names = phrases.some(
            [book.indicator(i["indicator_code"]).name_zh for i in held.disputed], 3, _c("each", "项")
        )
        kpis.append(Kpi(_c("tile", "待核"), str(len(held.disputed)), of, names))
    if held.absent:
        kpis.append(Kpi(_c("tile", "没有报送"), str(len(held.absent)), of, _("不是0分，补报后计分")))
    return [*kpis, Kpi(_("已采用"), str(held.used_count), of, said)]


def _outside(book: Book, row: Row) -> list[Kpi]:
    """Return the numbers of a community outside the population: without a rank, and so without a grade."""
    place = Kpi(_("参评情况"), standing(book, row), "", book.reason(row["unit_code"]))
    if book.silent(row):
        return [place, Kpi(_("得分"), _("无"), "", _("没有报送数据"))]
    return [
        place,
        Kpi(_("得分"), score(row["total_e2"]), _("分"), _("仅供参考，不参与排名")),
        _completeness(row),
    ]


def _standing(book: Book, row: Row) -> list[Kpi]:
    before = row["previous_total_e2"]
    last = _("无上年得分") if before is None else _("上年{points}分", points=formats.points(before))
    mean = _("全区平均{points}分", points=formats.points(book.district["mean_e2"]))
    tied = _("并列") if row["rank_overall_ties"] > 1 else ""
    both = book.ties_in_street[row["street_code"], row["rank_street"]]
    first = [
        Kpi(_("总分"), formats.points(row["total_e2"]), _("分"), _("{mean}；{last}", mean=mean, last=last)),
        Kpi(_("等次"), glyphs.grade(book, row["grade_code"]), "", _best(book)),
    ]
    if book.unnamed(row):
        return first
    return [
        *first,
        Kpi(
            _("全区名次"),
            tied + str(row["rank_overall"]),
            _("／{overall_count}个", overall_count=row["overall_count"]),
            glyphs.change(book, row),
        ),
        Kpi(
            _("街道内名次"),
            (_("并列") if both > 1 else "") + str(row["rank_street"]),
            _("／{street_count}个", street_count=row["street_count"]),
            book.name(row["street_code"]),
        ),
    ]


def _best(book: Book) -> str:
    """Return what the best grade asks for: `优秀90分起，名额16个`."""
    best, quota = book.grade_order[0], book.district["quota"]
    limited = best.quota_percent is not None and quota is not None
    return _("{name_zh}{decimal}分起", name_zh=best.name_zh, decimal=formats.decimal(best.at_least)) + (
        _("，名额{quota}个", quota=quota) if limited else ""
    )


def _completeness(row: Row) -> Kpi:
    note = _(
        "待核{disputed_count}项，不涉及{not_applicable_count}项",
        disputed_count=row["disputed_count"],
        not_applicable_count=row["not_applicable_count"],
    )
    return Kpi(
        _c("tile", "缺报"),
        str(row["missing_count"]),
        _("／{item_count}项", item_count=row["item_count"]),
        note,
    )


def _dimension(book: Book, unit: Row, code: str, name: str) -> Context:
    """Return one bullet with its numbers in words, so that the picture may be hidden from screen readers."""
    row = book.dimensions[unit["unit_code"]][code]
    return {
        "name": name,
        "chart": svg.bullet(row["points_e2"] or 0, row["weight_e2"], row["mean_e2"], row["street_mean_e2"]),
        "points": score(row["points_e2"]),
        "weight": formats.weight(row["weight_e2"]),
        "rate": _("无") if row["points_e2"] is None else formats.share(row["points_e2"], row["weight_e2"]),
        "mean": score(row["mean_e2"]),
        "street_mean": score(row["street_mean_e2"]),
        "place": _("无")
        if row["rank_overall"] is None
        else _(
            "{rank}／{count}",
            rank=row["rank_overall"],
            count=unit["overall_count"],
        ),
    }


def adding(row: Row, parts: str = N_("各维度合计")) -> Markup:
    """Return how the total adds up from `parts`, every term visible, in the order in which it is added."""
    if row["total_e2"] is None:
        return html("没有得分。")
    terms = f"{_(parts)}{formats.points(row['dimension_sum_e2'])}"
    bonus, deduction = row["bonus_e2"] or 0, row["deduction_e2"] or 0
    cut = row["deduction_cut_e2"]
    return html(
        "{terms}＋加分{bonus}－扣分{deduction}＝{total}{cut}",
        terms=terms,
        bonus=formats.points(bonus),
        deduction=formats.points(deduction),
        total=phrases.bold(formats.points(row["total_e2"]) + _("分")),
        cut=_("（扣完为止，另有{points}分不再扣）", points=formats.points(cut)) if cut else "",
    )


def _loss(book: Book, item: Row) -> Context:
    """Return one of the largest losses with what it takes to judge it."""
    indicator = book.indicator(item["indicator_code"])
    counts = values.detail(indicator, item)
    return {
        "link": glyphs.link("../", "indicator", indicator.code, indicator.name_zh),
        "lost": formats.points(item["lost_e2"]),
        "value": values.shown(indicator, item) + (_("（{counts}）", counts=counts) if counts else ""),
        "target": values.target(indicator),
        "earned": items.earned(item),
        "mean": score(item["mean_points_e2"]),
        "previous": values.previous(indicator, item),
        "owner": indicator.owner,
    }
