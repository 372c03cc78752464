"""Dates that decide: a validity counted in months, and the last day on which a year's documents count."""

import calendar
from datetime import date, timedelta

from scorecard.rulebook.model import Rulebook


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
