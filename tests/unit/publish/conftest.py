"""A small and a large synthetic district."""

import pytest

from scorecard.publish import ReportInputs, book
from scorecard.publish.book import Book
from tests.golden import fake
from tests.golden.smallbook import small_rulebook


@pytest.fixture
def inputs() -> ReportInputs:
    """A district of two streets, five assessed communities and one that is not; made anew for each test."""
    return fake.inputs(small_rulebook(), fake.SMALL)


@pytest.fixture
def small(inputs: ReportInputs) -> Book:
    """The small district's book."""
    return book.read(inputs)
