"""Which of several files of a sender and form counts for a number: the latest that has it; and it is said."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from scorecard.checks import FACT_SCHEMA, CheckResult
from scorecard.checks.result import no_facts
from scorecard.findings import Finding, Severity
from scorecard.messages import make
from scorecard.names import listed
from scorecard.pipeline.folder import Submitted
from scorecard.pipeline.submissions import HandedIn, aside

_Sender = tuple[str, str, str | None, int]  # party, form, street, year
_KEYS = ["unit_code", "indicator_code"]


@dataclass(frozen=True, slots=True)
class Checked:
    """One file of a year after its checks.

    `superseded_by` names the file that counts instead; `set_aside` says that it was returned or withdrawn
    (已退回, 已撤回) and nothing has come in its place.
    """

    file: Submitted
    year: int
    result: CheckResult
    superseded_by: str = ""
    set_aside: str = ""

    @property
    def stands(self) -> bool:
        """Whether nothing was put in its place and nobody returned it."""
        return not self.superseded_by and not self.set_aside

    @property
    def counts(self) -> bool:
        """Whether what the file says of its year is heard: its facts, and who waits because of it."""
        return self.stands and self.result.year == self.year

    @property
    def effective(self) -> bool:
        """Whether the file's accepted facts enter the scores of its year."""
        return self.counts and self.result.recorded_count > 0

    def without_facts(self) -> "Checked":
        """Return what is said of the file alone: its facts are in the store now, and take no more memory."""
        return replace(self, result=replace(self.result, facts=no_facts(), pending=no_facts()))


def resolve(
    checked: Sequence[Checked],
    titles: Mapping[str, str] | None = None,
    returned: Mapping[str, HandedIn] | None = None,
    *,
    doubts_wait: bool = True,
) -> tuple[list[Checked], list[Finding]]:
    """Return `checked` without what was replaced, and a finding for each replacement.

    Two files are versions of one another when the same street (or the district) handed in the same form
    with a number in common. Order is that of the folder. A number that the later file has counts; what only
    the earlier one has still counts: left out is not taken back. The earlier file stays in the store with
    its receipt. The same bytes twice count once. `titles` are the indicators' names, by code. `returned` are
    the returned and withdrawn files by SHA-256: nothing of them is used, whatever a correction leaves out.
    `doubts_wait`: whom a row may be about that leads to nobody waits until a later file has its row.
    """
    result, findings = _set_aside(checked, returned or {})
    sent: dict[_Sender, dict[str, list[int]]] = {}  # the files about each unit
    for later, new in enumerate(result):
        units = new.result.units if new.result.form and new.stands else ()
        about = sent.setdefault(_sender(new), {})
        for earlier in sorted({number for unit in units for number in about.get(unit, ())}):
            old = result[earlier]
            left = old if old.superseded_by else _beside(old, new)
            if left is not old:
                result[earlier] = left
                findings += [_said(old, left, new), *_left_empty(left, new, titles or {})]
        for unit in units:
            about.setdefault(unit, []).append(later)
    result, findings = _without_conflicts(result, findings, titles or {})
    return [_doubting(c, result[n + 1 :], waits=doubts_wait) for n, c in enumerate(result)], findings


def _doubting(checked: Checked, later: Sequence[Checked], *, waits: bool) -> Checked:
    """Return the file with the units that it still casts doubt on: no later file of its kind has a row."""
    result = checked.result
    if not result.doubted:
        return checked
    kind = checked.file.party, result.form
    settled = {u for c in later if c.counts and (c.file.party, c.result.form) == kind for u in c.result.units}
    open_ = tuple(u for u in result.doubted if u not in settled)
    held = (*result.waiting_units, *(open_ if waits else ()))
    return replace(checked, result=replace(result, doubted=open_, waiting_units=tuple(dict.fromkeys(held))))


def _set_aside(
    checked: Sequence[Checked], returned: Mapping[str, HandedIn]
) -> tuple[list[Checked], list[Finding]]:
    """Return the files, those that were returned marked, and what is said of these."""
    result, findings = list(checked), list[Finding]()
    own = [c for c in checked if c.result.document.sha256 not in returned]
    for number, c in enumerate(checked):
        if file := returned.get(c.result.document.sha256):
            newer = next((new for new in own if _is_correction(new, c)), None)
            by, own_name = newer.file.relative if newer else "", c.file.relative
            findings.append(make("W851", file=own_name, newer=by) if by else aside(file, own_name))
            result[number] = replace(c, superseded_by=by, set_aside="" if by else file.judged.label)
    return result, findings


