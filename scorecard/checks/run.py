"""From a document to accepted facts and findings: the order of the checks.

All of them run over the whole file in one pass. A cell with an error is not judged any further, nor is a
row whose unit is unknown, nor a file that was refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from scorecard.checks import cross, elsewhere, gaps, schema
from scorecard.checks import facts as make_facts
from scorecard.checks.accept import accept, pending, waiting
from scorecard.checks.asks import Ask, Asks
from scorecard.checks.cell import Cell, frame
from scorecard.checks.cells import CellReader, say_ignored
from scorecard.checks.context import CheckContext
from scorecard.checks.dates import UNUSUAL, DateLike
from scorecard.checks.facts import Fact, Item, Part, fact_of
from scorecard.checks.forms import choose_form, unusable
from scorecard.checks.last_sheet import check_last_sheet
from scorecard.checks.last_year import check_last_year
from scorecard.checks.lines import Line, named_rows, read_lines
from scorecard.checks.notebook import Notebook
from scorecard.checks.numbers import plain_e4
from scorecard.checks.own import without_marks
from scorecard.checks.period import other_year
from scorecard.checks.result import CheckResult, Mapped, Note, no_facts
from scorecard.checks.sums import check_sums
from scorecard.checks.table import Table, open_table
from scorecard.checks.totals import check_identical, check_totals
from scorecard.checks.trend import check_trend
from scorecard.checks.units import Named, UnitFinder
from scorecard.checks.words import STATES, check_word
from scorecard.checks.zeros import check_zeros
from scorecard.exact import FACT_SCALE
from scorecard.findings import column_letter
from scorecard.intake.document import Document
from scorecard.intake.numbers import as_percent
from scorecard.language import NC_
from scorecard.messages import needed
from scorecard.privacy import has_identity
from scorecard.registry import Unit, UnitLevel
from scorecard.rulebook.model import Form

_SHARES = ("C424", "C425")


@dataclass(slots=True)
class _Job:
    """One file on its way through the checks."""

    document: Document
    context: CheckContext
    asks: Asks
    book: Notebook
    table: Table
    form: Form
    codes: frozenset[str]
    finder: UnitFinder
    lines: list[Line] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    by_place: dict[tuple[str, str, str], Cell] = field(default_factory=dict)  # unit, ask, indicator or ""
    rates: dict[tuple[str, str], Cell] = field(default_factory=dict)  # ready-made ones; unit, indicator
    items: list[Item] = field(default_factory=list)
    faulty: set[tuple[str, str]] = field(default_factory=set)  # unit, indicator
    zeros: frozenset[tuple[int, str]] = frozenset()  # cells whose 0 has been told of
    near: dict[str, tuple[Ask, ...]] = field(default_factory=dict)  # absent asks, by column that may be meant
    owed: tuple[str, ...] = ()  # the indicators that the file could answer


def check(document: Document, context: CheckContext) -> CheckResult:
    """Check `document` and return what can be accepted and everything that is to be said about it.

    Never raises for bad data and never changes a value silently. The same bytes, rulebook and registry give
    the same result.
    """
    document = without_marks(document)
    book = Notebook(document.name)
    table = open_table(document, context, book)
    if table is None:
        return _refused(document, context, book, None)
    if code := unusable(table, context.asks):
        book.add(code, row=table.header.last_row)
        gaps.say_near(table, gaps.near_columns(table, context.asks, frozenset(), book), (), book)
        return _refused(document, context, book, table)
    if other := other_year(table, context.year):
        book.add("K512", raw=other[1], found=other[0], year=context.year)
        return _refused(document, context, book, table, other[0])
    if not table.body.rows:
        book.add("K530", row=table.header.last_row)
        return _refused(document, context, book, table)
    job = _job(document, context, book, table)
    named = named_rows(table)
    job.finder.expect(context.street_code, named, infer=context.party == "street")
    if others := job.finder.elsewhere(named):
        _of_another_street(job, others)
        return replace(_refused(document, context, book, table), form=job.form.code)
    _read(job, named)
    _judge_cells(job)
    job.items = _items(job)
    job.zeros = check_zeros(job.items, job.asks, job.book)
    facts = _judge_items(job)
    _judge_units(job, facts)
    _judge_file(job, facts)
    return _result(job, facts)


def _job(document: Document, context: CheckContext, book: Notebook, table: Table) -> _Job:
    form = choose_form(table, context)
    codes = context.asks.codes[form.code]
    level: UnitLevel = "街道" if form.unit == "street" else "社区"
    finder = UnitFinder(context.registry, level, context.year, book)
    return _Job(document, context, context.asks, book, table, form, codes, finder)


def _of_another_street(job: _Job, others: Sequence[Unit]) -> None:
    """Say once that the whole file is of other streets than its sender's."""
    found, sender = "、".join(street.name for street in others), job.finder.expected
    raw = next((text for text in job.table.header.titles if found in text), "")
    job.book.add("K542", raw=raw, found=found, street=sender.name if sender else "")


