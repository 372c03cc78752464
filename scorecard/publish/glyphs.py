"""Marks that carry colour, shape and word together: grades, states, changes.

The stylesheet colours the classes g1…g4 (best to worst), gn (no data), up and down. Shape and word are what
survive a grey print.
"""

import re
from functools import cache

from markupsafe import Markup, escape

from scorecard.language import N_, NC_, _, _c, html
from scorecard.publish.book import Book
from scorecard.publish.model import Row

SHAPES = ("●", "◆", "▲", "■")
ABSENT = "◌"
STATE_WORDS = {"missing": NC_("state", "缺报"), "disputed": NC_("state", "待核")}
NOT_APPLICABLE = {"peer_mean": N_("不涉及（按均值）"), "reweighted": N_("不涉及（不计权重）")}
TREATMENT = {
    "peer_mean": N_("按均值"),
    "missing_zero": N_("计0分"),
    "disputed_zero": N_("暂计0分"),
    "reweighted": N_("不计权重"),
}


_SPECIAL = re.compile("[&<>\"']")


# What stands where the value of an item would that nobody can score yet.
OPEN_WORDS = {"disputed": N_("待核"), "missing": N_("没有报送")}


@cache
def lamp(level: int, word: str) -> Markup:
    """Return a coloured shape with its word; `level` 0 is best, and past the last shape is the worst."""
    kind = min(level, len(SHAPES) - 1)
    return Markup('<b class="g{}"><i aria-hidden="true">{}</i>{}</b>').format(kind + 1, SHAPES[kind], word)


@cache
def absent(word: str) -> Markup:
    """Return the mark for a number that is not there."""
    return Markup('<b class="gn"><i aria-hidden="true">{}</i>{}</b>').format(ABSENT, word)


def grade_level(book: Book, code: str | None) -> int | None:
    """Return the position of a grade, 0 best; None for a unit without one."""
    return None if code is None else book.grade_levels.get(code)


def grade(book: Book, code: str | None) -> Markup:
    """Return a unit's grade as colour, shape and word; 未参评 for a unit without one."""
    level = grade_level(book, code)
    return absent(_("未参评")) if level is None else lamp(level, book.grade_order[level].name_zh)


def state_word(item: Row) -> str:
    """Return the word that stands where a value is not there; empty when there is one."""
    if item["state"] == "not_applicable":
        return _(NOT_APPLICABLE.get(item["fill"], N_("不涉及")))
    word = STATE_WORDS.get(item["state"])
    return _c("state", word) if word else ""


def item_lamp(item: Row) -> Markup:
    """Return how an item stands: full, part, none; or how a number that is not there was treated."""
    if state_word(item):
        return absent(_(TREATMENT.get(item["fill"], N_("不计分"))))
    if item["fill"] == "zeroed":
        return lamp(3, _("归零"))
    if not item["lost_e2"]:
        return lamp(0, _("满分"))
    return lamp(1, _("失分")) if item["points_e2"] > 0 else lamp(3, _("零分"))


def change(book: Book, row: Row) -> Markup:
    """Return the change of rank against last year; only where both years have a rank."""
    moved = book.moved.get(row["unit_code"])
    if moved is None:
        return html('<span class="no">不可比</span>')
    if moved == 0:
        return html('<span class="no">—持平</span>')
    kind, text = (
        ("up", _("▲升{moved}位", moved=moved)) if moved > 0 else ("down", _("▼降{moved}位", moved=-moved))
    )
    return Markup(f'<span class="{kind}">{text}</span>')  # noqa: S704 - an integer and words


def marks(row: Row) -> list[str]:
    """Return the short remarks of a community in the ranking, in a fixed order."""
    words = (
        (_c("state", "缺报"), "missing_count"),
        (_c("state", "待核"), "disputed_count"),
        (_("不涉及"), "not_applicable_count"),
    )
    found = [_("{word}{count}项", word=word, count=row[column]) for word, column in words if row[column]]
    return [*([_("等次待定")] if row["quota_edge"] else []), *found]


def link(root: str, folder: str, code: str, name: str) -> Markup:
    """Return a link to a page of the site; `root` leads from the current page to the top."""
    return Markup(f'<a href="{root}{folder}/{text(code)}.html">{text(name)}</a>')  # noqa: S704 - escaped


def text(value: str) -> str:
    """Return `value` escaped, as a plain string for the rows that are joined by hand."""
    return str(escape(value)) if _SPECIAL.search(value) else value
