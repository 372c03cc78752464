"""Which unit of last year this year's is compared with, or why it is compared with none."""

from dataclasses import dataclass

from scorecard.insight.result import Result
from scorecard.language import later, later_list
from scorecard.registry import Registry


@dataclass(frozen=True, slots=True)
class Link:
    """`before` is last year's code, or empty with the `reason`; `note` is said beside a comparison."""

    unit: str
    before: str = ""
    reason: str = ""
    note: str = ""


def link(registry: Registry, old: Result, new: Result, unit: str) -> Link:
    """Return what `unit` is compared with: itself, or the one unit that it came from."""
    past = registry.crosswalk(unit, old.year)
    if not past:
        return Link(
            unit, reason=later("{year}年度新设，{before}年度没有这个单位", year=new.year, before=old.year)
        )
    if len(past) > 1:
        names = later_list([u.name for u in past])
        why = later("由{names}合并成立，{before}年度没有可比的得分", names=names, before=old.year)
        return Link(unit, reason=why)
    before = past[0].code
    if before not in old.units:
        return Link(unit, reason=later("{before}年度没有{name}的结果", before=old.year, name=past[0].name))
    waits = next((r.year for r, c in ((new, unit), (old, before)) if _waits(r, c)), None)
    if waits:
        return Link(unit, reason=later("{year}年度的数据待更正，总分未定", year=waits))
    return Link(unit, before, note=_note(registry, old, new, unit, before))


def links(registry: Registry, old: Result, new: Result) -> dict[str, Link]:
    """Return the link of every community of this year."""
    return {unit: link(registry, old, new, unit) for unit in new.units}


def _waits(result: Result, unit: str) -> bool:
    row = result.units[unit]
    return bool(row["in_population"] and not row["assessed"])


def _note(registry: Registry, old: Result, new: Result, unit: str, before: str) -> str:
    """Return what a reader must know of a comparison with another code: renamed, or split."""
    if before == unit:
        return ""
    name = registry.units[before].name
    siblings = [u for u in new.units if registry.crosswalk(u, old.year) == (registry.units[before],)]
    if len(siblings) > 1:
        return later(
            "由{name}拆分设立（共{count}个），与{name}{before}年度的得分比较",
            name=name,
            count=len(siblings),
            before=old.year,
        )
    return later("由{name}更名或换编码，与其{before}年度的得分比较", name=name, before=old.year)
