"""Tasks and issues counted for pages: by street, by category, by what they are, by who pays.

A community whose rows hold an error is 待更正: its rows are in no count but that of its own line.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from scorecard.names import fold
from scorecard.publish import formats
from scorecard.publish.book import Book
from scorecard.worklist import NOT_COUNTED, Entry, Ledger, Standing, Tally


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries stand how. `waiting`: completed but not accepted; `open`: neither, and due."""

    on_time: int
    late: int
    waiting: int
    open: int
    not_due: int

    @property
    def counted(self) -> int:
        """What was due by the cut-off, or done in time before: the divisor of the rate."""
        return self.on_time + self.late + self.waiting + self.open

    @property
    def rate(self) -> str:
        """The share that was done in time; `无` where nothing was due."""
        return formats.share(self.on_time, self.counted)


@dataclass(frozen=True, slots=True)
class Kind:
    """Tasks of one matter or issues of one category. `quantity`: the sum as typed; `blank` have none."""

    name: str
    count: Count
    quantity: Decimal
    measure: str
    blank: int
    amount_e6: int


def count(standings: Mapping[Standing, int]) -> Count:
    """Return the standings as pages tell them apart."""
    return Count(
        standings.get("on_time", 0),
        standings.get("late", 0),
        standings.get("unaccepted", 0) + standings.get("rejected", 0),
        standings.get("open", 0) + standings.get("undated", 0),
        sum(standings.get(standing, 0) for standing in NOT_COUNTED),
    )


def tallies(book: Book, ledger: Ledger) -> dict[str, Tally]:
    """Return a ledger's tallies of the communities that have a page."""
    found = {t.unit_code: t for t in book.inputs.worklist.tallies if t.ledger == ledger}
    return {code: found[code] for code in book.units if code in found}


def together(held: Iterable[Tally]) -> Count:
    """Return the count of several communities; whoever waits is left out."""
    total: Counter[Standing] = Counter()
    for tally in held:
        if not tally.held:
            total.update(tally.standings)
    return count(total)


def by_street(book: Book, ledger: Ledger) -> dict[str, tuple[Count, int]]:
    """Return each street's count, and how many of its communities are in it, in the streets' order."""
    groups: dict[str, list[Tally]] = defaultdict(list)
    for code, tally in tallies(book, ledger).items():
        if not tally.held:
            groups[book.units[code]["street_code"]].append(tally)
    return {code: (together(groups[code]), len(groups[code])) for code in book.streets}


def entries(book: Book, ledger: Ledger) -> list[Entry]:
    """Return the entries of the communities that do not wait."""
    settled = {code for code, tally in tallies(book, ledger).items() if not tally.held}
    return [e for e in book.inputs.worklist.entries if e.ledger == ledger and e.unit_code in settled]


def kinds(found: Iterable[Entry], name: Callable[[Entry], str]) -> list[Kind]:
    """Return entries by a text of theirs and the measure of their quantity, the most frequent first."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in found:
        groups[fold(name(entry)), fold(entry.measure)].append(entry)
    made = [_kind(name(group[0]), group) for group in groups.values()]
    return sorted(made, key=lambda k: (-k.count.counted - k.count.not_due, k.name, k.measure))


def _kind(name: str, group: list[Entry]) -> Kind:
    numbers = [Decimal(entry.quantity) for entry in group if entry.quantity]
    return Kind(
        name,
        count(Counter(entry.standing for entry in group)),
        sum(numbers, Decimal(0)),
        group[0].measure,
        len(group) - len(numbers),
        sum(entry.amount_e6 or 0 for entry in group),
    )
