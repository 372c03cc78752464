"""A portal in which everybody who may have a token has one, and something that others must not see."""

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote

from hypothesis import strategies as st
from schemathesis import Case

from tests.portal.conftest import Portal
from tests.portal.programs import program

WHO: Final = ("clerk", "other", "department", "surveyor", "office")
NOBODY: Final = ("", "scorecard_1_" + "x" * 43, "Bearer", "\xff")  # what is no token


@dataclass
class District:
    """The portal, the tokens by log-in name, and whose each draft, file and number is."""

    portal: Portal
    tokens: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)  # of each sender, to upload
    owned: dict[str, str] = field(default_factory=dict)  # number or SHA-256 of something: whose it is

    def may_see(self, who: str, thing: str) -> bool:
        """Return whether something is the business of whoever asks; an unknown thing is everybody's."""
        owner = self.owned.get(thing, who)
        return owner == who or (who == "office" and not re.fullmatch("[0-9a-f]{64}", thing))

    def clear_away(self, who: str) -> None:
        """Forget somebody's drafts before there are so many that no more are taken; the first stays."""
        desk = self.portal.desk
        owner = next((a.id for a in desk.accounts.all() if a.login == who), 0)
        for draft in [d for d in desk.drafts.of(owner) if d.sha256 not in self.owned][6:]:
            desk.drafts.drop(draft)


def peopled(portal: Portal) -> District:
    """Give everybody a token, three senders a file that was handed in, and the clerk a draft."""
    made = District(portal)
    root = portal.desk.folder.root
    sent = {
        "clerk": next((root / "submissions" / "2025").glob("望河*")),
        "other": next((root / "submissions" / "2025" / "青槐街道").iterdir()),
        "department": root / "sources" / "2025" / "区热线办（社区）.csv",
    }
    for who in WHO:
        owner = next(a for a in portal.desk.accounts.all() if a.login == who)
        made.tokens[who] = portal.desk.tokens.make(owner, "模糊测试", 30, portal.clock.now)[1]
    for who, path in sent.items():
        made.files[who] = path.read_bytes()
        path.unlink()
        _hand_in(made, who, path.name)
    return made


def _hand_in(district: District, who: str, name: str) -> None:
    data, asks = district.files[who], program(district.portal, who)
    assert asks.upload(data, quote(name)).status_code == 201
    path = sha256(data).hexdigest()
    said = {"errors": True, "reason": "试"}
    answer = asks.post(f"/uploads/{path}/submit", **said)
    assert answer.status_code == 201, answer.text
    district.owned |= {answer.json()["number"]: who, path: who}
    if who == "clerk":
        assert asks.upload(data + b"\n", quote(name)).status_code == 201
        district.owned[sha256(data + b"\n").hexdigest()] = who


@st.composite
def aimed(draw: st.DrawFn, district: District, cases: st.SearchStrategy[Case], who: str) -> Case:
    """Return a drawn request, its object often one that there is, its upload often a real file."""
    case = draw(cases)
    parameters: dict[str, Any] = dict(case.path_parameters or {})
    for name in parameters:
        known = [t for t in district.owned if bool(re.fullmatch("[0-9a-f]{64}", t)) is (name == "sha256")]
        if name in ("sha256", "number") and draw(st.integers(0, 3)):
            parameters[name] = draw(st.sampled_from(known))
        elif name == "form" and draw(st.booleans()):
            parameters[name] = draw(st.sampled_from(("A", "B", "WT")))
    if case.method == "PUT" and case.path.endswith("{sha256}") and draw(st.integers(0, 3)):
        case.body = district.files.get(who, b"a,b\n") + draw(st.binary(max_size=20))
        case.media_type = "application/octet-stream"
        parameters["sha256"] = sha256(case.body).hexdigest()
    case.path_parameters = parameters
    return case
