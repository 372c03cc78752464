"""The interface for programs, asked what its document allows and what not, by everybody and nobody."""

import json
import re
from hashlib import sha256
from itertools import count
from typing import Any

import pytest
import schemathesis
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from scorecard.ledger import Ledger
from scorecard.pipeline.queries import verify_evidence
from scorecard.portal.api import CALLS
from scorecard.portal.api_web import ROOT
from scorecard.portal.app import application
from scorecard.portal.rates import Gates
from scorecard.settings import RATES
from tests.fuzz.district import NOBODY, WHO, District, aimed, peopled
from tests.fuzz.rounds import search, walk
from tests.portal.conftest import open_portal, people

_CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
_ENGINE = re.compile(r"Traceback|Error\b|Exception|pydantic|sqlite|polars|starlette")
_EXAMPLES = 20
_ALL = {"errors": True, "removed": True, "replacing": True, "reason": "更正"}


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    """One portal for all that is asked: what an earlier request left is there for later ones."""
    portal = open_portal(tmp_path_factory.mktemp("fuzz"))
    portal.desk.gates = Gates(RATES, count(step=86_400).__next__)  # nobody who tries everything has to wait
    people(portal)
    portal.clock.pass_by(days=-10)
    return peopled(portal)


@pytest.fixture(scope="module")
def schema(district: District) -> Any:
    """The published document, over the application itself."""
    return schemathesis.openapi.from_asgi(f"{ROOT}/openapi.json", application(district.portal.desk))


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.method} {call.path}")
def test_whatever_is_asked_gets_a_described_answer(district: District, schema: Any, call: Any) -> None:
    """No fault, no word of the engine; nobody's token opens anything, and no token another's object."""
    operation = schema[call.path][call.method]
    cases = st.one_of([operation.as_strategy(mode) for mode in GenerationMode])
    drawn = st.sampled_from((*WHO, *NOBODY)).flatmap(
        lambda who: st.tuples(st.just(who), aimed(district, cases, who))
    )

    def claim(request: tuple[str, Case]) -> None:
        who, case = request
        district.clear_away(who)
        answer = _asked(district, who, case)
        things = [str(v) for v in (case.path_parameters or {}).values()]
        if call.right is not None and who in NOBODY:
            assert answer.status_code in (401, 404, 405), (case.path_parameters, answer.text)
        elif not all(district.may_see(who, thing) for thing in things):
            assert answer.status_code >= 400, (who, things, answer.text)

    search(claim, _EXAMPLES, drawn)
    Ledger.at(district.portal.desk.folder.ledger).verify()


def _asked(district: District, who: str, case: Case) -> Any:
    """Send a request as somebody and hold the answer to the document, and its sentence to what is shown."""
    bearer = district.tokens.get(who, who)
    answer = case.call(headers={"Authorization": f"Bearer {bearer}"} if bearer else {})
    case.validate_response(answer, checks=_CHECKS)
    if answer.status_code >= 400:
        said = json.loads(answer.content)["detail"]
        assert re.search("[一-鿿]", said) and not _ENGINE.search(said), said
    return answer


def test_whatever_is_done_one_after_the_other(district: District, schema: Any) -> None:
    """The clerk and the office do what the document allows; the other street's lists stay as they were."""
    before = [f.receipt_no for f in district.portal.desk.files() if district.owned[f.receipt_no] == "other"]
    read = schema["/uploads/{sha256}/reading"]["PUT"]
    submit = schema["/uploads/{sha256}/submit"]["POST"]
    step = schema["/files/{number}/steps"]["POST"]

    class Workflow(RuleBasedStateMachine):
        uploads = Bundle("uploads")

        @rule(target=uploads, more=st.integers(0, 5))
        def upload(self, more: int) -> str:
            data = district.files["clerk"] + b"\n" * more
            name = sha256(data).hexdigest()
            district.clear_away("clerk")
            _ask("clerk", "/uploads/{sha256}", "PUT", name, data)
            return name

        @rule(name=uploads, case=read.as_strategy())
        def read_otherwise(self, name: str, case: Any) -> None:
            _ask("clerk", "/uploads/{sha256}/reading", "PUT", name, case.body)

        @rule(name=uploads, said=st.one_of(st.just(_ALL), submit.as_strategy().map(lambda case: case.body)))
        def hand_in(self, name: str, said: Any) -> None:
            _ask("clerk", "/uploads/{sha256}/submit", "POST", name, said)

        @rule(who=st.sampled_from(("clerk", "office")), at=st.integers(0, 9), case=step.as_strategy())
        def take_a_step(self, who: str, at: int, case: Any) -> None:
            numbers = [f.receipt_no for f in district.portal.desk.files()]
            _ask(who, "/files/{number}/steps", "POST", numbers[at % len(numbers)], case.body)

        @invariant()
        def the_other_street_sees_its_own(self) -> None:
            listed = _ask("other", "/files", "GET", "", None).json()["files"]
            assert [f["number"] for f in reversed(listed)] == before

    def _ask(who: str, path: str, method: str, name: str, body: Any) -> Any:
        about = schema[path][method]
        more = (
            {}
            if body is None
            else {"body": body, "media_type": next(iter(about.get_request_payload_content_types()))}
        )
        case = about.Case(path_parameters={"sha256": name, "number": name} if name else {}, **more)
        return _asked(district, who, case)

    walk(Workflow, 4, 12)
    Ledger.at(district.portal.desk.folder.ledger).verify()
    verify_evidence(district.portal.desk.folder.root, None)
