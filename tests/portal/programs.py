"""A program with a token, whose every answer is held to the published document."""

import json
import re
from hashlib import sha256
from typing import Any

from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from scorecard.portal.api import CALLS
from scorecard.portal.api_web import ROOT
from scorecard.portal.app import application
from scorecard.portal.openapi import document
from tests.portal.conftest import Portal

DOCUMENT = json.loads(json.dumps(document(CALLS)))


class Program:
    """Asks the interface; an answer that the document does not describe fails the test."""

    def __init__(self, portal: Portal, secret: str) -> None:
        self.client = TestClient(application(portal.desk), base_url="http://portal")
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(self, method: str, path: str, **more: Any):  # type: ignore[no-untyped-def]
        answer = self.client.request(method, ROOT + path, headers=self.headers, **more)
        described(method, path, answer)
        return answer

    def get(self, path: str):  # type: ignore[no-untyped-def]
        return self.ask("GET", path)

    def post(self, path: str, **said: Any):  # type: ignore[no-untyped-def]
        return self.ask("POST", path, json=said)

    def upload(self, data: bytes, name: str = "望河街道.csv"):  # type: ignore[no-untyped-def]
        path = f"/uploads/{sha256(data).hexdigest()}"
        return self.ask("PUT", f"{path}?name={name}", content=data)


def described(method: str, path: str, answer: Any) -> None:
    """Hold an answer to what the document says of its operation."""
    about = (method, path, answer.status_code, answer.text[:300])
    responses = _operation(method, path.partition("?")[0])["responses"]
    assert str(answer.status_code) in responses, about
    said = responses[str(answer.status_code)]
    said = DOCUMENT["components"]["responses"][said["$ref"].rpartition("/")[2]] if "$ref" in said else said
    content = said.get("content", {})
    kind = answer.headers.get("content-type", "").partition(";")[0]
    assert (kind in content) if content else not answer.content, about
    if kind.endswith("json"):
        schema = {**content[kind]["schema"], "components": DOCUMENT["components"]}
        Draft202012Validator(schema).validate(answer.json())


def _operation(method: str, path: str) -> Any:
    for known, operations in DOCUMENT["paths"].items():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", known), path) and method.lower() in operations:
            return operations[method.lower()]
    raise AssertionError(f"{method} {path} is not in the document")


def program(portal: Portal, who: str, days: int = 30) -> Program:
    """Return a program that acts for somebody."""
    owner = next(a for a in portal.desk.accounts.all() if a.login == who)
    return Program(portal, portal.desk.tokens.make(owner, "台账系统", days, portal.clock.now)[1])
