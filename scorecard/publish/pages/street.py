"""街道: its card with every numerator and denominator, its dimensions, its communities."""

from markupsafe import Markup

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
    return frame(book, book.name(code), root="../", active="街道", crumbs=(("总览", "index.html"),)) | {
        "code": code,
        "grade": standing_of_street(book, row),
        "sentences": words.street(book, row),
        "kpis": _kpis(book, row),
        "flags": flags.of_unit(book, code),
        "card": [
            _item(book, row, card[i.code], sources) for i in book.rulebook.street.indicators if i.code in card
        ],
        "card_total": score(row["total_e2"]),
        "card_adding": adding(row, "各项合计") if row["bonus_e2"] or row["deduction_e2"] else "",
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
    tied = "并列" if placed and book.street_ties[row["rank_overall"]] > 1 else ""
    ranked = [unit for unit in book.by_street[row["street_code"]] if unit["assessed"]]
    change_e2, count = words.mean_change(ranked)
    among = "" if count == len(ranked) else f"（{count}个可比）"
    last = f"较上年{formats.signed(change_e2)}{among}" if count else "无上年得分可比"
    full = f"满分{formats.decimal(book.rulebook.street.weight)}"
    return [
        Kpi("街道得分", score(row["total_e2"] if placed else None), "分" if placed else "", full),
        Kpi("全区名次", tied + street_place(book, row), f"／{row['street_count']}个", _grade(book, row)),
        Kpi(
            "社区平均分",
            score(row["mean_e2"]),
            "" if row["mean_e2"] is None else "分",
            f"已排名的{row['assessed_count']}个；{last}",
        ),
        _population(book, row),
        _satisfaction(book, row),
        Kpi("缺报", str(row["missing_count"]), "项", "辖区已排名社区合计"),
    ]


def _grade(book: Book, row: Row) -> Markup:
    """Return the street's grade with the line of the best one: streets are graded as communities are."""
    best = book.grade_order[0]
    line = f"（{best.name_zh}{formats.decimal(best.at_least)}分起）"
    grade = standing_of_street(book, row)
    return Markup("<span>{}</span>{}").format(grade, line)  # bare, it would be as large as the rank


def _population(book: Book, row: Row) -> Kpi:
    """Return the population among all communities: whoever waits belongs to it."""
    held = len(book.waiting_in(row["street_code"]))
    note = (f"已排名{row['assessed_count']}个、待更正{held}个；" if held else "") + _best(book, row)
    return Kpi("参评／全部社区", str(row["assessed_count"] + held), f"／{row['community_count']}个", note)


def _satisfaction(book: Book, row: Row) -> Kpi:
    """Return both means of satisfaction, whichever of them the card scores, and over whom they are."""
    base = satisfaction_base(book, book.by_street[row["street_code"]])
    if row.get("withheld"):
        return Kpi("满意度简单平均", editions.WITHHELD, "", base)
    note = f"按户数加权{percent(row['satisfaction_weighted_e4'])}；{base}"
    shown = percent(row["satisfaction_simple_e4"])
    return Kpi("满意度简单平均", shown.removesuffix("%"), "%" if shown.endswith("%") else "", note)


def _best(book: Book, row: Row) -> str:
    """Return the number of communities in the best grade with its share of the ranked, counts visible."""
    count, base = row["excellent_count"], row["assessed_count"]
    return f"{book.grade_order[0].name_zh}{count}个" + (
        f"，占已排名的{count}÷{base}＝{formats.share(count, base)}" if base else ""
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
        return f"已排名的{street['assessed_count']}个社区"
    if derive.kind == "mean_value":
        how = "按户数加权" if derive.weighted == "households" else "简单平均"
        return f"参评且有数值的{len(book.valued(derive.of, population))}个社区，{how}"
    return f"参评的{len(population)}个社区"


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
            "place": f"{cells[d.code]['rank_overall']}／{len(book.streets)}",
        }
        for d in book.rulebook.dimensions
        if d.code in cells and cells[d.code]["mean_e2"] is not None
    ]
