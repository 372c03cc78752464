"""What programs of whoever hands in ask for: the task, the template, uploads, handing in.

An upload is named by its SHA-256: sending it twice, or handing it in twice, is the same as once.
"""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from scorecard.cycle import Stage
from scorecard.errors import NotAllowedError, UserError
from scorecard.messages.portal import HANDIN, PORTAL
from scorecard.pipeline.readings import Reading
from scorecard.pipeline.submissions import HandedIn
from scorecard.portal import api_models as m
from scorecard.portal import api_said
from scorecard.portal.api_web import answer, sent
from scorecard.portal.drafts import Draft
from scorecard.portal.handing import Ticks, dues, handed_before, look, reread, submit, tasks
from scorecard.portal.receipts import receipt_of
from scorecard.portal.web import Ask


def task(ask: Ask) -> Response:
    """Return what is owed, until when, and what has come."""
    desk, account = ask.desk, ask.account
    sender, today = desk.sender(account), desk.today()
    due = dues(desk.terms(sender.street_code), today, sender.party)
    owed, drafts = tasks(desk, account), desk.drafts.of(account.id)
    return answer(api_said.task(desk.year, sender.name, today, owed, due, drafts))


def upload(ask: Ask) -> Response:
    """Keep the file as a draft and return everything that is wrong with it; again: what it was."""
    draft, handed = _known(ask)
    if draft is None and handed is None:
        if ask.file is None:
            raise UserError(PORTAL["empty_file"])
        account, desk, name = ask.account, ask.desk, ask.file.filename or ""
        fresh = desk.drafts.add(account.id, account.street_code, name, ask.file.file, desk.now())
        return _shown(ask, fresh, None, 201)
    return _shown(ask, draft, handed)


def upload_seen(ask: Ask) -> Response:
    """Return an upload as the checks see it now."""
    return _upload(ask)


def upload_reading(ask: Ask) -> Response:
    """Read an upload otherwise."""
    said = sent(ask, m.Reading)
    draft = _draft(ask)
    reread(ask.desk, draft, Reading(said.sheet, said.header_row, said.encoding), said.mapping)
    return _upload(ask)


def upload_drop(ask: Ask) -> Response:
    """Forget an upload that was not handed in."""
    ask.desk.drafts.drop(_draft(ask))
    return Response(status_code=204)


def upload_submit(ask: Ask) -> Response:
    """Hand an upload in and return its receipt; again: the same receipt."""
    said = sent(ask, m.Submission)
    draft, handed = _known(ask)
    if draft is None:
        return _again(ask, handed)
    ticks = Ticks(said.errors, said.removed, said.replacing, said.reason.strip())
    file = submit(ask.desk, ask.account, draft, ticks)
    return answer(api_said.receipt(receipt_of(ask.desk, file)), 200 if handed else 201)


def _again(ask: Ask, handed: HandedIn | None) -> Response:
    """Return the receipt of what was handed in already; who lost our first answer asks again."""
    if handed is None:
        raise HTTPException(404)
    if handed.stage in (Stage.RETURNED, Stage.WITHDRAWN):
        raise NotAllowedError(HANDIN["same"], "need.new_file")
    return answer(api_said.receipt(receipt_of(ask.desk, handed)))


def _upload(ask: Ask) -> Response:
    return _shown(ask, *_known(ask))


def _shown(ask: Ask, draft: Draft | None, handed: HandedIn | None, status: int = 200) -> Response:
    """Return an upload, which is a draft or a file that was handed in."""
    if draft is not None:
        return answer(api_said.draft_upload(ask.desk, draft, look(ask.desk, draft)), status)
    if handed is None:
        raise HTTPException(404)
    return answer(api_said.handed_upload(ask.desk, handed), status)


def _known(ask: Ask) -> tuple[Draft | None, HandedIn | None]:
    """Return the account's draft with the bytes of the path, and the file of its own that has them."""
    account, sha256 = ask.account, ask.params["sha256"]
    return ask.desk.drafts.same(account.id, sha256), handed_before(ask.desk, account, sha256)


def _draft(ask: Ask) -> Draft:
    draft, _ = _known(ask)
    if draft is None:
        raise HTTPException(404)
    return draft
