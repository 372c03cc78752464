"""指标: what it means, how it is scored, who owes the number, the district's spread, every unit's value."""

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from scorecard.exact import VALUE_SCALE
from scorecard.language import N_, _, plain, term
from scorecard.publish import formats, glyphs, sitemap, svg, values
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.pages import items
from scorecard.publish.pages.frame import Context, first, frame
from scorecard.publish.pages.lines import score, standing
from scorecard.rulebook.model import Dimension, Indicator
from scorecard.rulebook.words import formula, rule_sentence

_WIDEST_TICKS = 6
_LEVELS = (N_("社区"), N_("街道"), N_("区级"), N_("系统"))  # who reports, as a rulebook says it


@dataclass(frozen=True, slots=True)
class UnitLabel:
    """What every indicator's row of a unit begins with, already escaped."""

    head: str
    opens: frozenset[str]


def listing(book: Book) -> Context:
    """Return everything that indicators.html prints: every indicator of both cards with its results."""
    groups = [*book.rulebook.dimensions, book.rulebook.street]
    return frame(book, _("指标一览"), root="", active="指标", crumbs=((_("总览"), "index.html"),)) | {
        "groups": [(d, formats.decimal(d.weight), [_listed(book, i) for i in d.indicators]) for d in groups],
        "count": len(book.rulebook.community_indicators),
    }


def _listed(book: Book, indicator: Indicator) -> Context:
    row, none = book.indicators.get(indicator.code), _("无")
    return {
        "link": glyphs.link("", "indicator", indicator.code, indicator.name_zh),
        "weight": formats.decimal(indicator.weight),
        "target": values.target(indicator),
        "rule": rule_sentence(indicator),
        "mean": none if row is None else score(row["mean_points_e2"]),
        "rate": none
        if row is None or row["mean_points_e2"] is None
        else formats.share(row["mean_points_e2"], row["weight_e2"]),
        "full": none if row is None else str(row["full_count"]),
        "missing": none if row is None else str(row["missing_count"]),
    }


def context(
    book: Book, dimension: Dimension, indicator: Indicator, prepared: dict[str, UnitLabel]
) -> Context:
    """Return everything that indicator/<code>.html prints; `prepared` is `labels(book)`."""
    row = book.indicators.get(indicator.code)
    held = _ordered(book, indicator.code)
    listed = [item for item in held if item["unit_code"] in prepared]
    shown, cut = first(listed)
    street = dimension is book.rulebook.street
    crumbs = ((_("总览"), "index.html"), (sitemap.menu_word("指标"), "indicators.html"))
    return frame(book, indicator.name_zh, root="../", active="指标", crumbs=crumbs) | {
        "indicator": indicator,
        "dimension": dimension,
        "definition": _definition(indicator),
        "summary": _summary(indicator, row, held),
        "plot": plot(indicator, row, held),
        "lines": Markup("".join(_row(indicator, i, prepared[i["unit_code"]]) for i in shown)),  # noqa: S704
        "ranked": next((i["rank_count"] for i in held if i["rank_value"] is not None), 0),
        "cut": cut,
        "silent": len(held) - len(listed),
        "of_streets": street,
    }


def labels(book: Book) -> dict[str, UnitLabel]:
    """Return the shared part of each unit's row; who owes nothing and handed in nothing has none."""
    streets = {code: UnitLabel(_head("street", code, book.name(code)), frozenset()) for code in book.streets}
    return streets | {
        code: UnitLabel(_community(book, code, row), book.opens(row))
        for code, row in book.units.items()
        if not book.silent(row)
    }


def _community(book: Book, code: str, row: Row) -> str:
    street = f'<td class="wide">{glyphs.text(book.name(row["street_code"]))}</td>'
    return _head("c", code, book.label(code), "" if row["assessed"] else standing(book, row)) + street


def _head(folder: str, code: str, name: str, outside: str = "") -> str:
    small = f"<small>{outside}</small>" if outside else ""
    return f'<th scope="row">{glyphs.link("../", folder, code, name)}{small}</th>'


