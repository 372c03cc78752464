"""Counting days: working days, where a term ends, how long something is publicised.

A term runs to the end of its last day. Rules: 民法典 201 (the day on which a term begins does not count) and
203 (a last day off moves to the next day that is not); districts differ, so a deadline says its rule.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

from scorecard.calendar.year import CalendarYear, load_year
from scorecard.settings import resource

Rollover = Literal["none", "holiday", "weekend_holiday"]

_DAY = timedelta(1)
_SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The calendars in `folder`, read when a day of their year is asked for.

    Every method raises UserError for a day in a year that no file knows.
    """

    folder: Path
    _years: dict[int, CalendarYear] = field(default_factory=dict, repr=False, compare=False)

    def year(self, year: int) -> CalendarYear:
        """Return the calendar of one year."""
        if year not in self._years:
            self._years[year] = load_year(self.folder, year)
        return self._years[year]

    def is_holiday(self, day: date) -> bool:
        """Return whether the day is within an announced holiday; a plain weekend is none."""
        return day in self.year(day.year).off

    def is_working_day(self, day: date) -> bool:
        """Return whether people work: 调休 weekends count, holidays and other weekends do not."""
        year = self.year(day.year)
        return day in year.worked or (day.weekday() < _SATURDAY and day not in year.off)

    def add(self, day: date, working_days: int) -> date:
        """Return the last day of a term that begins on `day`, which does not count (201)."""
        while working_days > 0:
            day += _DAY
            working_days -= self.is_working_day(day)
        return day

    def between(self, day: date, last: date) -> int:
        """Return the working days after `day` up to `last`, 0 where it is not later."""
        return sum(self.is_working_day(day + _DAY * n) for n in range(1, (last - day).days + 1))

    def rolled(self, day: date, rollover: Rollover) -> date:
        """Return the day on which a term ends whose last day is `day`.

        Args:
            day: The last day as it is written.
            rollover: `none`: stays; `holiday`: moves out of an announced holiday but not of a weekend;
                `weekend_holiday`: moves to the next working day (203).
        """
        while self._moves(day, rollover):
            day += _DAY
        return day

    def publicity(self, first: date, working_days: int, *, first_day_counts: bool) -> date:
        """Return the last day of a publicity period that begins on `first`.

        With `first_day_counts` a first day that is worked is the first of the `working_days`; else the
        count begins after it (201). `working_days` is 1 or more.
        """
        return self.add(first - _DAY if first_day_counts else first, working_days)

    def _moves(self, day: date, rollover: Rollover) -> bool:
        if rollover == "weekend_holiday":
            return not self.is_working_day(day)
        return rollover == "holiday" and self.is_holiday(day)


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """Return the calendar that comes with the program."""
    return Calendar(resource("indicators") / "calendars")
