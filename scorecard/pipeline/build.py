"""`scorecard build`: from a data folder to a published report."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date

from scorecard import __version__
from scorecard.calendar import calendar
from scorecard.cycle import terms
from scorecard.decisions import Outcomes
from scorecard.errors import UserError
from scorecard.findings import Severity, by_severity
from scorecard.language import speaking
from scorecard.ledger import Ledger
from scorecard.pipeline.basis import Basis, Request, basis_of
from scorecard.pipeline.decided import (
    Decided,
    decide,
    keep_decisions,
)
from scorecard.pipeline.decided.warehouse import caps, modifiers
from scorecard.pipeline.evidence import Kept
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import Frozen
from scorecard.pipeline.history import publicity_window
from scorecard.pipeline.insight import of_report
from scorecard.pipeline.inspect import silent
from scorecard.pipeline.late import too_late
from scorecard.pipeline.lists import fed_rows
from scorecard.pipeline.memory import give_back
from scorecard.pipeline.owed import unread
from scorecard.pipeline.pleas import granted_days
from scorecard.pipeline.product import Product, doubted, owing, save_product, warehouse_path, why_waiting
from scorecard.pipeline.progress import progress
from scorecard.pipeline.resolve import Checked
from scorecard.pipeline.submissions import Deadlines, handed_in, handed_in_late
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
from scorecard.pipeline.taken import Progress, TakenYear, take_in
from scorecard.pipeline.view import View, opened
from scorecard.publish import Publication, ReportInputs, SourceFile, inventory, publish
from scorecard.publish.model import Late
from scorecard.store import sha256_hex, store_at
from scorecard.warehouse import Tables
from scorecard.warehouse import build as build_warehouse


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
    basis = basis_of(request, view, anew=candidate is not None)
    ledger = Ledger.at(basis.folder.ledger)
    years: list[TakenYear] = []
    for year in _years(request.year, basis):
        before = years[-1].values if years else None
        until = view.as_of(request.as_of) if year == request.year else date(year, 12, 31)
        years.append(take_in(basis, year, until, before, ledger, now, progress))
    current = years[-1]
    places = view.unread([y.year for y in years])
    current.findings[:] = by_severity([*current.findings, *unread(places, request.year), *too_late(view)])
    if not current.usable:
        raise UserError(f"{request.year}年度没有可用的数据，没有生成结果。" + _why_nothing(current))
    decided = decide(basis.decisions, [y.year for y in years], basis.rulebook, basis.registry, basis.cut)
    current.findings[:] = by_severity([*current.findings, *decided.current.findings])
    store = store_at(basis.folder.store)
    keep_decisions(basis.decisions, store, ledger, at=now)
    snapshot = _snapshot(basis, years, until, decided.together)
    target = warehouse_path(basis.folder, request.year, snapshot)
    target.parent.mkdir(parents=True, exist_ok=True)
    give_back()
    progress("计分排序", 0, 1)
    with store.files([sha256 for y in years for sha256 in y.facts]) as facts:
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
            facts=list(facts.values()),
        )
    progress("计分排序", 1, 1)
    if not request.supposed:
        view.refuse_result(report.result_hash, __version__)
    tables = Tables(target)
    inputs = _inputs(request, basis, years, decided, snapshot, report.result_hash, tables)
    pages = _published(request, basis, inputs, tables, progress)
    product = _product(inputs, basis, target.name, current)
    save_product(basis.folder, product)
    return _summary(request, inputs, current, product, pages, ledger)


def _published(
    request: Request, basis: Basis, inputs: ReportInputs, tables: Tables, progress: Progress
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
    with speaking(request.language):
        told = replace(inputs, robustness=tried, seen=of_report(inputs).seen())
        if request.inventory:
            request.inventory.write_bytes(inventory(told, progress))
            return None
        return publish(told, request.out, progress) if request.out else None


def _years(year: int, basis: Basis) -> list[int]:
    """Return the years to score, the assessed one last."""
    before = year - 1
    return [before, year] if before in basis.rulebook.years and basis.folder.has_year(before) else [year]


def _why_nothing(year: TakenYear) -> str:
    """Return the first errors, so that the person need not look elsewhere."""
    if not year.checked:
        return "submissions 文件夹里没有文件。"
    errors = [f.message for f in year.findings if f.severity is Severity.ERROR]
    return "".join(errors[:3])


def _snapshot(basis: Basis, years: Sequence[TakenYear], as_of: date, outcomes: Outcomes) -> str:
    """Return the identity of everything that the result depends on, the cut-off of tasks and issues too."""
    files = [
        [y.year, c.result.document.sha256, k.facts_sha256, c.superseded_by or c.set_aside]
        for y in years
        for c, k in zip(y.checked, y.kept, strict=True)
    ]
    decisions = [[f.name, f.sha256] for f in basis.decisions]
    corrected = [[y.year, y.corrected] for y in years if y.corrected]
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
    basis: Basis,
    years: Sequence[TakenYear],
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
        language=request.language,
        against=request.against,
        caps=tuple(cap for cap in decided.together.caps if cap.year == request.year),
    )


def _late(basis: Basis, year: int) -> dict[str, Late]:
    """Return by SHA-256 the files whose steps say that they were submitted after the term."""
    ledger = Ledger.at(basis.folder.ledger)
    files = [f for f in handed_in(ledger, year) if f.steps]
    if not files:
        return {}
    deadlines = Deadlines(terms(basis.rulebook, year, calendar()), granted_days(ledger, year))
    due = {f.sha256: deadlines.due(f.street_code) for f in files}
    came = handed_in_late(files, deadlines)
    return {sha256: Late(on, last) for sha256, on in came.items() if (last := due[sha256])}


def _source(checked: Checked, kept: Kept, basis: Basis, late: Mapping[str, Late]) -> SourceFile:
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


def _product(inputs: ReportInputs, basis: Basis, warehouse: str, current: TakenYear) -> Product:
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
        owing=owing(current.waiting, inputs),
        corrections=tuple(asdict(c) for c in inputs.corrections),
        decided=current.decided,
        fed=fed_rows(inputs.worklist, basis.rulebook),
    )


def _summary(
    request: Request,
    inputs: ReportInputs,
    current: TakenYear,
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
