"""One way through for every request: who asks, may they, is the form ours; then the view, on a thread.

A view is a plain function from `Ask` to a response. It never sees a request that its route's right does not
allow, and reaches objects of a street only through `Ask.require`.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from scorecard.errors import NotAllowedError, UserError
from scorecard.messages.portal import PORTAL
from scorecard.messages.trouble import REASONS
from scorecard.portal.access import Account, Right, has, reaches
from scorecard.portal.base import new_secret
from scorecard.portal.builds import Builds
from scorecard.portal.desk import Desk
from scorecard.portal.guard import COOKIE, TooLargeError, from_elsewhere, limited
from scorecard.portal.pages import render
from scorecard.portal.refused import said
from scorecard.portal.sessions import Session, form_token, is_form_token

FORM_BYTES: Final = 256_000  # a form of ticks and reasons; uploads have a limit of their own
_FIELDS: Final = 2_000
_LOG: Final = logging.getLogger("scorecard.portal")


@dataclass(frozen=True, slots=True)
class Ask:
    """What a view is asked: `params` of the path, `query`, `form` (text fields), `file` where one came."""

    desk: Desk
    builds: Builds
    session: Session | None
    params: Mapping[str, str]
    query: Mapping[str, str]
    secret: str
    secure: bool
    form: Mapping[str, str] = field(default_factory=dict)
    many: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: UploadFile | None = None

    @property
    def account(self) -> Account:
        """Who asks.

        Raises:
            HTTPException: Nobody is logged in; a route with a right never lets it come so far.
        """
        if self.session is None:
            raise HTTPException(403)
        return self.session.account

    def require(self, street_code: str) -> None:
        """Let through who this street ("": the district's side) is the business of.

        Raises:
            HTTPException: It is not; 404, as if there were nothing.
        """
        if not reaches(self.account, street_code):
            raise HTTPException(404)

    def page(self, template: str, status: int = 200, **context: Any) -> Response:
        """Return a page for who asks."""
        account = self.session.account if self.session else None
        return render(
            template, {**context, "account": account, "token": form_token(self.secret)}, self.desk, status
        )


View = Callable[[Ask], Response]


@dataclass(frozen=True, slots=True)
class Place:
    """One route. `right` None: for everybody. `most`: how many bytes a form may have."""

    path: str
    method: str
    view: View
    right: Right | None
    most: int = FORM_BYTES


def routes(places: list[Place], desk: Desk, builds: Builds) -> list[Route]:
    """Return the places as routes of an application."""
    return [
        Route(p.path, _endpoint(p, desk, builds), methods=[p.method], name=f"{p.method} {p.path}")
        for p in places
    ]


def _endpoint(place: Place, desk: Desk, builds: Builds) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        return await _answer(place, desk, builds, request)

    return endpoint


async def _answer(place: Place, desk: Desk, builds: Builds, request: Request) -> Response:
    token = request.cookies.get(COOKIE, "")
    session = await run_in_threadpool(desk.sessions.find, token, desk.now()) if token else None
    secret = token if session else request.cookies.get(f"{COOKIE}-form", "")
    fresh = "" if secret else new_secret()
    ask = Ask(
        desk,
        builds,
        session,
        request.path_params,
        dict(request.query_params),
        secret or fresh,
        request.url.scheme == "https",
    )
    if place.right is not None and session is None:
        return RedirectResponse("/login", 303)
    if place.right is not None and session is not None and not has(session.account, place.right):
        return ask.page("said.html.j2", 403, title=PORTAL["forbidden_title"], text=PORTAL["forbidden"])
    response = await _called(place, ask, request, secret)
    if fresh:
        response.set_cookie(
            f"{COOKIE}-form", fresh, httponly=True, samesite="strict", secure=ask.secure, max_age=12 * 3600
        )
    return response


async def _called(place: Place, ask: Ask, request: Request, secret: str) -> Response:
    """Read the form, where there is one, and call the view; say what went wrong."""
    try:
        if place.method == "GET":
            return await run_in_threadpool(place.view, ask)
        async with limited(request, place.most).form(
            max_files=1, max_fields=_FIELDS, max_part_size=FORM_BYTES
        ) as form:
            filled = _filled(ask, form)
            if from_elsewhere(request) or not (
                secret and is_form_token(secret, filled.form.get("token", ""))
            ):
                return ask.page("said.html.j2", 403, title=PORTAL["stale_title"], text=PORTAL["stale"])
            return await run_in_threadpool(place.view, filled)
    except TooLargeError:
        text = PORTAL["too_large"].format(limit=f"{place.most // 1_000_000 or 1}")
        return ask.page("said.html.j2", 413, title=PORTAL["refused_title"], text=text)
    except NotAllowedError as error:
        return ask.page("said.html.j2", 409, title=PORTAL["refused_title"], text=said(error))
    except UserError as error:
        return ask.page("said.html.j2", 400, title=PORTAL["refused_title"], text=str(error))
    except HTTPException as error:
        if error.status_code == 404:
            return ask.page("said.html.j2", 404, title=PORTAL["missing_title"], text=PORTAL["missing"])
        return ask.page("said.html.j2", error.status_code, title=PORTAL["refused_title"], text=PORTAL["bad"])
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it; a draft is kept when it is whole
    except OSError as error:
        _LOG.exception("the machine is in trouble")
        text = PORTAL["machine"].format(reason=REASONS.get(error.errno or 0, PORTAL["unknown_trouble"]))
        return ask.page("said.html.j2", 507, title=PORTAL["refused_title"], text=text)
    except Exception:
        _LOG.exception("a fault of the program")
        return ask.page("said.html.j2", 500, title=PORTAL["fault_title"], text=PORTAL["fault"])


def _filled(ask: Ask, form: FormData) -> Ask:
    texts: dict[str, list[str]] = {}
    file: UploadFile | None = None
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            file = value
        else:
            texts.setdefault(name, []).append(value)
    return replace(
        ask,
        form={name: values[-1] for name, values in texts.items()},
        many={name: tuple(values) for name, values in texts.items()},
        file=file,
    )
