"""The versions of a sender's form: which stand before a file, and which one a reviewer compares it with."""

from collections.abc import Sequence
from dataclasses import dataclass

from scorecard.cycle import Stage
from scorecard.pipeline.submissions import FileStep, HandedIn

_REACHED = (Stage.SUBMITTED, Stage.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version. `reached`: the district had it; `last`: its last step, which says where it went."""

    file: HandedIn
    reached: bool
    last: FileStep


def earlier(file: HandedIn, files: Sequence[HandedIn]) -> list[Version]:
    """Return the versions of the same sender's form before `file`, the newest first.

    A file that nobody signed yet comes after all that somebody did.
    """
    own = [f for f in files if f.is_version_of(file) and f.receipt_no != file.receipt_no and f.steps]
    before = [f for f in own if not file.steps or f.version < file.version]
    return [
        Version(f, any(step.target in _REACHED for step in f.steps), f.steps[-1])
        for f in sorted(before, key=lambda f: f.version, reverse=True)
    ]


def compared(versions: Sequence[Version], asked: str) -> Version | None:
    """Return the version with the receipt `asked`; "": the last that the district had, else the newest.

    None where there is no such version.
    """
    if asked:
        return next((v for v in versions if v.file.receipt_no == asked), None)
    return next((v for v in versions if v.reached), versions[0] if versions else None)
