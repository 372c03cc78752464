"""Workbooks through a child process, so that no file can take the program down with it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from scorecard.errors import IntegrityError
from scorecard.findings import Finding, column_letter
from scorecard.intake import grid
from scorecard.intake.document import CellKind, Sheet
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.settings import Limits

_ROOT = Path(__file__).resolve().parents[2]  # so that the child finds the package that its parent runs
_ANSWER_BYTES = 200_000_000  # 20,000 rows of 400 cells with 20 bytes each
_KINDS: dict[str, CellKind] = {"n": "number", "d": "date", "e": "error", "b": "bool"}
_SHOWN = 5  # coordinates named in one sentence


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the child told: sheets, or only findings."""

    kind: Literal["xlsx", "xls", "unknown"]
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...]


class Reader:
    """Parses one workbook after the other in a child; a child that dies is replaced.

    A context manager; the child starts with the first workbook.
    """

    def __init__(self, limits: Limits) -> None:
        """Keep the limits that every file of this reader must respect."""
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Return the reader itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child."""
        self._end()

    def parse(self, data: bytes) -> Workbook:
        """Return the sheets of the workbook `data`; findings where it cannot be read.

        Raises:
            IntegrityError: The child could not run at all.
        """
        line, expired = self._ask(data)
        if not line.endswith(b"\n"):
            status = self._end()
            if status > 0:  # neither killed nor out of bounds: the program itself is broken, not the file
                raise IntegrityError(f"scorecard.worker.opening ended with exit code {status}")
            too_slow = expired or status == -signal.SIGXCPU
            finding = make("F117" if too_slow else "F118", seconds=self._limits.worker_seconds)
            return Workbook("unknown", (), (finding,))
        answer = json.loads(line)
        if "refused" in answer:
            return Workbook("unknown", (), (_refusal(answer["refused"], answer["params"]),))
        return self._workbook(answer)

    def _ask(self, data: bytes) -> tuple[bytes, bool]:
        """Return the child's answer, cut short if it died, and whether its time was over."""
        expired = threading.Event()
        child = self._child or self._start()

        def stop() -> None:
            expired.set()
            child.kill()

        timer = threading.Timer(self._limits.worker_seconds, stop)
        timer.start()
        try:
            return _exchange(child, data), expired.is_set()
        finally:
            timer.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "scorecard.worker.opening"]
        path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._child = child
        _send(child, json.dumps(asdict(self._limits)).encode() + b"\n")
        return child

    def _end(self) -> int:
        """Stop the child and return its exit code: a negative signal number if it died before."""
        child, self._child = self._child, None
        if child is None:
            return 0
        child.kill()
        child.communicate()
        return child.returncode

    def _workbook(self, answer: dict[str, Any]) -> Workbook:
        sheets: list[Sheet] = []
        findings: list[Finding] = []
        for code, params in answer["notes"]:
            if "last" in params:
                row, column = params["last"]
                findings.append(grid.beyond(params["sheet"], row, column, self._limits))
            else:
                findings.append(make(code, **params))
        for raw in answer["sheets"]:
            too_large = grid.too_large(raw["rows"], self._limits, raw["name"])
            if too_large:
                findings.append(too_large)
                continue
            sheet = _sheet(raw, self._limits)
            sheets.append(sheet)
            findings.extend(_sheet_findings(sheet, raw, self._limits))
        return Workbook(answer["kind"], tuple(sheets), tuple(findings))


def _refusal(code: str, params: dict[str, Any]) -> Finding:
    """Return why the child refused a workbook; it counts characters, and the words are ours."""
    if "longest" in params:
        length = grid.length_text(params["longest"])
        params = {name: value for name, value in params.items() if name != "longest"} | {"length": length}
    return make(code, **params)


def _exchange(child: subprocess.Popen[bytes], data: bytes) -> bytes:
    """Send one workbook and return the line that answers it; nothing if the child died."""
    if not _send(child, json.dumps({"size": len(data)}).encode() + b"\n" + data):
        return b""
    return child.stdout.readline(_ANSWER_BYTES) if child.stdout else b""


def _send(child: subprocess.Popen[bytes], data: bytes) -> bool:
    """Write to the child; False if it is gone."""
    if child.stdin is None:
        return False
    try:
        child.stdin.write(data)
        child.stdin.flush()
    except BrokenPipeError:
        return False
    return True


def _sheet(raw: dict[str, Any], limits: Limits) -> Sheet:
    kinds = {
        (row, column): _KINDS[letter]
        for row, letters in enumerate(raw["kinds"], 1)
        for column, letter in enumerate(letters, 1)
        if letter in _KINDS
    }
    merged = tuple((r1, c1, r2, c2) for r1, c1, r2, c2 in raw["merged"])
    return Sheet(raw["name"], grid.squared(raw["rows"], limits), raw["hidden"], kinds, merged)


def _sheet_findings(sheet: Sheet, raw: dict[str, Any], limits: Limits) -> Iterator[Finding]:
    """Yield findings about the cells of one sheet and about what Excel hides of it."""
    yield from grid.cell_findings(sheet.name, sheet.rows, limits)
    for code, cells in (("S305", raw["errors"]), ("S306", raw["unvalued"])):
        if cells:
            places = [f"{column_letter(column)}{row}" for row, column, _ in cells]
            yield make(code, sheet=sheet.name, raw=cells[0][2], count=len(cells), cells=shortened(places))
    if sheet.hidden and any(map(any, sheet.rows)):
        yield make("S307", sheet=sheet.name)
    rows = [row for row in raw["hidden_rows"] if row <= len(sheet.rows) and any(sheet.rows[row - 1])]
    if rows:
        yield make("S308", sheet=sheet.name, count=len(rows), rows=shortened(map(str, rows)))
    columns = [c for c in raw["hidden_columns"] if any(any(row[c - 1 : c]) for row in sheet.rows)]
    if columns:
        letters = shortened(map(column_letter, columns))
        yield make("S309", sheet=sheet.name, count=len(columns), columns=letters)


def shortened(items: Iterable[str]) -> str:
    """Return the first items for a sentence, and 等 where there are more."""
    listed = list(items)
    shown = "、".join(listed[:_SHOWN])
    return NC_("part", "{names}等").format(names=shown) if len(listed) > _SHOWN else shown
