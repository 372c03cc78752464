"""One year's files, from the folder to facts that are kept: read, checked, resolved with each other."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial

from scorecard.explain.correction import Correction
from scorecard.findings import Finding, by_severity
from scorecard.ledger import Ledger
from scorecard.pipeline.appeals import upheld
from scorecard.pipeline.archive import Values, archived
from scorecard.pipeline.basis import Basis
from scorecard.pipeline.beside import read_beside
from scorecard.pipeline.corrections import settle
from scorecard.pipeline.evidence import Kept, keep, keep_corrected
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.guides import Guides, load_guides
from scorecard.pipeline.inspect import check_submitted
from scorecard.pipeline.kept_checks import KeptChecks
from scorecard.pipeline.owed import not_handed_in
from scorecard.pipeline.resolve import Checked, resolve
from scorecard.pipeline.selfscores import Claims
from scorecard.pipeline.submissions import set_aside
from scorecard.registry import remarks
from scorecard.store import store_at
from scorecard.upward import Ratings
from scorecard.worklist import Worklist

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class TakenYear:
    """One year's files after checks and versions, without their facts, and what is kept of each.

    `waiting`: the units whose data, or part of them, wait for a correction or have not come. `values`: what
    the next year compares with. `usable`: at least one unit was accepted. `corrected`: the object with the
    facts of decisions on appeals, what they changed, and the appeals.
    """

    year: int
    checked: list[Checked]
    findings: list[Finding]
    kept: list[Kept]
    waiting: frozenset[str]
    values: Values
    usable: bool
    worklist: Worklist
    ratings: Ratings
    claims: Claims
    corrected: str | None = None
    corrections: tuple[Correction, ...] = ()
    decided: tuple[str, ...] = ()

    @property
    def facts(self) -> list[str]:
        """The objects with the facts that are scored."""
        scored = [k.facts_sha256 for k in self.kept if k.scored]
        return [*scored, self.corrected] if self.corrected else scored


def _judged(
    folder: DataFolder,
    guides: Guides,
    previous: Mapping[tuple[str, str], int] | None,
    kept: KeptChecks | None,
    progress: Progress,
) -> list[Checked]:
    """Check the year's files while the store, on another thread, writes their bytes."""
    files = folder.files(guides.year)
    progress("读取文件", 0, len(files))
    data = [file.path.read_bytes() for file in files]
    with ThreadPoolExecutor(max_workers=1) as pool:
        stored = pool.submit(store_at(folder.store).put_many, data)
        context = partial(guides.context, previous=previous)
        readings = guides.readings_of(files)
        judged = check_submitted(files, data, guides.year, context, progress, readings, kept)
        stored.result()
    if kept:
        kept.forget()
    return judged


def take_in(
    basis: Basis,
    year: int,
    as_of: date,
    previous: Mapping[tuple[str, str], int] | None,
    ledger: Ledger,
    now: str,
    progress: Progress,
) -> TakenYear:
    """Read, check, resolve and keep one year's files; `previous` are last year's values, for comparing."""
    folder, returned = basis.view.at(year), set_aside(ledger, year)
    store, guides = (
        store_at(folder.store),
        load_guides(folder, year, basis.rulebook, basis.registry, basis.cut.events),
    )
    kept_checks = basis.kept_checks(year, ledger)
    judged = _judged(folder, guides, previous, kept_checks, progress)
    titles = {code: i.name_zh for code, i in basis.rulebook.indicators.items()}
    waits = basis.rulebook.missing.accept != "by_cell"
    checked, crossed = resolve(judged, titles, returned, doubts_wait=waits)
    beside = read_beside(folder, year, as_of, basis.rulebook, basis.registry, checked, returned)
    store.put_many(beside.blobs)
    decisions = upheld(ledger, year)
    settled = settle([*beside.typed, *beside.files], decisions, basis.rulebook, basis.registry, year)
    checked = settled.checked
    findings = [f for c in checked if c.stands for f in c.result.findings]
    excused = guides.approvals.pairs | settled.keys  # what a decision supplies obliges nobody else
    owed = not_handed_in(beside.typed, basis.rulebook, basis.registry, year, excused, beside.pairs)
    findings += [*guides.findings, *crossed, *beside.findings]
    findings += [*settled.findings, *owed.findings, *remarks(basis.registry, year)]
    kept = keep(checked, store, ledger, context=basis.context, at=now)
    if kept_checks:
        kept_checks.seal(year, ledger, now)
    counting = [c for c in checked if c.effective]
    return TakenYear(
        year,
        [c.without_facts() for c in checked],
        by_severity(findings),
        kept,
        waiting=owed.units.union(*(c.result.waiting_units for c in checked if c.counts)),
        values=archived([*checked, *settled.made], basis.rulebook)
        if year + 1 in basis.rulebook.years
        else {},
        usable=any(c.result.accepted_units for c in counting),
        corrected=keep_corrected(settled.facts, year, store, ledger, at=now),
        corrections=settled.corrections,
        decided=tuple(d.appeal_no for d in decisions),
        worklist=beside.worklist,
        ratings=beside.ratings,
        claims=beside.claims,
    )
