"""Who answered what: unit, kind of respondents, stratum, question and option of a row."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from scorecard.intake.layout import Row
from scorecard.language import NC_
from scorecard.names import fold
from scorecard.registry import Registry, Unit, UnitLevel
from scorecard.registry.slips import code_slip
from scorecard.survey.model import Definition, Option, Question, Respondent, Stratum
from scorecard.survey.table import Table

_LEVELS: tuple[UnitLevel, ...] = ("社区", "街道", "区")  # a published study may be about a whole district


class Named(Protocol):
    """What people call by a name or another."""

    @property
    def name(self) -> str:
        """Its own name."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names."""


N = TypeVar("N", bound=Named)


class Keys:
    """Reads the keys of one table's rows; what cannot be read is written down, once for each row."""

    def __init__(self, table: Table, definition: Definition, registry: Registry, year: int) -> None:
        self._table, self._survey, self._registry, self._year = table, definition, registry, year
        self._respondents = _words(definition.respondents)
        self._questions = _words(definition.questions)
        self._options = {q.code: _words(q.options) for q in definition.questions}

    def unit(self, row: Row) -> Unit | None:
        """Return the unit of a row, from its name, its code, or both where they agree."""
        name, code = self._table.text(row, "unit_name"), self._table.text(row, "unit_code")
        key = "unit_name" if name else "unit_code"
        if not name and not code:
            self._add("Q910", row, key, expected=NC_("part", "单位名称或编码"))
            return None
        by_code = self._registry.units.get(fold(code).lstrip("'’"))
        if code and by_code is None:
            self._add("K507", row, "unit_code", **code_slip(code, "社区", self._registry))
            return None
        unit = self._by_name(row, name, by_code) if name else by_code
        if unit is not None and not unit.exists(self._year):
            self._add("K527", row, key, year=self._year)
            return None
        return unit

    def respondent(self, row: Row, unit: Unit) -> Respondent | None:
        """Return the kind of respondents; the only one where the survey has one and the table no column."""
        if "respondent" not in self._table.columns and len(self._survey.respondents) == 1:
            return self._survey.respondents[0]
        return self._named(row, "respondent", self._respondents, "Q911", unit)

    def stratum(self, row: Row, respondent: Respondent, unit: Unit) -> Stratum | None:
        """Return the stratum, or None: to be asked only of a respondent that has strata."""
        words = _words(respondent.strata)
        return self._named(row, "stratum", words, "Q915", unit, respondent=respondent.name)

    def question(self, row: Row, respondent: Respondent, unit: Unit) -> Question | None:
        """Return the question, if it is put to this kind of respondents."""
        question = self._named(row, "question", self._questions, "Q912", unit)
        return question if question and self.is_asked(row, question, respondent, unit) else None

    def is_asked(self, row: Row, question: Question, respondent: Respondent, unit: Unit) -> bool:
        """Return whether the question is put to this kind of respondents; if not, write it down."""
        if respondent.code in question.respondents:
            return True
        at = {"raw": respondent.name, "row": row[0], "unit_code": unit.code, "question": question.name}
        self._table.book.add("Q914", **at)
        return False

    def option(self, row: Row, key: str, question: Question, unit: Unit) -> Option | None:
        """Return the option that the cell under `key` names."""
        words = self._options[question.code]
        return self._named(row, key, words, "Q913", unit, question=question.name)

    def find_option(self, text: str, question: Question) -> Option | None:
        """Return the option that a text names, silently."""
        return self._options[question.code].get(fold(text))

    def _named(
        self, row: Row, key: str, words: Mapping[str, N], code: str, unit: Unit, **params: Any
    ) -> N | None:
        text = self._table.text(row, key)
        found = words.get(fold(text))
        if not text:
            self._add("Q910", row, key, unit_code=unit.code, expected=listed(words.values()))
        elif found is None:
            allowed = listed(words.values())
            self._add(code, row, key, unit_code=unit.code, allowed=allowed, **params)
        return found

    def _by_name(self, row: Row, name: str, by_code: Unit | None) -> Unit | None:
        """Return the unit of this name; a code decides between several."""
        street = self._table.text(row, "street")
        match = self._registry.match(street, None, "街道", self._year) if street else None
        within = match.unit.code if match and match.unit else None
        matches = [self._registry.match(name, within, level, self._year) for level in _LEVELS]
        unit = next((m.unit for m in matches if m.unit), None)
        suggested = matches[0].suggestions
        if unit is None and by_code in suggested and matches[0].how == "ambiguous":
            return by_code
        if unit is None:
            self._unknown(row, suggested, ambiguous=matches[0].how == "ambiguous", name=name)
        elif by_code is not None and by_code is not unit:
            code_text = self._table.text(row, "unit_code")
            self._add("Q917", row, "unit_name", code_text=code_text)
            return None
        return unit

    def _unknown(self, row: Row, suggested: tuple[Unit, ...], *, ambiguous: bool, name: str) -> None:
        names = "、".join(f"「{self._full(u)}」" for u in suggested)
        if self._registry.knows(name, _LEVELS[0]) and not ambiguous:
            self._add("K527", row, "unit_name", year=self._year)
        elif ambiguous:
            self._add("K504", row, "unit_name", suggestions=names)
        elif names:
            self._add("K502", row, "unit_name", suggestions=names)
        else:
            self._add("K501", row, "unit_name")

    def _full(self, unit: Unit) -> str:
        """Return the unit's name with its street, so that namesakes differ."""
        street = self._registry.street_of(unit.code)
        return f"{street.name}{unit.name}" if street and street is not unit else unit.name

    def _add(self, code: str, row: Row, key: str, **params: Any) -> None:
        self._table.book.add(code, **{**self._table.at(row, key), **params})


def listed(entries: Iterable[Named]) -> str:
    """Return the names of entries, each once, for a sentence."""
    return "、".join(dict.fromkeys(f"「{entry.name}」" for entry in entries))


def _words(entries: Iterable[N]) -> dict[str, N]:
    """Return entries by each of their folded words; the code is one of them where there is one."""
    return {
        fold(word): entry
        for entry in entries
        for word in (entry.name, getattr(entry, "code", entry.name), *entry.aliases)
    }
