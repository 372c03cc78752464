"""Find the header row and say which column is which. Labels are passed in; a guess is never made."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from scorecard.findings import Finding, column_letter
from scorecard.intake.document import Sheet
from scorecard.intake.units import UNITS
from scorecard.messages import make
from scorecard.names import fold, tidy
from scorecard.privacy import heads_identity

# given: a person said so about this file; remembered: about an earlier one of the same sender
How = Literal["exact", "normalised", "synonym", "given", "remembered", "ambiguous", "unknown"]

SEARCHED_ROWS = 30
_REMEMBERED = 16_384  # texts: every search tries the same labels and the same cells again
_ENOUGH = 2  # one matching label alone may be a title or a note
_UNIT = re.compile(r"[(\[]([^()\[\]]{1,8})[)\]]")
_DECORATION = re.compile(r"^[*:#]+|[*:,。.]+$")


@dataclass(frozen=True, slots=True)
class Label:
    """What a column may be called: its key (opaque here), its name and other names."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a header text means. `candidates` are the names it could mean when it is ambiguous."""

    key: str
    how: How
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded label → the labels that it names. Levels are tried in order; the first with a hit decides.

    names, aliases, names without unit, aliases without unit: a template's own header always wins over
    another column's alias. `remembered` (folded header → key) is what a person decided about a sender's
    headers: it comes after the names and before all else.
    """

    levels: tuple[Mapping[str, tuple[Label, ...]], ...]
    remembered: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def build(cls, entries: Iterable[Label]) -> "Vocabulary":
        """Return the vocabulary of `entries`."""
        levels: tuple[dict[str, tuple[Label, ...]], ...] = ({}, {}, {}, {})
        for label in entries:
            for level, texts in enumerate(((label.name,), label.aliases)):
                for text in texts:
                    _enter(levels[level], _plain(text), label)
                    _enter(levels[level + 2], bare(text), label)
        return cls(levels)

    def remembering(self, decided: Mapping[str, str]) -> "Vocabulary":
        """Return the vocabulary with `decided`, keys by folded header."""
        return replace(self, remembered=decided)

    def match(self, text: str) -> Match:
        """Return what the header `text` means."""
        plain, short = _plain(text), bare(text)
        key = self.remembered.get(fold(text), "")
        if key and len(self.levels[0].get(plain, ())) != 1:
            return Match(key, "remembered")
        for level, (labels, form) in enumerate(zip(self.levels, (plain, plain, short, short), strict=True)):
            found = labels.get(form, ())
            if len(found) > 1:
                return Match("", "ambiguous", tuple(label.name for label in found))
            if found:
                return Match(found[0].key, _how(level, text, found[0]))
        return Match("", "unknown")


@dataclass(frozen=True, slots=True)
class Column:
    """One column under the header; `key` is "" when ambiguous or unknown.

    `unit_text` is the unit in the brackets of its header, as folded text, or "".
    """

    number: int
    letter: str
    text: str
    key: str
    how: How
    unit_text: str


@dataclass(frozen=True, slots=True)
class Header:
    """Rows `first_row` to `last_row` (1-based), the columns with a text, and the texts above."""

    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def matched(self) -> int:
        """How many different labels were recognised, an ambiguous one included."""
        return _count(self.columns)


def locate(sheet: Sheet, vocabulary: Vocabulary, *, header_row: int | None = None) -> Header | None:
    """Return the header: the row, or pair of rows, among the first 30 with the most recognised labels.

    Args:
        sheet: The sheet.
        vocabulary: The labels to look for.
        header_row: The (first) header row that the user names; one recognised label is then enough.
    """
    height = len(sheet.rows)
    if header_row is None:
        firsts, last_row = range(1, SEARCHED_ROWS + 1), min(SEARCHED_ROWS, height)
    else:
        firsts, last_row = range(max(header_row, 1), header_row + 1), height
    spans = [(first, last) for size in (0, 1) for first in firsts if (last := first + size) <= last_row]
    best: tuple[tuple[int, int], tuple[Column, ...]] | None = None
    most = (_ENOUGH if header_row is None else 1) - 1
    for span in spans:  # the first of equals: a pair must recognise more than a row
        if columns := _columns(sheet, *span, vocabulary, most):
            best, most = (span, columns), _count(columns)
    if best is None:
        return None
    plain = replace(vocabulary, remembered={})
    return _header(sheet, plain, best[0], _yielding(best[1], plain))


def _yielding(columns: tuple[Column, ...], plain: Vocabulary) -> tuple[Column, ...]:
    """Return the columns; a remembered one whose key another column has by itself is as if forgotten."""
    own = {c.key for c in columns if c.key and c.how != "remembered"}

    def forgotten(column: Column) -> Column:
        match = plain.match(column.text)
        return replace(column, key=match.key, how=match.how)

    return tuple(forgotten(c) if c.how == "remembered" and c.key in own else c for c in columns)


@lru_cache(maxsize=_REMEMBERED)
def bare(text: str) -> str:
    """Return the folded label without units in brackets and decoration: `经费（万元）：` → `经费`."""
    return _DECORATION.sub("", _UNIT.sub(lambda m: "" if _is_unit(m[1]) else m[0], fold(text)))


def unit_of(text: str) -> str:
    """Return the unit in the brackets of a header text, folded, or ""."""
    return next((_unit_word(word) for word in _UNIT.findall(fold(text)) if _is_unit(word)), "")


def _unit_word(word: str) -> str:
    return word.removeprefix("单位").lstrip(":")


def _is_unit(word: str) -> bool:
    return _unit_word(word) in UNITS


@lru_cache(maxsize=_REMEMBERED)
def _plain(text: str) -> str:
    return _DECORATION.sub("", fold(text))


def _enter(level: dict[str, tuple[Label, ...]], form: str, label: Label) -> None:
    """Add `label` under `form`, once for each key."""
    if form and all(known.key != label.key for known in level.get(form, ())):
        level[form] = (*level.get(form, ()), label)


def _how(level: int, text: str, label: Label) -> How:
    if level % 2:
        return "synonym"
    return "exact" if tidy(text) == label.name else "normalised"


def _count(columns: Iterable[Column]) -> int:
    keys = {column.key for column in columns if column.key}
    return len(keys) + sum(column.how == "ambiguous" for column in columns)


def _columns(sheet: Sheet, first: int, last: int, vocabulary: Vocabulary, most: int) -> tuple[Column, ...]:
    """Return the columns that have a text if rows `first` to `last` (the same or the next) are the header.

    None at all unless they recognise more than `most` labels: given up once what is left cannot make up.
    """
    texts = _texts(sheet, first, last)
    columns: list[Column] = []
    seen: set[str | int] = set()
    for left, (number, above, below) in zip(range(len(texts), 0, -1), texts, strict=True):
        if len(seen) + left <= most:
            return ()
        text, match = _best(above, below, vocabulary)
        unit = unit_of(below) or unit_of(above)
        columns.append(Column(number, column_letter(number), text, match.key, match.how, unit))
        if match.how != "unknown":
            seen.add(match.key or number)
    return tuple(columns) if len(seen) > most else ()


def _texts(sheet: Sheet, first: int, last: int) -> list[tuple[int, str, str]]:
    """Return number and texts, upper and lower, of the columns that have one in the rows."""
    lower = sheet.rows[last - 1]
    if last == first:
        return [(number, "", text) for number, text in enumerate(lower, 1) if tidy(text)]
    upper, own = _filled(sheet, first), sheet.rows[first - 1]
    texts = enumerate(zip(upper, own, lower, strict=True), 1)
    return [(n, above, below) for n, (above, typed, below) in texts if tidy(typed) or tidy(below)]


def _best(upper: str, lower: str, vocabulary: Vocabulary) -> tuple[str, Match]:
    """Return the text of a column and its meaning.

    Joined forms come first: under two groups, `到位` alone would be the same column twice.
    """
    above, below = tidy(upper), tidy(lower)
    if not above or not below or above == below:
        text = above or below
        return text, vocabulary.match(text)
    group = bare(above)  # 核定 below 工作经费(万元) is 核定工作经费
    forms = (above + below, group + below, f"{above}（{below}）", below + group, below)
    matches = [(form, vocabulary.match(form)) for form in forms]
    known = [(form, match) for form, match in matches if match.how != "unknown"]
    if known and known[0][1].how == "remembered":  # what somebody decided gives way to the template's header
        return next((pair for pair in known if pair[1].how == "exact"), known[0])
    return known[0] if known else matches[0]


def _filled(sheet: Sheet, row: int) -> tuple[str, ...]:
    """Return the upper header row with each group's text over all its columns.

    A merged range ends a group; without merged ranges (CSV) a group reaches to the next text.
    """
    texts = sheet.rows[row - 1]
    spans = {c1: c2 for r1, c1, r2, c2 in sheet.merged if r1 <= row <= r2}
    filled: list[str] = []
    current, end = "", 0
    for number, text in enumerate(texts, 1):
        if tidy(text) or number in spans:
            current, end = text, spans.get(number, number if sheet.merged else len(texts))
        filled.append(current if number <= end else "")
    return tuple(filled)


def _header(
    sheet: Sheet, vocabulary: Vocabulary, span: tuple[int, int], columns: tuple[Column, ...]
) -> Header:
    above = (tidy(text) for row in sheet.rows[: span[0] - 1] for text in row)
    findings = [*_column_findings(sheet, vocabulary, span[1], columns), *_nameless(sheet, span[1], columns)]
    return Header(*span, columns, tuple(text for text in above if text), tuple(findings))


def _column_findings(
    sheet: Sheet, vocabulary: Vocabulary, row: int, columns: Sequence[Column]
) -> Iterable[Finding]:
    """Yield duplicates (each naming the first column of its key), ambiguous and unknown columns."""
    first: dict[str, Column] = {}

    def finding(code: str, column: Column, **params: str) -> Finding:
        text = column.text
        return make(code, sheet=sheet.name, row=row, column=column.letter, header=text, raw=text, **params)

    for column in columns:
        other = first.setdefault(column.key, column) if column.key else column
        if other is not column:
            yield finding("H202", column, other=other.letter, other_header=other.text)
        elif column.how == "ambiguous":
            names = "、".join(f"「{name}」" for name in vocabulary.match(column.text).candidates)
            yield finding("H203", column, candidates=names)
        elif column.how == "unknown" and _holds(sheet, row, column):  # an empty one holds nothing to lose
            yield finding("H213" if heads_identity(column.text) else "H204", column)


def _holds(sheet: Sheet, row: int, column: Column) -> bool:
    """Whether anything stands in a column below its header."""
    return any(tidy(texts[column.number - 1]) for texts in sheet.rows[row:])


def _nameless(sheet: Sheet, last_row: int, columns: Sequence[Column]) -> Iterable[Finding]:
    """Yield columns left of the last header text that hold something but have no header text."""
    named = {column.number for column in columns}
    for number in sorted({*range(1, max(named, default=0))} - named):
        filled = [
            (row, texts[number - 1])
            for row, texts in enumerate(sheet.rows[last_row:], last_row + 1)
            if tidy(texts[number - 1])
        ]
        if filled:
            (first, raw), letter = filled[0], column_letter(number)
            yield make("H205", sheet=sheet.name, column=letter, raw=raw, count=len(filled), first=first)
