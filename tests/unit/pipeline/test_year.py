"""A year moves by its table, is frozen once, and stays what it was."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scorecard.cli.status_text import status_text
from scorecard.cycle import Role, State
from scorecard.errors import DamagedError, IntegrityError, NotAllowedError, UserError
from scorecard.ledger import Ledger, Record
from scorecard.pipeline.amendment import effect
from scorecard.pipeline.basis import Request
from scorecard.pipeline.build import build
from scorecard.pipeline.export import export_scores
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import frozen
from scorecard.pipeline.late import late, too_late
from scorecard.pipeline.queries import verify_evidence
from scorecard.pipeline.view import opened
from scorecard.pipeline.year import year_status
from scorecard.rulebook import find_rulebook, load_rulebook

from .yearly import NOW, YEAR, copy_example, take, walk

Make = Callable[[], Path]


@pytest.fixture(scope="module")
def frozen_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose year was walked up to the freeze."""
    data = copy_example(tmp_path_factory.mktemp("frozen"))
    walk(data, State.FROZEN)
    return data


@pytest.fixture
def data(frozen_year: Path, tmp_path: Path) -> Path:
    """A copy of the frozen year that a test may change."""
    return Path(shutil.copytree(frozen_year, tmp_path / "data"))


def request(data: Path, **more: object) -> Request:
    """A build without pages."""
    return Request(data, YEAR, None, **more)  # type: ignore[arg-type]


def codes(data: Path) -> dict[str, str]:
    """Return the findings of the cycle that a build of the year has: code and file or sentence."""
    with opened(DataFolder.open(data), YEAR) as view:
        return {f.code: f.file or f.message for f in too_late(view)}


def test_a_folder_without_steps_is_provisional_as_ever(tmp_path: Path) -> None:
    """Nobody has to use the cycle: looking makes no ledger, a build is 试算 with the usual cut-off."""
    data = copy_example(tmp_path)
    status = year_status(request(data))
    assert (status.state, status.steps, status.publicity) == (State.NONE, (), None)
    assert not (data / "evidence").exists()
    built = build(request(data), now=NOW)
    assert (built.status, built.as_of) == ("试算", "2025-12-31")
    assert frozen(Ledger.at(data / "evidence" / "ledger.sqlite"), YEAR) is None


def test_a_whole_year(data: Path) -> None:
    """From the freeze to the archive the result stays, the stamp moves, and evidence verifies."""
    first = build(request(data), now=NOW)
    kept = frozen(Ledger.at(data / "evidence" / "ledger.sqlite"), YEAR)
    assert kept is not None
    assert (kept.snapshot, kept.result_hash) == (first.snapshot, first.result_hash)
    walk(data, State.PUBLICISED, State.FROZEN)
    public = build(request(data), now=NOW)
    walk(data, State.ARCHIVED, State.PUBLICISED)
    archived = build(request(data), now=NOW)
    assert [b.status for b in (first, public, archived)] == ["试算", "公示", "定稿"]
    assert len({(b.snapshot, b.result_hash) for b in (first, public, archived)}) == 1
    assert verify_evidence(data, None)[1] > 0


def test_the_publicity_window_is_shown(data: Path) -> None:
    """From the day of publication, counted by working days; a step back ends it and it must be repeated."""
    walk(data, State.PUBLICISED, State.FROZEN)
    window = year_status(request(data)).publicity
    assert window is not None
    assert (window.first, window.last) == (date(2026, 3, 2), date(2026, 3, 10))
    with pytest.raises(NotAllowedError, match="公示期到2026-03-10为止"):
        take(data, State.FINAL, on=date(2026, 3, 10))
    take(data, State.COMPUTED, on=date(2026, 3, 9), document_no="复核〔2026〕1号")
    assert year_status(request(data)).publicity is None


def shown(data: Path, on: date) -> list[str]:
    """Return the lines of `cycle show`."""
    return status_text(year_status(request(data), on)).splitlines()


