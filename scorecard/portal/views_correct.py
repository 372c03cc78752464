"""The clerk's pages for correcting single cells of a file."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from scorecard.errors import UserError
from scorecard.messages.mending import MENDING
from scorecard.messages.portal import PORTAL
from scorecard.portal.correcting import corrected, grid, opened, patch_of, typed
from scorecard.portal.drafts import Draft, shown_name
from scorecard.portal.receipts import receipt_of
from scorecard.portal.views_street import XLSX, download, draft_shown, own_draft
from scorecard.portal.web import Ask, own_file, plain_number
from scorecard.settings import LIMITS
from scorecard.sheets.patch import CLEAR
from scorecard.store import store_at

CSV: Final = "text/csv; charset=utf-8"


def patch(ask: Ask) -> Response:
    """Return the failing cells of a draft, to be filled in and sent back."""
    if ask.query.get("kind") == "csv":
        return download(*patch_of(ask.desk, own_draft(ask), "csv"), CSV)
    return download(*patch_of(ask.desk, own_draft(ask), "xlsx"), XLSX)


def patch_sent(ask: Ask) -> Response:
    """Correct a draft by a patch and show what came of it."""
    draft = _draft(ask)
    if isinstance(draft, Response):
        return draft
    try:
        if ask.file is None or not (data := ask.file.file.read()):
            raise UserError(PORTAL["empty_file"])
        made = corrected(ask.desk, ask.account, draft, shown_name(ask.file.filename or ""), data)
    except UserError as error:
        return draft_shown(ask, draft, str(error), 400)
    return RedirectResponse(f"/draft/{made.id}", 303)


def grid_page(ask: Ask) -> Response:
    """Show the failing cells of a draft as fields to fill in."""
    draft = _draft(ask)
    if isinstance(draft, Response):
        return draft
    return _grid_page(ask, draft)


def grid_sent(ask: Ask) -> Response:
    """Correct a draft by what was typed, and show what came of it."""
    draft = _draft(ask)
    if isinstance(draft, Response):
        return draft
    given = _given(ask)
    try:
        made = typed(ask.desk, ask.account, draft, given)
    except UserError as error:
        return _grid_page(ask, draft, str(error), 400)
    return RedirectResponse(f"/draft/{made.id}", 303)


def file_again(ask: Ask) -> Response:
    """Begin a draft with a file that was handed in, to correct single cells of it."""
    desk, file, account = ask.desk, own_file(ask), ask.account
    sent = desk.counter().sent(file)
    draft = desk.drafts.again(account.id, account.street_code, sent, desk.now())
    return RedirectResponse(f"/draft/{draft.id}/grid", 303)


def source(ask: Ask) -> Response:
    """Return the bytes of a file, or of a patch, that a file was made of."""
    file, sha256 = own_file(ask), ask.params["sha256"]
    mendings = receipt_of(ask.desk, file).mendings
    names = {m.base: m.base_name for m in mendings} | {m.patch: m.patch_name for m in mendings}
    if sha256 not in names:
        raise HTTPException(404)
    return download(store_at(ask.desk.folder.store).get(sha256), names[sha256], "application/octet-stream")


def _draft(ask: Ask) -> Draft | Response:
    """Return the clerk's own draft; where another took its place, the way there: whoever clicks twice."""
    try:
        return own_draft(ask)
    except HTTPException:
        if instead := ask.desk.drafts.instead(ask.account.id, ask.params["id"]):
            return RedirectResponse(f"/draft/{instead.id}", 303)
        raise


def _grid_page(ask: Ask, draft: Draft, wrong: str = "", status: int = 200) -> Response:
    found, given = opened(ask.desk, draft), _given(ask)
    page = ask.form.get("page") or ask.query.get("page") or "1"
    return ask.page(
        "grid.html.j2",
        status,
        draft=draft,
        size=LIMITS.grid_cells,
        clear=CLEAR,
        grid=grid(ask.desk, found, plain_number(page), given),
        help=found.help or ("" if found.cells else MENDING["clean"]),
        wrong=wrong,
    )


def _given(ask: Ask) -> dict[str, str]:
    """Return what was typed by cell."""
    return dict(zip(ask.many.get("cell", ()), ask.many.get("new", ()), strict=False))