def _read(job: _Job, named: Sequence[Named]) -> None:
    """Find the units of the rows, then read their cells."""
    context, table = job.context, job.table
    job.lines = read_lines(table, named, job.finder, job.asks, context.year, job.book)
    job.book.place({line.number: line.unit.code for line in job.lines if line.unit})
    job.owed = _owed(job)
    _beside(job)
    _identity_outside(job)
    say_ignored(table, job.lines, job.asks, job.codes, job.book)
    reader = CellReader(table, job.asks, job.codes, job.book)
    job.cells = _without_countless(job, reader.cells(job.lines))
    fit = {line.number for line in job.lines if line.fit}
    for cell in job.cells:
        if cell.row in fit:
            job.by_place[cell.unit_code, cell.ask.key, cell.indicator_code] = cell
            if cell.ask.kind == "rate":
                job.rates[cell.unit_code, cell.ask.slots[0].indicator.code] = cell


def _beside(job: _Job) -> None:
    """What the file holds besides the columns and rows that are read."""
    table, street, book = job.table, job.finder.expected, job.book
    found = {line.unit.code for line in job.lines if line.unit}
    elsewhere.titles(table, street, job.context, book)
    job.finder.unsure += elsewhere.second_table(table, street, job.context, book)
    job.near = gaps.near_columns(table, job.asks, job.codes, book)
    gaps.say_near(table, job.near, found, book)
    asked = {a.key for a in job.asks.inputs if any(s.indicator.code in job.codes for s in a.slots)}
    have = found | set(job.finder.unsure)
    job.finder.unsure += elsewhere.other_sheets(job.document, table, asked, have, street, job.context, book)


def _identity_outside(job: _Job) -> None:
    """Identity-card numbers above, below and between the data."""
    data = {line.number for line in job.lines}
    codes = job.table.code_columns
    for number, texts in enumerate(job.table.sheet.rows, 1):
        if number in data:
            continue
        if any(has_identity(text, code=column in codes) for column, text in enumerate(texts, 1)):
            job.book.add("C429", row=number, blocks=())


def _without_countless(job: _Job, cells: list[Cell]) -> list[Cell]:
    """Refuse columns of ready-made rates whose counts the file does not have: one finding for a column."""
    dropped = set()
    for key in job.table.columns if job.table.shape == "wide" else ():
        ask = job.asks.by_key.get(key)
        rate = ask is not None and ask.kind == "rate" and not ask.derived
        if ask and rate and not _has_counts(job, ask):
            dropped.add(key)
            typed = [c for c in cells if c.ask.key == key and c.reading.said != "empty"]
            if typed:
                at = {**cross.place(typed[0]), "row": job.table.header.last_row, "unit_code": ""}
                fields = job.asks.fields(ask.slots[0].indicator)
                job.book.add("X603", **at, fields=fields, blocks=sorted({c.unit_code for c in typed}))
    return [c for c in cells if c.ask.key not in dropped] if dropped else cells


def _has_counts(job: _Job, rate: Ask) -> bool:
    code = rate.slots[0].indicator.code
    return bool(gaps.in_file(job.table, job.asks, frozenset({code}), (), job.context.party))