def test_the_deadlines_are_those_in_force(data: Path) -> None:
    """What was met says when, what nobody took says so, a repeated publicity stands for the planned."""
    walk(data, State.PUBLICISED, State.FROZEN)
    lines = shown(data, date(2026, 3, 5))
    assert "  下达指标：2025-01-02 至 2025-03-31　2025-03-01已办" in lines
    assert "  半年自查：2025-07-01 至 2025-07-31　没有登记这一步" in lines
    assert "  社区自评填报：2025-12-01 至 2025-12-15　已结束" in lines
    assert "  公示：2026-03-02 至 2026-03-10　还有5天" in lines
    take(data, State.COMPUTED, on=date(2026, 3, 11), document_no="复核〔2026〕1号")
    assert "  否决性审查、领导小组审议：2026-02-09 至 2026-02-27　已过12天" in shown(data, date(2026, 3, 11))
    for state in (State.PROPOSED, State.DELIBERATED, State.PUBLICISED):
        take(data, state, on=date(2026, 3, 12), reason="复核后重办")
    lines = shown(data, date(2026, 3, 23))
    assert "  否决性审查、领导小组审议：2026-02-09 至 2026-02-27　2026-03-12已办" in lines
    plan = "（按计划为2026-03-02 至 "
    assert f"  公示：2026-03-12 至 2026-03-20{plan}2026-03-10）　已期满" in lines
    assert f"  申诉复核答复：2026-03-12 至 2026-03-27{plan}2026-03-17）　还有4天" in lines
    assert any(line.endswith("2026-03-17）　已结束") for line in shown(data, date(2026, 3, 28)))


def test_a_final_year_has_nothing_open_but_the_archive(data: Path) -> None:
    """On the day after the publicity: it is over, nobody is answered any more, and 归档 is what is left."""
    walk(data, State.FINAL, State.FROZEN)
    lines = shown(data, date(2026, 3, 11))
    assert "公示期 2026-03-02 至 2026-03-10，已期满。" in lines
    assert "  公示：2026-03-02 至 2026-03-10　已期满" in lines
    assert "  申诉复核答复：2026-03-02 至 2026-03-17　已结束" in lines
    assert "  归档：2026-03-31　还有20天" in lines


def test_what_stands_in_the_way_is_shown(data: Path) -> None:
    """A step that is possible by the table alone says what is still lacking."""
    walk(data, State.PUBLICISED, State.FROZEN)
    ledger = Ledger.at(data / "evidence" / "ledger.sqlite")
    ledger.append([Record("甲", "appeal.open", "SS-1", {"year": YEAR}, "a1")], at=NOW)
    lines = shown(data, date(2026, 3, 10))
    after = lines[lines.index("  定稿通报（区考核办办理）") + 1 :]
    assert after[0] == "    未到时间：公示期到2026-03-10为止，期满之后才能定稿。"
    assert after[1] == "    还有1件申诉没有答复，答复之后才能定稿。"
    said = ("appeal_no", "decision_no", "decider", "reason", "on", "document_name", "document_sha256")
    decided = {
        "year": YEAR,
        "changes": [],
        **dict.fromkeys(said, ""),
        "outcome": "upheld",
        "appeal_no": "SS-1",
    }
    ledger.append([Record("乙", "appeal.decide", "SS-1", decided, "a2")], at=NOW)
    lines = shown(data, date(2026, 3, 11))
    after = lines[lines.index("  定稿通报（区考核办办理）") + 1 :]
    assert after[0].startswith("    公示以后有申诉成立（SS-1）：等次有变动的须先重新公示") and after[1] == ""


def test_an_open_appeal_keeps_the_year_open(data: Path) -> None:
    """The year is not final before every appeal is decided, and the sentence counts them."""
    walk(data, State.PUBLICISED, State.FROZEN)
    ledger = Ledger.at(data / "evidence" / "ledger.sqlite")
    ledger.append([Record("甲", "appeal.open", "SS-1", {"year": YEAR}, "a1")], at=NOW)
    with pytest.raises(NotAllowedError, match="还有1件申诉"):
        take(data, State.FINAL)
    said = ("appeal_no", "decision_no", "decider", "reason", "on", "document_name", "document_sha256")
    decided = {"year": YEAR, "outcome": "rejected", "changes": [], **dict.fromkeys(said, "")}
    ledger.append([Record("乙", "appeal.decide", "SS-1", decided, "a2")], at=NOW)
    assert take(data, State.FINAL).step.target is State.FINAL


def test_what_comes_after_the_freeze_changes_nothing_and_is_said(data: Path) -> None:
    """A new file, a changed one, a lost one, a changed decision: the same bytes come out."""
    before = build(request(data), now=NOW)
    [old] = (data / "submissions" / str(YEAR)).iterdir()
    (data / "submissions" / str(YEAR) / "补报.csv").write_text("街道,社区名称\n", "utf-8")
    old.write_bytes(old.read_bytes() + b" ")
    (data / "decisions").mkdir(exist_ok=True)
    (data / "decisions" / "不涉及.csv").write_text("文号,年度\n", "utf-8")
    after = build(request(data), now=NOW)
    assert (after.snapshot, after.result_hash) == (before.snapshot, before.result_hash)
    found = codes(data)
    assert list(found) == ["W901", "W902", "W903"]
    assert found["W901"].endswith("补报.csv")
    assert "decisions/不涉及.csv" in found["W903"]
    assert after.findings["warning"] == before.findings["warning"] + 2


