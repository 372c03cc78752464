"""Which unit a row is about. Spelling is forgiven, resemblance is only suggested, nothing is guessed."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from scorecard.checks.notebook import Notebook
from scorecard.intake.numbers import looks_like_date
from scorecard.language import NC_
from scorecard.names import fold, tidy
from scorecard.registry import Match, Registry, Unit, UnitLevel
from scorecard.registry.slips import code_slip

_TRUNCATED = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
_LOST = re.compile("[?？\ufffd]")  # what an encoding without the character leaves behind

_STREET = ("street", "street_code")
_SEVERAL = 2  # rows of another street from which the file, not the row, is the wrong one
_SUGGESTED = (
    200  # look-ups of strange names: comparing each with every unit would take minutes in a foreign file
)
_NOBODY = Match(None, "none")


class Named(NamedTuple):
    """What a row says about its unit, verbatim. `columns` and `headers` are by key, for findings."""

    row: int
    said: tuple[str, ...]  # name, code, street, code of the street: many rows of a long form say the same
    columns: Mapping[str, str]
    headers: Mapping[str, str]

    @property
    def name(self) -> str:
        """The name of the unit."""
        return self.said[0]

    @property
    def code(self) -> str:
        """The code of the unit."""
        return self.said[1]

    @property
    def streets(self) -> dict[str, str]:
        """The filled-in cells about its street, by key."""
        return {key: text for key, text in zip(_STREET, self.said[2:], strict=True) if text}

    def at(self, key: str) -> dict[str, Any]:
        """Return the place of the cell `key`."""
        texts = {"unit_name": self.name, "unit_code": self.code, **self.streets}
        return {
            "row": self.row,
            "column": self.columns.get(key, ""),
            "header": self.headers.get(key, ""),
            "raw": texts[key],
        }


def _level_said(unit: Unit) -> str:
    return NC_("part", "{level}（{title}）").format(level=unit.level, title=unit.name)


def _plain(code: str) -> str:
    """Return a code in plain digits, without blanks and the apostrophe that makes it text in a workbook."""
    return fold(code).lstrip("'’")


class UnitFinder:
    """Finds the units of one file: of one level, in one year, in one street where that is known."""

    def __init__(self, registry: Registry, level: UnitLevel, year: int, book: Notebook) -> None:
        self.expected: Unit | None = None
        self.unsure: list[str] = []  # units of rows whose name and code do not settle which unit is meant
        self.maybe: list[str] = []  # units that a row without any may be about
        self.meant: list[tuple[str, ...]] = []  # the same for each such row, the likeliest first
        self._registry, self._level, self._year, self._book = registry, level, year, book
        self._strange = 0
        self._matches: dict[tuple[str, str | None, UnitLevel], Match] = {}
        self._fine: dict[tuple[str, ...], Unit] = {}  # what nothing was to be said about

    def expect(self, street_code: str | None, rows: Iterable[Named], *, infer: bool) -> None:
        """Set the sender's street: as given, or the street of more than half of the units found."""
        if street_code is None and infer:
            streets = Counter(s.code for r in rows if (u := self._unchecked(r)) and (s := self.street(u)))
            top = streets.most_common(1)
            street_code = top[0][0] if top and 2 * top[0][1] > streets.total() else None
        self.expected = self._registry.units.get(street_code) if street_code else None

    def elsewhere(self, rows: Sequence[Named]) -> list[Unit]:
        """Return the streets of the rows' units, by code, if several rows have one and none the sender's."""
        if self.expected is None:
            return []
        streets: dict[tuple[str, ...], Unit | None] = {}
        for named in rows:
            if named.said not in streets:
                unit = self._anywhere(named)
                streets[named.said] = self.street(unit) if unit else None
        found = [s for named in rows if (s := streets[named.said])]
        if len(found) < _SEVERAL or self.expected in found:
            return []
        return sorted(set(found), key=lambda street: street.code)

    def street(self, unit: Unit) -> Unit | None:
        """Return the street that `unit` belongs to."""
        return self._registry.street_of(unit.code)

    def find(self, named: Named) -> Unit | None:
        """Return the unit of a row, or write down why there is none."""
        unit = self._fine.get(named.said)
        if unit is None:
            before = len(self._book.findings)
            unit = self._found(named)
            if unit and len(self._book.findings) == before:
                self._fine[named.said] = unit
        return unit

    def _found(self, named: Named) -> Unit | None:
        if not (named.name or named.code):
            self._book.add("K517", row=named.row, blocks=())
            return None
        by_code, code_fine = self._by_code(named)
        by_name, name_fine = self._by_name(named, by_code)
        unit = by_name or by_code
        if not (code_fine and name_fine) or unit is None:
            self._wait(by_name, by_code)
            if unit is None:
                self._doubt(named)
            return None
        if by_name and by_code and by_name.code != by_code.code:
            said: dict[str, Any] = {
                "by_name": self._full(by_name),
                "by_code": self._full(by_code),
                "code_text": named.code,
            }
            self._book.add("K505", **named.at("unit_name"), **said, blocks=())
            self._wait(by_name, by_code)
            return None
        return unit if self._fits(unit, named) else None

    def _doubt(self, named: Named) -> None:
        """Remember whom a row may be about: units of such a name, of the sender's street where we know it."""
        meant = []
        for unit in self._match(named).suggestions if named.name else ():
            street = self.street(unit)
            inside = self.expected is None or (street is not None and street.code == self.expected.code)
            if inside and unit.level == self._level and unit.exists(self._year):
                meant.append(unit.code)
        self.maybe += meant
        self.meant.append(tuple(meant))

    def _wait(self, *units: Unit | None) -> None:
        codes = [u.code for u in units if u and u.level == self._level]
        self.unsure += codes
        self._book.blocked.update(codes)

    def _by_code(self, named: Named) -> tuple[Unit | None, bool]:
        """Return the unit that the code names, and whether the code cell is in order."""
        code = _plain(named.code)
        unit = self._registry.units.get(code)
        if not code or (unit and unit.level == self._level):
            return unit, True
        if unit:  # such as the street's code in the column of communities
            found = _level_said(unit)
            self._book.add("K516", **named.at("unit_code"), found=found, expected=self._level, blocks=())
            return None, False
        if looks_like_date(named.code):
            self._book.add("K545", **named.at("unit_code"), blocks=())
            return None, False
        truncated = _TRUNCATED.fullmatch(code) is not None
        slip: dict[str, Any] = {} if truncated else {**code_slip(named.code, self._level, self._registry)}
        if slip.get("meant"):
            self.meant.append((slip["meant"],))
        self._book.add("K506" if truncated else "K507", **named.at("unit_code"), **slip, blocks=())
        return None, False

    def _by_name(self, named: Named, by_code: Unit | None) -> tuple[Unit | None, bool]:
        """Return the unit that the name means; a code decides between units of one name."""
        if not named.name:
            return None, True
        if _LOST.search(named.name):
            self._book.add("K515", **named.at("unit_name"), blocks=())
            return None, False
        match = self._match(named)
        if match.how == "ambiguous" and by_code in match.suggestions:
            return by_code, True
        if match.unit is None:
            self._unknown(named, match)
        return match.unit, match.unit is not None

    def _match(self, named: Named) -> Match:
        """Return what the name means in the row's street, else in the sender's, else anywhere."""
        near = _NOBODY
        for street in (*self._typed_streets(named).values(), self.expected):
            if street is not None:
                match = self._cached(named.name, street.code, self._level)
                if match.unit is not None or match.how == "ambiguous":
                    return match
                near = near if near.suggestions else match
        anywhere = self._cached(named.name, None, self._level)
        return near if anywhere.how == "none" and near.suggestions else anywhere

    def _cached(self, name: str, street: str | None, level: UnitLevel) -> Match:
        key = (name, street, level)
        if key not in self._matches:
            strange = not self._registry.knows(name, level) and tidy(name) not in self._registry.units
            self._strange += strange
            hopeless = strange and self._strange > _SUGGESTED
            match = _NOBODY if hopeless else self._registry.match(name, street, level, self._year)
            self._matches[key] = match
        return self._matches[key]

    def _unchecked(self, named: Named) -> Unit | None:
        by_code = self._registry.units.get(_plain(named.code))
        return by_code or (self._match(named).unit if named.name else None)

    def _anywhere(self, named: Named) -> Unit | None:
        """Return the unit of a row, whoever sends it; a name that several streets have settles nothing."""
        if by_code := self._registry.units.get(_plain(named.code)):
            return by_code
        typed = next((s.code for s in self._typed_streets(named).values() if s), None)
        return self._cached(named.name, typed, self._level).unit if named.name else None

    def _unknown(self, named: Named, match: Match) -> None:
        """Say why a name leads to no unit: gone, several, another level, similar, or simply unknown."""
        at = named.at("unit_name")
        if (
            self._registry.knows(named.name, self._level) and match.how == "none"
        ):  # a registered name that nobody has this year
            self._book.add("K527", **at, year=self._year, blocks=())
            return
        other = self._other_level(named.name)
        names = "、".join(f"「{self._full(u)}」" for u in match.suggestions)
        if match.how == "ambiguous":
            self._book.add("K504", **at, suggestions=names, blocks=())
        elif other is not None:
            self._book.add("K516", **at, found=_level_said(other), expected=self._level, blocks=())
        elif names:
            self._book.add("K502", **at, suggestions=names, blocks=())
        else:
            self._book.add("K545" if looks_like_date(named.name) else "K501", **at, blocks=())

    def _other_level(self, name: str) -> Unit | None:
        levels: tuple[UnitLevel, ...] = ("街道", "社区", "区")
        return next(
            (u for level in levels if level != self._level and (u := self._cached(name, None, level).unit)),
            None,
        )

    def _fits(self, unit: Unit, named: Named) -> bool:
        """Return whether the unit is of the right level, year and street; else write down why not."""
        key = "unit_name" if named.name else "unit_code"
        street = self.street(unit)
        if unit.level != self._level:
            found = _level_said(unit)
            self._book.add("K516", **named.at(key), found=found, expected=self._level, blocks=())
            return False
        if not unit.exists(self._year):
            self._book.add("K527", **named.at(key), year=self._year, blocks=())
            return False
        if self.expected and street and street.code != self.expected.code:
            at = {**named.at(key), "unit_code": unit.code, "expected": self.expected.name}
            self._book.add("K503", **at, street=street.name)
            return False
        return self._street_agrees(unit, street, named)

    def _street_agrees(self, unit: Unit, street: Unit | None, named: Named) -> bool:
        """The street typed in the row, by name or by code, is the unit's.

        One that we do not know may be a note in the wrong column: the unit waits, its row is read.
        """
        for key, typed in self._typed_streets(named).items():
            about: dict[str, Any] = {"unit_code": unit.code, "unit": unit.name}
            if typed is None and street:
                self._book.add("K533", **named.at(key), **about, street=street.name)
            elif typed and street and typed.code != street.code:
                self._book.add("K522", **named.at(key), **about, street=street.name)
                self._wait(unit)
                return False
        return True

    def _typed_streets(self, named: Named) -> dict[str, Unit | None]:
        """Return the street of each filled-in street cell of the row; None where we know no such street."""
        return {key: self._cached(text, None, "街道").unit for key, text in named.streets.items()}

    def _full(self, unit: Unit) -> str:
        """Return the unit's name with its street, so that namesakes differ."""
        street = self.street(unit)
        return f"{street.name}{unit.name}" if street and street.code != unit.code else unit.name