def _judge_cells(job: _Job) -> None:
    """Hold every cell against the contract; then tell of conversions and state words."""
    filled = [cell for cell in job.cells if cell.reading.said != "empty"]  # an empty one breaks no rule
    numbers: dict[str, list[Cell]] = {}
    for cell in filled:
        if cell.reading.typed:
            numbers.setdefault(cell.ask.key, []).append(cell)
    for index, code in schema.broken(frame(filled, DateLike(job.context.year))):
        cell = filled[index]
        if not _is_bad(job, cell):
            about = cross.place(cell)
            if not needed(code) <= about.keys():
                column = numbers.get(cell.ask.key, [])
                about |= _params(code, cell, column, DateLike(job.context.year))
            job.book.add(code, **about)
    told = [cell for cell in filled if cell.reading.converted or cell.reading.said in STATES]
    for cell in told:
        if not _is_bad(job, cell):
            if cell.reading.converted:
                number = plain_e4(cell.number_e4 or 0)
                job.book.add("C431", **cross.place(cell), normalized_number=number, unit=cell.ask.unit)
            check_word(cell, job.codes, job.context.approvals, job.book)
    _errors_once(job)


def _is_bad(job: _Job, cell: Cell) -> bool:
    """Whether the cell has its error, or its row as such has."""
    return (cell.row, cell.column) in job.book.bad or (cell.row, "") in job.book.bad


def _errors_once(job: _Job) -> None:
    """Forget the list of a sheet's error cells where each of them has a finding of its own."""
    sheet, book = job.table.sheet, job.book
    places = [(row, column_letter(c)) for (row, c), kind in sheet.kinds.items() if kind == "error"]
    if all(place in book.bad for place in places):
        for code in ("S305", "S306"):
            book.forget(code, sheets=(sheet.name,))


