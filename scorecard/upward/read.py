"""The three tables of upward/: who is rated, the ratings, the steps of suggestions."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from scorecard.intake import Label
from scorecard.intake.document import Document
from scorecard.intake.layout import Row
from scorecard.language import NC_
from scorecard.lists import Notes, Table, open_table, who
from scorecard.lists.table import ASIDE, WHO
from scorecard.names import fold
from scorecard.registry import Registry
from scorecard.rulebook.upward import Upward

Kind = Literal["rated", "ratings", "suggestions", ""]
LABELS: Final = (
    Label("rated", "被评单位", ("被建议单位", "建议对象", "评议对象", "部门名称")),
    Label("kind", "类别", ("单位类别",)),
    Label("asked", "应评社区", ("评议范围", "参评社区")),
    Label("aliases", "别名", ("简称",)),
    Label("comment", "意见", ("意见建议", "备注")),
    Label("number", "建议编号", ("编号",)),
    Label("card", "建议种类", ("建议类型",)),
    Label("stage", "环节", ("步骤",)),
    Label("verdict", "结论", ("办理结论",)),
    Label("on", "日期", ("办理日期",)),
    Label("level", "级别", ("决定级别",)),
    Label("document", "文号", ("决定文号",)),
    Label("reason", "事由", ("理由",)),
)
_ITEM: Final = "item:"  # the key of an item's own column
_SEPARATORS: Final = re.compile("[、；;，,]")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of upward/ as handed in, in the order of the folder."""

    file: str
    document: Document
    order: int
    correction: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What reading needs: the rulebook's part, the levels that may decide, what hides personal numbers."""

    upward: Upward
    levels: Sequence[str]
    registry: Registry
    year: int
    as_of: date
    clean: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Named:
    """A row of the list of rated units, its names and its scope as typed."""

    names: tuple[str, ...]
    kind: str
    asked: tuple[str, ...]
    row: int


@dataclass(frozen=True, slots=True)
class Rate:
    """One row of a rating table: options by item code; `said` is all that the row says."""

    unit_code: str
    rated: str
    answers: Mapping[str, str]
    comment: str
    said: tuple[str, ...]
    source: Source
    row: int


@dataclass(frozen=True, slots=True)
class Written:
    """One row of a suggestion table, as typed; `unit_code` is "" where the row names no community."""

    cells: Mapping[str, str]
    unit_code: str
    on: date | None
    row: int


@dataclass(slots=True)
class Read:
    """One file as read; `units` are the communities that wrote in it."""

    source: Source
    notes: Notes
    kind: Kind = ""
    table: Table | None = None
    named: list[Named] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    units: set[str] = field(default_factory=set)


def read_upward(source: Source, context: Context) -> Read:
    """Return one file as read; its kind is told by its columns."""
    read = Read(source, Notes(source.file))
    items = tuple(Label(_ITEM + i.code, i.name, (i.code, *i.aliases)) for i in context.upward.items)
    labels = (*WHO, *ASIDE, *LABELS, *items)
    table = read.table = open_table(source.document, labels, context.year, read.notes)
    if table is None:
        return read
    keys = table.columns.keys()
    if {"stage", "number"} <= keys:
        read.kind, each = "suggestions", _written
    elif "rated" in keys and any(key.startswith(_ITEM) for key in keys):
        read.kind, each = "ratings", _rate
    elif {"rated", "kind"} <= keys:
        read.kind, each = "rated", _named
    else:
        read.notes.add("W989", row=table.header_row)
        return read
    for row in table.rows:
        each(read, table, row, context)
    return read


def _named(read: Read, table: Table, row: Row, context: Context) -> None:
    name, kind = table.text(row, "rated"), table.text(row, "kind")
    reason = "" if name else NC_("part", "没有写被评单位")
    if kind not in context.upward.kinds:
        unknown = NC_("part", "类别「{raw}」不在考核办法里，应为{names}")
        reason = unknown.format(raw=kind, names="、".join(context.upward.kinds))
    if reason:
        read.notes.add("W988", row=row[0], raw=name, reason=reason)
        return
    names = (name, *_split(table.text(row, "aliases")))
    read.named.append(Named(names, kind, _split(table.text(row, "asked")), row[0]))


def _rate(read: Read, table: Table, row: Row, context: Context) -> None:
    """Read a rating; what is wrong with it is said without saying whose it is."""
    unit = who(table, row, context.registry, private=True).unit
    if unit is None:
        return
    options = {fold(w): o.name for o in context.upward.options for w in (o.name, *o.aliases)}
    typed = {i.code: table.text(row, _ITEM + i.code) for i in context.upward.items}
    answers = {code: options.get(fold(text), "") for code, text in typed.items() if text}
    wrong = [code for code, answer in answers.items() if not answer]
    for code in wrong:
        allowed = "、".join(f"「{o.name}」" for o in context.upward.options)
        read.notes.add("W983", **table.at(row, _ITEM + code), allowed=allowed)
    if not answers:
        read.notes.add("W984", row=row[0])
    if wrong or not answers:
        return
    read.units.add(unit.code)
    comment = context.clean(table.text(row, "comment"))
    said = tuple(
        table.text(row, key) for key in table.columns if key not in ("street", "unit_name", "unit_code")
    )
    rated = table.text(row, "rated")
    read.rates.append(Rate(unit.code, rated, answers, comment, said, read.source, row[0]))


def _written(read: Read, table: Table, row: Row, context: Context) -> None:
    keys = ("number", "card", "stage", "verdict", "level", "document", "reason", "rated")
    cells = {key: context.clean(table.text(row, key)) for key in keys}
    named = table.text(row, "unit_name") or table.text(row, "unit_code")
    unit = who(table, row, context.registry).unit if named else None
    if named and unit is None:
        return
    on, right = table.day(row, "on", code="W974")
    if right:
        read.units.update(() if unit is None else (unit.code,))
        read.written.append(Written(cells, unit.code if unit else "", on, row[0]))


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _SEPARATORS.split(text) if part.strip())
