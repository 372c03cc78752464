"""What is not there: columns, units, and the indicators of a unit."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from scorecard.checks.asks import Ask, Asks
from scorecard.checks.context import CheckContext
from scorecard.checks.notebook import Notebook
from scorecard.checks.table import Table
from scorecard.intake.header import Column, bare
from scorecard.names import fold, listed, tidy
from scorecard.registry import Unit
from scorecard.rulebook.model import Form

_NEAR = 0.75  # 培训总课时 and 培训总学时 are at 0.8; two characters of six may differ, not one of three
_PIECE = 2  # characters of a header that may be the end of a name
_CANDIDATES = 5
_OPINION = ("满意度", "满意率")  # what every survey calls its result: the word does not say which it is
_NUMBER = re.compile(r"\d+(\.\d+)?%?")
_BRACKETS = re.compile(r"\([^()]*\)")


def in_file(table: Table, asks: Asks, codes: frozenset[str], seen: Collection[str], party: str) -> list[str]:
    """Return the indicators that the file could answer, in printed order.

    Wide: those with a column of their own. Long: a street owes all of its form; a department only what it
    sent rows of (`seen`).
    """
    order = [code for code in asks.of if code in codes]
    if table.shape != "wide":
        return [code for code in order if party == "street" or code in seen]
    return [code for code in order if any(ask.key in table.columns for ask in _own(asks, code))]


def near_columns(
    table: Table, asks: Asks, codes: frozenset[str], book: Notebook
) -> dict[str, tuple[Ask, ...]]:
    """Refuse filled columns without a known name that may be absent ones of the form.

    Those called much like one; those of numbers whose name is the end of some (出席率); and those of an
    opinion (群众满意度), whoever reports it: dropped as unknown, it would be missed by nobody.

    Returns:
        The absent asks by the letter of the column that may be meant; the rows' units wait for an answer.
    """
    there = {column.key for column in table.header.columns}
    absent = {_name(a.name): a for a in asks.inputs if a.key not in there and _asked(a, codes)}
    wanted = (*absent.values(), *_rates(table, asks, codes))
    strange = [c for c in table.header.columns if c.how == "unknown" and _filled(c, table)]
    found: dict[str, tuple[Ask, ...]] = {}
    for column in strange if table.shape == "wide" else ():
        if near := get_close_matches(_name(column.text), absent, n=1, cutoff=_NEAR):
            found[column.letter] = (absent.pop(near[0]),)
        elif meant := (
            _pieces(column, wanted) or _opinions(column, table, asks) if _numeric(column, table) else ()
        ):
            found[column.letter] = meant
    book.forget("H204", columns=found)
    return found


def say_near(table: Table, near: Mapping[str, Sequence[Ask]], units: Collection[str], book: Notebook) -> None:
    """Tell which columns may be meant by a strange one; `units` wait."""
    for column in table.header.columns:
        if asks := near.get(column.letter):
            at: dict[str, Any] = {"column": column.letter, "header": column.text, "raw": column.text}
            at |= {"row": table.header.last_row, "blocks": units}
            if len(asks) == 1 and asks[0].is_input:
                book.add("K537", **at, name=asks[0].name)
            else:
                book.add("H203", **at, candidates=listed([ask.name for ask in asks], _CANDIDATES))


def _rates(table: Table, asks: Asks, codes: frozenset[str]) -> list[Ask]:
    """Return the ready-made rates of indicators that the file says nothing else about."""
    said = set(in_file(table, asks, codes, (), ""))
    rates = (asks.rate(asks.rulebook.indicators[code]) for code in asks.of if code in codes - said)
    return [rate for rate in rates if rate and rate.key not in table.columns]


def _pieces(column: Column, wanted: Sequence[Ask]) -> tuple[Ask, ...]:
    """Return the asks of whose name, or another name, the column's is the end: what it is the number of."""
    piece = _name(column.text)
    if len(piece) < _PIECE:
        return ()
    return tuple(a for a in wanted if any(_name(name).endswith(piece) for name in (a.name, *a.aliases)))


