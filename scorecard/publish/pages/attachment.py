"""公文附件: the ranking as a sheet to attach to an official notice, in one file with its own styles."""

import base64
import hashlib

from markupsafe import Markup

from scorecard.publish import editions, flags, formats
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.pages.frame import Context, chinese_date, frame
from scorecard.publish.pages.lines import line
from scorecard.publish.release import asset

TITLE = "附件1"


def context(book: Book) -> Context:
    """Return everything that attachment.html prints."""
    styles = asset("attachment.css")
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    return frame(book, TITLE, root="", active="") | {
        "styles": Markup(styles),  # noqa: S704 - our own stylesheet
        "style_hash": Markup(f"sha256-{digest}"),  # noqa: S704 - a hash
        "lines": [_line(book, row) for row in book.assessed],
        "notes": _notes(book),
    }


def _line(book: Book, row: Row) -> Context:
    cells = line(book, row, "")
    level = book.grade_levels.get(row["grade_code"])
    word = "待定" if level is None else book.grade_order[level].name_zh
    return {
        "place": cells.place,
        "tied": cells.tied,
        "unit": book.label(row["unit_code"]),
        "street": book.name(row["street_code"]),
        "total": cells.total,
        "word": word,
    }


def _notes(book: Book) -> list[str]:
    """Return what a reader of the paper alone must know, a sentence each."""
    inputs, rules = book.inputs, book.rulebook
    cut = chinese_date(inputs.as_of.isoformat())
    notes = [
        f"依据《{rules.title}》（{rules.document_no}）计分，满分{formats.decimal(rules.total)}分，数据截至{cut}。",
        "名次按总分从高到低排列，总分相同且无法区分的为并列。",
        _quota(book),
        f"{marked}。" if (marked := flags.in_words(book)) else "",
        editions.unnamed(book, book.assessed),
        _apart("待更正、暂不排名的参评社区", book, book.pending),
        _apart("未参评社区", book, book.unassessed),
        f"数据快照{formats.short_hash(inputs.snapshot)}，可据此核对。",
    ]
    return [note for note in notes if note]


def _quota(book: Book) -> str:
    """Return how many places the best grade has, how many are taken, and what “待定” stands for."""
    best, row = book.grade_order[0], book.district
    if best.quota_percent is None or row["quota"] is None:
        return ""
    share = f"参评社区的{formats.decimal(best.quota_percent)}%，向下取整"
    open_ = "“待定”为同分的社区超过名额，由区里决定。" if any(r["quota_edge"] for r in book.assessed) else ""
    return f"{best.name_zh}名额{row['quota']}个（{share}），已定{row['excellent_count']}个。{open_}"


def _apart(what: str, book: Book, rows: tuple[Row, ...]) -> str:
    names = "、".join(book.label(row["unit_code"]) for row in rows)
    return f"{what}{len(rows)}个：{names}。" if rows else ""
