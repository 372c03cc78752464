"""Sentences about the year: the calendar, what a step needs, what a freeze keeps out."""

from typing import Final

CALENDAR: Final = {
    "unknown": "没有{year}年的工作日历：国务院一般在{before}年11月公布放假安排，请按通知增加「{path}」。",
    "unreadable": "工作日历「{path}」读不出来：{reason}，请改正后再试。",
    "unsound": "工作日历「{path}」不能用：{reason}，请对照国务院办公厅的放假通知改正。",
}
