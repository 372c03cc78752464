"""合计, 小计 and 平均 rows: never a unit, always compared with our own sum of the rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorecard.checks.asks import Ask
from scorecard.checks.cell import Cell
from scorecard.checks.notebook import Notebook
from scorecard.checks.numbers import plain
from scorecard.checks.ranges import ranges
from scorecard.checks.reading import Reading
from scorecard.exact import FACT_SCALE, round_scaled
from scorecard.language import NC_
from scorecard.rulebook.model import Funding, Indicator

_MEAN = ("平均", "均值")


@dataclass(frozen=True, slots=True)
class TotalCell:
    """One number of a total row: its place, what was typed and what column it totals.

    In a long form it totals the column's rows of `indicator` alone; None in a wide form.
    """

    row: int
    column: str
    header: str
    label: str
    ask: Ask
    raw: str
    reading: Reading
    indicator: Indicator | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Column and indicator code, as `_columns` orders the cells that it may add up."""
        return self.column, self.indicator.code if self.indicator else ""

    @property
    def called(self) -> str:
        """What the sum is called in a sentence: by its row and, in a long form, its indicator."""
        return (
            NC_("part", "「{quoted}」的{label}").format(quoted=self.indicator.name_zh, label=self.label)
            if self.indicator
            else self.label
        )


@dataclass(frozen=True, slots=True)
class _Scope:
    """The cells that a total may be meant to add up."""

    cells: Sequence[Cell]

    def result(self, label: str) -> Fraction:
        """Return their sum or, for a row of means, their mean."""
        total = Fraction(sum(c.number_e4 or 0 for c in self.cells), 10**FACT_SCALE)
        return total / len(self.cells) if _is_mean(label) else total


def check_totals(
    totals: Iterable[TotalCell], cells: Sequence[Cell], refused: Sequence[Cell], book: Notebook
) -> None:
    """Compare every total with the rows; a mismatch names both numbers and keeps the rows' units waiting.

    A total may mean all rows of the sheet (in a long form: of its indicator) or those since the total before
    it, and who added up counted
    the `refused` rows too (a name that is not known): it is right if any of these fits. Nothing is said of a
    column with an error in it, of percentages, nor of a total that is no number.
    """
    by_column, with_refused = _columns(cells), _columns([*cells, *refused])
    faulty = {(column, "") for _, column in book.bad}
    faulty |= {_key(cell) for cell in (*cells, *refused) if (cell.row, cell.column) in book.bad}
    found = list(totals)
    for total in found:
        if _comparable(total) and total.key not in faulty:
            before = max((t.row for t in found if t.key == total.key and t.row < total.row), default=0)
            own, every = (columns.get(total.key, []) for columns in (by_column, with_refused))
            _compare(total, own, every, before, book)


def _key(cell: Cell) -> tuple[str, str]:
    return cell.column, cell.indicator_code


def _columns(cells: Iterable[Cell]) -> dict[tuple[str, str], list[Cell]]:
    """Return the cells that hold a number, by column and, in a long form, indicator."""
    found: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        if cell.number_e4 is not None:
            found.setdefault(_key(cell), []).append(cell)
    return found


def _is_mean(label: str) -> bool:
    return any(word in label for word in _MEAN)


def _comparable(total: TotalCell) -> bool:
    numeric = total.reading.number_e4 is not None and total.ask.kind in ("number", "event", "context")
    return numeric and (total.ask.unit != "%" or _is_mean(total.label))


def _compare(
    total: TotalCell, own: Sequence[Cell], every: Sequence[Cell], before: int, book: Notebook
) -> None:
    since = [[c for c in cells if before < c.row < total.row] for cells in (own, every)]
    scopes = [_Scope(cells) for cells in (since[0], own, since[1], every) if cells]
    if not scopes or any(_equal(total, scope) for scope in scopes):
        return
    scope = scopes[0]
    book.add(
        "X607",
        row=total.row,
        column=total.column,
        header=total.header,
        raw=total.raw,
        normalized=total.reading.text,
        label=total.called,
        rows=NC_("part", "第{numbers}行").format(numbers=ranges(c.row for c in scope.cells)),
        how=NC_("part", "逐行平均") if _is_mean(total.label) else NC_("part", "逐行相加"),
        computed=plain(scope.result(total.label)),
        blocks=sorted({c.unit_code for c in scope.cells if c.unit_code}),
    )


def _equal(total: TotalCell, scope: _Scope) -> bool:
    """Whether typed and computed agree at the decimals of the typed number; half of the last digit goes up.

    A mean may be rounded to either side: who averaged rounded numbers is not wrong.
    """
    computed, typed = scope.result(total.label), Fraction(total.reading.number_e4 or 0, 10**FACT_SCALE)
    step = Fraction(total.reading.step_e4, 10**FACT_SCALE)
    if not step:
        return computed == typed
    if _is_mean(total.label):
        return abs(computed - typed) <= step / 2
    return round_scaled(computed / step, 0) * step == typed


def check_identical(cells: Iterable[Cell], funding: Funding, book: Notebook, least: int = 5) -> None:
    """Mention columns in which at least `least` units all have the same number; it proves nothing.

    The same money for every unit that the rulebook itself lays down needs no mention.
    """
    fixed = (round_scaled(funding.per_community, FACT_SCALE), funding.unit)
    by_column: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        if cell.ask.kind == "number" and cell.reading.said != "empty":
            by_column.setdefault((cell.column, cell.ask.key), []).append(cell)
    for column in by_column.values():
        first = column[0]
        if (first.number_e4, first.ask.unit) == fixed:
            continue
        if len(column) >= least and len({c.number_e4 for c in column}) == 1 and first.number_e4 is not None:
            book.add("X609", column=first.column, header=first.header, raw=first.raw, count=len(column))
