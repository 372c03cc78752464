"""Warm checks of one file: bench_check.py DATA FILE TIMES.

Prints JSON: p95 in seconds of checking and marking it, the same of a workbook with its rows (whose returned
workbook keeps what it had), and how many times the CPU seconds of the clean file the check takes with every
number spoilt.
"""

import csv
import json
import sys
import time
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from scorecard.checks import CheckContext, CheckResult, check
from scorecard.intake import read_many
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.sheets import annotated

YEAR = 2025
_FIRST_NUMBER = 3  # year, unit and indicator come before


def main() -> None:
    """Measure and print."""
    data, file, times = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    spoilt = file.with_name("spoilt.csv")
    spoilt.write_text(_spoilt(file.read_text("utf-8")), "utf-8")
    context = CheckContext(
        rulebook=load_rulebook(find_rulebook(None, YEAR)),
        registry=load_registry(data / "registry.csv"),
        year=YEAR,
        party="district",
    )
    whole = sorted(_seconds(file, context, mark=True)[0] for _ in range(times))
    workbook = _workbook(file)
    books = sorted(_seconds(workbook, context, mark=True)[0] for _ in range(times))
    clean = min(_seconds(file, context, mark=False)[1] for _ in range(3))
    wrong = min(_seconds(spoilt, context, mark=False)[1] for _ in range(3))
    p95 = int(0.95 * (times - 1))
    print(json.dumps({"p95": whole[p95], "workbook_p95": books[p95], "wrong_to_clean": wrong / clean}))


def _seconds(file: Path, context: CheckContext, *, mark: bool) -> tuple[float, float]:
    """Return wall and CPU seconds of reading and checking, and of marking where asked for."""
    wall, cpu = time.perf_counter(), time.process_time()
    result: CheckResult = check(read_many([file])[0], context)
    if mark:
        annotated(result, file.read_bytes())
    return time.perf_counter() - wall, time.process_time() - cpu


def _workbook(file: Path) -> Path:
    """Return a workbook with the cells of a text file: digits as numbers, codes as text."""
    path = file.with_suffix(".xlsx")
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("填报")
    with file.open(encoding="utf-8", newline="") as text:
        for number, row in enumerate(csv.reader(text)):
            for column, cell in enumerate(row):
                if column >= _FIRST_NUMBER and cell.isdecimal():
                    sheet.write_number(number, column, int(cell))
                else:
                    sheet.write_string(number, column, cell)
    book.close()
    return path


def _spoilt(text: str) -> str:
    """Return the rows with 约 before every number."""
    head, *rows = text.splitlines()
    cells = (row.split(",") for row in rows)
    return "\n".join(
        [head, *(",".join([*c[:3], *(f"约{x}" if x else "" for x in c[3:6]), c[6]]) for c in cells)]
    )


if __name__ == "__main__":
    main()
