"""Messages of an account: what waits for it, and what others did about what is its own; all from the ledger.

Nothing is sent and nothing is marked as read: the page is what the ledger says when it is opened.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from scorecard.cycle import Plea, Role, Stage, State
from scorecard.language import later
from scorecard.ledger import Entry
from scorecard.messages.absent import VERDICTS
from scorecard.messages.pleas import AGREES, KINDS, UNTIL
from scorecard.messages.portal import ACCOUNT_STEPS
from scorecard.messages.portal_outbox import GRANTS, HAPPENED, WAITS
from scorecard.names import fold
from scorecard.pipeline.appeal_text import OUTCOMES
from scorecard.pipeline.appeals import DECIDE, OPEN, Appeal, appeals
from scorecard.pipeline.beijing import beijing
from scorecard.pipeline.excusing import ACTION as EXCUSE
from scorecard.pipeline.frozen import ADVANCE
from scorecard.pipeline.handin import current
from scorecard.pipeline.history import history
from scorecard.pipeline.pleas import ACTIONS, Request, pleas
from scorecard.pipeline.proposing import ACTIONS as SUGGESTED
from scorecard.pipeline.proposing import Proposal
from scorecard.pipeline.submissions import ACTION as FILE_STEP
from scorecard.pipeline.submissions import HandedIn
from scorecard.portal.absences import absence_notes
from scorecard.portal.access import Account, Right, has, of_street
from scorecard.portal.advancing import offers
from scorecard.portal.appealing import street_of
from scorecard.portal.audit import ACTION as ACCOUNT
from scorecard.portal.ballots import own_proposals
from scorecard.portal.builds import ACTION as BUILD
from scorecard.portal.desk import Desk
from scorecard.portal.handing import form_of, hand_in_term
from scorecard.portal.notes import Note, decision_notes, named, opinion_notes, rated_notes, rating_notes
from scorecard.portal.steps import waits as waits_for
from scorecard.upward import STAGE_WORDS, STATE_WORDS, TRANSITIONS
from scorecard.upward.model import Stage as SuggestionStage

MOST: Final = 100  # of what happened; the ledger has all of it
_OF_SENDERS: Final = (Stage.SUBMITTED, Stage.WITHDRAWN)  # what the district is told of their steps


def waiting(desk: Desk, account: Account) -> list[Note]:
    """Return what waits for the account, oldest kinds of work first.

    Raises:
        UserError: Folder or rulebook cannot be used.
    """
    return [note for right, find in _WAITING if has(account, right) for note in find(desk, account)]


def happened(desk: Desk, account: Account) -> list[Note]:
    """Return what others did about what is the account's own, the latest first."""
    found: list[Note] = []
    me, ledger = fold(account.person), desk.ledger()
    known = _Known(
        {f.receipt_no: f for f in desk.handed(account)},
        {a.appeal_no: a for a in appeals(ledger)},
        {p.number: p for p in pleas(ledger, desk.year)},
        {p.number: p for p in own_proposals(desk, account)} if has(account, Right.SUGGESTIONS) else {},
    )
    for entry in reversed(ledger.entries()):
        tell = _HAPPENED.get(entry.action)
        told = tell(desk, account, entry, known) if tell and fold(entry.actor) != me else None
        if told:
            found.append(Note(beijing(entry.at), *told))
        if len(found) == MOST:
            break
    return found


def _tasks(desk: Desk, account: Account) -> Iterator[Note]:
    """Yield the forms that the street or department owes, or that came back to it."""
    files, sender = desk.handed(account), desk.sender(account)
    term = hand_in_term(desk, sender)
    for form in sender.forms(desk.rulebook):
        like = form_of(desk, sender, form)
        standing = current(files, like)
        fresh = any(f.is_version_of(like) and not f.steps for f in files)
        if standing is not None and standing.stage is Stage.RETURNED and not fresh:
            number = standing.receipt_no
            yield Note("", later(WAITS["returned"], receipt=number), f"/file/{number}", f"returned:{number}")
        elif standing is None and not fresh and term is not None and (term.opens or term.due) <= desk.today():
            said = later(WAITS["owed"], form=form.name_zh, term=term.name_zh, due=term.due)
            yield Note("", said, "/task", f"owed:{form.code}")