def _is_correction(new: Checked, old: Checked) -> bool:
    """Whether a file stands in the place of a returned one: same sender and form, about the same."""
    about = not set(new.result.units).isdisjoint(old.result.units)
    asks = not set(new.result.answers).isdisjoint(old.result.answers)
    return bool(new.result.form) and _sender(new) == _sender(old) and about and asks


def _beside(old: Checked, new: Checked) -> Checked:
    """Return what still counts of `old` beside `new`; `old` itself if they have nothing in common."""
    if old.result.document.sha256 == new.result.document.sha256:
        return replace(old, superseded_by=new.file.relative)
    theirs = new.result.recorded.select(_KEYS)
    facts = _less(old.result.facts.cast(FACT_SCHEMA), theirs)
    filled = set(theirs["unit_code"]).intersection(new.result.accepted_units)
    pending = _unanswered(_less(old.result.pending, theirs), filled, new.result)
    waiting = _still_waiting(old.result, pending, filled)
    if facts.height + pending.height == old.result.recorded_count and waiting == old.result.waiting_units:
        return old
    alive = {*facts["unit_code"], *pending["unit_code"], *waiting}
    if not (alive or old.result.doubted):
        return replace(old, superseded_by=new.file.relative)
    result = replace(
        old.result,
        facts=facts,
        pending=pending,
        accepted_units=tuple(u for u in old.result.units if u in alive and u not in waiting),
        waiting_units=waiting,
        findings=_still_said(old.result, theirs, {*filled} - {*waiting}),
        units=tuple(u for u in old.result.units if u in alive),
        bulk=False,
    )
    return replace(old, result=result)


def _left_empty(left: Checked, new: Checked, titles: Mapping[str, str]) -> list[Finding]:
    """Return what is said of cells that the later file leaves empty: the number of the earlier one stays."""
    kept = left.result.facts.select(pl.col(_KEYS).cast(pl.String)).filter(
        pl.col("unit_code").is_in(new.result.units)
    )
    if left.superseded_by or not kept.height:
        return []
    rows = new.result.rows
    pairs = [
        (unit, code)
        for unit, code in kept.sort(_KEYS).iter_rows()
        if ((unit, code) in rows if rows else code in new.result.answers)
    ]
    units = listed([new.result.names.get(u, u) for u in dict.fromkeys(unit for unit, _ in pairs)])
    names = listed([titles.get(c, c) for c in dict.fromkeys(code for _, code in pairs)])
    file, older = new.file.relative, left.file.relative
    return [make("W891", file=file, older=older, units=units, names=names, count=len(pairs))] if pairs else []


def _unanswered(pending: pl.DataFrame, filled: set[str], new: CheckResult) -> pl.DataFrame:
    """Return what is still in question: in a row `filled` in anew, an empty cell has no error any more."""
    if new.shape != "wide":
        return pending
    settled = pl.col("unit_code").is_in(filled) & pl.col("indicator_code").is_in(new.answers)
    return pending.filter(~settled)


def _still_waiting(old: CheckResult, pending: pl.DataFrame, filled: set[str]) -> tuple[str, ...]:
    """Return who waits because of `old` when only `pending` of it is left: a correction settles the rest."""
    open_before, open_now = set(old.pending["unit_code"]), set(pending["unit_code"])
    return tuple(u for u in old.waiting_units if u in open_now or u not in filled | open_before)


def _still_said(old: CheckResult, theirs: pl.DataFrame, settled: Collection[str]) -> tuple[Finding, ...]:
    """Return the findings of `old` without the errors in cells of which every number was replaced.

    Of a unit that the newer file has `settled`, no error is left.
    """
    replaced = set(theirs.select(pl.col(_KEYS).cast(pl.String)).iter_rows())
    cells: dict[tuple[int, str], set[tuple[str, str]]] = {}
    for unit, code, row, columns in old.recorded.select(*_KEYS, "row", "columns").iter_rows():
        for column in (columns or "").split(","):
            cells.setdefault((row, column), set()).add((unit, code))

    def gone(f: Finding) -> bool:
        if f.severity is not Severity.ERROR or not f.unit_code:
            return False
        fed = cells.get((f.row or 0, f.column)) or {(f.unit_code, f.indicator_code)}
        return f.unit_code in settled or fed <= replaced

    return tuple(f for f in old.findings if not gone(f))


