"""Warm checks of one file: bench_check.py DATA FILE TIMES.

Prints JSON: p95 in seconds of checking and marking it, and how many times the CPU seconds of the clean file
the check takes with every number spoilt.
"""

import json
import sys
import time
from pathlib import Path

from scorecard.checks import CheckContext, CheckResult, check
from scorecard.intake import read_many
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.sheets import annotated

YEAR = 2025


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
    clean = min(_seconds(file, context, mark=False)[1] for _ in range(3))
    wrong = min(_seconds(spoilt, context, mark=False)[1] for _ in range(3))
    print(json.dumps({"p95": whole[int(0.95 * (times - 1))], "wrong_to_clean": wrong / clean}))


def _seconds(file: Path, context: CheckContext, *, mark: bool) -> tuple[float, float]:
    """Return wall and CPU seconds of reading and checking, and of marking where asked for."""
    wall, cpu = time.perf_counter(), time.process_time()
    result: CheckResult = check(read_many([file])[0], context)
    if mark:
        annotated(result)
    return time.perf_counter() - wall, time.process_time() - cpu


def _spoilt(text: str) -> str:
    """Return the rows with 约 before every number."""
    head, *rows = text.splitlines()
    cells = (row.split(",") for row in rows)
    return "\n".join(
        [head, *(",".join([*c[:3], *(f"约{x}" if x else "" for x in c[3:6]), c[6]]) for c in cells)]
    )


if __name__ == "__main__":
    main()
