"""The way through for programs: a token instead of a cookie, JSON instead of pages, the same rights.

A cookie counts for nothing here and a token for nothing on a page, so no other site can make a browser act,
and no form token is needed. What goes wrong is `application/problem+json` with the sentence of the pages.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from tempfile import SpooledTemporaryFile
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from scorecard.errors import UserError
from scorecard.messages.programs import API
from scorecard.portal.access import Right, has
from scorecard.portal.api_models import Problem
from scorecard.portal.builds import Builds
from scorecard.portal.desk import Desk
from scorecard.portal.faults import FORBIDDEN, Fault, fault_of
from scorecard.portal.guard import limited
from scorecard.portal.rates import Door
from scorecard.portal.sessions import Session
from scorecard.portal.web import FORM_BYTES, Ask, View

ROOT: Final = "/api/v1"
PROBLEM: Final = "application/problem+json"
JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"
_IN_MEMORY: Final = 1 << 20
_UNKNOWN: Final = Fault(401, API["token_title"], API["token"], headers={"WWW-Authenticate": "Bearer"})

Method = Literal["GET", "PUT", "POST", "DELETE"]
Answers = Mapping[int, type[BaseModel] | str | None]
Said = TypeVar("Said", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Call:
    """One operation, as it is routed and as the document describes it.

    `right` None: for everybody. `answers`: by status, the model of the JSON, the media type of bytes, None
    for nothing. `body`: the model of what is sent, `BYTES` for a file, None for nothing. `query`: names of
    parameters with what they mean.
    """

    path: str
    method: Method
    view: View
    right: Right | None
    summary: str
    answers: Answers
    body: type[BaseModel] | str | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    most: int = FORM_BYTES

    @property
    def doors(self) -> tuple[Door, ...]:
        """What a request is counted as."""
        return (Door.CALL, Door.UPLOAD) if self.most > FORM_BYTES else (Door.CALL,)


def answer(model: BaseModel, status: int = 200) -> Response:
    """Return a model as JSON."""
    return Response(model.model_dump_json(), status, media_type=JSON)


def problem(fault: Fault) -> Response:
    """Return a refusal as RFC 9457 has it."""
    said = Problem(title=fault.title, status=fault.status, detail=fault.text, why=fault.why)
    return Response(said.model_dump_json(), fault.status, fault.headers, PROBLEM)


def sent(ask: Ask, model: type[Said]) -> Said:
    """Return what a program sent, as the model that its operation reads."""
    if not isinstance(ask.said, model):
        raise TypeError(f"the operation reads {type(ask.said)}, the view wants {model}")
    return ask.said


def api_routes(calls: list[Call], desk: Desk, builds: Builds) -> list[Route]:
    """Return the operations as routes of an application."""
    return [
        Route(ROOT + c.path, _endpoint(c, desk, builds), methods=[c.method], name=f"{c.method} {c.path}")
        for c in calls
    ]


def _endpoint(call: Call, desk: Desk, builds: Builds) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            return await _answer(call, desk, builds, request)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except Exception as error:
            return problem(fault_of(error, call.most))

    return endpoint


async def _answer(call: Call, desk: Desk, builds: Builds, request: Request) -> Response:
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    account = None
    if scheme.lower() == "bearer":
        account = await run_in_threadpool(desk.tokens.find, bearer.strip(), desk.now())
    desk.gates.enter(request, account, *call.doors)
    if call.right is not None and account is None:
        return problem(_UNKNOWN)
    if call.right is not None and account is not None and not has(account, call.right):
        return problem(FORBIDDEN)
    ask = Ask(
        desk,
        builds,
        Session("", account) if account else None,
        request.path_params,
        dict(request.query_params),
        "",
        request.url.scheme == "https",
    )
    taken = limited(request, call.most)
    if call.body == BYTES:
        return await _with_file(call, ask, taken)
    if isinstance(call.body, type):
        ask = replace(ask, said=_read(call.body, await taken.body()))
    return await run_in_threadpool(call.view, ask)


def _read(model: type[BaseModel], data: bytes) -> BaseModel:
    """Return the JSON of a body.

    Raises:
        UserError: It is none, or not what the operation reads.
    """
    try:
        return model.model_validate_json(data or b"{}")
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))[:80]
        raise UserError(API["field"].format(field=place) if place else API["json"]) from None


async def _with_file(call: Call, ask: Ask, request: Request) -> Response:
    """Take the file as it comes in, counted and hashed, and call the view when all of it is there.

    Raises:
        UserError: Its SHA-256 is not the one that the path names.
    """
    digest = hashlib.sha256()
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as room:
        file = UploadFile(room, filename=ask.query.get("name", ""))  # type: ignore[arg-type]
        async for chunk in request.stream():
            digest.update(chunk)
            await file.write(chunk)
        if digest.hexdigest() != ask.params["sha256"]:
            raise UserError(API["sha256"].format(found=digest.hexdigest()))
        await file.seek(0)
        return await run_in_threadpool(call.view, replace(ask, file=file))
