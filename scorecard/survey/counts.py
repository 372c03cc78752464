"""Count-level files: one row per unit, kind of respondents, stratum, question and option."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scorecard.intake.layout import Row
from scorecard.language import NC_
from scorecard.registry import Unit
from scorecard.survey.answers import WHOLE, Answers, bases_of
from scorecard.survey.keys import Keys
from scorecard.survey.model import Question, Respondent, asked
from scorecard.survey.table import Table


@dataclass(frozen=True, slots=True)
class Line:
    """One row, understood. `base` is the number of valid forms that was typed, None if none was."""

    row: Row
    unit: Unit
    respondent: Respondent
    question: Question
    stratum: str
    option: str
    count: int
    base: int | None

    @property
    def who(self) -> str:
        """Whose answers they are, for a sentence."""
        return asked(self.unit, self.respondent, self.question)


def read_counts(table: Table, keys: Keys) -> Iterator[Answers]:
    """Yield the answers of every unit, kind and question; a group with a mistake waits with its unit."""
    groups: dict[tuple[str, str, str], list[Line]] = defaultdict(list)
    for row in table.body.rows:
        if line := _line(table, keys, row):
            groups[line.unit.code, line.respondent.code, line.question.code].append(line)
    for lines in groups.values():
        yield _group(table, lines)


def _line(table: Table, keys: Keys, row: Row) -> Line | None:
    unit = keys.unit(row)
    respondent = keys.respondent(row, unit) if unit else None
    question = keys.question(row, respondent, unit) if unit and respondent else None
    if unit is None or respondent is None or question is None:
        return None
    stratum = keys.stratum(row, respondent, unit) if respondent.strata else None
    option = keys.option(row, "option", question, unit)
    count = table.number(row, "count", unit_code=unit.code)
    base = table.number(row, "base", unit_code=unit.code)
    if not table.text(row, "count"):
        table.book.add(
            "Q910",
            **table.at(row, "count"),
            unit_code=unit.code,
            expected=NC_("part", "份数；没有人选就填「0」"),
        )
    if option is None or count is None or (respondent.strata and stratum is None):
        return None
    code = stratum.code if stratum else WHOLE
    whole = None if base is None else int(base)
    return Line(row, unit, respondent, question, code, option.name, int(count), whole)


def _group(table: Table, lines: Sequence[Line]) -> Answers:
    """Return the answers of one group; contradictions in it are written down."""
    first = lines[0]
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for line in lines:
        rows[line.stratum, line.option].append(line.row[0])
        counts[line.stratum][line.option] = line.count
    for (_, option), where in rows.items():
        if len(where) > 1:
            who = NC_("part", "{who}的「{option}」").format(who=first.who, option=option)
            places = "、".join(NC_("part", "第{row}行").format(row=number) for number in where)
            table.book.add("Q916", row=where[-1], unit_code=first.unit.code, who=who, places=places)
    bases = _bases(table, lines, counts)
    answers = (first.unit, first.respondent, first.question)
    return Answers(*answers, counts, bases, None, None, table.book.file, first.row[0])


def _bases(table: Table, lines: Sequence[Line], counts: dict[str, dict[str, int]]) -> dict[str, int]:
    """Return the valid forms by stratum: added up, or as typed where a form may have several answers."""
    question, several = lines[0].question, lines[0].question.kind == "multiple"
    own = {} if several else bases_of(question, counts)
    bases: dict[str, int] = {}
    for line in lines:
        stated = own.setdefault(line.stratum, line.base) if line.base is not None else None
        at = {**table.at(line.row, "base"), "unit_code": line.unit.code, "who": line.who}
        if stated is not None and stated != line.base:
            table.book.add("Q924", **at, own=stated)
        if several and line.base is not None and line.count > line.base:
            table.book.add("Q926", **at, option=line.option, count=line.count, own=line.base)
    for line in lines:
        if line.stratum in own:
            bases[line.stratum] = own[line.stratum]
        elif line.stratum not in bases:
            bases[line.stratum] = 0
            table.book.add("Q925", row=line.row[0], unit_code=line.unit.code, who=line.who)
    return bases
