"""A receipt as the ledger has it: nothing on it is computed anew."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from scorecard.findings import Severity
from scorecard.intake.decode import NAMES
from scorecard.pipeline.beijing import beijing
from scorecard.pipeline.mended import Mending, mending_of
from scorecard.pipeline.senders import Sender
from scorecard.pipeline.submissions import HandedIn

if TYPE_CHECKING:
    from scorecard.portal.desk import Desk


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a street gets for a file. `missing`: its communities that the file does not have.

    `mendings`: how the file was made of files before it.
    """

    number: str
    at: str
    actor: str
    sender: str
    form: str
    name: str
    sha256: str
    size: int
    rows: int
    cells: int
    sheet: str
    header_row: int
    encoding: str
    facts: int
    accepted: tuple[str, ...]
    waiting: tuple[str, ...]
    missing: tuple[str, ...]
    findings: tuple[tuple[str, int], ...]
    online: bool
    given: tuple[tuple[str, str], ...]
    mendings: tuple[Mending, ...] = ()


def receipt_of(desk: "Desk", file: HandedIn) -> Receipt:
    """Return the receipt of a file: the bytes as they came, and what the first check made of them."""
    ledger, registry = desk.ledger(), desk.registry()
    came = next(e for e in ledger.entries("received") if e.subject == file.receipt_no)
    checks = [e.payload for e in ledger.entries("checked") if e.subject == file.receipt_no]
    judged: dict[str, Any] = dict(checks[0]) if checks else {}
    units = registry.units
    taken, held = judged.get("accepted_units", []), judged.get("waiting_units", [])
    form = next((f for f in desk.rulebook.forms if f.code == file.form), None)
    due = Sender("", file.street_code).units(form, registry, desk.year) if form else ()
    said = came.payload

    def named(codes: list[str]) -> tuple[str, ...]:
        return tuple(units[code].name if code in units else code for code in codes)

    return Receipt(
        number=file.receipt_no,
        at=beijing(came.at),
        actor=came.actor if said.get("channel") else "",
        sender=said.get("sender") or desk.sender_name(file),
        form=desk.form_name(file.form),
        name=said.get("uploaded") or PurePosixPath(file.file).name,
        sha256=file.sha256,
        size=said["size"],
        rows=said["rows"],
        cells=said["cells"],
        sheet=said["sheet"],
        header_row=said["header_row"],
        encoding=NAMES.get(said["encoding"], said["encoding"]),
        facts=judged.get("facts", 0),
        accepted=named(taken),
        waiting=named(held),
        missing=tuple(u.name for u in due if u.code not in {*taken, *held}),
        findings=tuple(
            (s.label, judged["findings"].get(str(s), 0)) for s in Severity if judged.get("findings")
        ),
        online=bool(said.get("channel")),
        given=tuple((a, b) for a, b in said.get("given", ())),
        mendings=tuple(mending_of(m) for m in said.get("mendings", ())),
    )
