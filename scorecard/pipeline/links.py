"""`decisions/联点.csv`: which leader is linked to which community; they do not judge what is their own."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scorecard.errors import UserError
from scorecard.findings import Finding, Severity
from scorecard.intake import body, pick_sheet, read
from scorecard.intake.header import Label, Vocabulary
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.messages.year import CYCLE
from scorecard.names import tidy
from scorecard.pipeline.folder import DataFolder
from scorecard.registry import Registry

FILE = "联点.csv"
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")

_LABELS = (
    Label("person", "人员", ("联点人员", "姓名", "联点领导")),
    Label("unit", "社区编码", ("单位编码",)),
    Label("unit_name", "社区名称", ("社区", "单位名称")),
    Label("first", "起", ("起始日期", "开始日期")),
    Label("last", "止", ("截止日期", "结束日期")),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A person is linked to a community from `first` to `last`, both included; None: without end."""

    person: str
    unit_code: str
    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """Return whether it holds on `day`."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Links:
    """All links, and what was wrong with the file."""

    links: tuple[Link, ...]
    findings: tuple[Finding, ...]

    def people(self, concerns: Callable[[str], bool], day: date) -> frozenset[str]:
        """Return who is linked on `day` to a unit that `concerns` names."""
        return frozenset(link.person for link in self.links if link.holds(day) and concerns(link.unit_code))


def load_links(path: Path | None, registry: Registry) -> Links:
    """Read the links; a row that lacks a person or names no community is a finding and links nobody."""
    if path is None:
        return Links((), ())
    document = read(path)
    picked = pick_sheet(document, Vocabulary.build(_LABELS))
    if isinstance(picked, list):
        return Links((), (*document.findings, *picked))
    sheet, header = picked
    columns = {column.key: column.number for column in header.columns if column.key}
    links: list[Link] = []
    findings: list[Finding] = [*document.findings, *header.findings]
    for row, texts in body(sheet, header).rows:
        cells = {key: tidy(texts[number - 1]) for key, number in columns.items()}
        link = _link(cells, registry)
        if isinstance(link, Link):
            links.append(link)
        else:
            findings.append(make("W904", file=path.name, row=row, raw=cells.get("person", ""), reason=link))
    return Links(tuple(links), tuple(findings))


def linked_people(
    folder: DataFolder, registry: Registry, concerns: Callable[[str], bool], day: date
) -> frozenset[str]:
    """Return who is linked on `day` to a unit that `concerns` names.

    Raises:
        UserError: A row of the links is wrong: it might be the one that forbids what is asked.
    """
    links = load_links(folder.decision(FILE), registry)
    wrong = [f for f in links.findings if f.severity is Severity.ERROR]
    if wrong:
        raise UserError(CYCLE["links"].format(message=wrong[0].message, count=len(wrong)))
    return links.people(concerns, day)


def _link(cells: Mapping[str, str], registry: Registry) -> Link | str:
    """Return the link of a row, or why it is none."""
    unit = cells.get("unit", "")
    if not cells.get("person"):
        return NC_("part", "没有写人员")
    if unit not in registry.units or registry.units[unit].level != "社区":
        return NC_("part", "社区编码「{raw}」不在名录里").format(raw=unit)
    days = [_day(cells.get(key, "")) for key in ("first", "last")]
    for key, day in zip(("first", "last"), days, strict=True):
        if isinstance(day, str):
            said = NC_("part", "日期「{raw}」不是日期，应写成 2025-01-31")
            return said.format(raw=cells[key])
    first, last = (day for day in days if not isinstance(day, str))
    if first and last and last < first:
        return NC_("part", "止（{end}）早于起（{begin}）").format(end=last, begin=first)
    return Link(cells["person"], unit, first, last)


def _day(text: str) -> date | str | None:
    """Return the day, None for an empty cell, the text itself where it is no day."""
    if not text:
        return None
    found = _DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else text
    except ValueError:
        return text
