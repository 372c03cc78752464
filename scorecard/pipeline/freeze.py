"""Freezing a year: everything that its result depends on goes into the store and is named in one entry.

The year is then built from the store, not from the folder: what is recorded is what a later build will find.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from scorecard import __version__
from scorecard.cycle import Act
from scorecard.errors import UserError
from scorecard.messages.year import FROZEN_YEAR
from scorecard.names import listed
from scorecard.pipeline.basis import Request
from scorecard.pipeline.build import build
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import Frozen, FrozenDocument, FrozenFile, FrozenRulebook
from scorecard.pipeline.summary import BuildSummary
from scorecard.pipeline.view import opened, other_inputs
from scorecard.rulebook.model import Rulebook
from scorecard.store import Store, store_at

Progress = Callable[[str, int, int], None]


def freeze(
    request: Request, rulebook: Rulebook, act: Act, now: str, progress: Progress
) -> tuple[Frozen, BuildSummary]:
    """Return the year as it is frozen now, and what its build says.

    Raises:
        UserError: It cannot be built, or units wait and the rulebook does not freeze then.
    """
    candidate = _gathered(request, rulebook, act)
    summary = build(replace(request, out=None), now=now, progress=progress, candidate=candidate)
    waiting = [unit for file in summary.files for unit in file.waiting_units]
    if rulebook.freeze.waiting == "refuse" and (waiting or summary.ranked < summary.assessed):
        names = listed(list(dict.fromkeys(waiting))) if waiting else ""
        count = summary.assessed - summary.ranked
        raise UserError(FROZEN_YEAR["waiting"].format(year=request.year, count=count, names=names))
    return replace(candidate, snapshot=summary.snapshot, result_hash=summary.result_hash), summary


def fix_outcomes(
    request: Request, kept: Frozen, act: Act, now: str, progress: Progress
) -> tuple[Frozen, BuildSummary]:
    """Return the frozen year with the outcome documents as they lie in the folder now, and its build.

    Raises:
        UserError: It cannot be built.
    """
    folder = DataFolder.open(request.data, request.home)
    with opened(folder, request.year) as view:
        decisions = _kept(view.folder.decisions(), store_at(folder.store))
    decided = max(kept.as_of, act.on.isoformat())
    candidate = replace(kept, decisions=decisions, documents_as_of=decided, result_hash="")
    summary = build(replace(request, out=None), now=now, progress=progress, candidate=candidate)
    return replace(candidate, snapshot=summary.snapshot, result_hash=summary.result_hash), summary


def _gathered(request: Request, rulebook: Rulebook, act: Act) -> Frozen:
    folder = DataFolder.open(request.data, request.home)
    store = store_at(folder.store)
    with opened(folder, request.year) as view:
        before = request.year - 1
        compared = before in rulebook.years and folder.has_year(before)
        years = (before, request.year) if compared else (request.year,)
        as_of = view.as_of(request.as_of)
        registry = folder.registry_path()
        return Frozen(
            year=request.year,
            actor=act.actor,
            role=act.role,
            on=act.on.isoformat(),
            document_no=act.document_no,
            note=act.reason,
            as_of=as_of.isoformat(),
            documents_as_of=as_of.isoformat(),
            snapshot="",
            result_hash="",
            rulebook=FrozenRulebook(rulebook.id, rulebook.edition, rulebook.sha256),
            registry=_kept([(registry.name, registry)], store)[0],
            version=__version__,
            years=years,
            files=tuple(file for year in years for file in _files(view.at(year), year, store)),
            decisions=_kept(folder.decisions(), store),
            others=_kept(other_inputs(folder, years), store),
            unread=tuple((found.relative, found.why) for found in folder.unread(years)),
        )


def _files(folder: DataFolder, year: int, store: Store) -> Iterator[FrozenFile]:
    files = folder.files(year)
    names = store.put_many(file.path.read_bytes() for file in files)
    for file, sha256 in zip(files, names, strict=True):
        yield FrozenFile(year, sha256, file.party, file.relative)


def _kept(named: Sequence[tuple[str, Path]], store: Store) -> tuple[FrozenDocument, ...]:
    names = store.put_many(path.read_bytes() for _, path in named)
    return tuple(FrozenDocument(name, sha) for (name, _), sha in zip(named, names, strict=True))