def _files(desk: Desk, account: Account) -> Iterator[Note]:
    files = desk.handed(account)
    for f in files:
        if waits_for(account, f, files):
            said = {"sender": _sender(desk, f), "receipt": f.receipt_no, "stage": f.stage.label}
            yield Note("", later(WAITS["file"], **said), f"/file/{f.receipt_no}", f"file:{f.receipt_no}")


def _sender(desk: Desk, file: HandedIn) -> str:
    """Return who handed a file in, as far as that is known."""
    return desk.sender_name(file) or Role.DEPARTMENT.label


def _appeals(desk: Desk, _account: Account) -> Iterator[Note]:
    for a in appeals(desk.ledger()):
        if a.year == desk.year and a.decision is None:
            said = later(WAITS["appeal"], number=a.appeal_no, unit=_name(desk, a.unit_code))
            yield Note("", said, f"/appeal/{a.appeal_no}", f"appeal:{a.appeal_no}")


def _pleas(key: str, at: Plea) -> Callable[[Desk, Account], Iterator[Note]]:
    def found(desk: Desk, _account: Account) -> Iterator[Note]:
        for p in pleas(desk.ledger(), desk.year):
            if p.at is at:
                said = {"street": desk.street_name(p.street_code), "kind": KINDS[p.kind], "number": p.number}
                yield Note("", later(WAITS[key], **said), f"/plea/{p.number}", f"{key}:{p.number}")

    return found


def _year(desk: Desk, account: Account) -> Iterator[Note]:
    """Yield the steps of the year that could be taken now, those back left out."""
    taken = len(history(desk.ledger(), desk.year))  # a step that comes again, after one back, is a new one
    for offer in offers(desk, account):
        if offer.own and not offer.against and not offer.back:
            said = later(WAITS["year"], target=offer.target.label)
            yield Note("", said, "/year", f"year:{offer.target}:{taken}")


_WAITING: Final[tuple[tuple[Right, Callable[[Desk, Account], Iterator[Note]]], ...]] = (
    (Right.TASK, _tasks),
    (Right.STEP, _files),
    (Right.EXCUSE, absence_notes),
    (Right.PROPOSE, _pleas("propose", Plea.ASKED)),
    (Right.GRANT, _pleas("grant", Plea.PROPOSED)),
    (Right.RULE, _appeals),
    (Right.RATE, rating_notes),
    (Right.RATED, rated_notes),
    (Right.OPINE, opinion_notes),
    (Right.ADOPT, decision_notes),
    (Right.YEAR, _year),
)

