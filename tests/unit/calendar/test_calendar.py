"""Working days of mainland China: the notices' days, terms and publicity periods."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.calendar import Calendar, Rollover, calendar
from scorecard.errors import UserError

CALENDAR = calendar()
YEARS = range(2022, 2027)
DAYS = st.dates(date(2022, 1, 1), date(2026, 9, 30))
HEAD = 'year = 2030\ndocument = "示例1号"\nissued = 2029-11-01\n'


def on(text: str) -> date:
    """Return a date written as 2025-01-26."""
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("year", "document", "off", "worked"),
    [
        (2022, "国办发明电〔2021〕11号", 32, 7),
        (2023, "国办发明电〔2022〕16号", 26, 7),
        (2024, "国办发明电〔2023〕7号", 28, 8),
        (2025, "国办发明电〔2024〕12号", 28, 5),
        (2026, "国办发明电〔2025〕7号", 33, 6),
    ],
)
def test_each_year_is_its_notice(year: int, document: str, off: int, worked: int) -> None:
    """Every year names its notice and has as many days off and make-up days as the notice."""
    found = CALENDAR.year(year)
    assert (found.document, len(found.off), len(found.worked)) == (document, off, worked)


@pytest.mark.parametrize(("year", "count"), [(2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_whole_year(year: int, count: int) -> None:
    """The number of working days is what offices counted in that year."""
    days = (date(year, 1, 1) + timedelta(n) for n in range(366))
    assert sum(CALENDAR.is_working_day(day) for day in days if day.year == year) == count


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-01-26", True),  # a Sunday that is worked for 春节
        ("2025-02-08", True),  # a Saturday
        ("2025-01-28", False),  # 除夕, off since 2025
        ("2024-02-09", True),  # 除夕, not yet off in 2024
        ("2026-02-14", True),
        ("2026-02-23", False),  # a Monday within the nine days
        ("2026-01-04", True),  # a Sunday after 元旦
        ("2022-12-31", False),  # ordered by the notice of 2023
        ("2025-03-15", False),  # a plain Saturday
        ("2025-03-14", True),
    ],
)
def test_days_at_the_edges_of_make_up_work(day: str, works: bool) -> None:
    """调休 turns weekends into working days and working days into days off."""
    assert CALENDAR.is_working_day(on(day)) is works


@pytest.mark.parametrize(
    ("first", "days", "counts", "last"),
    [
        ("2022-11-04", 7, True, "2022-11-14"),  # 4, 7, 8, 9, 10, 11, 14: a published notice counted so
        ("2022-11-04", 7, False, "2022-11-15"),  # 民法典 201
        ("2026-03-02", 7, True, "2026-03-10"),
        ("2026-02-13", 2, True, "2026-02-14"),  # the Saturday is worked
        ("2026-02-13", 3, True, "2026-02-24"),  # behind nine days off
        ("2026-03-07", 1, True, "2026-03-09"),  # begins on a plain Saturday
    ],
)
def test_publicity_periods(first: str, days: int, counts: bool, last: str) -> None:
    """The last day of 公示, with and without the first day."""
    assert CALENDAR.publicity(on(first), days, first_day_counts=counts) == on(last)


@pytest.mark.parametrize(
    ("written", "rollover", "last"),
    [
        ("2026-02-15", "none", "2026-02-15"),
        ("2026-02-15", "holiday", "2026-02-24"),
        ("2026-02-15", "weekend_holiday", "2026-02-24"),
        ("2026-03-07", "holiday", "2026-03-07"),  # a plain Saturday is no holiday: stays
        ("2026-03-07", "weekend_holiday", "2026-03-09"),
        ("2026-02-28", "weekend_holiday", "2026-02-28"),  # a worked Saturday: stays
        ("2025-12-31", "weekend_holiday", "2025-12-31"),
        ("2026-01-01", "holiday", "2026-01-04"),  # a worked Sunday
    ],
)
def test_the_three_rollovers(written: str, rollover: Rollover, last: str) -> None:
    """A last day off stays, moves out of holidays, or moves to a working day."""
    assert CALENDAR.rolled(on(written), rollover) == on(last)


def test_a_year_without_a_notice_is_an_error() -> None:
    """Nothing is guessed beyond the last notice, not even by counting into it."""
    with pytest.raises(UserError, match=r"没有2027年的工作日历.*2026年11月"):
        CALENDAR.is_working_day(date(2027, 1, 1))
    with pytest.raises(UserError, match="没有2027年"):
        CALENDAR.add(date(2026, 12, 31), 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("year = 20", "缺少或写法不对"),
        ("year = = 1", "读不出来"),
        (HEAD.replace("2030\n", "2031\n", 1) + "holiday = []\n", "写的是2031年"),
        (HEAD + '[[holiday]]\nname = "甲"\nfirst = 2030-05-02\nlast = 2030-05-01\n', "末日早于首日"),
        (HEAD + '[[holiday]]\nname = "甲"\nfirst = 2029-12-31\nlast = 2030-01-01\n', "不在本年"),
        (
            HEAD
            + '[[holiday]]\nname = "甲"\nfirst = 2030-05-01\nlast = 2030-05-01\nworkdays = [2030-05-02]\n',
            "星期六或星期日",
        ),
        (HEAD + '[[holiday]]\nname = "甲"\nfirst = 2030-05-01\nlast = 2030-05-01\n' * 2, "写了两次"),
    ],
)
def test_a_wrong_file_is_said(tmp_path: Path, text: str, said: str) -> None:
    """What cannot be a notice's calendar is refused with its reason."""
    (tmp_path / "2030.toml").write_text(text, "utf-8")
    with pytest.raises(UserError, match=said):
        Calendar(tmp_path).is_working_day(date(2030, 1, 2))


@given(DAYS, st.integers(1, 40))
def test_a_term_has_as_many_working_days(day: date, count: int) -> None:
    """Between the beginning, which does not count, and the end lie exactly `count` working days."""
    last = CALENDAR.add(day, count)
    between = [day + timedelta(n) for n in range(1, (last - day).days + 1)]
    assert sum(map(CALENDAR.is_working_day, between)) == count
    assert CALENDAR.is_working_day(last)


@given(DAYS, st.sampled_from(["none", "holiday", "weekend_holiday"]))
def test_rolling_moves_forward_once(day: date, rollover: Rollover) -> None:
    """A rolled day is never earlier and does not move again; the wider rule ends no sooner."""
    last = CALENDAR.rolled(day, rollover)
    assert day <= CALENDAR.rolled(day, "holiday") <= CALENDAR.rolled(day, "weekend_holiday")
    assert CALENDAR.rolled(last, rollover) == last


@given(DAYS, st.integers(1, 30))
def test_counting_the_first_day_ends_one_working_day_earlier(day: date, count: int) -> None:
    """The two ways of counting differ by one working day where the first day is worked, else not at all."""
    inclusive = CALENDAR.publicity(day, count, first_day_counts=True)
    exclusive = CALENDAR.publicity(day, count, first_day_counts=False)
    works = CALENDAR.is_working_day(day)
    assert (CALENDAR.add(inclusive, 1) if works else inclusive) == exclusive
