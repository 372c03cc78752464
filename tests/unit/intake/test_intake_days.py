"""A day is what was written in full; nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.intake.days import parse_day

DAY = date(2025, 12, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("2025-12-01", "2025-12-1", "2025/12/1", "2025.12.1", "2025.12.01", "20251201", "45992", "45992.0"),
        *(
            "2025年12月1日",
            "2025年12月1号",
            "2025年12月1",
            "2025 年 12 月 1 日",
            "２０２５年１２月１日",
            " 2025-12-01\u3000",
        ),
        *(
            "二〇二五年十二月一日",
            "二○二五年十二月一号",
            "二零二五年十二月一日",
            "2025-12-01 00:00:00",
            "2025-12-01T08:30",
        ),
        "'2025-12-01",
    ],
)
def test_every_way_of_writing_a_day(text: str) -> None:
    """All forms that clerks and workbooks use give the same day."""
    assert parse_day(text, 2025) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二五年十月十日", 10),
        ("二〇二五年十月二十日", 20),
        ("二〇二五年十月廿一日", 21),
        ("二〇二五年十月三十一日", 31),
        ("二〇二五年十月卅一日", 31),
    ],
)
def test_chinese_numerals(text: str, day: int) -> None:
    """Tens and ones as they are spoken."""
    assert parse_day(text, 2025) == date(2025, 10, day)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *(
            (text, "incomplete")
            for text in ("2025年12月", "2025年12月底", "12月1日", "12-1", "2025年", "2025-12", "25.12.1")
        ),
        *(
            (text, "impossible")
            for text in ("2025-02-30", "2025年13月1日", "20250231", "二〇二五年二月三十日")
        ),
        *(
            (text, "unreadable")
            for text in ("", "已完成", "=TODAY()", "12345", "99999", "2025-12/01", "约2025-12-01")
        ),
    ],
)
def test_what_is_no_day_and_why(text: str, why: str) -> None:
    """A part of a day is incomplete, the 30th of February impossible, all else unreadable."""
    assert parse_day(text, 2025) == why


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_a_serial_number_is_the_day_that_excel_shows(day: date) -> None:
    """Serial number, digits and ISO text of one day agree."""
    serial = (day - date(1899, 12, 30)).days
    assert (
        parse_day(str(serial), 2025) == parse_day(f"{day:%Y%m%d}", 2025) == parse_day(str(day), 2025) == day
    )


@given(st.text(max_size=30))
def test_any_text_is_answered(text: str) -> None:
    """No text raises."""
    assert isinstance(parse_day(text, 2025), date | str)
