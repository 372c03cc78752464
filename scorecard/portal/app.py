"""The application: every route with the right that it asks for, in one list."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from scorecard.messages.portal import PORTAL
from scorecard.portal import (
    views_absent,
    views_account,
    views_appeals,
    views_correct,
    views_district,
    views_files,
    views_language,
    views_outbox,
    views_pleas,
    views_points,
    views_ratings,
    views_sealed,
    views_static,
    views_street,
    views_suggestions,
    views_tokens,
    views_year,
)
from scorecard.portal.access import Right
from scorecard.portal.api import CALLS
from scorecard.portal.api_web import api_routes, problem
from scorecard.portal.builds import Builds
from scorecard.portal.desk import Desk
from scorecard.portal.faults import fault_of
from scorecard.portal.guard import Headers
from scorecard.portal.languages import language_of
from scorecard.portal.pages import render
from scorecard.portal.rates import Door
from scorecard.portal.speech import said
from scorecard.portal.web import FORM_BYTES, Place, routes
from scorecard.settings import LIMITS

_FILE_BYTES: Final = LIMITS.max_bytes + FORM_BYTES

PLACES = [
    Place("/static/portal.css", "GET", views_static.stylesheet, None),
    Place("/login", "GET", views_account.login_page, None),
    Place("/login", "POST", views_account.login, None, door=Door.LOGIN),
    Place("/language", "POST", views_language.choose, None, door=Door.LOGIN),
    Place("/link/{secret}", "GET", views_account.link_page, None),
    Place("/link/{secret}", "POST", views_account.link, None, door=Door.LOGIN),
    Place("/", "GET", views_account.home, Right.SELF),
    Place("/logout", "POST", views_account.logout, Right.SELF),
    Place("/outbox", "GET", views_outbox.outbox_page, Right.SELF),
    Place("/password", "GET", views_account.password_page, Right.SELF),
    Place("/password", "POST", views_account.password, Right.SELF, door=Door.LOGIN),
    Place("/task", "GET", views_street.task_page, Right.TASK),
    Place("/template/{form}", "GET", views_street.template, Right.TASK),
    Place("/upload", "POST", views_street.upload, Right.TASK, _FILE_BYTES, Door.UPLOAD),
    Place("/draft/{id}", "GET", views_street.draft_page, Right.TASK),
    Place("/draft/{id}/reading", "POST", views_street.draft_reading, Right.TASK),
    Place("/draft/{id}/marked", "GET", views_street.draft_marked, Right.TASK),
    Place("/draft/{id}/drop", "POST", views_street.draft_drop, Right.TASK),
    Place("/draft/{id}/submit", "POST", views_street.draft_submit, Right.TASK),
    Place("/draft/{id}/patch", "GET", views_correct.patch, Right.TASK),
    Place("/draft/{id}/patch", "POST", views_correct.patch_sent, Right.TASK, _FILE_BYTES, Door.UPLOAD),
    Place("/draft/{id}/grid", "GET", views_correct.grid_page, Right.TASK),
    Place("/draft/{id}/grid", "POST", views_correct.grid_sent, Right.TASK),
    Place("/draft/{id}/points", "GET", views_points.draft_points, Right.TASK),
    Place("/files", "GET", views_files.files_page, Right.FILES),
    Place("/files/accept", "POST", views_files.files_accept, Right.ACCEPT),
    Place("/absent", "GET", views_absent.absent_page, Right.EXCUSE),
    Place("/absent", "POST", views_absent.absent_decide, Right.EXCUSE),
    Place("/file/{number}", "GET", views_files.file_page, Right.FILES),
    Place("/file/{number}/step", "POST", views_files.file_step, Right.STEP),
    Place("/file/{number}/versions", "GET", views_files.versions_page, Right.FILES),
    Place("/file/{number}/original", "GET", views_files.original, Right.FILES),
    Place("/file/{number}/source/{sha256}", "GET", views_correct.source, Right.FILES),
    Place("/file/{number}/points", "GET", views_points.file_points, Right.TASK),
    Place("/file/{number}/again", "POST", views_correct.file_again, Right.TASK),
    Place("/file/{number}/marked", "GET", views_files.marked, Right.FILES),
    Place("/receipt/{number}", "GET", views_files.receipt_page, Right.FILES),
    Place("/appeals", "GET", views_appeals.appeals_page, Right.APPEALS),
    Place("/appeals", "POST", views_appeals.lodge, Right.APPEAL, _FILE_BYTES, Door.UPLOAD),
    Place("/appeals/new", "GET", views_appeals.new_page, Right.APPEAL),
    Place("/appeal/{number}", "GET", views_appeals.appeal_page, Right.APPEALS),
    Place("/appeal/{number}/evidence", "GET", views_appeals.evidence, Right.APPEALS),
    Place("/appeal/{number}/document", "GET", views_appeals.document, Right.APPEALS),
    Place("/appeal/{number}/effect", "POST", views_appeals.work_out, Right.APPEALS),
    Place("/appeal/{number}/decide", "POST", views_appeals.decide, Right.RULE, _FILE_BYTES, Door.UPLOAD),
    Place("/pleas", "GET", views_pleas.pleas_page, Right.PLEAS),
    Place("/pleas", "POST", views_pleas.make, Right.PLEA),
    Place("/plea/{number}", "GET", views_pleas.plea_page, Right.PLEAS),
    Place("/plea/{number}/propose", "POST", views_pleas.propose, Right.PROPOSE),
    Place("/plea/{number}/decide", "POST", views_pleas.decide, Right.GRANT),
    Place("/rate", "GET", views_ratings.rate_page, Right.RATE),
    Place("/rate/{rated}", "GET", views_ratings.rating_page, Right.RATE),
    Place("/rate/{rated}", "POST", views_ratings.rating_send, Right.RATE),
    Place("/rate/{rated}/receipt", "GET", views_ratings.rating_receipt, Right.RATE),
    Place("/rated", "GET", views_ratings.rated_page, Right.RATED),
    Place("/suggestions", "GET", views_suggestions.suggestions_page, Right.SUGGESTIONS),
    Place("/suggestions", "POST", views_suggestions.suggestion_make, Right.SUGGEST, _FILE_BYTES, Door.UPLOAD),
    Place("/suggestion/{suggestion}", "GET", views_suggestions.suggestion_page, Right.SUGGESTIONS),
    Place(
        "/suggestion/{suggestion}/evidence", "GET", views_suggestions.suggestion_evidence, Right.SUGGESTIONS
    ),
    Place("/suggestion/{suggestion}/opine", "POST", views_suggestions.suggestion_opine, Right.OPINE),
    Place("/suggestion/{suggestion}/decide", "POST", views_suggestions.suggestion_decide, Right.ADOPT),
    Place("/suggestion/{suggestion}/withdraw", "POST", views_suggestions.suggestion_withdraw, Right.SUGGEST),
    Place("/year", "GET", views_year.year_page, Right.YEAR),
    Place("/year", "POST", views_year.year_step, Right.YEAR),
    Place("/sealed", "GET", views_sealed.sealed_page, Right.SEAL),
    Place("/sealed", "POST", views_sealed.seal, Right.SEAL),
    Place("/sealed/verify", "POST", views_sealed.verify, Right.SEAL),
    Place("/board", "GET", views_district.board_page, Right.BOARD),
    Place("/build", "GET", views_district.build_page, Right.BUILD),
    Place("/build", "POST", views_district.build, Right.BUILD),
    Place("/report", "GET", views_district.report_home, Right.REPORT),
    Place("/report/", "GET", views_district.report, Right.REPORT),
    Place("/report/{path:path}", "GET", views_district.report, Right.REPORT),
    Place("/accounts", "GET", views_account.accounts_page, Right.ACCOUNTS),
    Place("/accounts", "POST", views_account.account_make, Right.ACCOUNTS),
    Place("/logins", "GET", views_account.logins_page, Right.ACCOUNTS),
    Place("/accounts/mail", "POST", views_account.account_mail, Right.ACCOUNTS),
    Place("/accounts/{number}/link", "POST", views_account.account_link, Right.ACCOUNTS),
    Place("/accounts/{number}/switch", "POST", views_account.account_switch, Right.ACCOUNTS),
    Place("/tokens", "GET", views_tokens.tokens_page, Right.ACCOUNTS),
    Place("/tokens", "POST", views_tokens.token_make, Right.ACCOUNTS),
    Place("/tokens/{number}/revoke", "POST", views_tokens.token_revoke, Right.ACCOUNTS),
]


def application(desk: Desk) -> Starlette:
    """Return the portal of one district and year."""

    def missing(request: Request, error: Exception) -> Response:
        if request.url.path.startswith("/api/"):
            return problem(fault_of(error, 0))
        status = error.status_code if isinstance(error, HTTPException) else 500
        context = {
            "account": None,
            "token": "",
            "title": PORTAL["missing_title"],
            "text": PORTAL["missing"],
        }
        return render("said.html.j2", context, desk, status, language_of(request))

    def fault(request: Request, _error: Exception) -> Response:
        with desk.speaking(language_of(request)):
            return HTMLResponse(said(PORTAL["fault"]), 500)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        desk.mail.stopping.set()
        builds.stop()
        desk.works.stop()
        desk.judges.stop()

    builds = Builds(desk)
    return Starlette(
        lifespan=lifespan,
        routes=[*routes(PLACES, desk, builds), *api_routes(CALLS, desk, builds)],
        middleware=[Middleware(Headers)],
        exception_handlers={HTTPException: missing, 500: fault},
    )
