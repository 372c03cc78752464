"""Rules between the cells of one unit: parts and wholes, typed rates, pairs, plausible quotients."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from scorecard.checks.asks import Asks
from scorecard.checks.cell import Cell
from scorecard.checks.facts import Item, Part
from scorecard.checks.notebook import Notebook
from scorecard.checks.numbers import plain, plain_e4
from scorecard.exact import FACT_SCALE, unscaled
from scorecard.findings import Severity
from scorecard.language import NC_
from scorecard.registry import Unit
from scorecard.rulebook.model import ContextValue, CrossCheck

Numbers = Mapping[str, Cell]  # a unit's numbers by the name of their ask


def check_item(item: Item, book: Notebook) -> bool:
    """Check the cells of one indicator of one unit; return whether they can become a fact."""
    before = len(book.findings)
    if item.complete:
        _above(item, book)
        _note(item, book)
    elif "not_applicable" in item.said:
        _contradiction(item, book)
    elif item.answered and item.said <= {"number", "category"}:
        _half(item, book)
    found = book.findings[before:]
    return not found or all(f.severity != Severity.ERROR for f in found)


def check_rate(item: Item, rate: Cell, asks: Asks, book: Notebook) -> None:
    """Compare a typed rate with the one that the counts give; the counts win.

    They agree when they differ by at most half a unit of the last typed digit.
    """
    typed = rate.number_e4
    fields = asks.fields(item.indicator)
    if not item.answered:
        book.add("X604", **place(rate), fields=fields)
    elif (value := item.value) is not None and typed is not None:
        apart = abs(value - Fraction(typed, 10**FACT_SCALE))
        if apart > Fraction(rate.reading.step_e4, 2 * 10**FACT_SCALE):
            top, base = (plain_e4(item.numbers.get(f) or 0) for f in ("numerator", "denominator"))
            book.add("X602", **place(rate), numerator=top, denominator=base, computed=plain(value))


def check_shared(cells: Iterable[Cell], unit: Unit, book: Notebook) -> None:
    """A number that a long form asks in several rows has one value; the later rows are named."""
    first: dict[str, Cell] = {}
    for cell in cells:
        known = first.setdefault(cell.ask.key, cell)
        if known is not cell and known.number_e4 != cell.number_e4:
            other: dict[str, Any] = {"other_cell": known.place, "other": known.raw}
            book.add("X611", **place(cell), unit=unit.name, name=cell.ask.name, **other)


def check_unit(numbers: Numbers, unit: Unit, asks: Asks, book: Notebook) -> None:
    """Check a unit's numbers against one another, against the registry and against what is plausible."""
    for name, contexts in asks.contexts.items():
        if name in numbers and not _differs(numbers[name], contexts, unit, book):
            for context in contexts:
                _plausible(numbers[name], context, book)
    for rule in asks.rulebook.cross_checks:
        _quotient(numbers, rule, unit, asks, book)


def place(cell: Cell) -> dict[str, Any]:
    """Return where `cell` is and what it holds, for a finding."""
    codes = {s.indicator.code for s in cell.ask.slots}
    return {
        "row": cell.row,
        "column": cell.column,
        "header": cell.header,
        "unit_code": cell.unit_code,
        "indicator_code": cell.indicator_code or (codes.pop() if len(codes) == 1 else ""),
        "raw": cell.raw,
        "normalized": cell.reading.text,
        "expected": cell.ask.expected,
    }


def _by_field(item: Item) -> dict[str, Cell]:
    return {p.field: p.cell for p in item.parts if p.cell is not None}


def _above(item: Item, book: Notebook) -> None:
    """The part is not above the whole; a whole of zero has been told of (`zeros`)."""
    top_e4, base_e4 = item.numbers.get("numerator"), item.numbers.get("denominator")
    if top_e4 is None or not base_e4 or top_e4 <= base_e4 or not item.indicator.part_of_whole:
        return
    cells = _by_field(item)
    top, base = cells["numerator"], cells["denominator"]
    other: dict[str, Any] = {"other_cell": base.place, "other_header": base.header, "other": base.raw}
    book.add("X601", **{**place(top), "indicator_code": item.indicator.code}, **other)


