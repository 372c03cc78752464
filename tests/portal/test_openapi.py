"""The document of the interface: every route in it, every operation routed, every reference resolved."""

import re

from jsonschema import Draft202012Validator
from starlette.routing import Route

from scorecard.portal.api import CALLS
from scorecard.portal.api_web import ROOT
from scorecard.portal.app import application
from tests.portal.conftest import Portal
from tests.portal.programs import DOCUMENT, Program


def test_what_is_routed_is_what_is_described(portal: Portal) -> None:
    """In both directions."""
    routed = {
        (r.path.removeprefix(ROOT), method.lower())
        for r in application(portal.desk).routes
        if isinstance(r, Route) and r.path.startswith("/api/")
        for method in (r.methods or set()) - {"HEAD"}
    }
    described = {(path, method) for path, each in DOCUMENT["paths"].items() for method in each}
    assert routed == described and len(routed) == len(CALLS)


def test_anybody_may_read_the_document(portal: Portal) -> None:
    """It is the one operation that needs no token, and says nothing of the district."""
    program = Program(portal, "")
    assert program.get("/openapi.json").json() == DOCUMENT
    assert program.get("/task").status_code == 401
    open_ = [p for p, each in DOCUMENT["paths"].items() for o in each.values() if not o["security"]]
    assert open_ == ["/openapi.json"]


def test_the_document_is_whole() -> None:
    """Version 3.1, unique names, path parameters declared, schemas valid, references that lead somewhere."""
    assert DOCUMENT["openapi"].startswith("3.1")
    operations = [(p, o) for p, each in DOCUMENT["paths"].items() for o in each.values()]
    names = [o["operationId"] for _, o in operations]
    assert len(set(names)) == len(names)
    for path, operation in operations:
        declared = [p["name"] for p in operation["parameters"] if p["in"] == "path"]
        assert declared == re.findall(r"{(\w+)}", path)
        assert operation["summary"] and operation["responses"]
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for place in re.findall(r"'#/components/(\w+)/(\w+)'", str(DOCUMENT)):
        assert place[1] in DOCUMENT["components"][place[0]], place


def test_what_is_nowhere_is_a_problem_too(portal: Portal) -> None:
    """A wrong path or method below /api/ gets the sentence as JSON, not a page."""
    client = Program(portal, "").client
    for method, path, status in (("GET", "/nothing", 404), ("POST", "/task", 405)):
        answer = client.request(method, ROOT + path)
        assert answer.status_code == status and answer.json()["status"] == status
        assert answer.headers["content-type"] == "application/problem+json"
