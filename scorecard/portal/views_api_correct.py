"""What programs ask for to correct single cells of an upload, and what a file alone gives its communities.

The program names the upload it corrects and gets the one that came of it; asked again, it gets that again.
"""

from dataclasses import asdict

from starlette.exceptions import HTTPException
from starlette.responses import Response

from scorecard.checks import CheckResult
from scorecard.errors import UserError
from scorecard.messages.portal import PORTAL
from scorecard.pipeline.trying import Trial, TriedUnit, trial
from scorecard.portal import api_models_correct as m
from scorecard.portal import api_said
from scorecard.portal.api_web import answer, sent
from scorecard.portal.correcting import (
    corrected,
    filled_already,
    made_already,
    opened,
    patch_of,
    typed,
)
from scorecard.portal.drafts import Draft, shown_name
from scorecard.portal.handing import handed_before, look
from scorecard.portal.views_street import XLSX, download
from scorecard.portal.web import Ask, own_file
from scorecard.sheets.patch import closed


def cells(ask: Ask) -> Response:
    """Return the failing cells of an upload."""
    found = opened(ask.desk, _own(ask, "sha256"))
    told = [
        m.FailingCell(
            sheet=f.sheet,
            cell=f.cell,
            kind=f.kind,
            unit=f.unit,
            item=f.item,
            raw=f.raw,
            expected=f.expected,
            reason=f.reason,
            fix=f.fix,
            choices=list(closed(f, found.options, ask.desk.rulebook)),
        )
        for f in found.cells
    ]
    return answer(m.FailingCells(cells=told, help=found.help))


def patch(ask: Ask) -> Response:
    """Return the failing cells as a workbook to fill in."""
    return download(*patch_of(ask.desk, _own(ask, "sha256"), "xlsx"), XLSX)


def patch_sent(ask: Ask) -> Response:
    """Correct an upload by a patch; again: what came of it."""
    desk, base = ask.desk, ask.params["base"]
    if ask.file is None or not (data := ask.file.file.read()):
        raise UserError(PORTAL["empty_file"])
    draft = desk.drafts.same(ask.account.id, base)
    if draft is None:
        return _again(ask, made_already(desk, ask.account, base, data))
    name = shown_name(ask.file.filename or "")
    return _upload(ask, corrected(desk, ask.account, draft, name, data), 201)


def cells_sent(ask: Ask) -> Response:
    """Correct an upload cell by cell; again: what came of it."""
    desk, base, said = ask.desk, ask.params["sha256"], sent(ask, m.NewCells)
    draft = desk.drafts.same(ask.account.id, base)
    if draft is None:
        return _again(ask, filled_already(desk, ask.account, base, said.cells))
    return _upload(ask, typed(desk, ask.account, draft, said.cells, "api"), 201)


def upload_points(ask: Ask) -> Response:
    """Return what an upload alone gives its communities, handed in or not."""
    desk, sha256 = ask.desk, ask.params["sha256"]
    if draft := desk.drafts.same(ask.account.id, sha256):
        return _points(ask, desk.look(desk.sent(draft)))
    if handed := handed_before(desk, ask.account, sha256):
        return _points(ask, desk.look_again(handed))
    raise HTTPException(404)


def file_points(ask: Ask) -> Response:
    """Return what a file that was handed in alone gives its communities."""
    return _points(ask, ask.desk.look_again(own_file(ask)))


def _own(ask: Ask, name: str) -> Draft:
    """Return the account's own draft with the bytes that the path names."""
    draft = ask.desk.drafts.same(ask.account.id, ask.params[name])
    if draft is None:
        raise HTTPException(404)
    return draft


def _again(ask: Ask, made: Draft | None) -> Response:
    if made is None:
        raise HTTPException(404)
    return _upload(ask, made, 200)


def _upload(ask: Ask, draft: Draft, status: int) -> Response:
    return answer(api_said.draft_upload(ask.desk, draft, look(ask.desk, draft)), status)


def _points(ask: Ask, result: CheckResult) -> Response:
    desk = ask.desk
    found = trial(result, desk.sender(ask.account), desk.rulebook, desk.registry(), desk.year)
    return answer(_said(found))


def _said(found: Trial) -> m.Points:
    return m.Points(units=[_unit(u) for u in found.units], absent=list(found.absent))


def _unit(unit: TriedUnit) -> m.UnitPoints:
    items = [m.ItemPoints.model_validate(asdict(i) | {"points": i.points or None}) for i in unit.items]
    return m.UnitPoints(
        code=unit.code, name=unit.name, points=unit.points, weight=unit.weight, open=unit.open, items=items
    )