def _params(code: str, cell: Cell, column: Sequence[Cell], dates: DateLike) -> dict[str, Any]:
    """Return what a sentence about one cell may need besides its place; `column`: the numbers of its ask."""
    suggestion = str(cell.reading.params.get("suggestion", ""))
    if code in _SHARES and cell.reading.typed is not None:
        suggestion = as_percent(cell.reading.typed, cell.ask.decimals)
    if cell.number_e4 is not None and cell.ask.unit == "万元":
        suggestion = suggestion or plain_e4(cell.number_e4 // 10_000)
    typed = cell.reading.typed or 0
    others = [c for c in column if code != "C433" or (c.reading.typed or 0) * UNUSUAL <= typed]
    above = max(others, key=lambda c: c.reading.typed or 0, default=cell)
    return {
        "hint": NC_("part", "建议改为「{value}」。").format(value=suggestion) if suggestion else "",
        "suggestion": suggestion,
        **{key: str(cell.reading.params.get(key, "")) for key in ("found", "amount", "value")},
        "unit": cell.ask.unit,
        "minimum": cell.ask.minimum,
        "maximum": cell.ask.maximum,
        "allowed": "、".join(f"「{c.name}」" for c in cell.ask.categories),
        "day": dates.day(cell.number_e4 or 0) or "",
        "grouped": f"{(cell.number_e4 or 0) // 10**FACT_SCALE:,}",
        "other": above.raw,
        "other_row": above.row,
        "count": len(column),
    }


def _items(job: _Job) -> list[Item]:
    """Return each unit's indicators, in the order of units in the file and of the rulebook."""
    wide = job.table.shape == "wide"
    indicators = job.context.rulebook.indicators
    first = _first_rows(job)
    wanted = [(code, "" if wide else code, asked) for code, asked in job.asks.of.items() if code in job.codes]
    cells, items = job.by_place, []
    for unit in _units(job):
        for code, named, asked in wanted:
            parts = [Part(f, ask, cells.get((unit.code, ask.key, named))) for f, ask in asked]
            items.append(Item(unit.code, indicators[code], tuple(parts), first[unit.code]))
    return items


def _first_rows(job: _Job) -> dict[str, int]:
    """Return the first row of each unit, whether its rows are fit or not."""
    return {line.unit.code: line.number for line in reversed(job.lines) if line.unit}


def _units(job: _Job) -> list[Unit]:
    """Return the units of fit rows, each once, in the order of the file."""
    return list({line.unit.code: line.unit for line in job.lines if line.unit and line.fit}.values())


def _judge_items(job: _Job) -> list[Fact]:
    """Check each unit's indicators and return the facts of those without an error."""
    facts = []
    for item in job.items:
        key = (item.unit_code, item.indicator.code)
        places = [(part.cell.row, part.cell.column) for part in item.parts if part.cell]
        if not job.book.bad.isdisjoint(places) or not cross.check_item(item, job.book):
            job.faulty.add(key)
            continue
        rate = job.rates.get(key)
        if rate and rate.number_e4 is not None and (rate.row, rate.column) not in job.book.bad:
            cross.check_rate(item, rate, job.asks, job.book)
        fact = fact_of(item, key in job.context.approvals and item.indicator.code in job.owed)
        if fact is not None:
            facts.append(fact)
    return facts


def _judge_units(job: _Job, facts: Sequence[Fact]) -> None:
    """Compare each unit's numbers with one another, with the registry and with last year."""
    by_unit: dict[str, list[Cell]] = {}
    for (unit_code, _, _), cell in job.by_place.items():
        if (
            cell.reading.number_e4 is not None
            and (cell.row, cell.column) not in job.book.bad
            and (cell.ask.kind != "rate" or cell.ask.derived)
        ):
            by_unit.setdefault(unit_code, []).append(cell)
    settled: dict[str, list[Item]] = {}
    for fact in facts:
        settled.setdefault(fact.item.unit_code, []).append(fact.item)
    notes = {line.unit.code: line.note for line in reversed(job.lines) if line.unit and line.note}
    if job.context.previous is not None:
        check_last_year(job.table, job.lines, job.asks, job.context.previous, job.book)
        job.book.findings += check_last_sheet(job.document, job.context, job.context.previous)
    for unit in _units(job):
        cells = by_unit.get(unit.code, [])
        if job.table.shape != "wide":
            cross.check_shared(cells, unit, job.book)
        numbers = {c.ask.name: c for c in reversed(cells)}
        told = numbers
        if job.zeros:
            told = {n: c for n, c in numbers.items() if (c.row, c.column) not in job.zeros}
        cross.check_unit(told, unit, job.asks, job.book)
        check_sums(numbers, job.asks, job.book)
        if job.context.previous is not None:
            items = settled.get(unit.code, [])
            limit = job.context.rulebook.year_on_year.note_percent
            check_trend(items, unit, job.context.previous, limit, notes.get(unit.code, ""), job.book)


def _judge_file(job: _Job, facts: Sequence[Fact]) -> None:
    """Compare sums, and say what the file leaves out."""
    fit = list(job.by_place.values())
    reader = CellReader(job.table, job.asks, job.codes, job.book)
    if totals := reader.totals():
        taken = {(cell.row, cell.column) for cell in fit}
        refused = [cell for cell in job.cells if (cell.row, cell.column) not in taken]
        check_totals(totals, fit, [*refused, *reader.nobodys(job.lines)], job.book)
    if job.table.shape == "wide":
        check_identical(fit, job.context.rulebook.funding, job.book)
    codes = job.codes if job.context.party == "street" else frozenset(job.owed)
    gaps.missing_columns(
        job.table, job.asks, codes, [a.key for asks in job.near.values() for a in asks], job.book
    )
    found = {u.code for u in _units(job)} | set(job.finder.unsure) | job.book.blocked
    finder = job.finder
    gaps.missing_units(found, finder.meant, job.form, job.context, finder.expected, job.book)
    _missing_items(job, facts)


def _missing_items(job: _Job, facts: Sequence[Fact]) -> None:
    titles = {code: i.name_zh for code, i in job.context.rulebook.indicators.items()}
    unfit = {(x.unit.code, x.indicator.code) for x in job.lines if x.unit and x.indicator and not x.fit}
    done = {fact.key for fact in facts} | job.faulty | unfit  # a row that was refused has said why
    first = _first_rows(job)
    for unit in _units(job):
        absent = [code for code in job.owed if (unit.code, code) not in done]
        gaps.missing_items(unit, first[unit.code], absent, titles, job.book)


def _owed(job: _Job) -> tuple[str, ...]:
    """Return the indicators that this file could answer."""
    seen = {line.indicator.code for line in job.lines if line.indicator}
    return tuple(gaps.in_file(job.table, job.asks, job.codes, seen, job.context.party))


def _waiting_items(job: _Job, held: Sequence[str]) -> list[Item]:
    """Return what the file would have answered for the waiting units, in fit rows or not."""
    if not held:
        return []
    indicators, first = job.context.rulebook.indicators, _first_rows(job)
    read = {(item.unit_code, item.indicator.code): item for item in job.items}
    codes = (*job.owed, *_near_codes(job))
    return [
        read.get((unit, code)) or Item(unit, indicators[code], (), first[unit])
        for unit in held
        if unit in first
        for code in codes
    ]


def _near_codes(job: _Job) -> list[str]:
    """Return the indicators of strange columns that may be meant: they were handed in, too."""
    codes = {s.indicator.code for asks in job.near.values() for ask in asks for s in ask.slots}
    near = codes & job.codes - set(job.owed)
    return [code for code in job.asks.of if code in near]


def _result(job: _Job, facts: Sequence[Fact]) -> CheckResult:
    policy = job.context.rulebook.missing.accept
    known = {line.unit.code for line in job.lines if line.unit} | set(job.finder.unsure)
    units = tuple(code for code in job.context.registry.units if code in known)
    held = waiting(units, job.book, policy)
    taken = accept(facts, job.book)
    street = job.finder.expected
    sheet, table = job.table.sheet.name, job.table
    return CheckResult(
        document=job.document,
        sheet=sheet,
        form=job.form.code,
        shape=table.shape,
        header_row=table.header.last_row,
        mapping=table.mapping,
        year=job.context.year,
        street_code=street.code if street else None,
        facts=_frame(job, taken),
        pending=_frame(
            job, pending(_waiting_items(job, [*held, *sorted(job.book.blocked - set(held))]), taken)
        ),
        findings=job.book.sorted(),
        row_count=len(table.body.rows),
        cell_count=len([cell for cell in job.cells if cell.reading.said != "empty"]),
        accepted_units=tuple(u for u in units if u not in held),
        waiting_units=held,
        doubted=tuple(dict.fromkeys(code for code in job.finder.maybe if code not in known)),
        units=units,
        answers=tuple(sorted(job.owed)),
        rows=frozenset((x.unit.code, x.indicator.code) for x in job.lines if x.unit and x.indicator),
        notes=_notes(job.lines),
        names=job.context.names,
        options=job.context.options,
    )


def _frame(job: _Job, facts: Sequence[Fact]) -> pl.DataFrame:
    sheet = job.table.sheet.name
    return make_facts.frame(facts, year=job.context.year, sha256=job.document.sha256, sheet=sheet)


def _notes(lines: Sequence[Line]) -> tuple[Note, ...]:
    return tuple(
        Note(line.number, line.unit.code, line.indicator.code if line.indicator else "", line.note)
        for line in lines
        if line.unit and line.note
    )


def _refused(
    document: Document, context: CheckContext, book: Notebook, table: Table | None, year: int | None = None
) -> CheckResult:
    """Return the result of a file from which nothing was read."""
    mapping: tuple[Mapped, ...] = table.mapping if table else ()
    return CheckResult(
        document=document,
        sheet=table.sheet.name if table else "",
        form="",
        shape=table.shape if table else "wide",
        header_row=table.header.last_row if table else 0,
        mapping=mapping,
        year=year or context.year,
        street_code=context.street_code,
        facts=no_facts(),
        findings=book.sorted(),
        row_count=len(table.body.rows) if table else 0,
        names=context.names,
        options=context.options,
    )
