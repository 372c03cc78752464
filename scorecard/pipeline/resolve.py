"""Which of several files of one street and form counts for a unit: the latest that has it, and it is said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from scorecard.checks import FACT_SCHEMA, CheckResult
from scorecard.checks.result import no_facts
from scorecard.findings import Finding
from scorecard.messages import make
from scorecard.names import listed
from scorecard.pipeline.folder import Submitted

_Sender = tuple[str, str, str | None, int]  # party, form, street, year


@dataclass(frozen=True, slots=True)
class Checked:
    """One file of a year after its checks. `superseded_by` names the file that counts instead."""

    file: Submitted
    year: int
    result: CheckResult
    superseded_by: str = ""

    @property
    def effective(self) -> bool:
        """Whether the file's accepted facts enter the scores of its year."""
        return not self.superseded_by and self.result.year == self.year and self.result.recorded_count > 0

    def without_facts(self) -> "Checked":
        """Return what is said of the file alone: its facts are in the store now, and take no more memory."""
        return replace(self, result=replace(self.result, facts=no_facts(), pending=no_facts()))


def resolve(checked: Sequence[Checked]) -> tuple[list[Checked], list[Finding]]:
    """Return `checked` without what was replaced, and a finding for each replacement.

    Two files are versions of one another when the same street (or the district) handed in the same form
    with a unit and a column in common. Order is the natural order of names. What the later file has of a unit
    counts whole; a unit that only the earlier one has still counts by that: left out is not taken back. The
    earlier file stays in the store with its receipt. The same bytes twice count once.
    """
    result = list(checked)
    findings: list[Finding] = []
    sent: dict[_Sender, dict[str, list[int]]] = {}  # the files about each unit
    for later, new in enumerate(checked):
        units = new.result.units if new.result.form else ()
        about = sent.setdefault(_sender(new), {})
        for earlier in sorted({number for unit in units for number in about.get(unit, ())}):
            old = result[earlier]
            if not old.superseded_by and _replaces(new.result, old.result):
                result[earlier] = _replaced(old, new)
                findings.append(_said(old, new))
        for unit in units:
            about.setdefault(unit, []).append(later)
    return _without_conflicts(result, findings)


def _replaced(old: Checked, new: Checked) -> Checked:
    """Return what still counts of `old` beside `new`."""
    gone = set(new.result.units)
    left = tuple(u for u in old.result.units if u not in gone)
    if not left:
        return replace(old, superseded_by=new.file.relative)

    def kept(units: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(u for u in units if u not in gone)

    result = old.result
    return replace(
        old,
        result=replace(
            result,
            facts=result.facts.cast(FACT_SCHEMA).filter(~pl.col("unit_code").is_in(gone)),
            pending=result.pending.filter(~pl.col("unit_code").is_in(gone)),
            accepted_units=kept(result.accepted_units),
            waiting_units=kept(result.waiting_units),
            units=left,
            bulk=False,
        ),
    )


def _without_conflicts(
    checked: list[Checked], findings: list[Finding]
) -> tuple[list[Checked], list[Finding]]:
    """Take out what two files that both count say of one unit and indicator: neither is believed."""
    several = _in_several(checked)
    facts = [
        c.result.recorded.select("unit_code", "indicator_code", file=pl.lit(number, pl.Int64))
        for number, c in enumerate(checked)
        if c.effective and not several.isdisjoint(c.result.units)
    ]
    if not facts:
        return checked, findings
    keys = ["unit_code", "indicator_code"]
    twice = pl.concat(facts).group_by(keys).agg(pl.col("file").sort()).filter(pl.col("file").list.len() > 1)
    for unit, indicator, files in twice.sort(keys).iter_rows():
        names = [checked[n].file.relative for n in files]
        findings.append(
            make(
                "W854",
                unit_code=unit,
                indicator_code=indicator,
                unit=unit,
                indicator=indicator,
                one=names[0],
                other="”“".join(names[1:]),
            )
        )
    if not twice.height:
        return checked, findings
    return [_less(c, twice) if c.effective else c for c in checked], findings


def _less(checked: Checked, pairs: pl.DataFrame) -> Checked:
    def without(facts: pl.DataFrame) -> pl.DataFrame:
        return facts.join(pairs, on=["unit_code", "indicator_code"], how="anti", maintain_order="left")

    result = checked.result
    facts, pending = without(result.facts.cast(FACT_SCHEMA)), without(result.pending)
    if facts.height + pending.height == result.recorded_count:
        return checked
    return replace(checked, result=replace(result, facts=facts, pending=pending, bulk=False))


def _in_several(checked: Sequence[Checked]) -> set[str]:
    """Return the units that more than one file reports on: nothing else can be in conflict."""
    files = Counter(unit for c in checked if c.effective for unit in c.result.units)
    return {unit for unit, count in files.items() if count > 1}


def _sender(checked: Checked) -> _Sender:
    return checked.file.party, checked.result.form, checked.result.street_code, checked.result.year


def _replaces(new: CheckResult, old: CheckResult) -> bool:
    """Return whether two files of one sender about one unit are versions of one another."""
    return new.document.sha256 == old.document.sha256 or bool(_targets(new) & _targets(old))


def _targets(result: CheckResult) -> set[str]:
    """Return what the file reports on: inputs of a wide form, indicators of a long one."""
    if result.shape == "wide":
        return {m.target for m in result.mapping if m.target}
    return set(result.recorded["indicator_code"].unique())


def _said(old: Checked, new: Checked) -> Finding:
    if old.result.document.sha256 == new.result.document.sha256:
        return make("W852", file=old.file.relative, newer=new.file.relative)
    names, later = old.result.names, set(new.result.units)
    left = [names.get(u, u) for u in old.result.units if u not in later]
    if not left:
        return make("W851", file=old.file.relative, newer=new.file.relative)
    taken = [names.get(u, u) for u in old.result.units if u in later]
    return make(
        "W856",
        file=old.file.relative,
        newer=new.file.relative,
        taken=listed(taken),
        left=listed(left),
        count=len(left),
    )
