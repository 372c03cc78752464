"""From a year's files of upward/ to results and suggestions."""

from collections.abc import Sequence
from dataclasses import dataclass

from scorecard.findings import Finding
from scorecard.messages import make
from scorecard.upward.model import Ratings
from scorecard.upward.rated import counted, rated_units, results
from scorecard.upward.read import Context, Read, Source, read_upward
from scorecard.upward.suggest import suggestions


@dataclass(frozen=True, slots=True)
class Taken:
    """The year's ratings, each file as it was read, and what concerns no single file."""

    ratings: Ratings
    reads: tuple[Read, ...]
    findings: tuple[Finding, ...]


def take(sources: Sequence[Source], context: Context) -> Taken:
    """Read and count `sources`. Nothing that is known here has a way into anybody's score."""
    reads = [read_upward(source, context) for source in sources]
    rated = rated_units(reads, context)
    title, minimum = context.upward.title, context.upward.minimum
    if not rated:
        said = any(read.rates or read.written for read in reads)
        return Taken(Ratings(title, minimum), tuple(reads), (make("W982"),) if said else ())
    found = results(rated, counted(reads, rated), context.upward)
    steps = suggestions(reads, rated, context)
    return Taken(Ratings(title, minimum, tuple(found), tuple(steps)), tuple(reads), ())
