"""年度对比: who rose and fell, what of it is their own, and who cannot be compared."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from markupsafe import Markup

from scorecard.exact import round_scaled
from scorecard.insight.change import Change
from scorecard.insight.corner import STAGES
from scorecard.language import N_, NC_, _, _c, html, said
from scorecard.publish import formats, glyphs, phrases, since, sitemap, svg, words
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.pages.frame import Context, first, frame
from scorecard.publish.pages.lines import community_link

TITLE = NC_("menu", "年度对比")
ENDS = 10  # largest rises and falls
DRIVERS = 12  # indicators that moved most

Pair = tuple[Row, Change]


def compared(book: Book) -> list[Pair]:
    """Return the ranked communities whose total can be compared, the largest rise first."""
    seen = book.inputs.seen.changes
    pairs = [
        (row, change)
        for row in book.assessed
        if (change := seen.get(row["unit_code"])) and change.link.before
    ]
    return sorted(pairs, key=lambda pair: (-since.difference(pair[1]), pair[0]["unit_code"]))


def context(book: Book) -> Context:
    """Return everything that years.html prints."""
    pairs = compared(book)
    stages = [stage for stage in STAGES if any(change.parts_e2[stage] for _, change in pairs)]
    shown, cut = first(pairs)
    rises = [pair for pair in pairs if since.difference(pair[1]) > 0]
    falls = [pair for pair in reversed(pairs) if since.difference(pair[1]) < 0]
    crumbs = ((_("总览"), "index.html"),)
    return frame(book, sitemap.menu_word(TITLE), root="", active=TITLE, crumbs=crumbs) | {
        "before": book.inputs.previous_year,
        "sentences": _sentences(book, pairs) if pairs else [html("没有可与上年比较的社区。")],
        "plot": _plot(pairs),
        "ends": [
            (_(heading, count=len(side[:ENDS])), [_end(book, pair) for pair in side[:ENDS]])
            for heading, side in (
                (N_("上升最多的{count}个，变化从哪里来？"), rises),
                (N_("下降最多的{count}个，变化从哪里来？"), falls),
            )
        ],
        "drivers": _drivers(book, [change for _row, change in pairs]),
        "stages": [_c("head", since.HEADS[stage]) for stage in stages],
        "lines": [_line(book, pair, stages) for pair in shown],
        "cut": cut,
        "apart": _apart(book),
    }


def _sentences(book: Book, pairs: Sequence[Pair]) -> list[Markup]:
    found = (_counts(pairs), _parts(pairs), _edition(pairs), _movers(book, pairs))
    return [sentence for sentence in found if sentence]


def _counts(pairs: Sequence[Pair]) -> Markup:
    """Return how many rose, fell and stayed, and the mean change of those that can be compared."""
    moved = [since.difference(change) for _row, change in pairs]
    up, down = sum(by > 0 for by in moved), sum(by < 0 for by in moved)
    mean_e2 = round_scaled(Fraction(sum(moved), len(moved)), 0)
    return html(
        "已排名、能与上年比较的社区{count}个：总分上升{up}、下降{down}、持平{same}个；这些社区的平均分{change}。",
        count=len(pairs),
        up=phrases.bold(_("{count}个", count=up)),
        down=phrases.bold(_("{count}个", count=down)),
        same=len(moved) - up - down,
        change=phrases.compared(mean_e2, _c("than", "上年")),
    )


def _parts(pairs: Sequence[Pair]) -> Markup | None:
    """Return the mean change split; the parts add up to the mean as printed."""
    parts = since.parts(since.mean_parts([change for _row, change in pairs]))
    return html("平均每个社区的变化中，{parts}。", parts=parts) if parts else None


def _edition(pairs: Sequence[Pair]) -> Markup:
    """Return whether the rules changed between the years: then no change is called the units' own."""
    rules = ("rule", "weight", "indicators")
    if any(change.parts_e2[stage] for _row, change in pairs for stage in rules):
        return html("两年的考核办法不同，规则、权重、指标变化的影响已单列，不能看作社区自身的进退。")
    return html("两年按同一版考核办法计分，规则、权重和指标没有变化。")


