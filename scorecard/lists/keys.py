"""Whose a row is: the community that its name, its code, or both name."""

from dataclasses import dataclass
from typing import Any

from scorecard.intake.layout import Row
from scorecard.language import NC_
from scorecard.lists.table import Table
from scorecard.registry import Match, Registry, Unit


@dataclass(frozen=True, slots=True)
class Who:
    """The community of a row; without one, the codes of those that it may have meant."""

    unit: Unit | None
    maybe: tuple[str, ...] = ()


def who(table: Table, row: Row, registry: Registry, *, private: bool = False) -> Who:
    """Return the community of a row, or write down why there is none.

    `private`: the finding must not say who wrote the row; it names the place only.
    """
    name, code = table.text(row, "unit_name"), table.text(row, "unit_code")
    key = "unit_name" if name else "unit_code"
    if not name and not code:
        table.notes.add("W953", **table.at(row, key))
        return Who(None)
    street_name = table.text(row, "street")
    street = registry.match(street_name, None, "街道", table.year).unit if street_name else None
    by_name = registry.match(name, street.code if street else None, "社区", table.year) if name else None
    by_code = registry.match(code, None, "社区", table.year) if code else None
    if by_name and by_code and by_name.how == "ambiguous" and by_code.unit in by_name.suggestions:
        by_name = None
    unit = _agreed(by_name, by_code)
    if isinstance(unit, Unit) and unit.exists(table.year):
        return Who(unit)
    near = _near(by_name, by_code)
    place: dict[str, Any] = {"row": row[0]} if private else table.at(row, key)
    place["said"] = NC_("part", "「{quoted}」").format(quoted=place["raw"]) if place.get("raw") else ""
    if unit is not None or _gone(name, registry, table.year):
        table.notes.add("W955", **place, year=table.year)
    elif near and not private:
        table.notes.add("W954", **place, suggestions="、".join(f"「{registry.label(u.code)}」" for u in near))
    else:
        table.notes.add("W956", **place)
    return Who(None, tuple(u.code for u in near if u.level == "社区" and u.exists(table.year)))


def _gone(name: str, registry: Registry, year: int) -> bool:
    """Return whether communities had this name, but none has it in `year`."""
    return registry.knows(name, "社区") and registry.match(name, None, "社区", year).how == "none"


def _agreed(by_name: Match | None, by_code: Match | None) -> Unit | None:
    """Return the unit that name and code agree on; None where they do not, or nothing is known."""
    found = [match.unit for match in (by_name, by_code) if match is not None]
    if len({unit.code for unit in found if unit}) == 1 and None not in found:
        return found[0]
    return None


def _near(by_name: Match | None, by_code: Match | None) -> list[Unit]:
    """Return each unit that a person may choose from, those of the name first."""
    units = [u for m in (by_name, by_code) if m for u in ((m.unit,) if m.unit else m.suggestions)]
    return list({u.code: u for u in units}.values())
