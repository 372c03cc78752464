"""What nobody has handed in: streets without their form, communities without a row.

An empty cell is missing (缺报) and scores by the rulebook's policy. A row that never came is something else:
the community would be ranked last for a file that lies elsewhere, or for a name that was misspelt. It waits.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scorecard.checks import CheckResult
from scorecard.findings import Finding
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.names import listed
from scorecard.pipeline.folder import DECISIONS, Unread
from scorecard.pipeline.resolve import Checked
from scorecard.registry import Registry
from scorecard.rulebook.model import Form, Rulebook


@dataclass(frozen=True, slots=True)
class Owed:
    """The communities and streets that wait since nobody reported on them, and what is to be said."""

    units: frozenset[str]
    findings: tuple[Finding, ...]


def not_handed_in(
    checked: Sequence[Checked],
    rulebook: Rulebook,
    registry: Registry,
    year: int,
    approved: Collection[tuple[str, str]] = (),
    counted: Collection[tuple[str, str]] = (),
) -> Owed:
    """Return what is owed for `year` after all files have been checked and resolved.

    A unit owes a row of every indicator of which any other unit has one, unless it is excused
    (`approved`: unit, indicator); what a list gives (`counted`) is a row as well. What nobody at all has
    reported is missing for everyone alike.
    """
    arrived = [c.result for c in checked if c.result.form and c.counts]
    absent = _absent(_Rows.of(arrived, counted), rulebook, registry, year, approved)
    silent = _silent_streets(arrived, rulebook, registry, year)
    findings = [
        make(
            "W853",
            unit_code=street,
            street=registry.units[street].name,
            form=form.name_zh,
            effect=NC_("part", "，所属社区暂不排名") if absent else "",
        )
        for form, streets in silent
        for street in streets
    ]
    findings += [
        found
        for form in rulebook.forms
        if form.collected
        for found in _left_out(form, _came(form, arrived, rulebook), registry, year)
    ]
    return Owed(frozenset(absent), (*findings, *_rows(absent, silent, rulebook, registry)))


def _absent(
    rows: "_Rows",
    rulebook: Rulebook,
    registry: Registry,
    year: int,
    approved: Collection[tuple[str, str]],
) -> dict[str, list[str]]:
    """Return the indicators without a row, in printed order, of every assessed community and street."""
    communities = [u.code for u in registry.assessed(year) if u.type in rulebook.population_types]
    streets = [s.code for s in registry.streets(year) if s.assessed]
    reported = [i for i in rulebook.street.indicators if i.derive is None]
    absent: dict[str, list[str]] = {}
    for units, indicators in ((communities, rulebook.community_indicators), (streets, reported)):
        for indicator in indicators:
            came = rows.units(indicator.code)
            left = set(units).difference(came) if came else set()
            for unit in units if left else ():
                if unit in left and (unit, indicator.code) not in approved:
                    absent.setdefault(unit, []).append(indicator.code)
    return absent


@dataclass(frozen=True, slots=True)
class _Rows:
    """Who has a row of what: of tables the units of all that answer the same, of long forms single rows."""

    tables: Mapping[tuple[str, ...], Collection[str]]
    single: Mapping[str, Collection[str]]

    @classmethod
    def of(cls, arrived: Iterable[CheckResult], counted: Iterable[tuple[str, str]]) -> "_Rows":
        tables: dict[tuple[str, ...], set[str]] = {}
        single: dict[str, set[str]] = {}
        for unit, code in counted:
            single.setdefault(code, set()).add(unit)
        for result in arrived:
            for unit, code in result.rows:
                single.setdefault(code, set()).add(unit)
            if not result.rows:  # a table, or a long form without a gap
                tables.setdefault(result.answers, set()).update(result.units)
        return cls(tables, single)

    def units(self, code: str) -> Collection[str]:
        """Return the units with a row of an indicator."""
        found = [units for answers, units in self.tables.items() if code in answers]
        if code in self.single:
            found.append(self.single[code])
        return found[0] if len(found) == 1 else set().union(*found)


def _came(form: Form, arrived: Iterable[CheckResult], rulebook: Rulebook) -> set[str]:
    """Return the units that any file reports on which hands over all that `form` does."""
    levels = {f.code: frozenset(f.levels) for f in rulebook.forms}
    return {u for r in arrived if levels[form.code] <= levels[r.form] for u in r.units}


def _silent_streets(
    arrived: Sequence[CheckResult], rulebook: Rulebook, registry: Registry, year: int
) -> list[tuple[Form, list[str]]]:
    """Return, of each form that streets hand in, the streets none of whose communities are in any file."""
    owed: dict[str, set[str]] = {}
    for unit in registry.assessed(year):
        if street := registry.street_of(unit.code):
            owed.setdefault(street.code, set()).add(unit.code)
    silent = []
    for form in rulebook.forms:
        if form.party == "street" and not form.collected:
            came = _came(form, arrived, rulebook)
            silent.append((form, [s for s, units in owed.items() if not units & came]))
    return [(form, streets) for form, streets in silent if streets]


def _left_out(form: Form, came: Collection[str], registry: Registry, year: int) -> list[Finding]:
    """Return the finding about the communities that no file of `form` has, if there are any."""
    assessed = registry.assessed(year)
    absent = [unit.name for unit in assessed if unit.code not in came]
    if not absent or not came:
        return []
    found = len(assessed) - len(absent)
    return [
        make(
            "W855",
            form=form.name_zh,
            names=listed(absent),
            expected_count=len(assessed),
            found_count=found,
        )
    ]


def _rows(
    absent: Mapping[str, Sequence[str]],
    silent: Sequence[tuple[Form, Sequence[str]]],
    rulebook: Rulebook,
    registry: Registry,
) -> list[Finding]:
    """Return a finding for each community that waits; what its whole street lacks has been said."""
    levels = {i.code: i.level for i in rulebook.indicators.values()}
    names = {i.code: i.name_zh for i in rulebook.indicators.values()}
    findings = []
    for unit, codes in absent.items():
        street = registry.street_of(unit)
        said = {
            level for form, streets in silent if street and street.code in streets for level in form.levels
        }
        own = [names[code] for code in codes if levels[code] not in said]
        if own:
            name = registry.units[unit].name
            findings.append(make("W857", unit_code=unit, unit=name, names=listed(own, 3), count=len(own)))
    return findings


def unread(places: Iterable[Unread], year: int) -> list[Finding]:
    """Return a finding for each of `places`, the files of the data folder that nothing reads."""
    codes = {"misplaced": "W858", "list": "W950", "decision": "W859", "elsewhere": "W862", "broken": "W881"}
    known = "、".join(f"“{name}”" for name in DECISIONS)
    return [
        make(codes[found.why], file=found.relative, path=found.relative, year=year, known=known)
        for found in places
    ]
