"""What a file says beside its table: other sheets with data, titles that name another street or year."""

from collections.abc import Collection, Sequence

from scorecard.checks.context import CheckContext
from scorecard.checks.notebook import Notebook
from scorecard.checks.period import years_of
from scorecard.checks.sender import streets_in
from scorecard.checks.table import Table
from scorecard.intake.document import Document
from scorecard.intake.header import locate
from scorecard.language import NC_
from scorecard.names import listed, tidy
from scorecard.registry import Unit

_OTHER_SHEET = "H207"
_NAMES = ("unit_name", "unit_code")


def other_sheets(
    document: Document,
    table: Table,
    asked: Collection[str],
    found: Collection[str],
    street: Unit | None,
    context: CheckContext,
    book: Notebook,
) -> tuple[str, ...]:
    """Refuse visible sheets that hold units or columns which the sheet that is read has not.

    Args:
        document: The file.
        table: The sheet that is read.
        asked: The columns that its form asks for, by key.
        found: The units that it has.
        street: The sender's street, where one is known.
        context: Registry and vocabulary.
        book: Takes the findings.

    Returns:
        The units of these sheets: they wait. A sheet with nothing of its own stays a warning.
    """
    waiting: list[str] = []
    names = {f.sheet for f in book.findings if f.code == _OTHER_SHEET}
    for sheet in (s for s in document.sheets if s.name in names):
        header = locate(sheet, context.vocabulary)
        if header is None:
            continue
        places = [c.number - 1 for c in header.columns if c.key in _NAMES]
        units = _units(sheet.rows[header.last_row :], places, street, context)
        absent = [u for u in units if u.code not in found]
        columns = [c.text for c in header.columns if c.key in asked and c.key not in table.columns]
        if absent or (columns and units):
            what = _what([u.name for u in absent], columns)
            codes = [u.code for u in (units if columns else absent)]
            book.forget(_OTHER_SHEET, sheets=(sheet.name,))
            book.add("K534", raw=sheet.name, what=what, used=table.sheet.name, blocks=codes)
            waiting += codes
    return tuple(dict.fromkeys(waiting))


def second_table(table: Table, street: Unit | None, context: CheckContext, book: Notebook) -> tuple[str, ...]:
    """Refuse the rows of another table below the one that is read; return the units that they name."""
    if not table.beneath:
        return ()
    (first, header), *rows = table.beneath
    places = [table.columns[key].number - 1 for key in _NAMES if key in table.columns]
    units = [u.code for u in _units([texts for _, texts in rows], places, street, context)]
    raw = next(text for text in header if tidy(text))
    blocks = units or None  # nobody known: then nobody knows whom it is about, and all wait
    book.add("K541", row=first, raw=raw, count=len(rows), blocks=blocks)
    return tuple(units)


def titles(table: Table, street: Unit | None, context: CheckContext, book: Notebook) -> None:
    """Ask about titles above the header that name another street, or another year beside the right one."""
    for text in table.header.titles:
        others = set(years_of(text)) - {context.year}
        if others and context.year not in years_of(text):
            book.add("K536", raw=text, found=min(others), year=context.year)
    named = {s.code: (s, text) for text in table.header.titles for s in streets_in(text, context)}
    if street and named and street.code not in named:
        other, text = next(iter(named.values()))
        book.add("K535", raw=text, found=other.name, street=street.name)


def _what(units: Sequence[str], columns: Sequence[str]) -> str:
    if not columns:
        said = NC_("part", "{count}个单位的数据（{units}）")
    elif not units:
        said = NC_("part", "{number}列数据（{columns}）")
    else:
        said = NC_("part", "{count}个单位的数据（{units}）和{number}列数据（{columns}）")
    held = {"units": listed(units), "columns": listed(columns)}
    return said.format(count=len(units), number=len(columns), **held)


def _units(
    rows: Sequence[Sequence[str]], places: Collection[int], street: Unit | None, context: CheckContext
) -> list[Unit]:
    """Return the units that rows name at `places`: communities, of the street where one is known."""
    units: dict[str, Unit] = {}
    for row in rows:
        for text in (tidy(row[place]) for place in places):
            code = street.code if street else None
            match = context.registry.match(text, code, year=context.year) if _known(text, context) else None
            if match and match.unit and any(tidy(c) for n, c in enumerate(row) if n not in places):
                units[match.unit.code] = match.unit
    return list(units.values())


def _known(text: str, context: CheckContext) -> bool:
    return bool(text) and context.registry.means(text, "社区")
