"""What may be wrong with the settings for documents: bonuses and deductions, vetoes, yellow cards."""

from collections.abc import Iterator

from scorecard.rulebook.model import Modifier, Rulebook
from scorecard.rulebook.problem import ERROR, Problem
from scorecard.rulebook.source import BOOK, MODIFIERS

MOST_DAYS = 366  # after the year; a document may move on by one year, not by two


def check(book: Rulebook) -> Iterator[Problem]:
    """Yield the problems of the settings by which documents decide."""
    if book.counting.days_after_year >= MOST_DAYS:
        message = f"应小于 {MOST_DAYS} 天，现为 {book.counting.days_after_year}"
        yield Problem(MODIFIERS, "counting.days_after_year", ERROR, message)
    for modifier in book.modifiers:
        yield from _modifier(modifier)
    yield from _veto(book)


def _modifier(modifier: Modifier) -> Iterator[Problem]:
    key, rule = f"modifier[{modifier.code}].rule", modifier.rule
    if modifier.award and (rule.levels or rule.per):
        message = "名次上升最多的只作标注，不能有分值"
        yield Problem(MODIFIERS, f"modifier[{modifier.code}].award", ERROR, message)
    if rule.line_drop and not rule.levels:
        yield Problem(MODIFIERS, f"{key}.line_drop", ERROR, "没有级别，无从降级")
    if rule.line_drop and rule.line_drop >= len(rule.levels) > 0:
        message = f"降 {rule.line_drop} 级，而级别只有 {len(rule.levels)} 个，条线部门的一概不计"
        yield Problem(MODIFIERS, f"{key}.line_drop", ERROR, message)
    if rule.fractional and rule.levels:
        yield Problem(MODIFIERS, f"{key}.fractional", ERROR, "按级别计分的一件一行，数量没有小数")


def _veto(book: Rulebook) -> Iterator[Problem]:
    """V1 and V2 must leave a grade, and not the best one: else they would say nothing."""
    codes = [grade.code for grade in book.grades]
    caps = (("veto.caps_grade", book.veto.caps_grade, bool({"V1", "V2"} & {*book.veto.kinds})),)
    for key, code, needed in (*caps, ("yellow_card.open_caps_grade", book.yellow_card.open_caps_grade, True)):
        if needed and code in codes[:1]:
            yield Problem(BOOK, key, ERROR, f"「{code}」已是最好的等次，等于没有限制")
        elif needed and code not in codes:
            yield Problem(BOOK, key, ERROR, f"没有等次「{code}」")
    if "V3" not in book.veto.kinds and book.veto.v3_override_document.strip():
        message = "写明了 V3 依据的文号，kinds 里却没有 V3，请改成一致"
        yield Problem(BOOK, "veto.v3_override_document", ERROR, message)
    if not book.veto.effective_levels:
        yield Problem(BOOK, "veto.effective_levels", ERROR, "没有能作决定的级别，所有决定都不会生效")