def test_lists_are_frozen_too(tmp_path: Path) -> None:
    """Task tables, maps, issues and ratings count as they were; what changed or came late is named."""
    data = copy_example(tmp_path)
    lists = {
        "tasks/2025/一表.csv": "社区名称,任务编号,事项,完成时限,完成日期,验收日期,验收结论\n"
        "西钞社区,1,修路,2025-06-30,2025-06-01,2025-06-02,合格\n",
        "tasks/2025/一图/西钞社区.png": "\x89PNG",
        "issues/2025/台账.csv": "社区名称,问题编号,交办日期,整改期限,销号日期,状态\n"
        "西钞社区,1,2025-03-01,2025-04-01,2025-03-20,已销号\n",
        "upward/2025/名录.csv": "被评单位,类别,应评社区,别名\n市五中,学校,,\n",
    }
    for name, text in lists.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(text, "utf-8")
    walk(data, State.FROZEN)
    before = build(request(data), now=NOW)
    with opened(DataFolder.open(data), YEAR) as view:
        assert {f.relative for f in view.folder.lists(YEAR)} == set(lists)
    shutil.rmtree(data / "upward")
    (data / "tasks/2025/一表.csv").write_text("社区名称\n", "utf-8")
    (data / "issues/2025/补报.csv").write_text("社区名称\n", "utf-8")
    after = build(request(data), now=NOW)
    assert (after.snapshot, after.result_hash) == (before.snapshot, before.result_hash)
    with opened(DataFolder.open(data), YEAR) as view:
        assert late(view) == {"tasks/2025/一表.csv": "W902", "issues/2025/补报.csv": "W901"}


def test_freezing_twice(data: Path) -> None:
    """The same step again writes nothing; the step by somebody else is refused, since the state has moved."""
    ledger = Ledger.at(data / "evidence" / "ledger.sqlite")
    head = ledger.head()
    assert take(data, State.FROZEN).again
    with pytest.raises(NotAllowedError, match="状态不对：现在是“数据冻结”"):
        take(data, State.FROZEN, actor="李四")
    assert ledger.head() == head


def test_another_cut_off_is_refused(data: Path) -> None:
    """A frozen year keeps its cut-off."""
    with pytest.raises(UserError, match="不能另定为2026-01-01"):
        build(request(data, as_of=date(2026, 1, 1)), now=NOW)
    with opened(DataFolder.open(data), YEAR) as view:
        assert view.as_of(date(2025, 12, 31)) == view.as_of(None) == date(2025, 12, 31)


def test_a_changed_registry_changes_nothing(data: Path) -> None:
    """The year is made with the frozen registry, names included; a finding says so."""
    before = build(request(data), now=NOW)
    path = data / "registry.csv"
    path.write_text(path.read_text("utf-8-sig").replace("西钞社区", "改名社区"), "utf-8")
    after = build(request(data), now=NOW)
    assert (after.snapshot, after.result_hash) == (before.snapshot, before.result_hash)
    assert codes(data) == {"W907": "registry.csv"}
    exported = export_scores(data, YEAR, None, table="units", fmt="csv").decode()
    assert "西钞社区" in exported and "改名社区" not in exported


def changed_book(place: Path, old: str, new: str) -> str:
    """Return a copy of the rulebook with one change."""
    book = Path(shutil.copytree(find_rulebook(None, YEAR), place / "book"))
    text = (book / "rulebook.toml").read_text("utf-8")
    assert text.count(old) == 1
    (book / "rulebook.toml").write_text(text.replace(old, new), "utf-8")
    return str(book)


def test_a_changed_rulebook_is_refused(data: Path, tmp_path: Path) -> None:
    """The sentence names the frozen edition."""
    book = changed_book(tmp_path, "working_days = 7", "working_days = 5")
    with pytest.raises(UserError, match="已经按“wujiang-wubi/2025”第1版"):
        build(request(data, rulebook=book), now=NOW)


def test_another_edition_is_tried_on_what_was_frozen(data: Path, tmp_path: Path) -> None:
    """What lies in the folder now changes neither side, and the frozen year stays as it is."""
    book = changed_book(tmp_path, "at_least = 60", "at_least = 5")
    old = str(find_rulebook(None, YEAR))
    told = list(effect(old, book, data, YEAR))
    assert "等次有变5个" in told[0]
    shutil.rmtree(data / "submissions")
    head = Ledger.at(data / "evidence" / "ledger.sqlite").head()
    assert list(effect(old, book, data, YEAR)) == told
    assert Ledger.at(data / "evidence" / "ledger.sqlite").head() == head
    with pytest.raises(UserError, match="已经按"):
        build(request(data, rulebook=book), now=NOW)