def _ordered(book: Book, code: str) -> list[Row]:
    """Return the units' rows: ranked ones first, the rest by code."""
    held = book.items.column(code).values()
    return sorted(held, key=lambda i: (i["rank_value"] is None, i["rank_value"] or 0, i["unit_code"]))


def _definition(indicator: Indicator) -> list[tuple[str, str]]:
    """Return the facts of the rulebook as label and text."""
    return [
        (_("定义"), indicator.definition),
        (_("怎样算"), formula(indicator)),
        (_("目标"), values.target(indicator)),
        (_("权重"), _("{weight}分", weight=formats.decimal(indicator.weight))),
        (_("计分规则"), rule_sentence(indicator)),
        (_("填报层级"), _(indicator.level)),
        (_("数据责任单位"), indicator.owner),
        (_("佐证材料"), indicator.evidence),
        (_("依据"), indicator.source),
    ]


def _summary(indicator: Indicator, row: Row | None, held: list[Row]) -> list[tuple[str, str]]:
    """Return the district's figures as label and text; states are counted apart."""
    if row is None:
        return []
    figures = [
        (_("统计范围"), _("已排名{count}个", count=row["unit_count"])),
        (
            _("平均得分"),
            _(
                "{points}／{weight}分",
                points=score(row["mean_points_e2"]),
                weight=formats.weight(row["weight_e2"]),
            ),
        ),
    ]
    if indicator.measure == "category":
        found = Counter(item["category"] for item in held if item["rank_value"] is not None)
        figures += [(term(name), _("{count}个", count=count)) for name, count in found.items()]
    if indicator.measure != "category" and row["median_e10"] is not None:
        figures.append((_("中位数"), values.number(indicator, row["median_e10"])))
    if indicator.measure != "category" and row["minimum_e10"] is not None:
        figures.append(
            (
                _("最小至最大"),
                _(
                    "{low}至{high}",
                    low=values.number(indicator, row["minimum_e10"]),
                    high=values.number(indicator, row["maximum_e10"]),
                ),
            )
        )
    counts = (
        (_("满分"), "full_count"),
        (_("零分"), "zero_count"),
        (_("缺报"), "missing_count"),
        (_("不涉及"), "not_applicable_count"),
        (_("待核"), "disputed_count"),
    )
    return [*figures, *((word, _("{count}个", count=row[column])) for word, column in counts)]


def plot(indicator: Indicator, row: Row | None, held: list[Row]) -> Markup:
    """Return one dot a ranked unit over its value, with the median; nothing where values are words."""
    shown = [i for i in held if i["rank_value"] is not None and i["value_e10"] is not None]
    if row is None or indicator.measure == "category" or len({i["value_e10"] for i in shown}) < 2:
        return Markup("")
    low, high = svg.rounded_bounds([i["value_e10"] for i in shown])
    if low < 0 <= min(i["value_e10"] for i in shown):
        low = 0
    ticks = [(n, formats.trimmed(n, VALUE_SCALE)) for n in svg.steps(low, high, _WIDEST_TICKS)]
    middle = row["median_e10"]
    median = _("中位数{number}", number=values.number(indicator, middle)) if middle is not None else ""
    lines = [(middle, str(plain(median)))] if median else []
    label = (
        _("{name}：{count}个单位的分布，{median}", name=indicator.name_zh, count=len(shown), median=median)
        if median
        else _("{name}：{count}个单位的分布", name=indicator.name_zh, count=len(shown))
    )
    return svg.dot_plot([(i["value_e10"], 1) for i in shown], svg.Axis(low, high, ticks, lines), plain(label))


def _row(indicator: Indicator, item: Row, label: UnitLabel) -> str:
    """Return one unit as a table row; every cell is escaped where it is made."""
    place = "—" if item["rank_value"] is None else item["rank_value"]
    earned, _lost, lamp = items.settled(item, label.opens)
    value = items.value(indicator, item, label.opens)
    return (
        f'<tr><td class="n">{place}</td>{label.head}<td class="n">{value}</td>'
        f'<td class="n">{earned}</td><td>{lamp}</td>'
        f'<td class="n wide">{glyphs.text(values.previous(indicator, item))}</td></tr>\n'
    )
