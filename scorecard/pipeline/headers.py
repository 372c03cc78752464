"""`decisions/表头对应.csv`: what a person decided about the headers of a street's (or department's) files.

One list for `check` and `build`, in the data folder, so that a person can read, correct and take back what
was decided, and so that a build depends on nothing that the folder does not show.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from scorecard.checks.asks import Asks
from scorecard.checks.context import DISTRICT
from scorecard.checks.overrides import key_of
from scorecard.checks.result import CheckResult
from scorecard.checks.vocabulary import vocabulary
from scorecard.errors import UserError
from scorecard.findings import Finding
from scorecard.intake import body, pick_sheet, read
from scorecard.intake.header import Label, Vocabulary
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.names import fold, tidy
from scorecard.pipeline.ours import add_rows
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook

FILE: Final = "表头对应.csv"
_COLUMNS: Final = ("街道", "列名", "数据项", "依据")
_LABELS = (
    Label("sender", _COLUMNS[0], ("街道名称", "街道编码", "报送单位")),
    Label("header", _COLUMNS[1], ("表头",)),
    Label("target", _COLUMNS[2], ("对应数据项", "对应")),
    Label("basis", _COLUMNS[3], ("备注", "说明")),
)
_KEYS: Final = 2  # of a row: sender and header


@dataclass(frozen=True, slots=True)
class Headers:
    """Keys of columns by sender (a street's code or `DISTRICT`) and folded header; what was wrong."""

    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision to write down: `sender` and `target` as a person reads them."""

    sender: str
    header: str
    target: str
    basis: str


def load_headers(path: Path | None, rulebook: Rulebook, registry: Registry) -> Headers:
    """Read the decisions. A row that cannot act is a finding and changes nothing, nor do two that disagree.

    A header that is some input's own name keeps its meaning, whatever is decided about it.
    """
    if path is None:
        return Headers()
    document = read(path)
    picked = pick_sheet(document, Vocabulary.build(_LABELS))
    if isinstance(picked, list):
        return Headers({}, (*document.findings, *picked))
    sheet, header = picked
    columns = {column.key: column.number for column in header.columns if column.key}
    findings: list[Finding] = [*document.findings, *header.findings]
    asks, found = Asks(rulebook), dict[str, dict[str, str]]()
    words = vocabulary(asks)
    for row, texts in body(sheet, header).rows:
        cells = {key: tidy(texts[number - 1]) for key, number in columns.items()}
        sender, key = _sender(cells.get("sender", ""), registry), key_of(cells.get("target", ""), words, asks)
        own, name = found.setdefault(sender, {}), fold(cells.get("header", ""))
        reason = _refusal(cells, sender, key, words)
        if not reason and own.setdefault(name, key) != key:
            own[name], reason = "", NC_("part", "同一列名写了两种对应，都没有采用")
        if reason:
            raw = cells.get("header", "")
            findings.append(make("W890", file=path.name, row=row, raw=raw, reason=reason))
    acting = {sender: {name: key for name, key in own.items() if key} for sender, own in found.items()}
    return Headers(acting, tuple(findings))


def _sender(text: str, registry: Registry) -> str:
    """Return the code of the street, `DISTRICT` for the departments, "" for nobody known."""
    if fold(text) in (DISTRICT, f"{DISTRICT}部门"):
        return DISTRICT
    match = registry.match(text, level="街道")
    return match.unit.code if match.unit else ""


def _refusal(cells: Mapping[str, str], sender: str, key: str, words: Vocabulary) -> str:
    """Return why the row cannot act; empty when it can."""
    header, target = cells.get("header", ""), cells.get("target", "")
    if not sender:
        said = NC_("part", "街道「{raw}」不在名录里（部门的表请写“{district}”）")
        return said.format(raw=cells.get("sender", ""), district=DISTRICT)
    if not header:
        return NC_("part", "没有写列名")
    if not key:
        return NC_("part", "数据项「{raw}」不在考核办法里").format(raw=target)
    own = words.match(header)
    if own.how == "exact" and own.key != key:
        return NC_("part", "列名本身就是数据项的名称，不能再指别的")
    return ""


def decided(result: CheckResult, sender: str, words: Vocabulary) -> list[Decided]:
    """Return what a person decided about the columns of a file, as it is to be remembered.

    Raises:
        UserError: Nothing was decided, or a decision cannot be carried over: its header stands twice in the
            file, or is the name of an input.
    """
    found = []
    for m in (m for m in result.mapping if m.how == "given"):
        if sum(fold(other.header) == fold(m.header) for other in result.mapping) > 1:
            raise UserError(f"列名「{m.header}」在表里不止一列，记不住是哪一列；请先把列名改得不同。")
        if words.match(m.header).how == "exact":
            raise UserError(f"列名「{m.header}」本身就是数据项的名称，不能记成别的；请改列名。")
        found.append(Decided(sender, m.header, m.target, f"{result.year}年 {result.document.name}"))
    if not found:
        raise UserError("没有可以记住的列对应：请用 --map 指定，并核对指定的列没有重复。")
    return found


def remember(path: Path, decisions: Sequence[Decided]) -> None:
    """Add `decisions` to the list at `path`, or change the rows that are about the same sender and header.

    Raises:
        UserError: As `add_rows`.
    """
    add_rows(path, _COLUMNS, [(d.sender, d.header, d.target, d.basis) for d in decisions], _KEYS)
