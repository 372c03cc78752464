"""What handed-in files ask to be taken as 不涉及: each file is asked once, whatever is approved later."""

from threading import Lock
from typing import TYPE_CHECKING, Final

from scorecard.cycle import Stage
from scorecard.findings import Severity
from scorecard.pipeline.absent import Absence, Heard, Pair, heard
from scorecard.pipeline.basis import reading_of
from scorecard.pipeline.submissions import HandedIn

if TYPE_CHECKING:
    from scorecard.portal.desk import Desk

_WITH_DISTRICT: Final = (
    *(Stage.SUBMITTED, Stage.IN_REVIEW, Stage.ACCEPTED),
    *(Stage.FROZEN, Stage.CORRECTED, Stage.ARCHIVED),
)
_ASKING: Final = (Severity.NEEDS_NOTE, Severity.INFO)  # of a word without and with approval, and of a gap


class Hearing:
    """What the year's files ask for."""

    def __init__(self) -> None:
        """Know of none yet."""
        self._lock = Lock()
        self._mark = ""
        self._heard: dict[str, Heard] = {}  # by receipt

    def asked(self, desk: "Desk") -> list[tuple[HandedIn, Absence]]:
        """Return the requests of the files that are with the district, each pair once: the later file counts.

        A file that nobody signed yet asks for nothing; what was returned or withdrawn does not either.
        """
        found: dict[Pair, tuple[HandedIn, Absence]] = {}
        asking: list[HandedIn] = []
        remarked, mark = _remarked(desk), reading_of(desk.folder, desk.rulebook)
        for file in _standing(desk):
            if file.receipt_no not in remarked and not any(map(file.is_version_of, asking)):
                continue
            said = self._of(desk, file, mark)
            for pair in said.answered:
                found.pop(pair, None)
            found |= {absence.pair: (file, absence) for absence in said.asked}
            asking += [file] if said.asked else []
        return list(found.values())

    def _of(self, desk: "Desk", file: HandedIn, mark: str) -> Heard:
        """Return what a file asks for; `mark`: what files are read by, without what is approved."""
        with self._lock:
            if self._mark != mark:
                self._mark, self._heard = mark, {}
            known = self._heard.get(file.receipt_no)
        if known is None:
            known = heard(desk.look_again(file), desk.rulebook)
            with self._lock:
                if self._mark == mark:
                    self._heard[file.receipt_no] = known
        return known


def _standing(desk: "Desk") -> list[HandedIn]:
    """Return the forms that are with the district, in order of receipt; of what lies in one place the last.

    What was put into the folder by hand has no step, and is there; a correction that waits for a signature
    has none either, and is not.
    """
    forms, root = {form.code for form in desk.rulebook.forms}, desk.folder.root
    found: dict[str, HandedIn] = {}
    for f in desk.files():
        lies = f.stage is Stage.NONE and (root / f.file).is_file()
        if f.form in forms and (lies or f.stage in _WITH_DISTRICT):
            found.pop(f.file, None)
            found[f.file] = f
    return list(found.values())


def _remarked(desk: "Desk") -> frozenset[str]:
    """Return the receipts of files of which a check ever said what it says of a request."""
    return frozenset(
        entry.subject
        for entry in desk.ledger().entries("checked")
        if any(entry.payload["findings"].get(str(severity)) for severity in _ASKING)
    )