def _less(facts: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    return facts.join(pairs, on=_KEYS, how="anti", maintain_order="left")


def _without_conflicts(
    checked: list[Checked], findings: list[Finding], titles: Mapping[str, str]
) -> tuple[list[Checked], list[Finding]]:
    """Dispute what two files that both count say of one unit and indicator: neither is believed."""
    several = _in_several(checked)
    facts = [
        c.result.recorded.select(*_KEYS, file=pl.lit(number, pl.Int64))
        for number, c in enumerate(checked)
        if c.effective and not several.isdisjoint(c.result.units)
    ]
    if not facts:
        return checked, findings
    twice = pl.concat(facts).group_by(_KEYS).agg(pl.col("file").sort()).filter(pl.col("file").list.len() > 1)
    if not twice.height:
        return checked, findings
    cells: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for unit, indicator, files in twice.sort(_KEYS).iter_rows():
        cells.setdefault((unit, tuple(files)), []).append(titles.get(indicator, indicator))
    for (unit, files), names in cells.items():
        findings.append(_contradiction(unit, names, [checked[n] for n in files]))
    first = twice.select(*_KEYS, file=pl.col("file").list.first())
    return [
        _disputed(c, twice.select(_KEYS), first.filter(pl.col("file") == number).select(_KEYS))
        if c.effective
        else c
        for number, c in enumerate(checked)
    ], findings


def _contradiction(unit: str, names: Sequence[str], files: Sequence[Checked]) -> Finding:
    return make(
        "W854",
        unit_code=unit,
        unit=files[0].result.names.get(unit, unit),
        indicator=listed(names, 3),
        one=files[0].file.relative,
        other="”“".join(c.file.relative for c in files[1:]),
    )


def _disputed(checked: Checked, pairs: pl.DataFrame, own: pl.DataFrame) -> Checked:
    """Return the file without `pairs`; what of them is `own` stays as disputed, and its units wait."""
    result = checked.result
    recorded = result.recorded
    if not recorded.join(pairs, on=_KEYS, how="semi").height:
        return checked
    nothing = [pl.lit(None).cast(FACT_SCHEMA[n]).alias(n) for n in _VALUES]
    doubted = recorded.join(own, on=_KEYS, how="semi", maintain_order="left").with_columns(
        *nothing, state=pl.lit("disputed")
    )
    held = {*result.waiting_units, *doubted["unit_code"]}
    changed = replace(
        result,
        facts=_less(result.facts.cast(FACT_SCHEMA), pairs),
        pending=pl.concat([_less(result.pending, pairs), doubted.select(list(FACT_SCHEMA))]),
        accepted_units=tuple(u for u in result.accepted_units if u not in held),
        waiting_units=tuple(u for u in result.units if u in held),
        bulk=False,
    )
    return replace(checked, result=changed)


_VALUES = ("numerator_e4", "denominator_e4", "value_e4", "category")


def _in_several(checked: Sequence[Checked]) -> set[str]:
    """Return the units that more than one file reports on: nothing else can be in conflict."""
    files = Counter(unit for c in checked if c.effective for unit in c.result.units)
    return {unit for unit, count in files.items() if count > 1}


def _sender(checked: Checked) -> _Sender:
    return checked.file.party, checked.result.form, checked.result.street_code, checked.result.year


def _said(old: Checked, left: Checked, new: Checked) -> Finding:
    if old.result.document.sha256 == new.result.document.sha256:
        return make("W852", file=old.file.relative, newer=new.file.relative)
    if left.superseded_by:
        return make("W851", file=old.file.relative, newer=new.file.relative)
    names, theirs = old.result.names, set(new.result.units)
    return make(
        "W856",
        file=old.file.relative,
        newer=new.file.relative,
        taken=listed([names.get(u, u) for u in old.result.units if u in theirs]),
        left=listed([names.get(u, u) for u in left.result.units]),
        count=len(left.result.units),
    )
