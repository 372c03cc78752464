"""The registry as rows: each unit of each year under a number of its own, with its street, peers and past."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from scorecard.errors import RulebookError
from scorecard.registry import Registry, Unit
from scorecard.rulebook.model import Rulebook
from scorecard.warehouse.rules import Row

_Kind = tuple[int, str, str]  # year, level, unit type or ""
UNIT_STEP = 1024  # between two units: unit_id + indicator_id is an item of its own


@dataclass(frozen=True, slots=True)
class Units:
    """`rows` of `ref.unit`, of `ref.peer_group` and `ref.quota_group`; number and level by year and code.

    Numbers follow year and code, so neither the order of the registry nor of anything else shows in them.
    """

    rows: list[Row]
    groups: list[Row]
    quota_groups: list[Row]
    ids: dict[tuple[int, str], int]
    levels: dict[tuple[int, str], str]


def number_units(
    book: Rulebook,
    registry: Registry,
    years: Sequence[int],
    waiting: Collection[tuple[int, str]] = frozenset(),
) -> Units:
    """Return the units that exist at the end of each of `years`; `waiting` (year, code) are not ranked yet.

    Raises:
        RulebookError: More indicators than an item's number has room for.
    """
    if len(book.indicators) >= UNIT_STEP:
        raise RulebookError(f"指标有 {len(book.indicators)} 项，最多 {UNIT_STEP - 1} 项。")
    found = {
        (year, unit.code): unit
        for year in years
        for unit in (*registry.streets(year), *registry.communities(year))
    }
    ids = {key: number * UNIT_STEP for number, key in enumerate(sorted(found), start=1)}
    new = _new(book, registry, ids)
    held = frozenset(waiting) | _held_streets(book, registry, years, waiting, new)
    peers = {key: (key[0], *_peers(book, found[key])) for key in ids}
    sharing = {key: _sharing(book, kind) for key, kind in peers.items()}
    groups, quotas = _numbers(peers.values()), _numbers(sharing.values())
    rows = [
        _described(registry, found[key], key[0], ids)
        | _standing(book, found[key], key in held, key in new)
        | {"unit_id": number, "group_id": groups[peers[key]], "quota_id": quotas[sharing[key]]}
        for key, number in ids.items()
    ]
    return Units(
        rows,
        [{"year": kind[0], "group_id": number} for kind, number in groups.items()],
        [
            {"year": year, "unit_level": level, "unit_type": of_type, "quota_id": number}
            for (year, level, of_type), number in quotas.items()
        ],
        ids,
        {key: _level(unit) for key, unit in found.items()},
    )


def _numbers(kinds: Iterable[_Kind]) -> dict[_Kind, int]:
    return {kind: number for number, kind in enumerate(sorted(set(kinds)), start=1)}


def _sharing(book: Rulebook, kind: _Kind) -> _Kind:
    """Return the group that shares one quota: the peer group, or all units of the level."""
    return kind if book.quota.scope == "peer_group" else (*kind[:2], "")


def _new(book: Rulebook, registry: Registry, keys: Iterable[tuple[int, str]]) -> frozenset[tuple[int, str]]:
    """Return the communities that stand apart (新设单列): founded within the year, and come from no other."""
    if book.ranking.new_units == "ranked":
        return frozenset()
    return frozenset((year, code) for year, code in keys if _is_new(registry, registry.units[code], year))


def _is_new(registry: Registry, unit: Unit, year: int) -> bool:
    founded = unit.valid_from is not None and unit.valid_from.year == year
    return founded and _level(unit) == "community" and not registry.crosswalk(unit.code, year - 1)


def _held_streets(
    book: Rulebook,
    registry: Registry,
    years: Sequence[int],
    waiting: Collection[tuple[int, str]],
    new: Collection[tuple[int, str]],
) -> frozenset[tuple[int, str]]:
    """Return the streets all of whose communities wait: their mean of totals is not settled."""
    settled: dict[tuple[int, str], bool] = {}
    for year in sorted({year for year, _ in waiting}.intersection(years)):
        for unit in registry.communities(year):
            street = registry.street_of(unit.code)
            apart = (year, unit.code) in new
            if street and _standing(book, unit, waits=False, new=apart)["in_population"]:
                key = year, street.code
                settled[key] = settled.get(key, False) or (year, unit.code) not in waiting
    return frozenset(key for key, done in settled.items() if not done)


def _described(registry: Registry, unit: Unit, year: int, ids: dict[tuple[int, str], int]) -> Row:
    """Return what the registry says; a merged unit has no single past and a new one none."""
    street = registry.street_of(unit.code)
    code = street.code if street else unit.parent_code
    before = registry.crosswalk(unit.code, year - 1)
    return {
        "year": year,
        "unit_code": unit.code,
        "unit_level": _level(unit),
        "is_street": int(_level(unit) == "street"),
        "unit_type": unit.type,
        "street_code": code,
        "street_id": ids.get((year, code), -year),
        "households": unit.households,
        "previous_id": ids.get((year - 1, before[0].code)) if len(before) == 1 else None,
    }


def _standing(book: Rulebook, unit: Unit, waits: bool, new: bool) -> Row:
    """Return whether the unit is assessed, and if not, why: `registry`, `type`, `new` or `waiting`.

    A waiting unit belongs to the population (the quota's base counts it) but takes no part in ranks and means
    until its data are corrected.
    """
    typed = _level(unit) == "street" or not book.population_types or unit.type in book.population_types
    reason = "registry" if not unit.assessed else "" if typed else "type"
    reason = reason or ("new" if new else "")
    belongs = not reason
    if belongs and waits:
        reason = "waiting"
    return {"assessed": int(not reason), "in_population": int(belongs), "reason_code": reason}


def _peers(book: Rulebook, unit: Unit) -> tuple[str, str]:
    """Return the peer group: streets are one group, communities go by type where the rulebook says so."""
    by_type = book.ranking.peer_group == "type" and _level(unit) == "community"
    return _level(unit), unit.type if by_type else ""


def _level(unit: Unit) -> str:
    return "street" if unit.level == "街道" else "community"
