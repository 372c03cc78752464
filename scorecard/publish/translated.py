"""A book as pages in another language read it: the same rows, with rulebook and findings said otherwise."""

from collections.abc import Mapping
from dataclasses import replace

from scorecard.findings import Finding
from scorecard.language import Catalogue, Later, is_chinese, spoken, term
from scorecard.language import said as said_later
from scorecard.messages.again import said
from scorecard.publish.book import Book
from scorecard.publish.changes import Changes, Moved
from scorecard.rulebook.model import Rulebook
from scorecard.rulebook.printed import english_names, in_language


def in_present_language(book: Book) -> Book:
    """Return the book that pages are made from; in Chinese the book itself."""
    catalogue = spoken()
    if catalogue is None:
        return book
    inputs = book.inputs
    named = catalogue.with_own(english_names(inputs.rulebook))
    told = replace(
        inputs,
        rulebook=in_language(inputs.rulebook, term),
        findings=tuple(_finding(finding, named) for finding in inputs.findings),
        seen=replace(inputs.seen, watch=tuple(_finding(finding, named) for finding in inputs.seen.watch)),
    )
    return replace(book, inputs=told)


def changes_in_present_language(changes: Changes, rulebook: Rulebook) -> Changes:
    """Return what differs from an earlier publication, indicators and grades by their names in the language.

    What else is Chinese in it is said where it is printed.
    """
    if is_chinese():
        return changes
    words = _names(rulebook)
    return replace(changes, units=tuple(_moved(unit, words) for unit in changes.units))


def _names(rulebook: Rulebook) -> dict[str, str]:
    """Return the names that stand in published tables, and how they are said."""
    told = in_language(rulebook, term)
    grades = zip(rulebook.grades, told.grades, strict=True)
    return {g.name_zh: t.name_zh for g, t in grades} | {
        i.name_zh: told.indicators[code].name_zh for code, i in rulebook.indicators.items()
    }


def _moved(unit: Moved, words: Mapping[str, str]) -> Moved:
    before, after = (
        replace(place, grade=words.get(place.grade or "", place.grade)) for place in (unit.before, unit.after)
    )
    reasons = tuple(replace(reason, what=words.get(reason.what, reason.what)) for reason in unit.reasons)
    return replace(unit, before=before, after=after, reasons=reasons)


def _finding(finding: Finding, catalogue: Catalogue) -> Finding:
    if isinstance(finding.message, Later):  # of the public edition: its kind alone
        return replace(finding, message=said_later(finding.message), fix=said_later(finding.fix))
    message, fix = said(finding, catalogue)
    return replace(finding, message=message, fix=fix)
