"""What changed between two publications: whose score, rank and grade, and by which file or decision."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import reduce
from typing import Any

from scorecard.errors import UserError
from scorecard.explain.correction import SHEET
from scorecard.language import N_, later
from scorecard.publish.downloads import OUTSIDE, WAITS
from scorecard.publish.editions import INTERNAL
from scorecard.publish.formats import short_hash
from scorecard.publish.published import Cells, Published

_FACTS = (N_("分子"), N_("分母"), N_("数值"), N_("等级或分解"), N_("状态"))
_STANDINGS = {WAITS: N_("待更正"), OUTSIDE: OUTSIDE}
_SOURCE = ("文件指纹", "工作表", "行", "列")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stood: texts as published; None where nothing was published."""

    total: str | None
    rank: int | None
    grade: str | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that moved a unit's own score. `by` names the file or decision; empty: nobody's data."""

    what: str
    before: str | None
    after: str | None
    detail: str
    by: str


@dataclass(frozen=True, slots=True)
class Moved:
    """One community or street that is published otherwise. Without `reasons` its own data are the same."""

    code: str
    name: str
    street: str
    before: Place
    after: Place
    reasons: tuple[Reason, ...]

    @property
    def scored(self) -> bool:
        """Whether its own total is another."""
        return self.before.total != self.after.total


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs, units in the order of the later publication. `general`: what holds for all."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    general: tuple[str, ...]
    units: tuple[Moved, ...]
    streets: tuple[Moved, ...]

    def count(self, field: str) -> int:
        """Return of how many communities `total`, `rank` or `grade` is another."""
        return sum(getattr(u.before, field) != getattr(u.after, field) for u in self.units)

    def record(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "before": dict(self.before),
            "after": dict(self.after),
            "general": list(self.general),
            "units": [asdict(u) for u in self.units],
            "streets": [asdict(s) for s in self.streets],
        }


def compare(before: Published, after: Published) -> Changes:
    """Return what differs.

    Raises:
        UserError: They are of different years or editions: their differences would be of what is printed.
    """
    for key, what in (("year", "年度"), ("edition", "版本")):
        old, new = (p.about.get(key, INTERNAL) for p in (before, after))
        if old != new:
            raise UserError(f"两次发布的{what}不同（{old}、{new}），不能比较；请选同一{what}的两次。")
    units = [_unit(before, after, code) for code in dict.fromkeys((*after.units, *before.units))]
    streets = [_street(before, after, code) for code in dict.fromkeys((*after.streets, *before.streets))]
    return Changes(
        _named(before),
        _named(after),
        tuple(_general(before, after)),
        tuple(u for u in units if u.before != u.after or u.reasons),
        tuple(s for s in streets if s.before != s.after),
    )


def _named(publication: Published) -> dict[str, Any]:
    keys = ("year", "status", "as_of", "snapshot", "result")
    return {"release": publication.name, **{key: publication.about[key] for key in keys}}


def _general(before: Published, after: Published) -> Iterator[str]:
    """Yield what may move everybody."""
    old, new = (p.about for p in (before, after))
    if old["status"] != new["status"]:
        yield later("状态由“{old}”变为“{new}”", old=old["status"], new=new["status"])
    if old["as_of"] != new["as_of"]:
        yield later("数据截至日由{old}变为{new}", old=_day(old["as_of"]), new=_day(new["as_of"]))
    if old["rulebook"]["sha256"] != new["rulebook"]["sha256"]:
        books = [a["rulebook"] for a in (old, new)]
        first, second = (
            later("第{edition}版（指纹{hash}）", edition=b["edition"], hash=short_hash(b["sha256"]))
            for b in books
        )
        yield later("考核办法由{old}变为{new}", old=first, new=second)
    if old["version"] != new["version"]:
        yield later("程序版本由{old}变为{new}", old=old["version"], new=new["version"])


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return later("{year}年{month}月{day}日", year=year, month=int(month), day=int(day))


def _unit(before: Published, after: Published, code: str) -> Moved:
    old, new = before.units.get(code, {}), after.units.get(code, {})
    known = new or old
    reasons = (*_standing(old, new), *_modifiers(old, new), *_items(before, after, code))
    return Moved(code, known["社区"], known["街道"], _place(old), _place(new), reasons)


def _place(row: Cells) -> Place:
    return Place(row.get("总分"), row.get("名次"), row.get("等次"))


def _street(before: Published, after: Published, code: str) -> Moved:
    old, new = before.streets.get(code, {}), after.streets.get(code, {})
    first, second = (Place(row.get("街道得分"), row.get("名次"), None) for row in (old, new))
    return Moved(code, (new or old)["街道"], "", first, second, ())


def _standing(old: Cells, new: Cells) -> Iterator[Reason]:
    """Yield why a community waits now, or is ranked again; none for one that only one publication has."""
    was, now = _ranked(old), _ranked(new)
    if old and new and was != now:
        yield Reason(N_("是否排名："), was, now, new["说明"].partition("：")[2], "")


def _ranked(row: Cells) -> str:
    said = row.get("说明") or ""
    return next((word for head, word in _STANDINGS.items() if said.startswith(head)), N_("已排名"))


def _modifiers(old: Cells, new: Cells) -> Iterator[Reason]:
    """Yield other bonuses and deductions; who waited, or waits now, has none and gained or lost none."""
    for name in (N_("加分"), N_("扣分")):
        if None not in (old.get(name), new.get(name)) and old[name] != new[name]:
            yield Reason(name, old.get(name), new.get(name), "", N_("加减分文件"))


def _items(before: Published, after: Published, code: str) -> Iterator[Reason]:
    """Yield each item whose numbers, state or points are others."""
    old, new = before.items(code), after.items(code)
    for indicator in dict.fromkeys((*new, *old)):
        was, now = old.get(indicator, {}), new.get(indicator, {})
        facts = [_fact(f, was.get(f), now.get(f)) for f in _FACTS if was.get(f) != now.get(f)]
        if not facts and was.get("得分") == now.get("得分"):
            continue
        by = _by(now, after) if facts or any(was.get(k) != now.get(k) for k in _SOURCE) else ""
        detail = reduce(_then, facts) if facts else _moved_by(before, after, now)
        yield Reason((now or was)["指标"], was.get("得分"), now.get("得分"), detail, by)


def _moved_by(before: Published, after: Published, item: Cells) -> str:
    """Return what moved the points of an item whose own numbers are the same, as far as it is known."""
    old, new = (p.about["rulebook"]["sha256"] for p in (before, after))
    if old != new:
        return N_("报送的数没有变，考核办法改过，随计分规则或别的社区变化")
    if item.get("状态") == "不涉及":
        return N_("没有自己的数，按同类社区的平均分计，随它们变化")
    return N_("报送的数没有变，这一项与别的社区比较，随它们变化")


def _said(value: Any) -> str:
    return N_("（空）") if value is None else str(value)


def _fact(field: str, old: Any, new: Any) -> str:
    return later("{field}{old}→{new}", field=field, old=_said(old), new=_said(new))


def _then(said: str, fact: str) -> str:
    return later("{said}，{fact}", said=said, fact=fact)


def _by(item: Cells, after: Published) -> str:
    """Return what an item's present numbers come from: a decision on an appeal, or a received file.

    Several decisions may share a document: the item itself names its own, as its sheet.
    """
    found = after.sources.get(item.get("文件指纹") or "")
    if found is None:
        return N_("没有来源文件")
    if found["决定"]:
        own = str(item.get("工作表") or "").removeprefix(SHEET)
        return later("申诉决定{number}", number=own or found["决定"])
    return later("{file}，回执号{receipt}", file=found["文件"].rpartition("/")[2], receipt=found["回执号"])
