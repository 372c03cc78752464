"""upward/ of the data folder: read, counted, kept with receipts. It gives no fact and moves no score."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from scorecard.checks import CheckResult, Mapped
from scorecard.checks.result import no_facts
from scorecard.findings import Finding
from scorecard.intake import Document, read_many
from scorecard.language import N_
from scorecard.lists import Notes, Table
from scorecard.messages import make
from scorecard.pipeline.folder import ONLINE, ListFile, Submitted
from scorecard.pipeline.lists import masked
from scorecard.pipeline.resolve import Checked
from scorecard.privacy import mask
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook
from scorecard.rulebook.upward import Upward as Rules
from scorecard.upward import Context, Ratings, Source, take
from scorecard.upward.model import RatedUnit
from scorecard.upward.rated import rated_units
from scorecard.upward.read import read_upward

FORMS: Final = {"PM": N_("被评单位名录"), "PY": N_("社区评议表"), "PJ": N_("黄牌和否决建议")}
_CODES: Final = {"rated": "PM", "ratings": "PY", "suggestions": "PJ", "": ""}


@dataclass(frozen=True, slots=True)
class Upward:
    """A year's ratings, each file as a checked one, the bytes to keep, and what to say."""

    ratings: Ratings
    checked: tuple[Checked, ...]
    blobs: tuple[bytes, ...]
    findings: tuple[Finding, ...]


def take_ratings(
    files: Sequence[ListFile], year: int, as_of: date, rulebook: Rulebook, registry: Registry
) -> Upward:
    """Read the year's ratings and suggestions as they stand on `as_of`."""
    own = [file for file in files if file.folder == "upward"]
    if rulebook.upward is None or not own:
        refused = (make("W980", file=own[0].relative),) if own else ()
        return Upward(Ratings(), (), (), refused)
    taken = take(_sources(own), _context(rulebook, rulebook.upward, registry, year, as_of))
    checked = tuple(
        checked_list(file, read.source.document, read.notes, read.table, _CODES[read.kind], read.units, year)
        for file, read in zip(own, taken.reads, strict=True)
    )
    return Upward(taken.ratings, checked, tuple(f.path.read_bytes() for f in own), taken.findings)


def who_is_rated(
    files: Sequence[ListFile], year: int, rulebook: Rulebook, registry: Registry
) -> dict[str, RatedUnit]:
    """Return who is rated in the year by every folded name, as the lists that were put there by hand say."""
    own = [f for f in files if f.folder == "upward" and ONLINE not in f.path.parts]
    if rulebook.upward is None or not own:
        return {}
    context = _context(rulebook, rulebook.upward, registry, year, date(year, 12, 31))
    return rated_units([read_upward(source, context) for source in _sources(own)], context)


def _sources(files: Sequence[ListFile]) -> list[Source]:
    return [
        Source(file.relative, replace(document, name=file.relative), n, file.correction)
        for n, (file, document) in enumerate(zip(files, read_many([f.path for f in files]), strict=True))
    ]


def _context(rulebook: Rulebook, upward: Rules, registry: Registry, year: int, as_of: date) -> Context:
    return Context(upward, rulebook.veto.effective_levels, registry, year, as_of, mask)


def checked_list(
    file: ListFile,
    document: Document,
    notes: Notes,
    table: Table | None,
    form: str,
    units: Collection[str],
    year: int,
) -> Checked:
    """Return a list as the rest of the house knows files, without a single fact."""
    codes = tuple(sorted(units))
    result = CheckResult(
        document=document,
        sheet=notes.sheet,
        form=form,
        shape="list",
        header_row=table.header_row if table else 0,
        mapping=tuple(Mapped(*m) for m in table.mapping) if table else (),
        year=year,
        street_code=None,
        facts=no_facts(),
        findings=tuple(map(masked, notes.findings)),
        row_count=len(table.rows) if table else 0,
        cell_count=sum(bool(text) for _, texts in table.rows for text in texts) if table else 0,
        accepted_units=codes,
        units=codes,
    )
    return Checked(Submitted(file.path, file.relative, "district"), year, result)
