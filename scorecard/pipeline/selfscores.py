"""selfscores/ of the data folder: read and kept with receipts. It gives no fact and moves no score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from scorecard.intake import read_many
from scorecard.language import N_
from scorecard.pipeline.folder import ListFile
from scorecard.pipeline.ratings import checked_list
from scorecard.pipeline.resolve import Checked
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook
from scorecard.selfscores import Claim, Context, Source, read_selfscores, take

FORMS: Final = {"ZP": N_("社区自评表")}
Claims = Mapping[tuple[str, str], Claim]


@dataclass(frozen=True, slots=True)
class SelfScores:
    """A year's claims by unit and indicator, each file as a checked one, and the bytes to keep."""

    claims: Claims = field(default_factory=dict)
    checked: tuple[Checked, ...] = ()
    blobs: tuple[bytes, ...] = ()


def take_selfscores(
    files: Sequence[ListFile], year: int, rulebook: Rulebook, registry: Registry
) -> SelfScores:
    """Read the year's self-assessments. Bad data is a finding, never an exception."""
    own = [file for file in files if file.folder == "selfscores"]
    context = Context(rulebook, registry, year)
    documents = zip(own, read_many([file.path for file in own]), strict=True)
    reads = [
        read_selfscores(Source(file.relative, replace(document, name=file.relative)), context)
        for file, document in documents
    ]
    checked = tuple(
        checked_list(
            file, read.source.document, read.notes, read.table, "ZP" if read.claims else "", units, year
        )
        for file, read in zip(own, reads, strict=True)
        for units in [{claim.unit_code for claim in read.claims}]
    )
    return SelfScores(take(reads), checked, tuple(file.path.read_bytes() for file in own))