def _opinions(column: Column, table: Table, asks: Asks) -> tuple[Ask, ...]:
    """Return the absent opinions of the rulebook if the column's name says that it is one, but not which."""
    if not any(word in _name(column.text) for word in _OPINION):
        return ()
    rates = (a for a in asks.by_key.values() if a.kind == "rate" and not a.derived)
    return tuple(a for a in rates if a.name.endswith(_OPINION) and a.key not in table.columns)


def missing_columns(
    table: Table, asks: Asks, codes: frozenset[str], near: Collection[str], book: Notebook
) -> None:
    """Name the columns of a wide form that the file does not have.

    One that is there twice has its error, and so has one in `near`. First come those without which another
    column of the file is worth nothing.
    """
    there = {*near, *(column.key for column in table.header.columns)}
    absent = [a for a in asks.inputs if a.key not in there and _asked(a, codes)]
    if table.shape == "wide" and absent:
        begun = frozenset(in_file(table, asks, codes, (), ""))
        names = [a.name for a in sorted(absent, key=lambda a: not _asked(a, begun))]
        book.add("K521", row=table.header.last_row, names=listed(names), count=len(names))


def missing_units(
    found: Collection[str],
    meant: Iterable[Sequence[str]],
    form: Form,
    context: CheckContext,
    street: Unit | None,
    book: Notebook,
) -> None:
    """Name the units of the sender that the file leaves out; units that are not assessed owe nothing.

    Nobody owes a collected form: which units no platform file has, all of them together must show. Each row
    in `meant` may be about one of some units, the likeliest first: that it is misspelt has been said.
    """
    if form.collected:
        return
    registry = context.registry
    every = registry.streets(context.year) if form.unit == "street" else registry.assessed(context.year)
    if context.party == "street":
        if street is None:
            return
        every = tuple(u for u in every if registry.belongs(u.code, street.code))
    misspelt = _misspelt(meant, {u.code for u in every} - set(found))
    absent = [u.name for u in every if u.code not in found and u.code not in misspelt]
    if absent and (len(absent) < len(every) or not book.has_errors):  # else its rows have said why
        whose = street.name if street else registry.district.name
        counts: dict[str, Any] = {"expected_count": len(every), "found_count": len(every) - len(absent)}
        book.add("K514", street=whose, names=listed(absent), **counts)


def _misspelt(meant: Iterable[Sequence[str]], absent: Collection[str]) -> set[str]:
    """Return which absent units rows of strange names stand for, at most one each: the likeliest."""
    taken: set[str] = set()
    for codes in meant:
        taken.update([code for code in codes if code in absent and code not in taken][:1])
    return taken


def missing_items(
    unit: Unit, row: int, absent: Sequence[str], titles: Mapping[str, str], book: Notebook
) -> None:
    """Name the indicators of a unit for which nothing was filled in, all in one finding."""
    if absent:
        names = listed([titles[code] for code in absent])
        book.add("W803", row=row, unit_code=unit.code, unit=unit.name, count=len(absent), names=names)


def _name(text: str) -> str:
    """Return a header without anything in brackets: an unknown unit does not make another column."""
    return _BRACKETS.sub("", bare(text))


def _filled(column: Column, table: Table) -> bool:
    return any(tidy(texts[column.number - 1]) for _, texts in table.body.rows)


def _numeric(column: Column, table: Table) -> bool:
    return any(_NUMBER.fullmatch(fold(texts[column.number - 1])) for _, texts in table.body.rows)


def _asked(ask: Ask, codes: frozenset[str]) -> bool:
    return any(slot.indicator.code in codes for slot in ask.slots)


def _own(asks: Asks, code: str) -> list[Ask]:
    found = [ask for _, ask in asks.of[code]]
    return [ask for ask in found if len(ask.slots) == 1] or list(found)
