"""`decisions/读取办法.csv`: which sheet, header row or encoding a person decided for one file.

What `check --sheet --header-row --encoding --remember` writes and every build obeys. The whole list is in
the data folder, so a build still depends on nothing that the folder does not show.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from scorecard.checks import Options
from scorecard.findings import Finding
from scorecard.intake.header import Label
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.names import fold
from scorecard.pipeline.decided.reader import Row, read_table
from scorecard.pipeline.ours import add_rows

FILE: Final = "读取办法.csv"
_COLUMNS: Final = ("文件", "工作表", "表头行", "编码", "依据")
_KEYS: Final = 1  # of a row: the file
_LABELS = (
    Label("file", _COLUMNS[0], ("文件名",)),
    Label("sheet", _COLUMNS[1], ("工作表名称",)),
    Label("row", _COLUMNS[2], ("表头所在行",)),
    Label("encoding", _COLUMNS[3], ("文本编码",)),
    Label("basis", _COLUMNS[4], ("备注", "说明")),
)
_YEAR: Final = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Reading:
    """How one file is read; what is None is found out."""

    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None

    @property
    def options(self) -> Options:
        """What of it the checks are told."""
        return Options(self.sheet, self.header_row)


@dataclass(frozen=True, slots=True)
class Readings:
    """Readings by the file's path in the data folder, and what was wrong with the list."""

    of: Mapping[str, Reading] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def load_readings(path: Path | None, year: int, files: Collection[str]) -> Readings:
    """Read the list. A row that cannot act, or names none of `files`, is a finding and changes nothing.

    `files` are those of `year`; a row about a file in another year's folder is that year's business.
    A sheet, row or encoding that the file does not have is the file's own finding when it is read.
    """
    if path is None:
        return Readings()
    table = read_table(path.name, path.read_bytes(), _LABELS, ("file",))
    found: dict[str, Reading] = {}
    findings = list(table.findings)
    paths = {fold(name): name for name in files}
    for row in table.rows:
        if _year_of(row["file"]) not in ("", str(year)):
            continue
        name = paths.get(fold(row["file"]))
        reason = _refusal(row, name, found)
        if reason or name is None:
            findings.append(make("W892", file=path.name, row=row.number, raw=row["file"], reason=reason))
        else:
            number = int(row["row"]) if row["row"] else None
            found[name] = Reading(row["sheet"] or None, number, row["encoding"] or None)
    return Readings(found, tuple(findings))


def _year_of(file: str) -> str:
    """Return the year in whose folder a file lies, "" where there is none."""
    return next((part for part in PurePosixPath(file).parts[1:2] if _YEAR.fullmatch(part)), "")


def _refusal(row: Row, name: str | None, found: Mapping[str, Reading]) -> str:
    """Return why a row cannot act; empty when it can."""
    if name is None:
        return NC_("part", "数据文件夹里没有这份文件（写法如“submissions/2025/某街道.xlsx”）")
    if name in found:
        return NC_("part", "同一份文件写了两行，只用第一行")
    if row["row"] and not (row["row"].isascii() and row["row"].isdigit() and int(row["row"])):
        return NC_("part", "表头行「{raw}」不是行号").format(raw=row["row"])
    if not (row["sheet"] or row["row"] or row["encoding"]):
        return NC_("part", "工作表、表头行、编码都没有写")
    return ""


def remember(path: Path, name: str, reading: Reading, basis: str) -> None:
    """Write down how the file `name` is read.

    Raises:
        UserError: As `add_rows`.
    """
    row = (name, reading.sheet or "", str(reading.header_row or ""), reading.encoding or "", basis)
    add_rows(path, _COLUMNS, [row], _KEYS)
