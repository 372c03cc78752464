"""One community as one line of a ranking, on the overview and on its street's page."""

from dataclasses import dataclass

from markupsafe import Markup

from scorecard.findings import Finding
from scorecard.publish import formats, glyphs
from scorecard.publish.book import Book
from scorecard.publish.model import Row

_INCOMPARABLE = -1_000_000  # sorts behind every real fall


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
    marks: str


def line(book: Book, row: Row, root: str) -> Line:
    """Return the line of a community; `root` leads from the page to the top of the site."""
    code, street_code = row["unit_code"], row["street_code"]
    level = glyphs.grade_level(book, row["grade_code"])
    return Line(
        place=str(row["rank_overall"]) if row["assessed"] else standing(book, row),
        tied=bool(row["assessed"]) and row["rank_overall_ties"] > 1,
        unit=glyphs.link(root, "c", code, book.name(code)),
        name=book.name(code),
        street=glyphs.link(root, "street", street_code, book.name(street_code)),
        total=score(row["total_e2"]),
        grade=glyphs.grade(book, row["grade_code"]),
        grade_level=len(book.grade_order) if level is None else level,
        dimensions=dimension_points(book, code),
        modifiers=modifiers(row),
        change=glyphs.change(book, row),
        moved=book.moved.get(code, _INCOMPARABLE),
        marks="，".join(glyphs.marks(row)) or "—",
    )


def standing(book: Book, row: Row) -> str:
    """Return the word that stands where a rank would."""
    return "待更正" if book.waits(row) else "未参评"


def score(score_e2: int | None) -> str:
    """Return points, `无` where there are none."""
    return "无" if score_e2 is None else formats.points(score_e2)


def dimension_points(book: Book, unit_code: str) -> tuple[str, ...]:
    """Return the points of each dimension in printed order."""
    rows = book.dimensions.get(unit_code, {})
    return tuple(
        score(rows[d.code]["points_e2"]) if d.code in rows else "无" for d in book.rulebook.dimensions
    )


def modifiers(row: Row) -> str:
    """Return bonus less deduction with its sign; `0` where there is neither."""
    net_e2 = (row["bonus_e2"] or 0) - (row["deduction_e2"] or 0)
    return formats.signed(net_e2) if row["bonus_e2"] or row["deduction_e2"] else "0"


def comparison(book: Book) -> str:
    """Return among whom changes of rank are counted, where the two years rank different communities."""
    both, now = len(book.compared), len(book.assessed)
    return "" if both in (0, now) else f"“较上年”只在两年都有名次的{both}个社区之间比较。"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One community that waits: how many items, and the places to be corrected (file, message, fix)."""

    unit: Markup
    street: Markup
    items: int
    errors: tuple[Finding, ...]


def waiting(book: Book, row: Row, root: str) -> Waiting:
    """Return what a community waits for; `root` leads from the page to the top of the site."""
    code, street_code = row["unit_code"], row["street_code"]
    return Waiting(
        unit=glyphs.link(root, "c", code, book.name(code)),
        street=glyphs.link(root, "street", street_code, book.name(street_code)),
        items=row["disputed_count"],
        errors=book.errors.get(code, ()),
    )
