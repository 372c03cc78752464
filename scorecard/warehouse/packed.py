"""A relation's rows kept column by column and given as rows again when they are asked for.

A row that is a dict takes a kilobyte; twenty thousand communities have a million of them. Here each different
value of a column is kept once, and a row is four bytes a column.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count, repeat
from typing import Any, Final

Row = Mapping[str, Any]
Cards = Mapping[str, Mapping[str, Row]]

_CARDS: Final = 2_000  # made and kept: at most 90 MB, and of most districts all
_COLUMNS: Final = 2
_INDEX: Final = "I"


class Packed(Cards):
    """Rows by an outer code (a unit) and an inner one (an indicator), both unique together.

    `packed[unit]` is the unit's card, rows by inner code; `column(inner)` the rows of one inner code by unit.
    Both are made anew when they are asked for: a row has no identity, and must not be changed.
    """

    def __init__(
        self, names: Sequence[str], keys: tuple[str, str], blocks: Iterable[Sequence[Sequence[Any]]]
    ) -> None:
        """Take the rows of `blocks`, each with one value a name; rows of one outer code follow each other."""
        self._names, self._keys = tuple(names), keys
        self._values, self._codes = _encoded(len(names), blocks)
        outer, inner = (self._names.index(key) for key in keys)
        self._places = _stretches(self._codes[outer], self._values[outer])
        self._where = _scattered(self._codes[inner], self._values[inner])
        self._change: Callable[[Row], Row] | None = None
        self._forget()

    @classmethod
    def of(cls, rows: Sequence[Row], outer: str, inner: str) -> "Packed":
        """Return rows that are there already, in any order."""
        names = list(rows[0]) if rows else [outer, inner]
        ordered = sorted(rows, key=lambda row: str(row[outer]))  # stable: a unit's rows keep their order
        return cls(names, (outer, inner), [[[row[name] for name in names] for row in ordered]])

    def through(self, change: Callable[[Row], Row]) -> "Packed":
        """Return the same rows, each as `change` gives it back; nothing is copied."""
        made = object.__new__(Packed)
        made.__dict__.update(self.__dict__)
        made._change = change
        made._forget()
        return made

    def column(self, inner: str) -> Mapping[str, Row]:
        """Return the rows of one inner code by outer code, in the order of the relation."""
        return self._column(inner)

    def __getitem__(self, outer: str) -> Mapping[str, Row]:
        """Return the rows of `outer` by inner code."""
        if outer not in self._places:
            raise KeyError(outer)
        return self._card(outer)

    def __contains__(self, outer: object) -> bool:
        """Whether there is a row of `outer`."""
        return outer in self._places

    def __iter__(self) -> Iterator[str]:
        """Yield the outer codes, in the order of the relation."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many outer codes there are."""
        return len(self._places)

    def _forget(self) -> None:
        self._card = lru_cache(_CARDS)(self._make_card)
        self._column = lru_cache(_COLUMNS)(self._make_column)

    def _make_card(self, outer: str) -> dict[str, Row]:
        place, inner = self._places[outer], self._keys[1]
        columns = [
            list(map(values.__getitem__, codes[place.start : place.stop]))
            for values, codes in zip(self._values, self._codes, strict=True)
        ]
        return {row[inner]: row for row in self._rows(zip(*columns, strict=True))}

    def _make_column(self, inner: str) -> dict[str, Row]:
        at = self._where.get(inner, ())
        columns = [
            [values[codes[n]] for n in at] for values, codes in zip(self._values, self._codes, strict=True)
        ]
        outer = self._keys[0]
        return {row[outer]: row for row in self._rows(zip(*columns, strict=True))}

    def _rows(self, found: Iterable[Sequence[Any]]) -> Iterator[Row]:
        rows: Iterator[Row] = map(dict, map(zip, repeat(self._names), found))
        return map(self._change, rows) if self._change else rows


def _encoded(
    width: int, blocks: Iterable[Sequence[Sequence[Any]]]
) -> tuple[list[list[Any]], list["array[int]"]]:
    """Return each column's different values, and for each row which of them it has."""
    known: list[defaultdict[Any, int]] = [defaultdict(count().__next__) for _ in range(width)]
    codes = [array(_INDEX) for _ in range(width)]
    for block in blocks:
        for seen, column, values in zip(known, codes, zip(*block, strict=True), strict=False):
            column.extend(map(seen.__getitem__, values))
    return [list(seen) for seen in known], codes


def _stretches(codes: "array[int]", values: Sequence[Any]) -> dict[str, range]:
    """Return where the rows of each value stand."""
    places: dict[str, range] = {}
    start = 0
    for n in range(1, len(codes) + 1):
        if n == len(codes) or codes[n] != codes[start]:
            places[values[codes[start]]] = range(start, n)
            start = n
    return places


def _scattered(codes: "array[int]", values: Sequence[Any]) -> "dict[str, array[int]]":
    """Return where each value stands."""
    places = [array(_INDEX) for _ in values]
    for n, code in enumerate(codes):
        places[code].append(n)
    return dict(zip(values, places, strict=True))
