"""`scorecard appeal decide`: upheld or rejected, by a numbered document; what is upheld changes numbers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from scorecard.cycle import same_person
from scorecard.errors import UserError
from scorecard.ledger import Ledger, Record
from scorecard.messages.appeals import refusal
from scorecard.messages.documents import numbered
from scorecard.messages.year import REFUSALS
from scorecard.names import fold
from scorecard.pipeline.appeals import DECIDE, Appeal, Decision, Outcome, find
from scorecard.pipeline.changes import changes_of
from scorecard.pipeline.effect import Effect, foreseen
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.links import linked_people
from scorecard.pipeline.lodge import Attachment, attached, written
from scorecard.pipeline.objection import answer_term
from scorecard.pipeline.product import open_product
from scorecard.pipeline.view import registry_of
from scorecard.rulebook import load_rulebook
from scorecard.store import store_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What `appeal decide` is asked. `changes` as typed: `TH01.numerator=395`; `others`: they may be of
    indicators that nobody appealed. `note`: why it comes after its term. `document`: None where none is
    given.
    """

    data: Path
    home: Path | None
    appeal_no: str
    outcome: Outcome
    decision_no: str
    decider: str
    reason: str
    document: Path | Attachment | None
    on: date
    changes: Sequence[str]
    others: bool = False
    note: str = ""


def decide(request: Ruling, *, now: str) -> Decision:
    """Write the decision into the ledger and return it. The same decision again is the one that stands.

    Raises:
        UserError: The appeal is not there or decided otherwise, decider and appellant are one person, the
            decider is linked to the unit, something is empty, it comes too late without a note, or a change
            cannot be made: all of them at once.
    """
    folder = DataFolder.open(request.data, request.home)
    ledger = Ledger.at(folder.ledger)
    appeal = find(ledger, request.appeal_no)
    said = _said(request, appeal)
    _hold_outcome(request)
    document = attached("决定文件", request.document)
    if appeal.decision is None:
        _hold_term(request, appeal, folder, ledger)
        _hold_apart(request, appeal, folder)
        said["changes"] = _changes(request, appeal, folder, ledger)
        said["document_sha256"] = store_at(folder.store).put(document)
        ledger.append([_record(said)], at=now)
    decision = find(ledger, appeal.appeal_no).decision
    if decision is None or any(
        getattr(decision, key) != value for key, value in said.items() if key in _SAME
    ):
        raise UserError(_stands(appeal.appeal_no, decision or appeal.decision))
    return decision


def preview(request: Ruling, *, now: str) -> Effect:
    """Return what the decision would do; nothing is written. Number, decider, reason and file may be missing.

    Raises:
        UserError: The appeal is not there or decided, or a change cannot be made.
    """
    folder = DataFolder.open(request.data, request.home)
    ledger = Ledger.at(folder.ledger)
    appeal = find(ledger, request.appeal_no)
    if appeal.decision is not None:
        raise UserError(_stands(appeal.appeal_no, appeal.decision))
    _hold_outcome(request)
    said = _basics(request, appeal) | {"changes": _changes(request, appeal, folder, ledger)}
    said |= {"document_name": "", "document_sha256": ""}
    return foreseen(folder, ledger, appeal, _record(said), now=now)


_SAME = ("outcome", "decision_no", "decider", "reason", "on")


def _stands(number: str, decision: Decision | None) -> str:
    values = {"decision": decision.decision_no, "on": decision.on} if decision else {}
    return refusal("decided", no=number, **values)


def _record(said: dict[str, Any]) -> Record:
    number = said["appeal_no"]
    return Record(str(said["decider"]), DECIDE, number, said, f"{DECIDE}:{number}")


def _basics(request: Ruling, appeal: Appeal) -> dict[str, Any]:
    return {
        "year": appeal.year,
        "appeal_no": appeal.appeal_no,
        "outcome": request.outcome,
        "decision_no": request.decision_no.strip(),
        "decider": request.decider.strip(),
        "reason": request.reason.strip(),
        "on": request.on.isoformat(),
        "note": request.note.strip(),
    }


def _said(request: Ruling, appeal: Appeal) -> dict[str, Any]:
    decider = written("--decider", "决定人", request.decider)
    if fold(decider) == fold(appeal.actor):
        raise UserError(refusal("four_eyes", no=appeal.appeal_no, actor=appeal.actor))
    if request.on.isoformat() < appeal.on:
        raise UserError(refusal("before", on=request.on.isoformat(), opened=appeal.on))
    number = written("--decision-no", "决定的文号", request.decision_no)
    if not numbered(number):
        raise UserError(refusal("no_number", option="--decision-no", given=number))
    return _basics(request, appeal) | {
        "decision_no": number,
        "decider": decider,
        "reason": written("--reason", "决定的理由", request.reason),
        "document_name": request.document.name if request.document else "",
    }


def _hold_outcome(request: Ruling) -> None:
    """Refuse an upheld appeal without a change and a rejected one with one."""
    if (request.outcome == "upheld") != bool(request.changes):
        raise UserError(refusal("change_rejected" if request.changes else "no_change"))


def _hold_term(request: Ruling, appeal: Appeal, folder: DataFolder, ledger: Ledger) -> None:
    """Refuse a decision after the term for the answer that no note explains, as late steps are."""
    product, _ = open_product(folder, appeal.year)
    term = answer_term(ledger, load_rulebook(Path(product.rulebook)), appeal.year)
    if term is not None and request.on > term.due and not request.note.strip():
        raise UserError(REFUSALS["late"].format(term=term.name_zh, due=term.due, on=request.on))


def _hold_apart(request: Ruling, appeal: Appeal, folder: DataFolder) -> None:
    """Refuse a decision by who is linked to the appellant: nobody scores a community of their own."""
    linked = linked_people(folder, registry_of(folder, appeal.year), appeal.unit_code.__eq__, request.on)
    if any(same_person(request.decider, person) for person in linked):
        raise UserError(refusal("linked", decider=request.decider.strip(), no=appeal.appeal_no))


def _changes(request: Ruling, appeal: Appeal, folder: DataFolder, ledger: Ledger) -> list[dict[str, Any]]:
    if not request.changes:
        return []
    made = changes_of(request.changes, appeal, folder, ledger, others=request.others)
    return [asdict(change) for change in made]
