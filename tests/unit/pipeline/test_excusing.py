"""What the district decides about 不涉及: entries, and a list that follows from them alone."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scorecard.cycle import Act, Excuse, Role
from scorecard.errors import NotAllowedError, UserError
from scorecard.ledger import Ledger
from scorecard.pipeline.approvals import Approvals, approval_files, load_approvals
from scorecard.pipeline.basis import Request, context_of, reading_of
from scorecard.pipeline.excusing import About, decide, last_words, stands
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import FrozenDocument
from scorecard.pipeline.land_excused import PLACE, land_excused
from scorecard.pipeline.late import late
from scorecard.pipeline.view import opened
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.store import store_at
from tests.unit.pipeline.test_frozen import YEAR as FROZEN
from tests.unit.pipeline.test_frozen import _step as year_step

EXAMPLE = Path(__file__).parents[3] / "examples" / "district-xx"
RULEBOOK = load_rulebook(find_rulebook(None, 2025))
REGISTRY = load_registry(EXAMPLE / "registry.csv")
AT = "2026-01-05T00:00:00+00:00"
HAND = (
    "文号,日期,年度,社区编码,社区名称,指标编码,理由,批准级别\n"
    "手工〔2025〕1号,,2025,990100001002,望江楼社区,TH08,无,区级\n"
)
ONE = About("990100001001", "ZC01", "2025-990100001-A-001")
TWO = About("990100001001", "ZC01", "2025-990100001-A-002")
STREET = About("990100001", "JT01", "2025-QJ-C-001")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A folder with a registry and a list that a person keeps."""
    shutil.copy(EXAMPLE / "registry.csv", tmp_path)
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "不涉及.csv").write_text(HAND, "utf-8")
    return DataFolder.open(tmp_path)


def say(
    folder: DataFolder,
    target: Excuse,
    about: About = ONE,
    *,
    document: str = "示例〔2026〕5号",
    reason: str = "查实",
    level: str = "区级",
    actor: str = "张考核",
    role: Role = Role.OFFICE,
) -> str:
    """Decide, and return why it was refused."""
    act = Act(actor, role, date(2026, 1, 5), document, reason)
    refused = decide(Request(folder.root, 2025, None), [about], target, level, act, now=AT)
    return str(refused.get(about, ""))


def approvals(folder: DataFolder) -> Approvals:
    """Return what is approved by the lists as they lie there."""
    return load_approvals(approval_files(folder), 2025, RULEBOOK, REGISTRY, date(2025, 12, 31))


def at(folder: DataFolder, about: About = ONE) -> Excuse:
    """Return where a request stands."""
    return stands(last_words(Ledger.at(folder.ledger), 2025).get(about.pair), about.receipt_no)


def test_an_approval_lands_beside_what_a_person_wrote(folder: DataFolder) -> None:
    """Both act, also after the year's last day; files are judged anew by it, and asked by what they were."""
    before = context_of(folder, RULEBOOK), reading_of(folder, RULEBOOK)
    assert land_excused(folder) == [] and not (folder.root / PLACE).exists()
    assert say(folder, Excuse.GRANTED) == ""
    assert at(folder) is Excuse.GRANTED and land_excused(folder) == [PLACE]
    found = approvals(folder)
    assert found.documents == {
        ("990100001002", "TH08"): "手工〔2025〕1号",
        ONE.pair: "示例〔2026〕5号",
    }
    assert found.findings == () and folder.unread([2025]) == []
    assert (folder.root / "decisions" / "不涉及.csv").read_text("utf-8") == HAND
    assert context_of(folder, RULEBOOK) != before[0] and reading_of(folder, RULEBOOK) == before[1]
    assert [name for name, _ in folder.decisions()] == ["不涉及.csv", "网上报送/不涉及.csv"]


def test_the_list_follows_from_the_ledger_alone(folder: DataFolder) -> None:
    """Landed again it is the same; changed or deleted, it is as it was."""
    say(folder, Excuse.GRANTED)
    land_excused(folder)
    path = folder.root / PLACE
    data = path.read_bytes()
    assert land_excused(folder) == []
    for spoil in (lambda: path.write_bytes(data + b"x"), path.unlink):
        spoil()
        assert land_excused(folder) == [PLACE] and path.read_bytes() == data


def test_a_decision_is_made_once_and_may_be_taken_back(folder: DataFolder) -> None:
    """Then it waits again, and the list has its columns alone."""
    say(folder, Excuse.GRANTED)
    for target in (Excuse.GRANTED, Excuse.REFUSED):
        assert "现在是“已批准”" in say(folder, target)
    assert "现在是“已批准”" in say(folder, Excuse.REFUSED, TWO)  # an approval holds for every file
    assert say(folder, Excuse.ASKED, reason="文号写错") == ""
    assert at(folder) is Excuse.ASKED
    land_excused(folder)
    found = approvals(folder)
    assert ONE.pair not in found.documents and found.findings == ()
    assert say(folder, Excuse.GRANTED, document="示例〔2026〕6号") == ""
    land_excused(folder)
    assert approvals(folder).documents[ONE.pair] == "示例〔2026〕6号"


