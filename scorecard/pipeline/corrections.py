"""What decisions on appeals change: facts whose source is the decision, in the place of what was reported.

Nothing is overwritten: the file, its receipt and its facts stay as they were; the corrected fact is a new one
beside them, and only one of the two goes into the warehouse. Applied after the versions of files are settled.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import polars as pl

from scorecard.checks import FACT_SCHEMA, CheckContext, CheckResult, check
from scorecard.checks.numbers import plain_e4
from scorecard.checks.result import no_facts
from scorecard.errors import UserError
from scorecard.explain import STATES
from scorecard.explain.correction import FIELDS, SHEET, Correction
from scorecard.findings import Finding, Severity
from scorecard.intake.document import Document, Sheet
from scorecard.language import NC_
from scorecard.messages import make
from scorecard.messages.appeals import refusal
from scorecard.pipeline.appeals import Change, Decision
from scorecard.pipeline.folder import Submitted
from scorecard.pipeline.resolve import Checked
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook

Key = tuple[str, str]  # unit code, indicator code
_KEYS: Final = ["unit_code", "indicator_code"]
_CODES: Final = {"社区": "社区编码", "街道": "街道编码"}
_OTHER: Final = re.compile(r"[A-F]2(?=「)")  # the cell of another field in the row that we made
_CELLS: Final = {"numerator": "分子", "denominator": "分母", "value": "数值", "text": "等级"}


class NotPossible(UserError):
    """Why an item cannot be changed like that: one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A year's files without what was corrected, and the corrected items, each as if a file had said it."""

    checked: list[Checked]
    made: tuple[Checked, ...] = ()
    corrections: tuple[Correction, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def keys(self) -> frozenset[Key]:
        """The corrected items."""
        return frozenset(key for c in self.made for key in c.result.facts.select(_KEYS).iter_rows())

    @property
    def facts(self) -> pl.DataFrame:
        """The corrected facts (`FACT_SCHEMA`), ordered by unit and indicator."""
        return pl.concat([no_facts(), *(c.result.facts for c in self.made)]).sort(_KEYS)


def settle(
    checked: Sequence[Checked],
    decisions: Sequence[Decision],
    rulebook: Rulebook,
    registry: Registry,
    year: int,
) -> Settled:
    """Return `checked` after `decisions`, the earliest first; a later one stands on what the earlier left.

    A decision that does not fit rulebook or registry any more is a finding (an error) and changes nothing.
    """
    if not decisions:
        return Settled(list(checked))
    context = CheckContext(rulebook, registry, year, "district")
    made: dict[Key, Checked] = {}
    corrections: list[Correction] = []
    findings: list[Finding] = []
    for decision in decisions:
        for key, changes in _by_item(decision.changes).items():
            row = made[key].result.facts.row(0, named=True) if key in made else recorded(checked, key)
            try:
                result = judge(context, key, row, changes, decision.document_sha256)
            except NotPossible as error:
                findings.append(_said("W932", context, key, decision, reason=str(error)))
                continue
            made[key] = Checked(Submitted(Path(), decision.document_name, "district"), year, result)
            corrections += [_correction(decision, change, row) for change in changes]
            findings += _findings(context, decision, changes, row)
    pairs = pl.DataFrame(list(made), schema=dict.fromkeys(_KEYS, pl.String), orient="row")
    return Settled(
        [_without(c, pairs) for c in checked], tuple(made.values()), tuple(corrections), tuple(findings)
    )


def recorded(checked: Iterable[Checked], key: Key) -> dict[str, Any] | None:
    """Return what counts of one item in the year's files, None where no file has it."""
    unit, code = key
    for c in checked:
        if c.effective and unit in c.result.units:
            wanted = (pl.col("unit_code").cast(pl.String) == unit) & (
                pl.col("indicator_code").cast(pl.String) == code
            )
            for frame in (c.result.facts, c.result.pending):
                for row in frame.filter(wanted).iter_rows(named=True):
                    return row
    return None


def judge(
    context: CheckContext,
    key: Key,
    row: Mapping[str, Any] | None,
    changes: Sequence[Change],
    document_sha256: str,
) -> CheckResult:
    """Return the item as it is after `changes`, held to every rule that a submitted row is held to.

    `row` is the fact that counted so far. The result has one fact, whose source is the decision.

    Raises:
        NotPossible: A value cannot be read, is out of its range, contradicts another, or one is lacking.
    """
    unit, code = key
    if unit not in context.registry.units:
        raise NotPossible(refusal("no_unit", unit=unit))
    if code not in context.asks.of:
        raise NotPossible(refusal("bad_indicator", unit=context.registry.units[unit].name, indicator=code))
    state = next((c.new for c in changes if c.field == "state"), "")
    excused = {key} if state == STATES["not_applicable"] else set()
    document = _document(context, key, _texts(context, code, row, changes), document_sha256)
    result = check(document, replace(context, approvals=frozenset(excused)))
    _hold(context, key, result, state)
    source = {"sheet": pl.lit(SHEET), "row": pl.lit(None, pl.Int32), "columns": pl.lit("")}
    return replace(result, facts=result.facts.with_columns(**source), pending=no_facts(), waiting_units=())


def shown(row: Mapping[str, Any] | None, field: str) -> str:
    """Return what a fact says in `field` as text; "" where it says nothing, and of no fact at all."""
    if field == "state":
        return STATES[row["state"] if row else "missing"]
    if row is None:
        return ""
    if field == "text":
        return row["category"] or ""
    number = row[f"{field}_e4"]
    return "" if number is None else plain_e4(number)


def fields_of(context: CheckContext, code: str) -> tuple[str, ...]:
    """Return the fields of an indicator that can be changed."""
    fields = dict.fromkeys(f for f, _ in context.asks.of[code])
    if context.rulebook.indicators[code].measure == "events":
        return (
            "text",
            "value",
            "state",
        )  # the breakdown; the sum beside it says that what is not listed is none
    return (*fields, "state")


def _texts(
    context: CheckContext, code: str, row: Mapping[str, Any] | None, changes: Sequence[Change]
) -> dict[str, str]:
    """Return the text of each cell of the row that says what the item is now."""
    events = context.rulebook.indicators[code].measure == "events"
    kept = ("text",) if events else [f for f in fields_of(context, code) if f != "state"]
    texts = {field: shown(row, field) for field in kept}
    for change in changes:
        if change.field == "state":
            word = _words(context)[change.new]
            texts = {next(iter(texts)): word}
        else:
            texts[change.field] = change.new
    return texts


def _words(context: CheckContext) -> dict[str, str]:
    """Return, for each state that a decision may set, a word that a cell may hold."""
    states = context.rulebook.states
    return {
        STATES["missing"]: states.missing[0],
        STATES["not_applicable"]: states.not_applicable[0],
        STATES["disputed"]: states.disputed[0],
    }


def _document(context: CheckContext, key: Key, texts: Mapping[str, str], sha256: str) -> Document:
    """Return the decision about one item as the row of a long form, as a department would send it."""
    unit = context.registry.units[key[0]]
    head = (_CODES[unit.level], "指标编码", *_CELLS.values())
    row = (*key, *(texts.get(field, "") for field in _CELLS))
    return Document(SHEET, sha256, 0, "csv", sheets=(Sheet(SHEET, (head, row)),))


def _hold(context: CheckContext, key: Key, result: CheckResult, state: str) -> None:
    """Refuse a row with an error, and one that lacks something."""
    unit, indicator = context.registry.units[key[0]].name, context.rulebook.indicators[key[1]]
    errors = [f for f in result.findings if f.severity is Severity.ERROR]
    if errors:
        reason = "".join(_reason(f) for f in errors)
        raise NotPossible(refusal("wrong", unit=unit, indicator=indicator.name_zh, reason=reason))
    facts = result.facts
    missing = STATES["missing"]
    if facts.height != 1 or (facts["state"][0] == "missing" and state != missing):
        fields = "、".join(FIELDS[f] for f in fields_of(context, key[1]) if f != "state")
        raise NotPossible(refusal("incomplete", unit=unit, indicator=indicator.name_zh, fields=fields))


def _reason(finding: Finding) -> str:
    """Return what is wrong, without the place in a table that nobody has seen."""
    said = finding.message.partition("：")[2] if finding.row else finding.message
    return finding.header + _OTHER.sub("", said)


def _without(c: Checked, pairs: pl.DataFrame) -> Checked:
    """Return a file without the items `pairs`; a unit of which nothing else is in question waits no more."""
    result = c.result
    if not c.effective or set(pairs["unit_code"]).isdisjoint(result.units):
        return c
    facts = result.facts.cast(FACT_SCHEMA).join(pairs, on=_KEYS, how="anti", maintain_order="left")
    pending = result.pending.join(pairs, on=_KEYS, how="anti", maintain_order="left")
    if facts.height + pending.height == result.recorded_count:
        return c
    before, now = set(result.pending["unit_code"]), set(pending["unit_code"])
    released = {u for u in result.waiting_units if u in before and u not in now}
    taken = {*result.accepted_units, *released}
    changed = replace(
        result,
        facts=facts,
        pending=pending,
        accepted_units=tuple(u for u in result.units if u in taken),
        waiting_units=tuple(u for u in result.waiting_units if u not in released),
        bulk=False,
    )
    return replace(c, result=changed)


def _by_item(changes: Iterable[Change]) -> dict[Key, list[Change]]:
    found: dict[Key, list[Change]] = {}
    for change in changes:
        found.setdefault((change.unit_code, change.indicator_code), []).append(change)
    return found


def _correction(decision: Decision, change: Change, row: Mapping[str, Any] | None) -> Correction:
    place = {name: row[name] or default for name, default in _PLACE.items()} if row else {}
    return Correction(
        year=decision.year,
        unit_code=change.unit_code,
        indicator_code=change.indicator_code,
        field=change.field,
        old=shown(row, change.field),
        new=change.new,
        appeal_no=decision.appeal_no,
        decision_no=decision.decision_no,
        on=decision.on,
        document_sha256=decision.document_sha256,
        **place,
    )


_PLACE: Final[dict[str, Any]] = {"sha256": "", "sheet": "", "row": None, "columns": ""}


def _findings(
    context: CheckContext, decision: Decision, changes: Sequence[Change], row: Mapping[str, Any] | None
) -> list[Finding]:
    """Say what was corrected, and where the decision had another number before it."""
    key = changes[0].unit_code, changes[0].indicator_code
    texts = "，".join(_correction(decision, change, row).change for change in changes)
    found = [_said("W930", context, key, decision, change=texts, appeal=decision.appeal_no)]
    for change in changes:
        if shown(row, change.field) != change.old:
            values = {"field": FIELDS[change.field], "old": change.old, "new": change.new}
            values["found"] = shown(row, change.field) or NC_("part", "空")
            found.append(_said("W931", context, key, decision, **values))
    return found


def _said(code: str, context: CheckContext, key: Key, decision: Decision, **values: Any) -> Finding:
    unit = context.registry.units.get(key[0])
    indicator = context.rulebook.indicators.get(key[1])
    return make(
        code,
        unit_code=key[0],
        indicator_code=key[1],
        unit=unit.name if unit else key[0],
        indicator=indicator.name_zh if indicator else key[1],
        decision=decision.decision_no,
        **values,
    )
