"""`scorecard build`: from a data folder to a published report."""

import gc
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from scorecard import __version__
from scorecard.calendar import calendar
from scorecard.cycle import terms
from scorecard.decisions import Cut, Outcomes
from scorecard.errors import UserError
from scorecard.explain.correction import Correction
from scorecard.findings import Finding, Severity, by_severity
from scorecard.ledger import Ledger
from scorecard.pipeline.appeals import upheld
from scorecard.pipeline.approvals import FILE as APPROVALS
from scorecard.pipeline.archive import Values, archived
from scorecard.pipeline.beside import take_beside
from scorecard.pipeline.corrections import settle
from scorecard.pipeline.decided import (
    Decided,
    DecisionFile,
    decide,
    decision_files,
    keep_decisions,
)
from scorecard.pipeline.decided.warehouse import caps, modifiers
from scorecard.pipeline.evidence import Kept, keep, keep_corrected
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import Frozen
from scorecard.pipeline.guides import Guides, load_guides
from scorecard.pipeline.headers import FILE as HEADERS
from scorecard.pipeline.history import publicity_window
from scorecard.pipeline.insight import of_report
from scorecard.pipeline.inspect import check_submitted, silent
from scorecard.pipeline.kept_checks import KeptChecks, sealed
from scorecard.pipeline.late import too_late
from scorecard.pipeline.lists import fed_rows
from scorecard.pipeline.memory import give_back
from scorecard.pipeline.owed import not_handed_in, unread
from scorecard.pipeline.product import Product, doubted, save_product, warehouse_path, why_waiting
from scorecard.pipeline.progress import progress
from scorecard.pipeline.readings import FILE as READINGS
from scorecard.pipeline.resolve import Checked, resolve
from scorecard.pipeline.selfscores import Claims
from scorecard.pipeline.submissions import handed_in, handed_in_late, set_aside
from scorecard.pipeline.summary import (
    ALL_LISTS,
    TOP,
    BuildSummary,
    between_files,
    count_findings,
    sender_of,
    summarise_files,
    top_of,
)
from scorecard.pipeline.view import View, opened
from scorecard.publish import Edition, Publication, ReportInputs, SourceFile, inventory, publish
from scorecard.publish.model import Late
from scorecard.registry import Registry, load_registry, remarks
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Rulebook
from scorecard.store import Store, sha256_hex
from scorecard.upward import Ratings
from scorecard.warehouse import Tables
from scorecard.warehouse import build as build_warehouse
from scorecard.worklist import Worklist

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to build, from where, to where.

    `out` None: no pages. `inventory`: the pages are made, and only a list of them with their hashes is
    written, to this file. `as_of` None: the year's last day; a frozen year keeps the one that it has.
    """

    data: Path
    year: int
    out: Path | None
    rulebook: str | None = None
    as_of: date | None = None
    home: Path | None = None
    edition: Edition = "内部版"
    against: Path | None = None
    inventory: Path | None = None


@dataclass(frozen=True, slots=True)
class _Basis:
    """What every file is judged by. `context` identifies it: another one may give another outcome.

    `decisions` are the files of `decisions/` as they were read, `cut` up to when they decide.
    """

    view: View
    folder: DataFolder
    edition: Path
    rulebook: Rulebook
    registry: Registry
    context: str
    decisions: tuple[DecisionFile, ...]
    cut: Cut
    registry_sha256: str
    anew: bool  # the result is to prove something: nothing of earlier runs is taken over

    def kept_checks(self, year: int, ledger: Ledger) -> KeptChecks | None:
        """Return what was kept of the checks of a year's files."""
        folder = self.folder.products / "checks" / str(year)
        return None if self.anew else KeptChecks(folder, self.registry_sha256, sealed(ledger, year))