@pytest.mark.parametrize("edition", [1, 2])
def test_the_rules_stay_as_issued_or_get_a_new_edition(tmp_path: Path, edition: int) -> None:
    """A change under the same edition cannot be frozen; a numbered amendment can."""
    data = copy_example(tmp_path)
    walk(data, State.MEASURED)
    change = f'edition = {edition}\ntitle = "改过的办法"\n#'
    book = changed_book(tmp_path, "edition = 1\ntitle =", change)
    if edition == 1:
        with pytest.raises(NotAllowedError, match="考核办法下达以后改过"):
            take(data, State.FROZEN, rulebook=book)
    else:
        assert take(data, State.FROZEN, rulebook=book).step.target is State.FROZEN


def test_the_year_must_be_over(tmp_path: Path) -> None:
    """The data window closes on 31 December; the first day on which the year can be frozen is 1 January."""
    data = copy_example(tmp_path)
    walk(data, State.OPEN)
    take(data, State.MEASURED, on=date(2025, 12, 30))
    with pytest.raises(NotAllowedError, match="到2025-12-31为止"):
        take(data, State.FROZEN, on=date(2025, 12, 31))
    assert take(data, State.FROZEN, on=date(2026, 1, 1)).step.on == date(2026, 1, 1)


def test_waiting_units_stop_a_freeze_only_if_the_rulebook_says_so(tmp_path: Path) -> None:
    """Waiting communities are frozen unranked and told; with `waiting = "refuse"` nothing is frozen."""
    data = copy_example(tmp_path)
    registry = data / "registry.csv"
    lines = registry.read_text("utf-8-sig").splitlines()
    extra = lines[-1].split(",")
    extra[0], extra[1] = "990200001099", "新增社区"
    registry.write_text("\n".join([*lines, ",".join(extra)]) + "\n", "utf-8")
    book = changed_book(tmp_path, "[publicity]", '[freeze]\nwaiting = "refuse"\n\n[publicity]')
    walk(data, State.MEASURED, rulebook=book)
    with pytest.raises(UserError, match="还有1个社区的数据待更正"):
        take(data, State.FROZEN, rulebook=book)
    assert year_status(request(data, rulebook=book)).state is State.MEASURED
    assert load_rulebook(find_rulebook(None, YEAR)).freeze.waiting == "unranked"


def test_a_touched_entry_is_found(data: Path) -> None:
    """Whoever edits the frozen list behind the ledger's back is found out."""
    path = data / "evidence" / "ledger.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER entry_no_update")
        connection.execute("UPDATE entry SET payload = replace(payload, '张三', '王五') WHERE seq > 1")
    with pytest.raises(IntegrityError, match="被改动过"):
        verify_evidence(data, None)


def test_a_touched_object_is_found(data: Path) -> None:
    """A frozen file whose stored bytes were changed is not built from."""
    kept = frozen(Ledger.at(data / "evidence" / "ledger.sqlite"), YEAR)
    assert kept is not None
    sha256 = kept.files[0].sha256
    (data / "evidence" / "store" / sha256[:2] / sha256[2:]).write_bytes(b"x")
    with pytest.raises(DamagedError, match="被改动过"):
        build(request(data), now=NOW)


def test_a_touched_object_has_a_name(data: Path) -> None:
    """Who verifies reads which file it was; the freeze and the receipt speak of the same one, once."""
    kept = frozen(Ledger.at(data / "evidence" / "ledger.sqlite"), YEAR)
    assert kept is not None
    file = kept.files[0]
    place = data / "evidence" / "store" / file.sha256[:2] / file.sha256[2:]
    place.chmod(0o644)
    place.write_bytes(b"x")
    with pytest.raises(DamagedError, match=rf"被改动过.*台账里它是「{re.escape(file.relative)}」。"):
        verify_evidence(data, None)
    place.unlink()
    with pytest.raises(DamagedError, match=rf"不见了。台账里它是「{re.escape(file.relative)}」。"):
        verify_evidence(data, None)


def test_two_people_at_once(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who looked before the other's step was written is told, and writes nothing."""
    walk(data, State.PROPOSED, State.FROZEN)
    from scorecard.pipeline import year

    stale = year.history(Ledger.at(data / "evidence" / "ledger.sqlite"), YEAR)
    take(data, State.COMPUTED, role=Role.GROUP, actor="李四", on=date(2026, 2, 11), reason="重新核算")
    monkeypatch.setattr(year, "history", lambda *_: stale)
    with pytest.raises(NotAllowedError, match="「李四」刚刚先办了一步"):
        take(data, State.DELIBERATED, actor="赵六")
