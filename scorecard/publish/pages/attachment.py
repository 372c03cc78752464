"""公文附件: the ranking as a sheet to attach to an official notice, in one file with its own styles."""

import base64
import hashlib

from markupsafe import Markup

from scorecard.language import N_, _
from scorecard.publish import editions, flags, formats
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.pages.frame import Context, chinese_date, frame
from scorecard.publish.pages.lines import line
from scorecard.publish.release import asset

TITLE = N_("附件1")


def context(book: Book) -> Context:
    """Return everything that attachment.html prints."""
    styles = asset("attachment.css")
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    return frame(book, _(TITLE), root="", active="") | {
        "styles": Markup(styles),  # noqa: S704 - our own stylesheet
        "style_hash": Markup(f"sha256-{digest}"),  # noqa: S704 - a hash
        "lines": [_line(book, row) for row in book.assessed],
        "notes": _notes(book),
    }


def _line(book: Book, row: Row) -> Context:
    cells = line(book, row, "")
    level = book.grade_levels.get(row["grade_code"])
    word = _("待定") if level is None else book.grade_order[level].name_zh
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
        _(
            "依据《{title}》（{document_no}）计分，满分{total}分，数据截至{cut}。",
            title=rules.title,
            document_no=rules.document_no,
            total=formats.decimal(rules.total),
            cut=cut,
        ),
        _("名次按总分从高到低排列，总分相同且无法区分的为并列。"),
        _quota(book),
        _("{phrase}。", phrase=marked) if (marked := flags.in_words(book)) else "",
        editions.unnamed(book, book.assessed),
        _apart(N_("待更正、暂不排名的参评社区{count}个：{names}。"), book, book.pending),
        _apart(N_("未参评社区{count}个：{names}。"), book, book.unassessed),
        _("数据快照{snapshot}，可据此核对。", snapshot=formats.short_hash(inputs.snapshot)),
    ]
    return [note for note in notes if note]


def _quota(book: Book) -> str:
    """Return how many places the best grade has, how many are taken, and what “待定” stands for."""
    best, row = book.grade_order[0], book.district
    if best.quota_percent is None or row["quota"] is None:
        return ""
    said = _(
        "{grade}名额{quota}个（参评社区的{percent}%，向下取整），已定{count}个。",
        grade=best.name_zh,
        quota=row["quota"],
        percent=formats.decimal(best.quota_percent),
        count=row["excellent_count"],
    )
    edge = any(r["quota_edge"] for r in book.assessed)
    return said + (_("“待定”为同分的社区超过名额，由区里决定。") if edge else "")


def _apart(sentence: str, book: Book, rows: tuple[Row, ...]) -> str:
    names = _("、").join(book.label(row["unit_code"]) for row in rows)
    return _(sentence, count=len(rows), names=names) if rows else ""
