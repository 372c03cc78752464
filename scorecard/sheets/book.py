"""A workbook in the making: safe text, named looks, the same bytes for the same content."""

import io
import re
from datetime import datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from scorecard.sheets.text import is_risky, shown

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - no clock in any output; the format knows no time zone
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31

Looks = dict[str, Any]


class Book:
    """An .xlsx in memory. Rows and columns are 1-based, as in findings."""

    def __init__(self, title: str) -> None:
        """Begin a workbook whose properties say `title`."""
        self._stream = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.raw = xlsxwriter.Workbook(self._stream, options)
        self.raw.set_properties({"title": shown(title), "created": CREATED})
        self._formats: dict[str, Any] = {}
        self._names: set[str] = set()

    def sheet(self, name: str) -> Any:
        """Return a new sheet, called `name` as far as Excel allows."""
        plain = _FORBIDDEN.sub("_", shown(name)).strip("'")[:_LONGEST_NAME] or "数据"
        free, number = plain, 1
        while free.casefold() in self._names:
            number += 1
            free = f"{plain[: _LONGEST_NAME - 4]}({number})"
        self._names.add(free.casefold())
        sheet = self.raw.add_worksheet(free)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet

    def format(self, looks: Looks) -> Any:
        """Return the format with these looks, None for none: each exists once."""
        if not looks:
            return None
        key = repr(sorted(looks.items()))
        if key not in self._formats:
            self._formats[key] = self.raw.add_format(looks)
        return self._formats[key]

    def put(
        self, sheet: Any, row: int, column: int, text: str, looks: Looks | None = None, *, code: bool = False
    ) -> None:
        """Write `text` as text, whatever it looks like; without text only the looks (`code`: see `shown`)."""
        look = dict(looks or {})
        if is_risky(text):
            look["quote_prefix"] = True
        if text:
            sheet.write_string(row - 1, column - 1, shown(text, code=code), self.format(look))
        elif look:
            sheet.write_blank(row - 1, column - 1, None, self.format(look))

    def done(self) -> bytes:
        """Close the workbook and return its bytes."""
        self.raw.close()
        return self._stream.getvalue()


def width_of(text: str) -> int:
    """Return how many half-width characters the longest line of `text` takes."""
    lines = text.splitlines() or [""]
    return max(sum(2 if ord(character) > 0xFF else 1 for character in line) for line in lines)