@dataclass(frozen=True, slots=True)
class _Year:
    """One year's files after checks and versions, without their facts, and what is kept of each.

    `waiting`: the units whose data, or part of them, wait for a correction or have not come. `values`: what
    the next year compares with. `usable`: at least one unit was accepted. `corrected`: where the facts of
    decisions on appeals lie, what they changed, and the appeals.
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
    corrected: Path | None = None
    corrections: tuple[Correction, ...] = ()
    decided: tuple[str, ...] = ()

    @property
    def facts(self) -> list[Path]:
        """The facts that are scored."""
        return [path for path in (*(k.facts for k in self.kept), self.corrected) if path]


def build(
    request: Request, *, now: str, progress: Progress = silent, candidate: Frozen | None = None
) -> BuildSummary:
    """Take in the folder's files, score, rank and publish. `now` stamps the ledger (ISO 8601).

    Last year's files, where the folder has them and the rulebook covers that year, are scored beside for
    comparing. The same folder, rulebook and version give the same bytes; only the ledger knows the time. A
    frozen year is made from what the store kept of it; `candidate` is one that is about to be frozen.

    Raises:
        UserError: Folder, rulebook or registry cannot be used, or nothing was accepted.
        IntegrityError: A frozen year comes out otherwise than it was frozen.
    """
    with opened(DataFolder.open(request.data, request.home), request.year, candidate) as view:
        return _build(request, view, now, progress, candidate)


def _build(
    request: Request, view: View, now: str, progress: Progress, candidate: Frozen | None
) -> BuildSummary:
    basis = _basis(request, view, anew=candidate is not None)
    ledger = Ledger.at(basis.folder.ledger)
    years: list[_Year] = []
    for year in _years(request.year, basis):
        before = years[-1].values if years else None
        until = view.as_of(request.as_of) if year == request.year else date(year, 12, 31)
        years.append(_take_in(basis, year, until, before, ledger, now, progress))
    current = years[-1]
    places = view.unread([y.year for y in years])
    current.findings[:] = by_severity([*current.findings, *unread(places, request.year), *too_late(view)])
    if not current.usable:
        raise UserError(f"{request.year}年度没有可用的数据，没有生成结果。" + _why_nothing(current))
    decided = decide(basis.decisions, [y.year for y in years], basis.rulebook, basis.registry, basis.cut)
    current.findings[:] = by_severity([*current.findings, *decided.current.findings])
    keep_decisions(basis.decisions, Store(basis.folder.store), ledger, at=now)
    snapshot = _snapshot(basis, years, until, decided.together)
    target = warehouse_path(basis.folder, request.year, snapshot)
    target.parent.mkdir(parents=True, exist_ok=True)
    give_back()
    progress("计分排序", 0, 1)
    report = build_warehouse(
        target,
        rulebook=basis.rulebook,
        registry_units=basis.registry,
        years=[y.year for y in years],
        assessed_year=request.year,
        modifiers=modifiers(decided.together),
        caps=caps(decided.together),
        zeroed=decided.together.zeroed,
        flags=decided.together.flags,
        waiting={(y.year, unit) for y in years for unit in y.waiting},
        facts=[path for y in years for path in y.facts],
    )
    progress("计分排序", 1, 1)
    view.refuse_result(report.result_hash, __version__)
    tables = Tables(target)
    inputs = _inputs(request, basis, years, decided, snapshot, report.result_hash, tables)
    pages = _published(request, basis, inputs, tables, progress)
    product = _product(inputs, basis, target.name, current)
    save_product(basis.folder, product)
    return _summary(request, inputs, current, product, pages, ledger)


def _published(
    request: Request, basis: _Basis, inputs: ReportInputs, tables: Tables, progress: Progress
) -> Publication | None:
    """Write the pages, or the list of them; None where no site was written."""
    if not (request.out or request.inventory):
        return None
    from scorecard.pipeline.robust import study  # numpy takes 0.1 s to import

    progress("名次测算", 0, 1)
    draws = basis.folder.products / f"draws-{request.year}.parquet"
    barred = [(cap.unit_code, cap.grade_code) for cap in inputs.caps]
    tried = study(tables, basis.rulebook, request.year, draws, barred)
    progress("名次测算", 1, 1)
    give_back()
    told = replace(inputs, robustness=tried, seen=of_report(inputs).seen())
    if request.inventory:
        request.inventory.write_bytes(inventory(told, progress))
        return None
    return publish(told, request.out, progress) if request.out else None


def _basis(request: Request, view: View, *, anew: bool) -> _Basis:
    folder = view.folder
    edition = find_rulebook(request.rulebook, request.year)
    rulebook = load_rulebook(edition)
    view.refuse_changes(rulebook)
    registry_path = folder.registry_path()
    with _uncollected():
        registry = load_registry(registry_path)
    context = context_of(folder, rulebook)
    cut = view.cut(request.as_of)
    decisions = decision_files(folder)
    return _Basis(
        view,
        folder,
        edition,
        rulebook,
        registry,
        context,
        decisions,
        cut,
        sha256_hex(registry_path.read_bytes()),
        anew,
    )


def context_of(folder: DataFolder, rulebook: Rulebook) -> str:
    """Return the identity of what a file is judged by: with another one its outcome may be another."""
    judging = [p for name in (APPROVALS, HEADERS, READINGS) if (p := folder.decision(name))]
    files = (folder.registry_path(), *judging)
    parts = [rulebook.sha256, __version__, *(sha256_hex(p.read_bytes()) for p in files)]
    return sha256_hex("\n".join(parts).encode())


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare what is loaded here the search for reference cycles: all of it stays, and there are none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _years(year: int, basis: _Basis) -> list[int]:
    """Return the years to score, the assessed one last."""
    before = year - 1
    return [before, year] if before in basis.rulebook.years and basis.folder.has_year(before) else [year]


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
        stored = pool.submit(Store(folder.store).put_many, data)
        context = partial(guides.context, previous=previous)
        readings = guides.readings_of(files)
        judged = check_submitted(files, data, guides.year, context, progress, readings, kept)
        stored.result()
    if kept:
        kept.forget()
    return judged


def _take_in(
    basis: _Basis,
    year: int,
    as_of: date,
    previous: Mapping[tuple[str, str], int] | None,
    ledger: Ledger,
    now: str,
    progress: Progress,
) -> _Year:
    """Read, check, resolve and keep one year's files; `previous` are last year's values, for comparing."""
    folder, returned = basis.view.at(year), set_aside(ledger, year)
    store, guides = (
        Store(folder.store),
        load_guides(folder, year, basis.rulebook, basis.registry, basis.cut.events),
    )
    kept_checks = basis.kept_checks(year, ledger)
    judged = _judged(folder, guides, previous, kept_checks, progress)
    titles = {code: i.name_zh for code, i in basis.rulebook.indicators.items()}
    waits = basis.rulebook.missing.accept != "by_cell"
    checked, crossed = resolve(judged, titles, returned, doubts_wait=waits)
    beside = take_beside(folder, year, as_of, basis.rulebook, basis.registry, checked, returned)
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
    return _Year(
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


def _why_nothing(year: _Year) -> str:
    """Return the first errors, so that the person need not look elsewhere."""
    if not year.checked:
        return "submissions 文件夹里没有文件。"
    errors = [f.message for f in year.findings if f.severity is Severity.ERROR]
    return "".join(errors[:3])


def _snapshot(basis: _Basis, years: Sequence[_Year], as_of: date, outcomes: Outcomes) -> str:
    """Return the identity of everything that the result depends on, the cut-off of tasks and issues too."""
    files = [
        [y.year, c.result.document.sha256, k.facts_sha256, c.superseded_by or c.set_aside]
        for y in years
        for c, k in zip(y.checked, y.kept, strict=True)
    ]
    decisions = [[f.name, f.sha256] for f in basis.decisions]
    corrected = [[y.year, y.corrected.parent.name + y.corrected.name] for y in years if y.corrected]
    come_to = (
        outcomes.events,
        outcomes.caps,
        outcomes.zeroed,
        outcomes.flags,
    )  # not the day that they act on
    known = [as_of.isoformat(), decisions, sha256_hex(repr(come_to).encode())]
    parts = [basis.context, *known, files, *([corrected] if corrected else [])]
    return sha256_hex(json.dumps(parts, ensure_ascii=False).encode())


def _inputs(
    request: Request,
    basis: _Basis,
    years: Sequence[_Year],
    decided: Decided,
    snapshot: str,
    result: str,
    tables: Tables,
) -> ReportInputs:
    current = years[-1]
    late = _late(basis, request.year)
    return ReportInputs(
        rulebook=basis.rulebook,
        registry=basis.registry,
        year=request.year,
        status=basis.view.stamp,
        as_of=basis.view.as_of(request.as_of),
        publicity=publicity_window(basis.view.steps, basis.rulebook),
        snapshot=snapshot,
        result=result,
        version=__version__,
        tables=tables,
        files=tuple(
            _source(c, k, basis, late)
            for y in years
            for c, k in zip(y.checked, y.kept, strict=True)
            if y is current
        ),
        findings=tuple(current.findings),
        previous_year=years[0].year if len(years) > 1 else None,
        flags=decided.current.flags + progress(tables, basis.rulebook, request.year, decided.current.flags),
        tallies=decided.current.tallies,
        corrections=current.corrections,
        worklist=current.worklist,
        ratings=current.ratings,
        claims=current.claims,
        edition=request.edition,
        against=request.against,
        caps=tuple(cap for cap in decided.together.caps if cap.year == request.year),
    )


def _late(basis: _Basis, year: int) -> dict[str, Late]:
    """Return by SHA-256 the files whose steps say that they were submitted after the term."""
    files = [f for f in handed_in(Ledger.at(basis.folder.ledger), year) if f.steps]
    term = terms(basis.rulebook, year, calendar()).get("submission") if files else None
    if term is None:
        return {}
    return {sha256: Late(on, term.due) for sha256, on in handed_in_late(files, term).items()}


def _source(checked: Checked, kept: Kept, basis: _Basis, late: Mapping[str, Late]) -> SourceFile:
    """Return a file as the quality page tells of it."""
    result, document = checked.result, checked.result.document
    counts = count_findings(result.findings)
    street = basis.registry.units.get(result.street_code or "")
    forms = ALL_LISTS | {form.code: form.name_zh for form in basis.rulebook.forms}
    return SourceFile(
        receipt_no=kept.receipt_no,
        file_name=checked.file.relative,
        street_name=street.name if street else "",
        form_name=forms.get(result.form, ""),
        sender=sender_of(checked, basis.registry),
        sha256=document.sha256,
        size=document.size,
        encoding=document.encoding or document.kind,
        sheet=result.sheet,
        header_row=result.header_row or None,
        shape=result.shape,
        rows=result.row_count,
        accepted_units=len(result.accepted_units),
        waiting_units=result.waiting_units,
        doubted=result.doubted,
        late=late.get(document.sha256),
        errors=counts["error"],
        notes=counts["needs_note"],
        warnings=counts["warning"],
        infos=counts["info"],
        superseded=bool(checked.superseded_by),
        set_aside=checked.set_aside,
        whole=bool(result.row_count) and result.form in ALL_LISTS,
        mapping=tuple((m.column, m.header, m.target, m.how) for m in result.mapping),
    )


def _product(inputs: ReportInputs, basis: _Basis, warehouse: str, current: _Year) -> Product:
    return Product(
        year=inputs.year,
        as_of=inputs.as_of.isoformat(),
        status=inputs.status,
        snapshot=inputs.snapshot,
        result_hash=inputs.result,
        rulebook=str(basis.edition),
        rulebook_sha256=basis.rulebook.sha256,
        version=inputs.version,
        warehouse=warehouse,
        decisions={f.name: f.sha256 for f in basis.decisions},
        files={f.sha256: {"receipt_no": f.receipt_no, "file_name": f.file_name} for f in inputs.files},
        waiting=why_waiting(current.waiting, inputs),
        doubted=doubted(inputs.files),
        corrections=tuple(asdict(c) for c in inputs.corrections),
        decided=current.decided,
        fed=fed_rows(inputs.worklist, basis.rulebook),
    )


def _summary(
    request: Request,
    inputs: ReportInputs,
    current: _Year,
    product: Product,
    pages: Publication | None,
    ledger: Ledger,
) -> BuildSummary:
    files = summarise_files(current.checked, current.kept, inputs.registry)
    tables, year, head = inputs.tables, request.year, ledger.head()
    district = next(iter(tables.rows("report_district", year=year)), {})
    first = [row for n in range(1, TOP + 1) for row in tables.rows("report_unit", year=year, rank_overall=n)]
    return BuildSummary(
        year=request.year,
        status=inputs.status,
        as_of=product.as_of,
        site=str(request.out / "index.html") if request.out else "",
        pages=pages.page_count if pages else 0,
        snapshot=inputs.snapshot,
        result_hash=product.result_hash,
        rulebook=inputs.rulebook.title,
        rulebook_sha256=inputs.rulebook.sha256,
        ledger_entries=head.entries,
        ledger_head=head.hash,
        rows=sum(c.result.row_count for c in current.checked),
        findings=count_findings(inputs.findings),
        assessed=district.get("population_count", 0),
        ranked=district.get("assessed_count", 0),
        top=top_of(first, inputs.registry),
        files=files,
        others=between_files(inputs.findings, current.checked),
    )
