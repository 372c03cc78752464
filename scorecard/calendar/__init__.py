"""The working days of mainland China, 调休 included: kept as data, never guessed."""

from scorecard.calendar.days import Calendar, Rollover, calendar
from scorecard.calendar.year import CalendarYear, load_year

__all__ = ["Calendar", "CalendarYear", "Rollover", "calendar", "load_year"]
