"""The application: every route with the right that it asks for, in one list."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from scorecard.messages.portal import PORTAL
from scorecard.portal import views_account, views_static
from scorecard.portal.access import Right
from scorecard.portal.desk import Desk
from scorecard.portal.guard import Headers
from scorecard.portal.pages import render
from scorecard.portal.web import Place, routes

PLACES = [
    Place("/static/portal.css", "GET", views_static.stylesheet, None),
    Place("/login", "GET", views_account.login_page, None),
    Place("/login", "POST", views_account.login, None),
    Place("/link/{secret}", "GET", views_account.link_page, None),
    Place("/link/{secret}", "POST", views_account.link, None),
    Place("/", "GET", views_account.home, Right.SELF),
    Place("/logout", "POST", views_account.logout, Right.SELF),
    Place("/password", "GET", views_account.password_page, Right.SELF),
    Place("/password", "POST", views_account.password, Right.SELF),
    Place("/accounts", "GET", views_account.accounts_page, Right.ACCOUNTS),
    Place("/accounts", "POST", views_account.account_make, Right.ACCOUNTS),
    Place("/accounts/{number}/link", "POST", views_account.account_link, Right.ACCOUNTS),
    Place("/accounts/{number}/switch", "POST", views_account.account_switch, Right.ACCOUNTS),
]


def application(desk: Desk) -> Starlette:
    """Return the portal of one district and year."""

    def missing(_request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        context = {
            "account": None,
            "token": "",
            "title": PORTAL["missing_title"],
            "text": PORTAL["missing"],
        }
        return render("said.html.j2", context, desk, status)

    def fault(_request: Request, _error: Exception) -> Response:
        return HTMLResponse(PORTAL["fault"], 500)

    return Starlette(
        routes=routes(PLACES, desk),
        middleware=[Middleware(Headers)],
        exception_handlers={HTTPException: missing, 500: fault},
    )
