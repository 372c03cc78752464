"""Sample-level files: one row per questionnaire, one column per question."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from scorecard.intake import Number, parse_number
from scorecard.intake.layout import Row
from scorecard.language import NC_
from scorecard.names import tidy
from scorecard.registry import Unit
from scorecard.survey.answers import WHOLE, Answers, Content
from scorecard.survey.keys import Keys, listed
from scorecard.survey.model import Definition, Option, Question, Respondent
from scorecard.survey.table import Table, asked


@dataclass(slots=True)
class _Tally:
    """Counts of one unit, kind of respondents and question while the rows are read."""

    unit: Unit
    respondent: Respondent
    question: Question
    row: int
    counts: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    bases: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    blank: int = 0


class FormReader:
    """Reads questionnaires and counts their answers."""

    def __init__(self, table: Table, keys: Keys, definition: Definition) -> None:
        self._table, self._keys, self._survey = table, keys, definition
        self._columns = asked(table)
        self._tallies: dict[tuple[str, str, str], _Tally] = {}
        self._ids: dict[tuple[str, str, str], int] = {}
        signs = "|".join(map(re.escape, definition.separators))
        self._split = re.compile(signs) if signs else None

    def read(self, content: Content) -> None:
        """Put answers and the number of forms into `content`."""
        for row in self._table.body.rows:
            unit = self._keys.unit(row)
            respondent = self._keys.respondent(row, unit) if unit else None
            if unit and respondent:
                key = unit.code, respondent.code
                content.forms[key] = content.forms.get(key, 0) + 1
                self._form(row, unit, respondent)
        content.answers += [_answers(tally, content) for tally in self._tallies.values()]

    def _form(self, row: Row, unit: Unit, respondent: Respondent) -> None:
        self._once(row, unit, respondent)
        stratum = self._keys.stratum(row, respondent, unit) if respondent.strata else None
        unknown = bool(respondent.strata) and stratum is None
        for code, key in self._columns.items():
            question = self._survey.question[code]
            if respondent.code in question.respondents and unknown:
                self._look(row, key, question, unit)
            elif respondent.code in question.respondents:
                self._answer(row, key, stratum.code if stratum else WHOLE, (unit, respondent, question))
            elif self._table.text(row, key):
                self._keys.is_asked(row, question, respondent, unit)

    def _once(self, row: Row, unit: Unit, respondent: Respondent) -> None:
        """Write down a number of a form that was there before."""
        number = self._table.text(row, "form")
        first = self._ids.setdefault((unit.code, respondent.code, number), row[0])
        if number and first != row[0]:
            at = {**self._table.at(row, "form"), "unit_code": unit.code}
            said, where = NC_("part", "{who}问卷「{form}」"), NC_("part", "第{row}行")
            who = said.format(who=f"{unit.name}{respondent.name}", form=number)
            places = "、".join(where.format(row=number) for number in (first, row[0]))
            self._table.book.add("Q916", **at, who=who, places=places)

    def _answer(self, row: Row, key: str, stratum: str, whose: tuple[Unit, Respondent, Question]) -> None:
        """Count one cell; an empty one is a form without an answer, not a zero."""
        unit, respondent, question = whose
        place = (unit.code, respondent.code, question.code)
        tally = self._tallies.setdefault(place, _Tally(unit, respondent, question, row[0]))
        if not self._table.text(row, key):
            tally.blank += 1
            return
        chosen = self._options(row, key, question, unit)
        for option in chosen:
            tally.counts[stratum][option.name] += 1
        tally.bases[stratum] += any(option.in_base for option in chosen)

    def _look(self, row: Row, key: str, question: Question, unit: Unit) -> None:
        """Write down what is wrong with a cell that is not counted: its form is of no known stratum."""
        if self._table.text(row, key):
            self._options(row, key, question, unit)

    def _options(self, row: Row, key: str, question: Question, unit: Unit) -> list[Option]:
        """Return the options of a cell; none, and a finding, where it cannot be read."""
        text = self._table.text(row, key)
        whole = self._keys.find_option(text, question)
        if whole:
            return [whole]
        if question.kind == "band":
            return self._band(row, key, question, unit)
        parts = [p for p in map(tidy, self._split.split(text)) if p] if self._split else [text]
        found = [option for p in parts if (option := self._keys.find_option(p, question))]
        if len(found) < len(parts):
            self._keys.option(row, key, question, unit)
            return []
        if question.kind == "single" and len(found) > 1:
            at = {**self._table.at(row, key), "unit_code": unit.code}
            self._table.book.add("Q920", **at, question=question.name)
            return []
        return list(dict.fromkeys(found))

    def _band(self, row: Row, key: str, question: Question, unit: Unit) -> list[Option]:
        """Return the one band that the number in a cell lies in."""
        at = {**self._table.at(row, key), "unit_code": unit.code}
        value = self._value(self._table.text(row, key))
        held = [o for o in question.options if value is not None and o.is_band and o.holds(value)]
        if len(held) > 1:
            self._table.book.add("Q922", **at, one=held[0].name, other=held[1].name)
        elif not held:
            self._table.book.add("Q921", **at, question=question.name, allowed=listed(question.options))
        return held if len(held) == 1 else []

    def _value(self, text: str) -> Decimal | None:
        read = parse_number(text)
        return read.value if isinstance(read, Number) else None


def _answers(tally: _Tally, content: Content) -> Answers:
    """Return the tally, every option of the question in it: nobody having chosen it is a true zero."""
    names = [option.name for option in tally.question.options]
    counts: Mapping[str, Mapping[str, int]] = {
        stratum: {name: of.get(name, 0) for name in names} for stratum, of in tally.counts.items()
    }
    whose = (tally.unit, tally.respondent, tally.question)
    forms = content.forms[tally.unit.code, tally.respondent.code]
    return Answers(*whose, counts, dict(tally.bases), forms, tally.blank, content.file, tally.row)
