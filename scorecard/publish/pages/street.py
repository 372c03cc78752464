"""街道: its card with every numerator and denominator, its dimensions, its communities."""

from markupsafe import Markup

from scorecard.exact import FACT_SCALE
from scorecard.language import N_, _, _c, html
from scorecard.publish import editions, flags, formats, glyphs, svg, values, words
from scorecard.publish.blocking import NEVER_CAME
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.pages import items
from scorecard.publish.pages.community import adding
from scorecard.publish.pages.frame import Context, Kpi, frame
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
from scorecard.rulebook.model import Indicator
from scorecard.rulebook.words import rule_sentence


def context(book: Book, row: Row) -> Context:
    """Return everything that street/<code>.html prints."""
    code = row["street_code"]
    units = book.by_street[code]
    card = book.items.get(code, {})
    sources = items.Sources(book)
    return frame(book, book.name(code), root="../", active="街道", crumbs=((_("总览"), "index.html"),)) | {
        "code": code,
        "grade": standing_of_street(book, row),
        "sentences": words.street(book, row),
        "kpis": _kpis(book, row),
        "flags": flags.of_unit(book, code),
        "card": [
            _item(book, row, card[i.code], sources) for i in book.rulebook.street.indicators if i.code in card
        ],
        "card_total": score(row["total_e2"]),
        "card_adding": adding(row, N_("各项合计")) if row["bonus_e2"] or row["deduction_e2"] else "",
        "settled": words.placed(row),
        "errors": [
            e for e in book.errors.get(code, ()) if e.code not in NEVER_CAME or not book.waiting_in(code)
        ],
        "card_weight": formats.decimal(book.rulebook.street.weight),
        "bars": _bars(book, code),
        "dimensions": book.rulebook.dimensions,
        "lines": [line(book, unit, "../") for unit in units if unit["assessed"]],
        "comparison": comparison(book),
        "unnamed": editions.unnamed(book, units),
        "waiting": waiting(book, book.waiting_in(code), "../"),
        "waiting_count": len(book.waiting_in(code)),
        "unassessed": [
            (community_link(book, "../", u["unit_code"]), book.reason(u["unit_code"]))
            for u in units
            if not u["in_population"]
        ],
        "sources": sources.listed(),
    }


def _kpis(book: Book, row: Row) -> list[Kpi]:
    placed = words.placed(row)
    tied = _("并列") if placed and book.street_ties[row["rank_overall"]] > 1 else ""
    full = _("满分{points}", points=formats.decimal(book.rulebook.street.weight))
    of = _("／{count}个", count=row["street_count"])
    return [
        Kpi(_("街道得分"), score(row["total_e2"] if placed else None), _("分") if placed else "", full),
        Kpi(_("全区名次"), tied + street_place(book, row), of, _grade(book, row)),
        _mean(book, row),
        _population(book, row),
        _satisfaction(book, row),
        Kpi(_c("tile", "缺报"), str(row["missing_count"]), _c("tile", "项"), _("辖区已排名社区合计")),
    ]


def _mean(book: Book, row: Row) -> Kpi:
    """Return the mean of the street's communities, and how it moved since last year."""
    ranked = [unit for unit in book.by_street[row["street_code"]] if unit["assessed"]]
    note = _(
        "已排名的{count}个；{last}",
        count=row["assessed_count"],
        last=mean_moved(ranked) or _("无上年得分可比"),
    )
    return Kpi(_("社区平均分"), score(row["mean_e2"]), "" if row["mean_e2"] is None else _("分"), note)


def _grade(book: Book, row: Row) -> Markup:
    """Return the street's grade with the line of the best one: streets are graded as communities are."""
    best = book.grade_order[0]
    return html(  # bare, the grade would be as large as the rank
        "<span>{grade}</span>（{best}{points}分起）",
        grade=standing_of_street(book, row),
        best=best.name_zh,
        points=formats.decimal(best.at_least),
    )


