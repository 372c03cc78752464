"""One way through for every request: who asks, may they, is the form ours; then the view, on a thread.

A view is a plain function from `Ask` to a response. It never sees a request that its route's right does not
allow, and finds files only among those that are its account's business (`Desk.handed`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from scorecard.errors import TroubleError
from scorecard.language import CHINESE, Language
from scorecard.messages.portal import PORTAL
from scorecard.pipeline.submissions import HandedIn
from scorecard.portal.access import Account, Right, has
from scorecard.portal.base import new_secret
from scorecard.portal.builds import Builds
from scorecard.portal.desk import Desk
from scorecard.portal.faults import FORBIDDEN, Fault, fault_of
from scorecard.portal.guard import COOKIE, from_elsewhere, limited
from scorecard.portal.languages import language_of
from scorecard.portal.pages import render
from scorecard.portal.rates import Door, address
from scorecard.portal.sessions import Session, form_token, is_form_token

FORM_BYTES: Final = 256_000  # a form of ticks and reasons; uploads have a limit of their own
_FIELDS: Final = 2_000


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
    address: str = ""  # where the request comes from
    form: Mapping[str, str] = field(default_factory=dict)
    many: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: UploadFile | None = None
    language: Language = CHINESE  # of the page; what is kept or sent to a program is Chinese
    here: str = "/"  # the address of the page, where there is one to come back to
    said: object = None  # what a program sent instead of a form, as its operation's model

    @property
    def account(self) -> Account:
        """Who asks.

        Raises:
            HTTPException: Nobody is logged in; a route with a right never lets it come so far.
        """
        if self.session is None:
            raise HTTPException(403)
        return self.session.account

    @property
    def number(self) -> int:
        """The number in the path.

        Raises:
            HTTPException: It is none.
        """
        return plain_number(self.params["number"])

    def page(self, template: str, status: int = 200, **context: Any) -> Response:
        """Return a page for who asks."""
        account = self.session.account if self.session else None
        frame = {"account": account, "token": form_token(self.secret), "here": self.here}
        return render(template, {**context, **frame}, self.desk, status, self.language)


def own_file(ask: Ask) -> HandedIn:
    """Return the file with the number of the path.

    Raises:
        HTTPException: There is none, or it is not the account's business; 404.
    """
    own = ask.desk.handed(ask.account)
    found = next((f for f in own if f.receipt_no == ask.params["number"]), None)
    if found is None:
        raise HTTPException(404)
    return found


def plain_number(text: str) -> int:
    """Return a row's number as a page wrote it.

    Raises:
        HTTPException: It is none; 404.
    """
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise HTTPException(404)
    return int(text)


View = Callable[[Ask], Response]


@dataclass(frozen=True, slots=True)
class Place:
    """One route. `right` None: for everybody. `most`: how many bytes a form may have. `door`: counted as."""

    path: str
    method: str
    view: View
    right: Right | None
    most: int = FORM_BYTES
    door: Door | None = None


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
    token, trouble = request.cookies.get(COOKIE, ""), None
    try:
        session = await run_in_threadpool(desk.sessions.find, token, desk.now()) if token else None
    except TroubleError as error:
        session, trouble = None, fault_of(error)
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
        address(request),
        language=language_of(request),
        here=request.url.path if request.method == "GET" else "/",
    )
    if trouble is not None:
        return _said(ask, trouble)
    if place.right is not None and session is None:
        return RedirectResponse("/login", 303)
    if place.right is not None and session is not None and not has(session.account, place.right):
        return _said(ask, FORBIDDEN)
    response = await _called(place, ask, request, secret)
    if fresh:
        response.set_cookie(
            f"{COOKIE}-form", fresh, httponly=True, samesite="strict", secure=ask.secure, max_age=12 * 3600
        )
    return response


async def _called(place: Place, ask: Ask, request: Request, secret: str) -> Response:
    """Read the form, where there is one, and call the view; say what went wrong."""
    try:
        if place.door is not None:
            ask.desk.gates.enter(request, ask.session.account if ask.session else None, place.door)
        if place.method == "GET":
            return await run_in_threadpool(place.view, ask)
        async with limited(request, place.most).form(
            max_files=1, max_fields=_FIELDS, max_part_size=FORM_BYTES
        ) as form:
            filled = _filled(ask, form)
            if from_elsewhere(request) or not (
                secret and is_form_token(secret, filled.form.get("token", ""))
            ):
                return _said(ask, Fault(403, PORTAL["stale_title"], PORTAL["stale"]))
            return await run_in_threadpool(place.view, filled)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it; a draft is kept when it is whole
    except Exception as error:
        return _said(ask, fault_of(error, place.most))


def _said(ask: Ask, fault: Fault) -> Response:
    page = replace(ask, here="/").page("said.html.j2", fault.status, title=fault.title, text=fault.text)
    page.headers.update(fault.headers)
    return page


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
