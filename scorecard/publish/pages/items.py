"""The rows of a community's items. Written by hand: one page has 500 cells, and there are many pages.

What is the same on every page (names, targets, weights, the range of the strip) is made once.
"""

from dataclasses import dataclass

from markupsafe import Markup

from scorecard.language import N_, _, chinese, html
from scorecard.publish import formats, glyphs, svg, values
from scorecard.publish.book import Book
from scorecard.publish.glyphs import text
from scorecard.publish.model import Row
from scorecard.publish.waiting import Wait, provisional
from scorecard.rulebook.model import Indicator

# What an item waits for that nobody can score yet.
_OPEN_MARKS = {"disputed": N_("待更正"), "missing": N_("待补报")}


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values lie on the strip: ends in the order worst, best; None: the strip shows points."""

    worst: int | None
    best: int | None
    middle: int | None

    def at(self, item: Row) -> int | None:
        """Return where the unit stands, None without a value."""
        if glyphs.state_word(item):
            return None
        if self.worst is None or self.best is None:
            return _share(item["points_e2"], item["weight_e2"])
        value = item["value_e10"]
        return None if value is None else _between(value, self.worst, self.best)


def _between(value: int, worst: int, best: int) -> int:
    """Return the place between the ends, whichever of them is the larger number."""
    low, high = min(worst, best), max(worst, best)
    place = svg.scaled(value, low, high, svg.STRIP_WIDTH)
    return place if worst <= best else svg.STRIP_WIDTH - place


def _share(points_e2: int | None, weight_e2: int | None) -> int | None:
    return (
        None if points_e2 is None or not weight_e2 else svg.scaled(points_e2, 0, weight_e2, svg.STRIP_WIDTH)
    )


@dataclass(frozen=True, slots=True)
class Label:
    """What every community's row of an indicator begins and continues with, already escaped."""

    indicator: Indicator
    head: str
    target: str
    scale: Scale


def labels(book: Book) -> dict[str, Label]:
    """Return the shared part of every community indicator's row."""
    return {i.code: _label(book, i) for i in book.rulebook.community_indicators}


def _label(book: Book, indicator: Indicator) -> Label:
    link = glyphs.link("../", "indicator", indicator.code, indicator.name_zh)
    head = f'<tr><th scope="row">{link}</th>'
    return Label(indicator, head, f"<td>{text(values.target(indicator))}</td>", scale(book, indicator))


def scale(book: Book, indicator: Indicator) -> Scale:
    """Return the strip's scale: values where more (or less) is better, points for every other direction."""
    row = book.indicators.get(indicator.code)
    if row is None:
        return Scale(None, None, None)
    low, high, median = row["minimum_e10"], row["maximum_e10"], row["median_e10"]
    if indicator.direction not in ("higher", "lower") or low is None or indicator.measure == "category":
        return Scale(None, None, _share(row["mean_points_e2"], row["weight_e2"]))
    worst, best = (low, high) if indicator.direction == "higher" else (high, low)
    return Scale(worst, best, _between(median, worst, best))


class Sources:
    """The files that a page's numbers came from, numbered in the order in which they are met."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._numbers: dict[tuple[str, str], int] = {}

    def cell(self, item: Row) -> str:
        """Return `表1 F7、G7`, or `无` for a number that came from no file."""
        digest = item["sha256"]
        if not digest:
            return _("无")
        sheet = f"{item['sheet'] or ''}{self._book.decision_of(item)}"
        number = self._numbers.setdefault((digest, sheet), len(self._numbers) + 1)
        row, columns = item["source_row"], item["source_columns"]
        if row is None:  # a decision on an appeal is a document, not a table
            return text(_("表{number}", number=number))
        cells = _("、").join(f"{c}{row}" for c in columns.split(",")) if columns else _("第{row}行", row=row)
        return text(_("表{number} {cells}", number=number, cells=cells))

    def listed(self) -> list[tuple[str, str, str, str]]:
        """Return number, file name, sheet and receipt number (or fingerprint) of each file met."""
        return [self._entry(number, *key) for key, number in self._numbers.items()]

    def _entry(self, number: int, digest: str, sheet: str) -> tuple[str, str, str, str]:
        file = self._book.files.get(digest)
        if digest in self._book.decisions:
            return (
                _("表{number}", number=number),
                chinese(sheet),
                "",
                _("指纹{short_hash}", short_hash=formats.short_hash(digest)),
            )
        if file is None:
            return (
                _("表{number}", number=number),
                _("文件"),
                chinese(sheet),
                _("指纹{short_hash}", short_hash=formats.short_hash(digest)),
            )
        return (
            _("表{number}", number=number),
            chinese(file.file_name.rsplit("/", 1)[-1]),
            chinese(sheet),
            _("回执号{receipt_no}", receipt_no=file.receipt_no),
        )


def rows(
    book: Book, unit_code: str, prepared: dict[str, Label], sources: Sources, held_up: Wait | None = None
) -> Markup:
    """Return the table bodies of a community's items, one body a dimension; `held_up`: what it waits for."""
    held, opens = book.items.get(unit_code, {}), book.opens(book.units[unit_code])
    names = {d.code: d for d in book.rulebook.dimensions}
    grouped: dict[str, list[Row]] = {}
    for code in prepared:
        if code in held:
            grouped.setdefault(held[code]["dimension_code"], []).append(held[code])
    bodies = []
    for code, group in grouped.items():
        lines = [
            _row(prepared[i["indicator_code"]], i, sources, opens, _error(book, held_up, i)) for i in group
        ]
        heading = _heading(book, unit_code, code, group)
        head = html("{name}　{heading}", name=names[code].name_zh, heading=heading)
        line = f'<tr class="d"><th colspan="9" scope="rowgroup">{head}</th></tr>'
        bodies.append(f"<tbody>\n{line}\n{''.join(lines)}</tbody>\n")
    return Markup("".join(bodies))  # noqa: S704 - every cell is escaped where it is made


