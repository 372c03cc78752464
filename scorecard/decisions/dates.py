"""Dates that decide: a validity counted in months, and the last day on which a year's documents count."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from scorecard.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class Cut:
    """Up to when the documents of each kind act; a later one waits.

    Bonuses and deductions are scores: they act up to the data cut-off. Yellow cards are looked at when the
    data are frozen. Vetoes are still being decided afterwards, up to the deliberation.
    """

    events: date
    cards: date
    vetoes: date

    @classmethod
    def on(cls, day: date) -> "Cut":
        """Return one day for all kinds: how a year that is not frozen is decided."""
        return cls(day, day, day)

    def until(self, last: date) -> "Cut":
        """Return the same, none of it after `last`."""
        return Cut(min(self.events, last), min(self.cards, last), min(self.vetoes, last))


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later; where that month has no such day, its last one.

    民法典第二百零二条: 31 January and one month end on 28 or 29 February.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def closing(book: Rulebook, year: int) -> date:
    """Return the last day on which a document about the work of `year` may be dated to count for `year`."""
    return date(year, 12, 31) + timedelta(days=book.counting.days_after_year)
