"""What a frozen year is made from: the store, byte by byte, and outcome documents until they are decided."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scorecard.cycle import State
from scorecard.errors import DamagedError, IntegrityError
from scorecard.ledger import Ledger, Record
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import ADVANCE, Frozen, FrozenDocument, FrozenFile, FrozenRulebook
from scorecard.pipeline.late import too_late
from scorecard.pipeline.view import opened
from scorecard.store import store_at

NOW = "2026-11-29T00:00:00+00:00"


class Year:
    """A tiny data folder whose year 2025 is frozen by hand."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.put("registry.csv", "名录")
        self.put("submissions/2025/甲.csv", "冻结时")
        self.put("decisions/不涉及.csv", "冻结时")
        self.put("decisions/否决.csv", "冻结时")
        self.folder = DataFolder.open(root)
        store = store_at(self.folder.store)
        names = store.put_many([b"\xe5\x86\xbb\xe7\xbb\x93\xe6\x97\xb6", "名录".encode()])
        self.kept = Frozen(
            **dict.fromkeys(("actor", "document_no", "note", "version"), "x"),
            year=2025,
            role="office",
            on="2026-01-30",
            as_of="2025-12-31",
            documents_as_of="2025-12-31",
            snapshot="s",
            result_hash="r",
            rulebook=FrozenRulebook("x", 1, "b"),
            registry=FrozenDocument("registry.csv", names[1]),
            years=(2024, 2025),
            files=(FrozenFile(2025, names[0], "street", "submissions/2025/甲.csv"),),
            decisions=(FrozenDocument("不涉及.csv", names[0]), FrozenDocument("否决.csv", names[0])),
        )

    def put(self, name: str, text: str) -> None:
        """Write a file of the data folder."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, "utf-8")

    def step(self, to: State, on: str, **more: object) -> None:
        """Write a step of the year."""
        ledger = Ledger.at(self.folder.ledger)
        step = {"year": 2025, "from": "NONE", "to": to, "actor": "x", "role": "office", "on": on}
        payload = {**more, **step, "document_no": "", "note": ""}
        ledger.append([Record("x", ADVANCE, "2025", payload, f"{to}")], at=NOW)


@pytest.fixture
def year(tmp_path: Path) -> Year:
    """The frozen year; afterwards every file of the folder was changed."""
    made = Year(tmp_path)
    made.step(State.FROZEN, "2026-01-30", **made.kept.payload())
    for name in ("submissions/2025/甲.csv", "decisions/不涉及.csv", "decisions/否决.csv"):
        made.put(name, "之后")
    return made


def text(path: Path | None) -> str:
    """Return what a file says."""
    assert path is not None
    return path.read_text("utf-8")


def test_files_and_decisions_are_the_frozen_ones(year: Year) -> None:
    """Files, decisions and folders of years are as they were; nothing is left behind afterwards."""
    with opened(year.folder, 2025) as view:
        [file] = view.folder.files(2025)
        assert (file.relative, text(file.path)) == ("submissions/2025/甲.csv", "冻结时")
        assert text(view.folder.decision("不涉及.csv")) == "冻结时"
        assert view.folder.has_year(2024)
        assert not view.folder.files(2024)
    assert list(year.folder.products.iterdir()) == []


def test_vetoes_are_read_from_the_folder_until_they_are_decided(year: Year) -> None:
    """The deliberation comes after the freeze: until then its documents are those of the folder."""
    year.step(State.PROPOSED, "2026-02-10")
    with opened(year.folder, 2025) as view:
        assert text(view.folder.decision("否决.csv")) == "之后"
        assert view.cut(None).vetoes == date(2026, 2, 10)
        assert view.as_of(None) == date(2025, 12, 31)
    (year.root / "decisions" / "否决.csv").unlink()
    with opened(year.folder, 2025) as view:
        assert view.folder.decision("否决.csv") is None


def test_after_the_deliberation_they_are_fixed_too(year: Year) -> None:
    """What the deliberation decided stays, whatever lies in the folder later."""
    fixed = replace(year.kept, documents_as_of="2026-02-25").fixed()
    year.step(State.DELIBERATED, "2026-02-25", **fixed)
    with opened(year.folder, 2025) as view:
        assert text(view.folder.decision("否决.csv")) == "冻结时"
        assert view.cut(None).vetoes == date(2026, 2, 25)
        assert [f.code for f in too_late(view)] == ["W902", "W903"]


def test_the_year_before_is_the_frozen_one(year: Year) -> None:
    """The next year compares with what was frozen, and with documents of that time."""
    year.put("submissions/2026/乙.csv", "新")
    with opened(year.folder, 2026) as view:
        assert view.frozen is None
        assert text(view.at(2026).files(2026)[0].path) == "新"
        assert text(view.at(2025).files(2025)[0].path) == "冻结时"
        assert too_late(view) == []


@pytest.mark.parametrize("place", ["../../逃.csv", "/tmp/逃.csv", "submissions/../../逃.csv"])
def test_a_place_outside_is_refused(year: Year, place: str) -> None:
    """A file that would be written outside of the copy is damage."""
    files = (replace(year.kept.files[0], relative=place),)
    with (
        pytest.raises(DamagedError, match="不在数据文件夹里"),
        opened(year.folder, 2025, replace(year.kept, files=files)),
    ):
        raise AssertionError


def test_another_result_is_not_published(year: Year) -> None:
    """Once fixed the result must come out the same; a decision since then, or an open one, may change it."""
    year.step(State.DELIBERATED, "2026-02-25", **year.kept.fixed())
    with opened(year.folder, 2025) as view:
        view.refuse_result("r", "v")
        with pytest.raises(IntegrityError, match="与冻结的不同"):
            view.refuse_result("q", "v")
    upheld = {"year": 2025, "outcome": "upheld"}
    Ledger.at(year.folder.ledger).append([Record("x", "appeal.decide", "1", upheld, "d")], at=NOW)
    with opened(year.folder, 2025) as view:
        view.refuse_result("q", "v")


def test_nothing_is_written_where_nothing_is_frozen(tmp_path: Path) -> None:
    """Looking at a folder that was never built leaves it as it is."""
    (tmp_path / "registry.csv").write_text("名录", "utf-8")
    folder = DataFolder.open(tmp_path)
    with opened(folder, 2025) as view:
        assert (view.folder, view.before, view.stamp) == (folder, folder, "试算")
    assert [path.name for path in tmp_path.iterdir()] == ["registry.csv"]
