"""What a build is asked, and what every file is judged by."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scorecard import __version__
from scorecard.decisions import Cut
from scorecard.language import CHINESE, Language
from scorecard.ledger import Ledger
from scorecard.pipeline.approvals import FILES as APPROVALS
from scorecard.pipeline.decided import (
    DecisionFile,
    decision_files,
)
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.headers import FILE as HEADERS
from scorecard.pipeline.kept_checks import KeptChecks, sealed
from scorecard.pipeline.readings import FILE as READINGS
from scorecard.pipeline.view import View
from scorecard.publish import Edition
from scorecard.registry import Registry, load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Rulebook
from scorecard.store import sha256_hex


@dataclass(frozen=True, slots=True)
class Request:
    """What to build, from where, to where.

    `out` None: no pages. `inventory`: the pages are made, and only a list of them with their hashes is
    written, to this file. `as_of` None: the year's last day; a frozen year keeps the one that it has.
    `supposed`: only to see what another edition would give, of a frozen year as well; never published.
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
    supposed: bool = False
    language: Language = CHINESE


@dataclass(frozen=True, slots=True)
class Basis:
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
    anew: bool  # the result is to prove something: nothing of earlier runs is taken over

    def kept_checks(self, year: int, ledger: Ledger) -> KeptChecks | None:
        """Return what was kept of the checks of a year's files."""
        folder = self.folder.products / "checks" / str(year)
        return None if self.anew else KeptChecks(folder, sealed(ledger, year))


def basis_of(request: Request, view: View, *, anew: bool) -> Basis:
    """Return what the request's files are judged by.

    Raises:
        UserError: Rulebook, registry or decisions cannot be used, or are not those of a frozen year.
    """
    folder = view.folder
    edition = find_rulebook(request.rulebook, request.year)
    rulebook = load_rulebook(edition)
    if not request.supposed:
        view.refuse_changes(rulebook)
    with _uncollected():
        registry = load_registry(folder.registry_path())
    return Basis(
        view=view,
        folder=folder,
        edition=edition,
        rulebook=rulebook,
        registry=registry,
        context=context_of(folder, rulebook),
        decisions=decision_files(folder),
        cut=view.cut(request.as_of),
        anew=anew,
    )


def context_of(folder: DataFolder, rulebook: Rulebook) -> str:
    """Return the identity of what a file is judged by: with another one its outcome may be another."""
    return _identity(folder, rulebook, (*APPROVALS, HEADERS, READINGS))


def reading_of(folder: DataFolder, rulebook: Rulebook) -> str:
    """Return the identity of what a file is read by: the same, whatever is approved."""
    return _identity(folder, rulebook, (HEADERS, READINGS))


def _identity(folder: DataFolder, rulebook: Rulebook, decisions: Sequence[str]) -> str:
    judging = [p for name in decisions if (p := folder.decision(name))]
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
