"""A book as pages in another language read it: the same rows, with rulebook and findings said otherwise."""

from dataclasses import replace

from scorecard.findings import Finding
from scorecard.language import is_chinese, term
from scorecard.messages.again import said
from scorecard.publish.book import Book
from scorecard.rulebook.printed import in_language


def in_present_language(book: Book) -> Book:
    """Return the book that pages are made from; in Chinese the book itself."""
    if is_chinese():
        return book
    inputs = book.inputs
    told = replace(
        inputs,
        rulebook=in_language(inputs.rulebook, term),
        findings=tuple(map(_finding, inputs.findings)),
    )
    return replace(book, inputs=told)


def _finding(finding: Finding) -> Finding:
    message, fix = said(finding)
    return replace(finding, message=message, fix=fix)
