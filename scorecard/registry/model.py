"""The registry of units: who exists, who is assessed, who came from whom, and who is meant by a name."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from scorecard.names import fold, tidy
from scorecard.registry.naming import STREET_ENDS, VILLAGE, is_bare, unit_key, without_brackets

UnitLevel = Literal["区", "街道", "片区", "社区"]
How = Literal["exact", "normalised", "alias", "code", "none", "ambiguous"]

_SIMILAR = 0.6  # below, a suggestion confuses more than it helps: 西钞 and 西桥 are at 0.5
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of the registry. Numbers are None where the cell is empty.

    The unit exists from `valid_from` (None: always) until the day before `valid_to` (None: still).
    """

    code: str
    name: str
    level: UnitLevel
    parent_code: str = ""
    type: str = ""
    households: int | None = None
    population: int | None = None
    grids: int | None = None
    groups: int | None = None
    assessed: bool = True
    reason: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    predecessors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""

    def exists(self, year: int) -> bool:
        """Whether the unit exists at the end of `year`, which is when the year's data are taken."""
        last_day = date(year, 12, 31)
        return (self.valid_from is None or self.valid_from <= last_day) and (
            self.valid_to is None or self.valid_to > last_day
        )


@dataclass(frozen=True, slots=True)
class Match:
    """Which unit a typed name means, and how that is known; `suggestions` are for a person to choose."""

    unit: Unit | None
    how: How
    suggestions: tuple[Unit, ...] = ()