def _population(book: Book, row: Row) -> Kpi:
    """Return the population among all communities: whoever waits belongs to it."""
    held = len(book.waiting_in(row["street_code"]))
    note = best = _best(book, row)
    if held:
        ranked = row["assessed_count"]
        note = _("已排名{ranked}个、待更正{held}个；{best}", ranked=ranked, held=held, best=best)
    whole = _("／{count}个", count=row["community_count"])
    return Kpi(_("参评／全部社区"), str(row["assessed_count"] + held), whole, note)


def _satisfaction(book: Book, row: Row) -> Kpi:
    """Return both means of satisfaction, whichever of them the card scores, and over whom they are."""
    label, base = _c("tile", "满意度简单平均"), satisfaction_base(book, book.by_street[row["street_code"]])
    if row.get("withheld"):
        return Kpi(label, _(editions.WITHHELD), "", base)
    note = _("按户数加权{percent}；{base}", percent=percent(row["satisfaction_weighted_e4"]), base=base)
    mean_e4 = row["satisfaction_simple_e4"]
    if mean_e4 is None:
        return Kpi(label, _("无"), "", note)
    return Kpi(label, formats.fixed(mean_e4, FACT_SCALE, 2), "%", note)


def _best(book: Book, row: Row) -> str:
    """Return the number of communities in the best grade with its share of the ranked, counts visible."""
    count, base = row["excellent_count"], row["assessed_count"]
    grade = book.grade_order[0].name_zh
    if not base:
        return _("{name_zh}{get}个", name_zh=grade, get=count)
    return _(
        "{grade}{count}个，占已排名的{count}÷{base}＝{share}",
        grade=grade,
        count=count,
        base=base,
        share=formats.share(count, base),
    )


def _item(book: Book, street: Row, item: Row, sources: items.Sources) -> Context:
    """Return one item of the street's card."""
    indicator = book.indicator(item["indicator_code"])
    return {
        "link": glyphs.link("../", "indicator", indicator.code, indicator.name_zh),
        "value": values.shown(indicator, item),
        "detail": values.detail(indicator, item),
        "target": values.target(indicator),
        "rule": rule_sentence(indicator),
        "earned": items.earned(item),
        "lost": items.lost(item),
        "lamp": glyphs.item_lamp(item),
        "source": _over(book, street, indicator) if indicator.measure == "derived" else sources.cell(item),
    }


def _over(book: Book, street: Row, indicator: Indicator) -> str:
    """Return over which communities an item is that is made from theirs."""
    derive, inside = indicator.derive, book.by_street[street["street_code"]]
    population = [row for row in inside if row["in_population"]]
    if derive is None or derive.kind == "mean_total":
        return _("已排名的{count}个社区", count=street["assessed_count"])
    if derive.kind == "mean_value":
        how = _("按户数加权") if derive.weighted == "households" else _("简单平均")
        count = len(book.valued(derive.of, population))
        return _("参评且有数值的{count}个社区，{how}", count=count, how=how)
    return _("参评的{count}个社区", count=len(population))


def _bars(book: Book, street_code: str) -> list[Context]:
    """Return the street's mean of each dimension beside the district's."""
    means = {level.name: level.points_e2 for level in words.district_levels(book)}
    cells = book.street_dimensions.get(street_code, {})
    return [
        {
            "name": d.name_zh,
            "chart": svg.bullet(cells[d.code]["mean_e2"], formats.e2(d.weight), means.get(d.short_zh), None),
            "mean": formats.points(cells[d.code]["mean_e2"]),
            "weight": formats.decimal(d.weight),
            "district": score(means.get(d.short_zh)),
            "place": _("{rank}／{count}", rank=cells[d.code]["rank_overall"], count=len(book.streets)),
        }
        for d in book.rulebook.dimensions
        if d.code in cells and cells[d.code]["mean_e2"] is not None
    ]
