"""Requests for 不涉及 in a judged file: what was typed instead of a number, or asked for in a row's note.

Nothing is decided here and nothing is kept: the findings, facts and notes of the checks say it all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from scorecard.checks import CheckResult
from scorecard.checks.result import Note
from scorecard.findings import Finding
from scorecard.privacy import mask
from scorecard.rulebook.model import Rulebook

Pair = tuple[str, str]  # unit, indicator
WORD: Final = "不涉及"
_TYPED: Final = ("W801", "W804")  # typed, and not yet or already approved
_STATES: Final = ("disputed", "not_applicable")
_PAIR: Final = ("unit_code", "indicator_code")


@dataclass(frozen=True, slots=True)
class Absence:
    """One request. `cell` and `raw` are empty where only the note asks; `note`: the row's, "" for none."""

    unit_code: str
    indicator_code: str
    sheet: str
    row: int
    cell: str
    raw: str
    note: str

    @property
    def pair(self) -> Pair:
        """What it is about."""
        return self.unit_code, self.indicator_code


@dataclass(frozen=True, slots=True)
class Heard:
    """What a file asks for, and every pair that it answers at all: about these a later file counts."""

    asked: tuple[Absence, ...]
    answered: frozenset[Pair]


def heard(result: CheckResult, rulebook: Rulebook) -> Heard:
    """Return the requests of a file by unit and indicator, each once, as they stand in it."""
    answered = frozenset(result.facts.select(_PAIR).rows())
    typed = [finding for finding in result.findings if finding.code in _TYPED]
    noted = [note for note in result.notes if WORD in note.text]
    if not typed and not noted:  # most files
        return Heard((), answered)
    facts = {(f["unit_code"], f["indicator_code"]): f for f in result.facts.iter_rows(named=True)}
    found: dict[Pair, Absence] = {}
    for finding in typed:
        for pair in _meant(finding, facts, rulebook):
            found.setdefault(pair, _typed(finding, pair, result))
    for absence in _noted(result, noted, facts, rulebook):
        found.setdefault(absence.pair, absence)
    return Heard(tuple(found.values()), answered)


def _meant(finding: Finding, facts: Mapping[Pair, Mapping[str, Any]], rulebook: Rulebook) -> Iterator[Pair]:
    """Yield what a cell is about: its indicator, or all that it answers and that may be excused."""
    for pair, fact in facts.items():
        if pair[0] != finding.unit_code or fact["state"] not in _STATES:
            continue
        own = (
            finding.indicator_code == pair[1]
            if finding.indicator_code
            else fact["row"] == finding.row and finding.column in fact["columns"].split(",")
        )
        if own and rulebook.indicators[pair[1]].allow_not_applicable:
            yield pair


def _typed(finding: Finding, pair: Pair, result: CheckResult) -> Absence:
    row = finding.row or 0
    notes = (n.text for n in result.notes if n.row == row and n.indicator_code in ("", pair[1]))
    return Absence(*pair, finding.sheet, row, finding.cell, finding.raw, mask(next(notes, "")))


def _noted(
    result: CheckResult, noted: Iterable[Note], facts: Mapping[Pair, Mapping[str, Any]], rulebook: Rulebook
) -> Iterator[Absence]:
    """Yield what only a note asks for: it says the word and which indicator, and no cell answers that."""
    for note in noted:
        for code in result.answers:
            indicator, fact = rulebook.indicators[code], facts.get((note.unit_code, code))
            named = note.indicator_code == code if note.indicator_code else indicator.name_zh in note.text
            empty = fact is None or (fact["state"] == "not_applicable" and not fact["columns"])
            if named and empty and indicator.allow_not_applicable:
                yield Absence(note.unit_code, code, result.sheet, note.row, "", "", mask(note.text))
