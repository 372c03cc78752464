"""The lint of a rulebook: everything wrong with it at once, each with file, key and reason.

Real rulebooks contradict themselves (headings that add up to 110, overlapping rungs, an assessment dated
before the year it assesses), so nothing is scored by one that has not passed.
"""

from collections.abc import Iterator
from pathlib import Path

from scorecard.rulebook import (
    lint_book,
    lint_columns,
    lint_documents,
    lint_indicator,
    lint_links,
    lint_numbers,
    lint_policy,
    lint_text,
)
from scorecard.rulebook.model import Dimension, Indicator, Rulebook
from scorecard.rulebook.problem import ERROR, Problem
from scorecard.rulebook.source import STREET, Source, read_source
from scorecard.rulebook.structure import parse, validate

__all__ = ["Problem", "lint", "lint_source"]


def lint(path: Path) -> list[Problem]:
    """Return every problem of the rulebook in the folder `path`, by file; none means that it can score."""
    return lint_source(read_source(path))[1]


def lint_source(source: Source) -> tuple[Rulebook | None, list[Problem]]:
    """Return the typed rulebook (None if its structure is broken) and every problem, ordered by file.

    What is whole is checked even where its neighbour is broken, so that one run shows nearly everything.
    """
    book, problems = parse(source)
    problems = [*source.problems, *problems]
    indicators = list(_indicators(source))
    for file, indicator in indicators:
        problems += lint_indicator.check(file, indicator)
    problems += lint_columns.check(indicators)
    problems += lint_numbers.check(indicators)
    problems += lint_text.check(source)
    for file, dimension in _dimensions(source):
        problems += lint_book.check_dimension(file, dimension)
    if book is not None:
        problems += [*lint_book.check(book), *lint_links.check(book, indicators)]
        problems += lint_numbers.check_book(book, indicators)
        problems += lint_documents.check(book)
    problems += lint_policy.check([(f, i) for f, i in indicators if f != STREET], book)
    return book, sorted(dict.fromkeys(problems), key=lambda p: p.file)


def has_errors(problems: list[Problem]) -> bool:
    """Whether any problem forbids scoring."""
    return any(problem.severity == ERROR for problem in problems)


def _dimensions(source: Source) -> Iterator[tuple[str, Dimension]]:
    """Yield the cards that are whole, with their file."""
    for file, raw in zip((*source.communities, STREET), _cards(source), strict=True):
        dimension = validate(Dimension, raw)
        if isinstance(dimension, Dimension):
            yield file, dimension


def _indicators(source: Source) -> Iterator[tuple[str, Indicator]]:
    """Yield the indicators that are whole, with their file, in printed order."""
    for file, card in zip((*source.communities, STREET), _cards(source), strict=True):
        for raw in card["indicators"] if isinstance(card["indicators"], list) else ():
            indicator = validate(Indicator, raw)
            if isinstance(indicator, Indicator):
                yield file, indicator


def _cards(source: Source) -> list[dict[str, object]]:
    return [*source.raw["dimensions"], source.raw["street"]]
