"""The OpenAPI 3.1 document, made from the table of operations: what is routed is what is described."""

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.responses import Response

from scorecard import __version__
from scorecard.messages.programs import API
from scorecard.portal.api_models import Problem
from scorecard.portal.api_web import BYTES, JSON, PROBLEM, ROOT, Call

_REF: Final = "#/components/schemas/{model}"
_SHA256: Final = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_REFUSALS: Final = (400, 401, 403, 404, 409, 413, 429, 500, 503, 507)

_WAIT: Final = {"Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": API["wait_is"]}}


def response(calls: Sequence[Call]) -> Response:
    """Return the document."""
    return Response(json.dumps(document(calls), ensure_ascii=False), media_type=JSON)


def document(calls: Sequence[Call]) -> dict[str, Any]:
    """Return the document of these operations as plain values."""
    paths: dict[str, dict[str, Any]] = {}
    for call in calls:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call)
    refusals = {f"Refusal{s}": _refusal(s) for s in _REFUSALS}
    return {
        "openapi": "3.1.0",
        "info": {"title": API["title"], "version": __version__, "description": API["description"]},
        "servers": [{"url": ROOT}],
        "paths": paths,
        "components": {
            "schemas": _schemas(calls),
            "responses": refusals,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(call: Call) -> dict[str, Any]:
    refusals = _REFUSALS if call.right else (429, 500)
    said: dict[str, Any] = {
        "operationId": _name(call),
        "summary": call.summary,
        "security": [{"token": []}] if call.right else [],
        "parameters": [_parameter(name) for name in re.findall(r"{(\w+)}", call.path)]
        + [_query(name, text) for name, text in call.query.items()],
        "responses": {str(s): _answer(call, what) for s, what in call.answers.items()}
        | {str(s): {"$ref": f"#/components/responses/Refusal{s}"} for s in refusals},
    }
    if call.body is not None:
        said["requestBody"] = {"required": call.body == BYTES, "content": _content(call.body)}
    return said


def _name(call: Call) -> str:
    words = [w for w in re.split(r"\W+", call.path) if w and f"{{{w}}}" not in call.path]
    one = "One" if call.path.endswith("}") else ""
    return call.method.lower() + "".join(w.capitalize() for w in words) + one


def _parameter(name: str) -> dict[str, Any]:
    schema = _SHA256 if name in ("sha256", "base") else {"type": "string"}
    return {"name": name, "in": "path", "required": True, "schema": schema, "description": API[f"{name}_is"]}


def _query(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": "string"}, "description": text}


def _answer(call: Call, what: type[BaseModel] | str | None) -> dict[str, Any]:
    return {"description": call.summary} | ({} if what is None else {"content": _content(what)})


def _content(what: type[BaseModel] | str) -> dict[str, Any]:
    if isinstance(what, str):
        return {what: {"schema": {"type": "string", "format": "binary"}}}
    return {JSON: {"schema": {"$ref": _REF.format(model=what.__name__)}}}


def _refusal(status: int) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model=Problem.__name__)}
    said = {"description": API[f"status_{status}"], "content": {PROBLEM: {"schema": schema}}}
    return said | ({"headers": _WAIT} if status == 429 else {})


def _schemas(calls: Sequence[Call]) -> dict[str, Any]:
    """Return the schema of every model that is sent or got; what is got always has every key."""
    got = {m: None for c in calls for m in c.answers.values() if isinstance(m, type)}
    sent = {c.body: None for c in calls if isinstance(c.body, type)}
    both = [(m, "serialization") for m in (Problem, *got)] + [(m, "validation") for m in sent]
    _, made = models_json_schema(both, ref_template=_REF)  # type: ignore[arg-type]
    return dict(made["$defs"])
