"""One year's holidays and make-up working days, from `indicators/calendars/<year>.toml`.

Source of the days: the yearly notice of the State Council's General Office, whose number stands in the file.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from scorecard.errors import UserError
from scorecard.messages.year import CALENDAR

_SATURDAY = 5


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Holiday(_Strict):
    """Days off from `first` to `last`, and the weekend days that are worked for them.

    `document` is set where another notice than the file's ordered it.
    """

    name: str
    first: date
    last: date
    workdays: tuple[date, ...] = ()
    document: str = ""

    def days(self) -> Iterator[date]:
        """Yield the days off."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(number)


class CalendarYear(_Strict):
    """A calendar year as one or more notices ordered it."""

    year: int
    document: str
    issued: date
    holiday: tuple[Holiday, ...]

    @property
    def off(self) -> frozenset[date]:
        """The days off, weekends within a holiday included."""
        return frozenset(day for holiday in self.holiday for day in holiday.days())

    @property
    def worked(self) -> frozenset[date]:
        """The Saturdays and Sundays that are working days."""
        return frozenset(day for holiday in self.holiday for day in holiday.workdays)

    @model_validator(mode="after")
    def _sound(self) -> "CalendarYear":
        days = [day for holiday in self.holiday for day in (*holiday.days(), *holiday.workdays)]
        if len(set(days)) < len(days):
            raise ValueError("同一天写了两次")
        if any(day.year != self.year for day in days):
            raise ValueError("有不在本年的日期")
        if any(day.weekday() < _SATURDAY for day in self.worked):
            raise ValueError("调休上班日应是星期六或星期日")
        if any(holiday.last < holiday.first for holiday in self.holiday):
            raise ValueError("末日早于首日")
        return self


def load_year(folder: Path, year: int) -> CalendarYear:
    """Return the calendar of `year` from `folder`.

    Raises:
        UserError: There is none, or it cannot be used.
    """
    path = folder / f"{year}.toml"
    if not path.is_file():
        raise UserError(CALENDAR["unknown"].format(year=year, before=year - 1, path=path))
    try:
        found = CalendarYear.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(CALENDAR["unreadable"].format(path=path, reason=error)) from None
    except ValidationError as error:
        raise UserError(CALENDAR["unsound"].format(path=path, reason=_reasons(error))) from None
    if found.year != year:
        raise UserError(CALENDAR["unsound"].format(path=path, reason=f"写的是{found.year}年"))
    return found


def _reasons(error: ValidationError) -> str:
    """Return our own sentences, and for what pydantic found the place."""
    return "、".join(
        str(problem["ctx"]["error"])
        if problem["type"] == "value_error"
        else f"「{'.'.join(map(str, problem['loc']))}」缺少或写法不对"
        for problem in error.errors()
    )