def _movers(book: Book, pairs: Sequence[Pair]) -> Markup | None:
    """Return the largest rise and fall: first a reason to check the numbers, not to praise or blame."""
    ends = []
    most = (
        (1, N_("{unit}上升最多（{signed}分）"), pairs[0]),
        (-1, N_("{unit}下降最多（{signed}分）"), pairs[-1]),
    )
    for sign, text, (row, change) in most:
        by = since.difference(change)
        if sign * by > 0:
            unit = community_link(book, "", row["unit_code"])
            ends.append(html(text, unit=unit, signed=formats.signed(by)))
    check = "" if words.final(book) else _("，请先核对数据有无变更")
    return html("{ends}{check}。", ends=html("，").join(ends), check=check) if ends else None


def _plot(pairs: Sequence[Pair]) -> Markup:
    """Return one dot a community over its change of total, with a line where nothing changed."""
    moved = [since.difference(change) for _row, change in pairs]
    if len(set(moved)) < 2:
        return Markup("")
    low, high = svg.rounded_bounds([*moved, 0])
    ticks = [(n, formats.trimmed(n, 2)) for n in svg.steps(low, high, 8)]
    label = _(
        "{count}个社区总分比上年的变化，最大升{up}分，最大降{down}分",
        count=len(moved),
        up=formats.points(max(*moved, 0)),
        down=formats.points(-min(*moved, 0)),
    )
    return svg.dot_plot(
        [(by, 1) for by in moved], svg.Axis(low, high, ticks, [(0, _c("axis", "持平"))]), label
    )


def _end(book: Book, pair: Pair) -> Context:
    """Return one of the largest rises or falls with its split."""
    row, change = pair
    return _totals(book, pair) | {
        "parts": since.parts(change.parts_e2) or _("各部分都没有变化"),
        "largest": since.largest(book, change) or "—",
        "rank": glyphs.change(book, row),
    }


def _totals(book: Book, pair: Pair) -> Context:
    row, change = pair
    return {
        "unit": community_link(book, "", row["unit_code"]),
        "before": formats.points(change.before_e2 or 0),
        "after": formats.points(change.after_e2 or 0),
        "by": formats.signed(since.difference(change)),
        "note": said(change.link.note),
    }


def _line(book: Book, pair: Pair, stages: Sequence[str]) -> Context:
    row, change = pair
    found = book.inputs.seen.ranks.get(row["unit_code"])
    own, others = since.tenths(found) if found else (None, None)
    return _totals(book, pair) | {
        "street": book.name(row["street_code"]),
        "parts": [formats.signed(change.parts_e2[stage]) for stage in stages],
        "rank": glyphs.change(book, row),
        "moved": book.moved.get(row["unit_code"], -1_000_000),
        "own": "—" if own is None else since.places(own),
        "others": "—" if others is None else since.places(others),
    }


def _drivers(book: Book, changes: Sequence[Change]) -> list[Context]:
    """Return the indicators whose mean points moved most, with how many communities rose and fell on them."""
    sums: dict[str, list[int]] = defaultdict(list)
    for change in changes:
        for item in change.items:
            sums[item.code].append(item.change_e2)
    ordered = sorted(sums.items(), key=lambda pair: (-abs(sum(pair[1])), pair[0]))
    return [
        {
            "link": glyphs.link("", "indicator", code, known.name_zh),
            "mean": formats.signed(round_scaled(Fraction(sum(moved), len(changes)), 0)),
            "up": sum(by > 0 for by in moved),
            "down": sum(by < 0 for by in moved),
        }
        for code, moved in ordered[:DRIVERS]
        if (known := book.rulebook.indicators.get(code)) and sum(moved)
    ]


def _apart(book: Book) -> list[tuple[str, int, Markup]]:
    """Return why communities of the population cannot be compared, how many and which."""
    held: dict[str, list[Markup]] = defaultdict(list)
    for row in book.units.values():
        change = book.inputs.seen.changes.get(row["unit_code"])
        if row["in_population"] and change is not None and not change.link.before:
            held[change.link.reason].append(community_link(book, "", row["unit_code"]))
    return [(said(reason), len(names), phrases.listed(names)) for reason, names in sorted(held.items())]
