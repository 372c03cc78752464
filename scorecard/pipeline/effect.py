"""What a decision on an appeal does: the appellant's own change, and what follows for everybody else."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from scorecard.ledger import Entry, Ledger, Record
from scorecard.pipeline.appeal_names import named
from scorecard.pipeline.appeals import Appeal, decision_of, find
from scorecard.pipeline.basis import Request
from scorecard.pipeline.board import Board, Place, rank_alone, read_board
from scorecard.pipeline.build import build
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.product import Product, open_product
from scorecard.pipeline.trial import trial
from scorecard.pipeline.view import registry_of
from scorecard.registry import Registry
from scorecard.rulebook import load_rulebook
from scorecard.rulebook.model import Rulebook

_Side = tuple[Sequence[Entry], Sequence[Record]]  # what a ledger has, and what is written after it


@dataclass(frozen=True, slots=True)
class Moved:
    """One community or street before and after; None: not ranked, or has no grade."""

    unit_code: str
    name: str
    street: str
    before: Place
    after: Place

    @property
    def scored(self) -> bool:
        """Whether its own total changed: a relative rule or a mean of peers moved it."""
        return self.before.total_e2 != self.after.total_e2


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the appellant whose state, value or points changed."""

    indicator_code: str
    name: str
    before_e2: int | None
    after_e2: int | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision changes. `own` None and nothing moved: it changes nothing (rejected, or none yet).

    (a) `own` is the appellant with its new total; `rank_alone` its rank by the rulebook's keys if everybody
    else keeps what they had. (b) `others` are all other communities whose total, rank or grade moves once all
    is computed anew, `streets` the streets. `repeat`: somebody's grade changes, so the publicity has to be
    repeated (domain rules, section 2.2, step 15). `recorded`: the decision stands in the ledger.
    `unit` and `indicator` are names.
    """

    appeal: Appeal
    unit: str = ""
    rulebook_sha256: str = ""
    result_before: str = ""
    result_after: str = ""
    items: tuple[Item, ...] = ()
    own: Moved | None = None
    rank_alone: int | None = None
    others: tuple[Moved, ...] = ()
    streets: tuple[Moved, ...] = ()
    grade_names: Mapping[str, str] = field(default_factory=dict)
    recorded: bool = True
    indicator: str = ""

    @property
    def regraded(self) -> tuple[Moved, ...]:
        """Everybody whose grade changes, the appellant included."""
        everybody = (*((self.own,) if self.own else ()), *self.others, *self.streets)
        return tuple(m for m in everybody if m.before.grade != m.after.grade)

    @property
    def repeat(self) -> bool:
        """Whether the publicity has to be repeated."""
        return bool(self.regraded)

    def record(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**asdict(self), "regraded": [m.unit_code for m in self.regraded], "repeat": self.repeat}


def effect(data: Path, home: Path | None, appeal_no: str, *, now: str) -> Effect:
    """Return what the decision on an appeal does, by building the year without it and with it.

    Both builds stand on the decisions that were taken before; later ones are left out. Nothing is kept.

    Raises:
        UserError: There is no such appeal, nothing was built yet, or what was built from is not as it was.
    """
    folder = DataFolder.open(data, home)
    ledger = Ledger.at(folder.ledger)
    appeal = find(ledger, appeal_no)
    registry = registry_of(folder, appeal.year)
    if appeal.decision is None or appeal.decision.outcome != "upheld":
        [name] = named(folder, [appeal])
        return Effect(appeal, name.unit, indicator=name.indicator)
    entries, seq = ledger.entries(), appeal.decision.seq
    sides = (entries[: seq - 1], ()), (entries[:seq], ())
    return _compared(folder, registry, appeal, sides, now)


def foreseen(folder: DataFolder, ledger: Ledger, appeal: Appeal, record: Record, *, now: str) -> Effect:
    """Return what a decision that nobody has recorded would do after all that are.

    Raises:
        UserError: What was built from is not as it was.
    """
    registry = registry_of(folder, appeal.year)
    made = replace(appeal, decision=decision_of(len(ledger.entries()) + 1, record.payload))
    if not record.payload["changes"]:
        [name] = named(folder, [appeal])
        return Effect(made, name.unit, indicator=name.indicator, recorded=False)
    entries = ledger.entries()
    sides = (entries, ()), (entries, (record,))
    return replace(_compared(folder, registry, made, sides, now), recorded=False)


def _compared(
    folder: DataFolder, registry: Registry, appeal: Appeal, sides: tuple[_Side, _Side], now: str
) -> Effect:
    """Return what the decision does: the year under the ledger before it, and under the one with it."""
    product, _ = open_product(folder, appeal.year)
    rulebook = load_rulebook(Path(product.rulebook))
    before, after = (_board(folder, side, product, appeal, now) for side in sides)
    return _effect(registry, rulebook, appeal, before, after)


def _board(
    folder: DataFolder,
    side: _Side,
    product: Product,
    appeal: Appeal,
    now: str,
) -> Board:
    """Return where everybody stands under a ledger."""
    with trial(folder, *side) as home:
        as_of = date.fromisoformat(product.as_of)
        build(Request(folder.root, appeal.year, None, product.rulebook, as_of, home), now=now)
        made, tables = open_product(DataFolder(folder.root, home), appeal.year)
        board = read_board(tables, appeal.year, appeal.unit_code, made.result_hash)
        tables.close()
    return board


def _effect(registry: Registry, rulebook: Rulebook, appeal: Appeal, before: Board, after: Board) -> Effect:
    def moved(code: str, old: Mapping[str, Place], new: Mapping[str, Place]) -> Moved:
        street = registry.street_of(code)
        within = street.name if street and street.code != code else ""
        return Moved(code, registry.units[code].name, within, old[code], new[code])

    unit = appeal.unit_code
    streets = [moved(c, before.streets, after.streets) for c in _changed(before.streets, after.streets)]
    units = [moved(c, before.units, after.units) for c in _changed(before.units, after.units) if c != unit]
    is_street = unit in before.streets
    sides = (before.streets, after.streets) if is_street else (before.units, after.units)
    return Effect(
        appeal,
        registry.units[unit].name,
        rulebook.sha256,
        before.result_hash,
        after.result_hash,
        _items(rulebook, before, after),
        moved(unit, *sides),
        rank_alone(unit, *sides),
        tuple(units),
        tuple(m for m in streets if m.unit_code != unit),
        {grade.code: grade.name_zh for grade in rulebook.grades},
        indicator=rulebook.indicators[appeal.indicator_code].name_zh,
    )


def _changed(before: Mapping[str, Place], after: Mapping[str, Place]) -> list[str]:
    """Return whose total, rank or grade is another, in order of the new ranks; who has none comes last."""
    codes = [code for code, place in before.items() if place.shown != after[code].shown]
    return sorted(codes, key=lambda c: (after[c].rank is None, after[c].rank or 0, c))


def _items(rulebook: Rulebook, before: Board, after: Board) -> tuple[Item, ...]:
    return tuple(
        Item(code, rulebook.indicators[code].name_zh, before.points.get(code), points)
        for code, points in after.points.items()
        if before.values.get(code) != after.values[code]
    )