def _note(item: Item, book: Notebook) -> None:
    limit = item.indicator.note_above
    if limit is not None and (value := item.value) is not None and value > limit:
        said: dict[str, Any] = {
            "computed": plain(value),
            "limit": plain(limit),
            "name": item.indicator.name_zh,
        }
        book.add("X613", **{**place(item.cells[0]), "indicator_code": item.indicator.code}, **said)


def _contradiction(item: Item, book: Notebook) -> None:
    """不涉及 beside a number that is not zero and belongs to this indicator alone."""
    word = next(c for c in item.cells if c.reading.said == "not_applicable")
    for part in item.parts:
        if part.cell is not None and not part.shared and (part.cell.number_e4 or part.cell.reading.category):
            book.add("X615", **place(part.cell), other_cell=word.place, other=word.raw)


def _half(item: Item, book: Notebook) -> None:
    """One input is there, another is not: name the cell to fill. A column that is not there is told once."""
    typed = item.cells[0]
    for part in item.parts:
        if part.cell is not None and not part.filled:
            at = {**place(typed), "indicator_code": item.indicator.code}
            book.add("X605", **at, name=item.indicator.name_zh, other=part.ask.name, other_cell=_where(part))


def _where(part: Part) -> str:
    return part.cell.place if part.cell is not None and part.cell.column else ""


def _differs(cell: Cell, contexts: Iterable[ContextValue], unit: Unit, book: Notebook) -> bool:
    """Compare a reported context value with the registry; return whether that gave a warning."""
    number = unscaled(cell.number_e4 or 0, FACT_SCALE)
    unlike = [(c, known) for c in contexts if (known := _registered(unit, c)) not in (None, number)]
    for context, known in unlike:
        book.add("X612", **place(cell), rule=context.code, name=cell.ask.name, registered=known)
    return bool(unlike)


def _plausible(cell: Cell, context: ContextValue, book: Notebook) -> None:
    """Warn of a context value out of its plausible range."""
    number = unscaled(cell.number_e4 or 0, FACT_SCALE)
    low, high = context.minimum, context.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        limits: dict[str, Any] = {"minimum": _limit(low), "maximum": _limit(high)}
        book.add("X616", **place(cell), rule=context.code, name=cell.ask.name, **limits)


def _limit(limit: object) -> str:
    return NC_("part", "不限") if limit is None else str(limit)


def _registered(unit: Unit, context: ContextValue) -> int | None:
    """Return the registry's number for a context value, None where it holds none."""
    value = getattr(unit, context.registry_field) if context.registry_field else None
    return value if isinstance(value, int) else None


def _quotient(numbers: Numbers, rule: CrossCheck, unit: Unit, asks: Asks, book: Notebook) -> None:
    cell = _cell(rule.left, numbers, asks) or _cell(rule.right, numbers, asks)
    if cell is None:
        return  # neither number is in this file: nothing that it could mend
    left, right = (_value(name, numbers, unit, asks) for name in (rule.left, rule.right))
    if left is None or not right:
        return
    quotient = left / right
    if not rule.minimum <= quotient <= rule.maximum:
        book.add(
            "X610",
            **place(cell),
            severity=Severity(rule.severity),
            rule=rule.code,
            reason=rule.message,
            left=rule.left,
            left_value=plain(left),
            right=rule.right,
            right_value=plain(right),
            quotient=plain(quotient),
        )


def _cell(name: str, numbers: Numbers, asks: Asks) -> Cell | None:
    """Return the file's cell for a name of an input or context value, also under its other names."""
    return next((numbers[n] for n in asks.names(name) if n in numbers), None)


def _value(name: str, numbers: Numbers, unit: Unit, asks: Asks) -> Fraction | None:
    """Return the file's number for `name`; the registry fills what the form left open."""
    if cell := _cell(name, numbers, asks):
        return Fraction(cell.number_e4 or 0, 10**FACT_SCALE)
    registered = [_registered(unit, context) for context in asks.contexts.get(name, ())]
    return next((Fraction(n) for n in registered if n is not None), None)
