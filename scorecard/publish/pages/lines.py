"""One community as one line of a ranking, on the overview and on its street's page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scorecard.exact import FACT_SCALE
from scorecard.findings import Finding
from scorecard.language import _
from scorecard.publish import flags, formats, glyphs, phrases, steady, words
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.waiting import Wait, wait

_INCOMPARABLE = -1_000_000  # sorts behind every real fall
_UNSAID = Markup("—")


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a community's line. `sort` holds the number that sorts each numeric column."""

    place: str
    tied: bool
    unit: Markup
    name: str
    street: Markup
    total: str
    grade: Markup
    grade_level: int
    dimensions: tuple[str, ...]
    modifiers: str
    change: Markup
    moved: int
    interval: str
    width: int
    marks: str


def line(book: Book, row: Row, root: str) -> Line:
    """Return the line of a community; `root` leads from the page to the top of the site."""
    code, street_code = row["unit_code"], row["street_code"]
    level, found = glyphs.grade_level(book, row["grade_code"]), book.ranges.get(code)
    said, dimensions = not book.unnamed(row), dimension_points(book, code)
    return Line(
        place=_place(book, row),
        tied=bool(row["assessed"]) and said and row["rank_overall_ties"] > 1,
        unit=community_link(book, root, code),
        name=book.name(code),
        street=glyphs.link(root, "street", street_code, book.name(street_code)),
        total=score(row["total_e2"]) if said else _UNSAID,
        grade=glyphs.grade(book, row["grade_code"]),
        grade_level=len(book.grade_order) if level is None else level,
        dimensions=dimensions if said else (_UNSAID,) * len(dimensions),
        modifiers=modifiers(row) if said else _UNSAID,
        change=glyphs.change(book, row) if said else _UNSAID,
        moved=book.moved.get(code, _INCOMPARABLE),
        interval=steady.interval(found) if found else _UNSAID,
        width=found.high - found.low if found else 0,
        marks=_("、").join([*flags.marks(book, code), *glyphs.marks(row)]) or _UNSAID,
    )


def _place(book: Book, row: Row) -> str:
    if book.unnamed(row):
        return _UNSAID
    return str(row["rank_overall"]) if row["assessed"] else standing(book, row)


def standing(book: Book, row: Row) -> str:
    """Return the word that stands where a rank would."""
    return _("待更正") if book.waits(row) else _("未参评")


def street_place(book: Book, row: Row) -> str:
    """Return a street's rank; the word that stands there while nobody in it is ranked."""
    if words.placed(row):
        return str(row["rank_overall"])
    return _("待更正") if book.waiting_in(row["street_code"]) else _("未参评")


def standing_of_street(book: Book, row: Row) -> Markup:
    """Return a street's grade; the word that stands there while it has none."""
    if words.placed(row) and row["grade_code"] is not None:
        return glyphs.grade(book, row["grade_code"])
    return glyphs.absent(street_place(book, row) if not words.placed(row) else _("未评等次"))


def score(score_e2: int | None) -> str:
    """Return points, `无` where there are none."""
    return _("无") if score_e2 is None else formats.points(score_e2)


def dimension_points(book: Book, unit_code: str) -> tuple[str, ...]:
    """Return the points of each dimension in printed order."""
    rows = book.dimensions.get(unit_code, {})
    return tuple(
        score(rows[d.code]["points_e2"]) if d.code in rows else _("无") for d in book.rulebook.dimensions
    )


def modifiers(row: Row) -> str:
    """Return bonus less deduction with its sign; `0` where there is neither."""
    net_e2 = (row["bonus_e2"] or 0) - (row["deduction_e2"] or 0)
    return formats.signed(net_e2) if row["bonus_e2"] or row["deduction_e2"] else "0"


def satisfaction_base(book: Book, rows: Iterable[Row]) -> str:
    """Return over whom a mean of satisfaction is: `参评56个都有数值`; who has no households has no weight."""
    inside = [row for row in rows if row["in_population"]]
    valued = book.valued(book.rulebook.satisfaction.indicator, inside)
    known = book.inputs.registry.units
    weighed = sum(bool((unit := known.get(r["unit_code"])) and unit.households) for r in valued)
    said = _("都") if len(valued) == len(inside) else _("中{count}个", count=len(valued))
    less = "" if weighed == len(valued) else _("，其中{weighed}个有户数", weighed=weighed)
    return _("参评{count}个{said}有数值{less}", count=len(inside), said=said, less=less)


def mean_moved(ranked: Sequence[Row]) -> str:
    """Return `较上年+0.93`, of how many it is where not of all; empty where there is no year before."""
    change_e2, count = words.mean_change(ranked)
    if not count:
        return ""
    among = "" if count == len(ranked) else _("（{count}个可比）", count=count)
    return _("较上年{signed}{among}", signed=formats.signed(change_e2), among=among)


def percent(mean_e4: int | None) -> str:
    """Return a mean of satisfaction as a percentage, `无` where nobody has a value."""
    return _("无") if mean_e4 is None else formats.fixed(mean_e4, FACT_SCALE, 2) + "%"


def comparison(book: Book) -> str:
    """Return among whom changes of rank are counted, where the two years rank different communities."""
    both, now = book.compared_count, len(book.assessed)
    return "" if both in (0, now) else _("“较上年”只在两年都有名次的{both}个社区之间比较。", both=both)


def community_link(book: Book, root: str, code: str) -> Markup:
    """Return the link of a community in a list, with its street where it has a namesake."""
    return glyphs.link(root, "c", code, book.label(code))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Communities of a street that wait for the same: who, for what, and how many items of each are open.

    Most often it is one; where a street sent nothing, all of it.
    """

    units: Markup
    count: int
    street: Markup
    items: int
    wait: Wait
    page: str


def waiting(book: Book, rows: Iterable[Row], root: str) -> list[Waiting]:
    """Return what communities wait for, in their order; `root` leads from the page to the top of the site."""
    alike: dict[tuple[str, int, str, tuple[Finding, ...]], list[tuple[str, Wait]]] = {}
    for row in rows:
        held = wait(book, row)
        key = row["street_code"], len(held.disputed) + len(held.absent), held.reason, held.all_errors
        alike.setdefault(key, []).append((row["unit_code"], held))
    return [
        Waiting(
            units=phrases.listed(community_link(book, root, code) for code, _ in found),
            count=len(found),
            street=glyphs.link(root, "street", street, book.name(street)),
            items=items,
            wait=found[0][1],
            page=f"{root}c/{found[0][0]}.html#corrections"
            if len(found) == 1
            else f"{root}street/{street}.html#pending",
        )
        for (street, items, _, _), found in alike.items()
    ]