_Told = tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What entries are about: the account's own files, every appeal, the year's requests."""

    files: Mapping[str, HandedIn]
    appeals: Mapping[str, Appeal]
    pleas: Mapping[str, Request]
    proposals: Mapping[str, Proposal]


def _told_file(desk: Desk, account: Account, entry: Entry, known: _Known) -> _Told:
    said, file = entry.payload, known.files.get(entry.subject)
    if file is None or not has(account, Right.FILES):
        return None
    if account.post == Role.OFFICE and said["to"] not in _OF_SENDERS:
        return None
    text = later(
        HAPPENED["file"],
        sender=_sender(desk, file),
        receipt=entry.subject,
        role=Role(said["role"]).label,
        actor=entry.actor,
        stage=Stage(said["to"]).label,
        reason=later(HAPPENED["reason"], reason=said["reason"]) if said["reason"] else "",
    )
    return text, f"/file/{entry.subject}"


def _told_appeal(desk: Desk, account: Account, entry: Entry, known: _Known) -> _Told:
    about = known.appeals[entry.subject]
    mine = has(account, Right.APPEALS) and of_street(account, street_of(desk, about.unit_code))
    if about.year != desk.year or not mine:
        return None
    said: dict[str, Any] = {"number": entry.subject, "unit": _name(desk, about.unit_code), **entry.payload}
    said["outcome"] = OUTCOMES[said["outcome"]] if "outcome" in said else ""
    return later(HAPPENED[entry.action], **said), f"/appeal/{entry.subject}"


def _told_plea(desk: Desk, account: Account, entry: Entry, known: _Known) -> _Told:
    about = known.pleas.get(entry.subject)
    if about is None or not has(account, Right.PLEAS) or not of_street(account, about.street_code):
        return None
    said = entry.payload
    words: Mapping[bool, str] = GRANTS if entry.action == ACTIONS[-1] else AGREES
    text = later(
        HAPPENED[entry.action],
        street=desk.street_name(about.street_code),
        kind=KINDS[about.kind],
        number=about.number,
        actor=entry.actor,
        word=words[said["agrees"]],
        until=later(UNTIL, day=said["until"]) if said["until"] else "",
        reason=said["reason"],
    )
    return text, f"/plea/{about.number}"


def _told_excuse(desk: Desk, account: Account, entry: Entry, known: _Known) -> _Told:
    said = entry.payload
    receipt = said["receipt_no"]
    if said["year"] != desk.year or not has(account, Right.FILES) or receipt not in known.files:
        return None
    document, indicator = said["document_no"], desk.rulebook.indicators.get(said["indicator_code"])
    text = later(
        HAPPENED["excuse"],
        unit=_name(desk, said["unit_code"]),
        indicator=indicator.name_zh if indicator else said["indicator_code"],
        actor=entry.actor,
        word=VERDICTS[said["decision"]],
        document=later(HAPPENED["document"], document=document) if document else "",
        reason=later(HAPPENED["reason"], reason=said["reason"]) if said["reason"] else "",
    )
    return text, "/absent" if has(account, Right.EXCUSE) else f"/file/{receipt}"


def _told_suggestion(desk: Desk, _account: Account, entry: Entry, known: _Known) -> _Told:
    about = known.proposals.get(entry.subject)
    if about is None:
        return None
    said: Mapping[str, Any] = entry.payload
    stage: SuggestionStage = said["stage"]
    text = later(
        HAPPENED["suggestion"],
        **named(desk, about),
        actor=entry.actor,
        stage=STAGE_WORDS[stage],
        state=STATE_WORDS[TRANSITIONS[stage].verdicts[said["verdict"]]],
    )
    return text, f"/suggestion/{about.number}"


def _told_year(desk: Desk, account: Account, entry: Entry, _known: _Known) -> _Told:
    said = entry.payload
    if entry.subject != str(desk.year) or not has(account, Right.APPEALS):
        return None
    number = said["document_no"]
    document = later(HAPPENED["document"], document=number) if number else ""
    state, role = State(said["to"]).label, Role(said["role"]).label
    text = later(HAPPENED["year"], state=state, role=role, actor=entry.actor, document=document)
    return text, "/year" if has(account, Right.YEAR) else "/appeals"


def _told_build(desk: Desk, account: Account, entry: Entry, _known: _Known) -> _Told:
    if entry.subject != str(desk.year) or not has(account, Right.REPORT):
        return None
    return later(HAPPENED["build"], actor=entry.actor), "/report/"


def _told_account(_desk: Desk, account: Account, entry: Entry, _known: _Known) -> _Told:
    if entry.payload["login"] != account.login:
        return None
    what = ACCOUNT_STEPS[entry.payload["what"]]
    return later(HAPPENED["account"], what=what, actor=entry.actor), "/password"


def _name(desk: Desk, code: str) -> str:
    unit = desk.registry().units.get(code)
    return unit.name if unit else code


_HAPPENED: Final[Mapping[str, Callable[[Desk, Account, Entry, _Known], _Told]]] = {
    FILE_STEP: _told_file,
    OPEN: _told_appeal,
    DECIDE: _told_appeal,
    **dict.fromkeys(ACTIONS, _told_plea),
    **dict.fromkeys(SUGGESTED, _told_suggestion),
    EXCUSE: _told_excuse,
    ADVANCE: _told_year,
    BUILD: _told_build,
    ACCOUNT: _told_account,
}
