"""One reader for every file of `decisions/`: a table with known columns becomes rows of tidy texts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from scorecard.findings import Finding
from scorecard.intake import body, pick_sheet, read_bytes
from scorecard.intake.header import Column, Header, Label, Vocabulary
from scorecard.intake.layout import Reads
from scorecard.messages import make
from scorecard.messages.decisions import REASONS
from scorecard.names import tidy

_DATA = 3  # filled cells of known columns that make a row data, whatever its first word looks like


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its texts by key of column. What the file has no column for is empty."""

    file: str
    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, Column]

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")

    def wrong(self, key: str, reason: str, *, expected: str = "", unit_code: str = "") -> Finding:
        """Return the finding that the cell of `key` cannot be used, for one of `REASONS`."""
        column = self.columns.get(key)
        why, hint = (text.format(expected=expected) for text in REASONS[reason])
        return make(
            "W861",
            file=self.file,
            row=self.number,
            column=column.letter if column else "",
            header=column.text if column else "",
            raw=self[key],
            expected=expected,
            unit_code=unit_code,
            reason=why,
            hint=hint,
        )


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file and what is to be said about the file itself."""

    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_table(name: str, data: bytes, labels: Sequence[Label], needed: Collection[str] = ()) -> Table:
    """Return the rows of the file `name`; none where it cannot be read or lacks a column of `needed`."""
    document = read_bytes(name, data)
    picked = pick_sheet(document, Vocabulary.build(labels))
    if isinstance(picked, list):
        return Table(findings=_named(name, [*document.findings, *picked]))
    sheet, header = picked
    columns = {column.key: column for column in header.columns if column.key}
    missing = [label.name for label in labels if label.key in needed and label.key not in columns]
    if missing:
        absent = make("W885", file=name, names="、".join(f"「{word}」" for word in missing))
        return Table(findings=_named(name, [*document.findings, absent]))
    found = body(sheet, header, _reads(header))
    rows = tuple(
        Row(name, number, {key: tidy(texts[c.number - 1]) for key, c in columns.items()}, columns)
        for number, texts in found.rows
    )
    said = [*document.findings, *header.findings, *found.findings]
    return Table(rows, _named(name, said))


def _reads(header: Header) -> Reads:
    """Return what makes a row data here: these files have hardly a number that would show it."""
    numbers = [column.number for column in header.columns if column.key]
    enough = min(_DATA, len(numbers))
    return Reads(known=lambda texts: sum(bool(tidy(texts[n - 1])) for n in numbers) >= enough)


def _named(name: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(finding, file=name) for finding in findings)
