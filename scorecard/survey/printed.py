"""Files of two more forms: how many questionnaires came back, and percentages as somebody published them."""

from collections import defaultdict
from collections.abc import Iterator

from scorecard.intake.layout import Row
from scorecard.language import NC_
from scorecard.registry import Unit
from scorecard.survey.answers import Returned, Share
from scorecard.survey.keys import Keys
from scorecard.survey.model import asked
from scorecard.survey.table import Table


def read_returns(table: Table, keys: Keys) -> Iterator[Returned]:
    """Yield what came back, one row per unit and kind of respondents."""
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in table.body.rows:
        unit = keys.unit(row)
        respondent = keys.respondent(row, unit) if unit else None
        if unit is None or respondent is None:
            continue
        who = unit.name + respondent.name
        _again(table, rows[unit.code, respondent.code], row, who, unit)
        numbers = {key: _whole(table, row, key, unit) for key in ("issued", "returned", "refused")}
        made = Returned(unit, respondent, **numbers, file=table.book.file, row=row[0])
        _contradicts(table, made, who)
        yield made


def read_shares(table: Table, keys: Keys) -> Iterator[Share]:
    """Yield every published percentage with its place."""
    rows: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for row in table.body.rows:
        unit = keys.unit(row)
        respondent = keys.respondent(row, unit) if unit else None
        question = keys.question(row, respondent, unit) if unit and respondent else None
        if unit is None or respondent is None or question is None:
            continue
        option = keys.option(row, "option", question, unit)
        percent = table.number(row, "share", unit_code=unit.code)
        base = _whole(table, row, "base", unit)
        if not table.text(row, "share"):
            table.book.add(
                "Q910", **table.at(row, "share"), unit_code=unit.code, expected=NC_("part", "占比")
            )
        if option is None or percent is None:
            continue
        said = NC_("part", "{who}的「{option}」")
        who = said.format(who=asked(unit, respondent, question), option=option.name)
        _again(table, rows[unit.code, respondent.code, question.code, option.name], row, who, unit)
        place = table.columns["share"]
        at = (table.book.file, table.book.sheet, row[0], place.letter, place.text)
        yield Share(unit, respondent, question, option.name, percent, base, *at)


def _whole(table: Table, row: Row, key: str, unit: Unit) -> int | None:
    number = table.number(row, key, unit_code=unit.code)
    return None if number is None else int(number)


def _again(table: Table, rows: list[int], row: Row, who: str, unit: Unit) -> None:
    """Write down a row that says again what another said."""
    rows.append(row[0])
    if len(rows) > 1:
        places = "、".join(NC_("part", "第{row}行").format(row=number) for number in rows)
        table.book.add("Q916", row=row[0], unit_code=unit.code, who=who, places=places)


def _contradicts(table: Table, made: Returned, who: str) -> None:
    at = {"row": made.row, "unit_code": made.unit.code, "who": who}
    if made.issued is None:
        table.book.add("Q933", **at)
    elif (made.returned or 0) + (made.refused or 0) > made.issued:
        numbers = {"returned": made.returned or 0, "refused": made.refused or 0}
        table.book.add("Q932", **at, issued=made.issued, **numbers)
    elif made.issued and made.returned == made.issued:
        table.book.add("Q945", **at, issued=made.issued)