def test_a_refusal_is_of_the_file_that_asked(folder: DataFolder) -> None:
    """A later file of the street asks anew."""
    assert say(folder, Excuse.REFUSED, document="", reason="辖区有小区") == ""
    assert (at(folder), at(folder, TWO)) == (Excuse.REFUSED, Excuse.ASKED)
    assert "现在是“未批准”" in say(folder, Excuse.GRANTED)
    assert say(folder, Excuse.GRANTED, TWO) == ""


@pytest.mark.parametrize(
    ("target", "given", "said"),
    [
        (Excuse.GRANTED, {"document": ""}, "没有写文号"),
        (Excuse.GRANTED, {"document": "待定"}, "没有写文号"),
        (Excuse.GRANTED, {"document": "=1+1"}, "以“=”开头"),
        (Excuse.GRANTED, {"reason": "@" + "x"}, "以“@”开头"),
        (Excuse.GRANTED, {"reason": "无" * 201}, "200"),
        (Excuse.GRANTED, {"level": "街道"}, "批准级别「街道」不能批准"),
        (Excuse.REFUSED, {"reason": " "}, "没有写理由"),
        (Excuse.ASKED, {"reason": ""}, "没有写理由"),
        (Excuse.REFUSED, {"reason": "找13812345678"}, "号码"),
    ],
)
def test_what_is_lacking_is_said_and_nothing_written(
    folder: DataFolder, target: Excuse, given: dict[str, str], said: str
) -> None:
    """For all that is asked at once."""
    with pytest.raises(UserError, match=said):
        say(folder, target, **given)  # type: ignore[arg-type]
    assert not Ledger.at(folder.ledger).entries("excuse.decide")


def test_who_is_linked_to_the_community_or_has_another_role_decides_nothing(folder: DataFolder) -> None:
    """Of what is a street's own, who is linked to any of its communities."""
    links = folder.root / "decisions" / "联点.csv"
    links.write_text("联点人员,社区编码,起\n张考核,990100001001,2025-01-01\n", "utf-8")
    assert "应当回避" in say(folder, Excuse.GRANTED)
    assert "应当回避" in say(folder, Excuse.GRANTED, STREET)
    assert say(folder, Excuse.GRANTED, About("990100001002", "ZC01", ONE.receipt_no)) == ""
    assert "区级部门" in say(folder, Excuse.GRANTED, actor="别人", role=Role.DEPARTMENT)
    assert at(folder) is Excuse.ASKED


def test_after_the_freeze_nothing_is_decided_or_taken_back(folder: DataFolder) -> None:
    """Only a decision on an appeal changes what is frozen."""
    say(folder, Excuse.GRANTED)
    Ledger.at(folder.ledger).append([year_step("FROZEN", **FROZEN.payload())], at=AT)
    other = About("990100001002", "ZC01", ONE.receipt_no)
    for target, about in ((Excuse.ASKED, ONE), (Excuse.GRANTED, other), (Excuse.REFUSED, other)):
        assert "2025年度数据已经冻结" in say(folder, target, about)
    assert len(Ledger.at(folder.ledger).entries("excuse.decide")) == 1


def test_a_frozen_year_keeps_what_was_approved(folder: DataFolder) -> None:
    """Under its place: without the list in the folder the year is made of the same approvals."""
    say(folder, Excuse.GRANTED)
    land_excused(folder)
    store = store_at(folder.store)
    registry = FrozenDocument("registry.csv", store.put(folder.registry_path().read_bytes()))
    decisions = tuple(FrozenDocument(name, store.put(p.read_bytes())) for name, p in folder.decisions())
    kept = replace(FROZEN, files=(), others=(), years=(2025,), registry=registry, decisions=decisions)
    frozen = year_step("FROZEN", **{"from": "MEASURED", **kept.payload()})
    Ledger.at(folder.ledger).append([frozen], at=AT)
    (folder.root / PLACE).write_text("别的", "utf-8")
    with opened(folder, 2025) as view:
        assert approvals(view.folder).documents[ONE.pair] == "示例〔2026〕5号"
        assert late(view) == {PLACE: "W903"}


def test_several_are_decided_together_and_the_rest_says_why(folder: DataFolder) -> None:
    """One transaction; what stands against one does not stand against another."""
    say(folder, Excuse.GRANTED)
    other = About("990100001002", "ZC01", ONE.receipt_no)
    act = Act("张考核", Role.OFFICE, date(2026, 1, 6), "示例〔2026〕7号")
    request = Request(folder.root, 2025, None)
    refused = decide(request, [ONE, other, other], Excuse.GRANTED, "区级", act, now=AT)
    assert list(refused) == [ONE] and isinstance(refused[ONE], NotAllowedError)
    assert at(folder, other) is Excuse.GRANTED
    assert len(Ledger.at(folder.ledger).entries("excuse.decide")) == 2