def _error(book: Book, held_up: Wait | None, item: Row) -> str:
    """Return the link from an item to the error that it waits for; empty for every other item."""
    number = held_up.number_of(book, item) if held_up and item["state"] == "disputed" else None
    return f' <a href="#e{number}">{_("错误{number}", number=number)}</a>' if number else ""


def _heading(book: Book, unit_code: str, code: str, group: list[Row]) -> str:
    """Return a dimension's points; of a unit that waits what counts so far, and how many items are open."""
    opens = book.opens(book.units[unit_code])
    if opens:
        counted = tuple(item for item in group if item["state"] not in opens)
        states = [item["state"] for item in group if item["state"] in opens]
        parts = [(_(word), states.count(state)) for state, word in glyphs.OPEN_WORDS.items()]
        left = _("、").join(
            _("{word}{count}项", word=word, count=count) for word, count in parts if count
        ) or _("全部已采用")
        return _(
            "{provisional}（{count}项）；{left}",
            provisional=provisional(counted),
            count=len(counted),
            left=left,
        )
    row = book.dimensions.get(unit_code, {}).get(code)
    return (
        _(
            "{points}／{weight}分",
            points=formats.points(row["points_e2"]),
            weight=formats.weight(row["weight_e2"]),
        )
        if row
        else ""
    )


def _row(label: Label, item: Row, sources: Sources, opens: frozenset[str], error: str) -> str:
    """Return one item as a table row."""
    earned_, lost_, lamp = settled(item, opens)
    return (
        f"{label.head}<td>{value(label.indicator, item, opens)}</td>{label.target}"
        f"<td>{earned_}</td><td>{lost_}</td><td>{lamp}{error}</td><td>{place(item)}</td>"
        f"<td>{svg.strip(label.scale.at(item), label.scale.middle)}</td><td>{sources.cell(item)}</td></tr>\n"
    )


def value(indicator: Indicator, item: Row, opens: frozenset[str]) -> str:
    """Return an item's value, escaped, with what it was made from; or the word of its state."""
    word = _(glyphs.OPEN_WORDS[item["state"]]) if item["state"] in opens else glyphs.state_word(item)
    if word:
        return f"<em>{word}</em>"
    made = values.detail(indicator, item)
    shown = text(values.shown(indicator, item))
    return f"{shown}<small>{text(made)}</small>" if made else shown


def settled(item: Row, opens: frozenset[str]) -> tuple[str, str, Markup]:
    """Return points, points lost and mark; an open item has no points: its 0 is not earned."""
    if item["state"] in opens:
        return (
            _("{got}／{weight}", got="—", weight=formats.weight(item["weight_e2"])),
            "—",
            glyphs.absent(_(_OPEN_MARKS[item["state"]])),
        )
    return earned(item), lost(item), glyphs.item_lamp(item)


def earned(item: Row) -> str:
    """Return `2.40／3`: points, and the weight that counted."""
    got = _("无") if item["points_e2"] is None else formats.points(item["points_e2"])
    return (
        got
        if item["weight_e2"] is None
        else _("{got}／{weight}", got=got, weight=formats.weight(item["weight_e2"]))
    )


def lost(item: Row) -> str:
    """Return the points lost, `无` where none were to be had."""
    return _("无") if item["lost_e2"] is None else formats.points(item["lost_e2"])


def place(item: Row) -> str:
    """Return `12／54`: the rank of the value among those that have one; `—` without a rank."""
    return (
        "—"
        if item["rank_value"] is None
        else _("{rank}／{count}", rank=item["rank_value"], count=item["rank_count"])
    )