@dataclass(frozen=True)
class Registry:
    """Every unit by code, in the order of the file; `sha256` is of the file's bytes."""

    units: Mapping[str, Unit]
    sha256: str = ""

    @cached_property
    def district(self) -> Unit:
        """The one district."""
        return next(unit for unit in self.units.values() if unit.level == "区")

    def streets(self, year: int) -> tuple[Unit, ...]:
        """Return the streets that exist at the end of `year`."""
        return self._existing("街道", year)

    def communities(self, year: int) -> tuple[Unit, ...]:
        """Return the communities that exist at the end of `year`, assessed or not."""
        return self._existing("社区", year)

    def assessed(self, year: int) -> tuple[Unit, ...]:
        """Return the assessed population of `year`: the denominator of ranks and quotas."""
        return tuple(unit for unit in self.communities(year) if unit.assessed)

    def excluded(self, year: int) -> list[tuple[Unit, str]]:
        """Return the communities that exist but are not assessed, each with its reason."""
        return [(unit, unit.reason) for unit in self.communities(year) if not unit.assessed]

    def street_of(self, code: str) -> Unit | None:
        """Return the street that the unit is or belongs to; None for the district.

        Raises:
            KeyError: No unit has this code.
        """
        unit = self.units[code]
        while unit.level != "街道":
            if not unit.parent_code:
                return None
            unit = self.units[unit.parent_code]
        return unit

    def belongs(self, code: str, street_code: str) -> bool:
        """Return whether the unit is the street of `street_code` or belongs to it.

        Raises:
            KeyError: No unit has this code.
        """
        street = self.street_of(code)
        return street is not None and street.code == street_code

    def label(self, code: str) -> str:
        """Return the unit's name, with its street where another unit of its level has the same name.

        Raises:
            KeyError: No unit has this code.
        """
        unit = self.units[code]
        street = self.street_of(code)
        if street is None or street is unit or self._times[unit.level, unit.name] == 1:
            return unit.name
        return f"{unit.name}（{street.name}）"

    def crosswalk(self, code: str, from_year: int) -> tuple[Unit, ...]:
        """Return the units of `from_year` that today's unit is made of: itself, or what it came from.

        Empty: the unit is new. Several: it was merged.

        Raises:
            KeyError: No unit has this code.
        """
        unit = self.units[code]
        if unit.exists(from_year):
            return (unit,)
        found = (old for before in unit.predecessors for old in self.crosswalk(before, from_year))
        return tuple(dict.fromkeys(found))

    def match(
        self, name: str, street_code: str | None = None, level: UnitLevel = "社区", year: int | None = None
    ) -> Match:
        """Return the unit of `level` that `name` (a name, an alias or a code) means.

        Spelling is forgiven, resemblance is not: a similar name is only suggested. A name that leads to
        two units is ambiguous until `street_code` or `year` leaves one.
        """
        typed = tidy(name)
        code = fold(name).lstrip("'’")  # a leading apostrophe keeps a workbook from making it a number
        if code in self.units:
            return self._by_code(self.units[code], street_code, level)
        found = [unit for unit in self._named(typed, level) if self._within(unit, street_code, year)]
        if len(found) == 1:
            how = self._how(typed, found[0])
            said = how != "normalised" or typed in found[0].aliases
            twins = () if said else self._villages(typed, level, street_code, year)
            return Match(None, "ambiguous", (found[0], *twins)) if twins else Match(found[0], how)
        if found:
            return Match(None, "ambiguous", tuple(found))
        return Match(None, "none", self._similar(typed, street_code, level))

    def _villages(
        self, typed: str, level: UnitLevel, street_code: str | None, year: int | None
    ) -> tuple[Unit, ...]:
        """Return the villages that a bare name means just as well: 石桥 is 石桥社区, or 石桥村."""
        if not is_bare(typed, level):
            return ()
        named = self._named(typed + VILLAGE, level)
        return tuple(unit for unit in named if self._within(unit, street_code, year))

    def means(self, text: str, level: UnitLevel) -> bool:
        """Return whether `text` is a name, an alias or a code of a unit of `level`, in any year."""
        unit = self.units.get(fold(text).lstrip("'’"))
        return (unit is not None and unit.level == level) or self.knows(tidy(text), level)

    def knows(self, name: str, level: UnitLevel) -> bool:
        """Return whether `name` is a registered name or alias of a unit of `level`, in any year."""
        return bool(self._named(name, level))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of every unit by its code."""
        return {code: unit.name for code, unit in self.units.items()}

    @cached_property
    def _times(self) -> Counter[tuple[UnitLevel, str]]:
        """How many units of each level have each name."""
        return Counter((unit.level, unit.name) for unit in self.units.values())

    def _existing(self, level: UnitLevel, year: int) -> tuple[Unit, ...]:
        if (level, year) not in self._existed:
            found = (unit for unit in self.units.values() if unit.level == level and unit.exists(year))
            self._existed[level, year] = tuple(found)
        return self._existed[level, year]

    @cached_property
    def _existed(self) -> dict[tuple[UnitLevel, int], tuple[Unit, ...]]:
        """The units of each level and year that somebody asked for: every file asks again."""
        return {}

    def _key(self, name: str, level: UnitLevel) -> str:
        return unit_key(name, level, self.district.name)

    @cached_property
    def _index(self) -> dict[tuple[str, str], tuple[Unit, ...]]:
        """Units by level and key of their name and of each alias."""
        index: dict[tuple[str, str], dict[str, Unit]] = defaultdict(dict)
        for unit in self.units.values():
            for word in (unit.name, *unit.aliases):
                index[unit.level, self._key(word, unit.level)][unit.code] = unit
        return {key: tuple(units.values()) for key, units in index.items()}

    def _named(self, typed: str, level: UnitLevel) -> tuple[Unit, ...]:
        key = self._key(typed, level)
        return self._index.get((level, key)) or self._behind_street(key, level)

    def _behind_street(self, key: str, level: UnitLevel) -> tuple[Unit, ...]:
        """Return the units that `key` names after its street: 望河街道临河社区 is 临河社区 of that street.

        Of that street alone, so that the name of another one in front never leads here.
        """
        found: dict[str, Unit] = {}
        for prefix, street in self._street_prefixes if level in ("社区", "片区") else ():
            rest = key.removeprefix(prefix)
            for unit in self._index.get((level, rest), ()) if rest != key else ():
                if self._within(unit, street.code, None):
                    found[unit.code] = unit
        return tuple(found.values())

    @cached_property
    def _street_prefixes(self) -> list[tuple[str, Unit]]:
        """The folded ways to write each street before a community's name, with the street."""
        streets = (unit for unit in self.units.values() if unit.level == "街道")
        return [
            (stem + end, s) for s in streets for stem in [self._key(s.name, "街道")] for end in STREET_ENDS
        ]

    def _within(self, unit: Unit, street_code: str | None, year: int | None) -> bool:
        in_street = street_code is None or self.belongs(unit.code, street_code)
        return in_street and (year is None or unit.exists(year))

    def _by_code(self, unit: Unit, street_code: str | None, level: UnitLevel) -> Match:
        if unit.level == level and self._within(unit, street_code, None):
            return Match(unit, "code")
        return Match(None, "none", (unit,))

    def _how(self, typed: str, unit: Unit) -> How:
        if typed == unit.name:
            return "exact"
        key, name = self._key(typed, unit.level), self._key(unit.name, unit.level)
        same = key == name or any(key == prefix + name for prefix, _ in self._street_prefixes)
        return "normalised" if same else "alias"

    def _similar(self, typed: str, street_code: str | None, level: UnitLevel) -> tuple[Unit, ...]:
        """Return the nearest units, the given street's first, then in the order of the file.

        Among the few of the given street a name of two characters may have another one: 臨河 is near 临河.
        """
        keys = {self._key(typed, level), self._key(without_brackets(typed), level)}
        ranked = []
        for order, unit in enumerate(unit for unit in self.units.values() if unit.level == level):
            words = (unit.name, *unit.aliases)
            likeness = max(self._likeness(key, word, level) for key in keys for word in words)
            elsewhere = street_code is None or not self._within(unit, street_code, None)
            one_apart = any(_one_apart(key, self._key(word, level)) for key in keys for word in words)
            if likeness >= _SIMILAR or (one_apart and not elsewhere):
                ranked.append((elsewhere, -likeness, order, unit))
        return tuple(entry[-1] for entry in sorted(ranked, key=lambda e: e[:3])[:_SUGGESTIONS])

    def _likeness(self, key: str, word: str, level: UnitLevel) -> float:
        """Return how alike two names look, 0 to 1; it only orders suggestions."""
        return SequenceMatcher(None, key, self._key(word, level), autojunk=False).ratio()


def _one_apart(one: str, other: str) -> bool:
    """Whether two texts of the same length, more than one, differ in a single character."""
    return len(one) == len(other) > 1 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
