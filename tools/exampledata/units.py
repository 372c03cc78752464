"""The units of the example district: names from `units.toml`, sizes that add up to the published totals."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from exampledata.seed import bell, between, draw, portions

_DATA = Path(__file__).parent / "units.toml"
_FIRST_VILLAGE = 201  # real village codes start at 200 within a street
_GRID_HOUSEHOLDS = 400  # a grid is about 400 households: published
HEADER = [
    *("编码", "名称", "层级", "上级编码", "类型", "户数", "常住人口", "网格数", "居民小组数"),
    *("参评", "不参评原因", "成立日期", "撤销日期", "前身编码", "别名", "备注"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One row of the registry. Sizes of 0 are unknown and stay empty."""

    code: str
    name: str
    level: str
    parent: str = ""
    type: str = ""
    households: int = 0
    population: int = 0
    grids: int = 0
    groups: int = 0
    assessed: bool = False
    reason: str = ""
    founded: date | None = None
    closed: date | None = None
    predecessors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    former: str = ""  # the name in use before this year
    remark: str = ""

    def lives_in(self, year: int) -> bool:
        """Return whether the unit existed at the end of `year`."""
        end = date(year, 12, 31)
        return not (self.founded and self.founded > end) and not (self.closed and self.closed <= end)


@dataclass(frozen=True, slots=True)
class Street:
    """A street, its units and its strong and weak dimensions (share of the weight, by dimension code)."""

    unit: Unit
    communities: tuple[Unit, ...]
    villages: tuple[Unit, ...]
    profile: dict[str, Fraction]

    def assessed(self, year: int) -> tuple[Unit, ...]:
        """Return the communities that are assessed for `year`."""
        return tuple(unit for unit in self.communities if unit.lives_in(year))


@dataclass(frozen=True, slots=True)
class District:
    """The whole registry."""

    unit: Unit
    streets: tuple[Street, ...]

    def units(self) -> Iterator[Unit]:
        """Yield every unit in the order of the registry."""
        yield self.unit
        for street in self.streets:
            yield street.unit
            yield from street.communities
            yield from street.villages


def load_district() -> District:
    """Return the district of `units.toml` with sizes."""
    raw = tomllib.loads(_DATA.read_text("utf-8"), parse_float=Fraction)
    top = raw["district"]
    unit = Unit(code=top["code"], name=top["name"], level="区", remark=top["remark"])
    streets = [_street(unit, number, entry, top) for number, entry in enumerate(raw["street"], 1)]
    return District(unit, tuple(_sized(streets, raw["published"], top)))


def registry_rows(units: Sequence[Unit]) -> list[list[str]]:
    """Return the rows of `registry.csv`, header first."""
    codes = {unit.name: unit.code for unit in units}
    return [HEADER, *(_row(unit, codes) for unit in units)]


def _street(district: Unit, number: int, entry: dict[str, Any], top: dict[str, Any]) -> Street:
    code = f"{district.code}{number:03d}"
    unit = Unit(code=code, name=entry["name"], level="街道", parent=district.code, remark=top["remark"])
    communities = [
        _community(code, place, {"remark": top["remark"], **item}, assessed=True)
        for place, item in enumerate(entry["communities"], 1)
    ]
    names = [{"name": name} for name in entry["villages"]] + entry.get("closed_villages", [])
    shared = {"type": top["village_type"], "reason": top["village_reason"], "remark": top["remark"]}
    villages = [
        _sized_village(_community(code, place, {**shared, **item}, assessed=False))
        for place, item in enumerate(names, _FIRST_VILLAGE)
    ]
    return Street(unit, tuple(communities), tuple(villages), entry["profile"])


def _community(street: str, place: int, item: dict[str, Any], *, assessed: bool) -> Unit:
    lists: dict[str, Any] = {key: tuple(item.pop(key, ())) for key in ("predecessors", "aliases")}
    return Unit(code=f"{street}{place:03d}", level="社区", parent=street, assessed=assessed, **lists, **item)


def _sized_village(unit: Unit) -> Unit:
    households = between(380, 1450, unit.code, "households")
    return replace(unit, households=households, population=_people(unit.code, households))


def _people(code: str, households: int) -> int:
    """Return a population of 2.2 to 3.6 persons a household, mostly near 2.9."""
    return round(households * (Fraction(29, 10) + Fraction(9, 10) * bell(code, "people")))


def _sized(streets: list[Street], published: dict[str, int], top: dict[str, Any]) -> list[Street]:
    """Give every assessed community its grids, groups, households, population and remark."""
    units = [unit for street in streets for unit in street.communities if not unit.closed]
    grids = portions(published["grids"], [1 + Fraction(4, 5) * bell(u.code, "grids") for u in units])
    groups = portions(
        published["groups"],
        [
            count * (1 + Fraction(3, 10) * bell(u.code, "groups"))
            for u, count in zip(units, grids, strict=True)
        ],
    )
    lots = sorted(units, key=lambda unit: draw(unit.code, "site"))[: published["sites"]]
    rebuilt = {unit.code for unit in lots}
    sized = {
        unit.code: _with_sizes(unit, g, n, top["site_remark"] if unit.code in rebuilt else "")
        for unit, g, n in zip(units, grids, groups, strict=True)
    }
    return [
        replace(
            street,
            communities=tuple(sized.get(u.code) or _with_sizes(u, 7, 25, "") for u in street.communities),
        )
        for street in streets
    ]


def _with_sizes(unit: Unit, grids: int, groups: int, remark: str) -> Unit:
    households = round(grids * _GRID_HOUSEHOLDS * (1 + Fraction(3, 10) * bell(unit.code, "density")))
    special = unit.predecessors or unit.former
    return replace(
        unit,
        grids=grids,
        groups=groups,
        households=households,
        population=_people(unit.code, households),
        remark=f"{unit.remark}；{remark.partition('；')[2]}" if remark and special else remark or unit.remark,
    )


def _row(unit: Unit, codes: dict[str, str]) -> list[str]:
    community = unit.level == "社区"
    sizes = [unit.households, unit.population, unit.grids, unit.groups]
    return [
        unit.code,
        unit.name,
        unit.level,
        unit.parent,
        unit.type,
        *(str(size) if size else "" for size in sizes),
        ("是" if unit.assessed else "否") if community else "",
        unit.reason,
        unit.founded.isoformat() if unit.founded else "",
        unit.closed.isoformat() if unit.closed else "",
        "；".join(codes[name] for name in unit.predecessors),
        "；".join(unit.aliases),
        unit.remark,
    ]
