"""A book as pages in another language read it: the same rows, with rulebook and findings said otherwise."""

from dataclasses import replace

from scorecard.findings import Finding
from scorecard.language import Catalogue, spoken, term
from scorecard.messages.again import said
from scorecard.publish.book import Book
from scorecard.rulebook.printed import english_names, in_language


def in_present_language(book: Book) -> Book:
    """Return the book that pages are made from; in Chinese the book itself."""
    catalogue = spoken()
    if catalogue is None:
        return book
    inputs = book.inputs
    named = catalogue.extended(english_names(inputs.rulebook))
    told = replace(
        inputs,
        rulebook=in_language(inputs.rulebook, term),
        findings=tuple(_finding(finding, named) for finding in inputs.findings),
    )
    return replace(book, inputs=told)


def _finding(finding: Finding, catalogue: Catalogue) -> Finding:
    message, fix = said(finding, catalogue)
    return replace(finding, message=message, fix=fix)
