"""A platform's canonical files through the whole build: judged together, with the results of one by one."""

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from scorecard.checks import Bulk, CheckContext
from scorecard.checks.result import no_facts
from scorecard.ledger import Entry, Ledger
from scorecard.pipeline.basis import Request
from scorecard.pipeline.build import build as build_report
from scorecard.pipeline.folder import DataFolder, Party
from scorecard.pipeline.inspect import check_submitted
from scorecard.pipeline.owed import not_handed_in
from scorecard.pipeline.queries import verify_evidence
from scorecard.pipeline.resolve import Checked, resolve
from scorecard.pipeline.summary import BuildSummary
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook

YEAR, NOW = 2025, "2026-01-15T00:00:00+00:00"
TOOLS = Path(__file__).resolve().parents[3] / "tools"


def bench_data() -> ModuleType:
    """Return the module that invents data for `make bench`."""
    spec = importlib.util.spec_from_file_location("bench_data", TOOLS / "bench_data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder of four canonical files about 40 communities of two streets."""
    folder = tmp_path_factory.mktemp("invented") / "data"
    assert bench_data().make(folder, 40, shape="canonical", per_street=20, per_file=10) == 4
    return folder


@pytest.fixture
def data(invented: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may change."""
    return Path(shutil.copytree(invented, tmp_path / "data"))


@pytest.fixture(scope="module")
def first(invented: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildSummary]:
    """Return such a folder after its first build, and what that said."""
    folder = Path(shutil.copytree(invented, tmp_path_factory.mktemp("first") / "data"))
    return folder, build(folder)


@pytest.fixture
def before(first: tuple[Path, BuildSummary], tmp_path: Path) -> BuildSummary:
    """Return what the first build said; `data` has its evidence."""
    shutil.copytree(first[0], tmp_path / "data", dirs_exist_ok=True)
    return first[1]


def files(data: Path) -> list[Path]:
    """Return the canonical files in order."""
    return sorted((data / "sources" / str(YEAR)).iterdir())


def build(data: Path, home: Path | None = None) -> BuildSummary:
    """Build without pages."""
    return build_report(Request(data=data, year=YEAR, out=None, home=home), now=NOW)


def judged(data: Path) -> list[Checked]:
    """Return every file after its checks."""
    folder = DataFolder.open(data)
    rulebook, registry = (
        load_rulebook(find_rulebook(None, YEAR)),
        load_registry(folder.registry_path()),
    )

    def context(party: Party) -> CheckContext:
        return CheckContext(rulebook=rulebook, registry=registry, year=YEAR, party=party)

    submitted = folder.files(YEAR)
    read = [file.path.read_bytes() for file in submitted]
    return check_submitted(submitted, read, YEAR, context, lambda *_: None)


def missing(data: Path, checked: list[Checked]) -> list[tuple[str, str]]:
    """Return code and message of what is said to be missing."""
    registry = load_registry(data / "registry.csv")
    rulebook = load_rulebook(find_rulebook(None, YEAR))
    return [(f.code, f.message) for f in not_handed_in(checked, rulebook, registry, YEAR).findings]


def outcomes(data: Path) -> list[Entry]:
    """Return what the ledger says was made of each file."""
    return Ledger.at(data / "evidence" / "ledger.sqlite").entries("checked")


def test_every_file_of_the_bench_is_judged_in_bulk(invented: Path) -> None:
    """What `make bench` measures is the bulk, not the general path."""
    checked = judged(invented)
    assert [c.result.bulk for c in checked] == [True] * 4
    assert not missing(invented, checked)


def test_the_result_is_the_general_path_s(
    data: Path, first: tuple[Path, BuildSummary], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Judged together or one by one: the same published figures, down to the hash."""
    together = first[1]
    inspect = sys.modules["scorecard.pipeline.inspect"]
    monkeypatch.setattr(inspect, "bulk", lambda _files, _context: Bulk({}, no_facts()))
    assert not any(c.result.bulk for c in judged(data))
    apart = build(data)
    assert together.result_hash == apart.result_hash
    assert together.files == apart.files
    assert together.top == apart.top
    assert together.rows == apart.rows == 40 * 51


def test_two_builds_keep_the_same_bytes(data: Path, first: tuple[Path, BuildSummary]) -> None:
    """The shared object of facts, too, is the same wherever it is made."""
    assert build(data).snapshot == first[1].snapshot


def test_files_share_one_object_and_the_evidence_holds(data: Path, before: BuildSummary) -> None:
    """All facts of a year's bulk lie in one object, which the ledger vouches for."""
    assert len({e.payload["facts_sha256"] for e in outcomes(data)}) == 1
    assert [e.payload["facts"] for e in outcomes(data)] == [510] * 4
    _, objects = verify_evidence(data, None)
    assert objects == 5


def test_another_file_does_not_make_the_others_new(data: Path) -> None:
    """A file's outcome does not depend on which others came with it: history is not written again."""
    late = files(data)[3]
    content = late.read_bytes()
    late.unlink()
    build(data)
    before = outcomes(data)
    late.write_bytes(content)
    build(data)
    assert len(before) == 3
    assert outcomes(data)[:3] == before
    assert len(outcomes(data)) == 4


def test_a_file_with_a_remark_is_judged_alone(data: Path) -> None:
    """One wrong number sends its file, and only it, down the general path."""
    wrong = files(data)[1]
    wrong.write_bytes(wrong.read_bytes().replace(b",XN08,,,", b",XN08,,,-", 1))
    checked = judged(data)
    assert [c.result.bulk for c in checked] == [True, False, True, True]
    summary = build(data)
    assert summary.findings["error"] == 1
    assert [len(f.waiting_units) for f in summary.files] == [0, 1, 0, 0]


def test_a_later_version_replaces_the_earlier(data: Path) -> None:
    """Versions are found by their units; the replaced one keeps an object of its own."""
    old = files(data)[0]
    later = old.with_name("z.csv")
    later.write_bytes(old.read_bytes().replace(b",XZ10,,,0,", b",XZ10,,,0.0,", 1))
    checked, findings = resolve(judged(data))
    assert [c.superseded_by for c in checked] == ["sources/2025/z.csv", "", "", "", ""]
    assert [f.code for f in findings] == ["W851"]
    build(data)
    assert len({e.payload["facts_sha256"] for e in outcomes(data)}) == 2


def test_a_number_corrected_leaves_the_rest_of_the_file(data: Path, before: BuildSummary) -> None:
    """One row sent again replaces one number: its community and the others are ranked as before."""
    head, first, *_ = files(data)[0].read_text("utf-8").splitlines()
    files(data)[0].with_name("更正.csv").write_text(f"{head}\n{first}\n", "utf-8")
    after = build(data)
    assert (after.ranked, after.others) == (before.ranked, ()) == (40, ())
    assert [f.superseded_by for f in after.files] == [""] * 5


def test_the_same_bytes_count_once(data: Path, before: BuildSummary) -> None:
    """A copy of a file is no second opinion: nothing is in conflict, and the copy is told."""
    shutil.copy(files(data)[0], files(data)[0].with_name("z.csv"))
    checked, findings = resolve(judged(data))
    assert [bool(c.superseded_by) for c in checked] == [True, False, False, False, False]
    assert [f.code for f in findings] == ["W852"]
    assert build(data).result_hash == before.result_hash


def test_a_conflict_takes_out_both(data: Path) -> None:
    """Two files of different forms with one cell in common: neither is believed, the rest stands."""
    first = files(data)[0].read_text("utf-8").splitlines()
    units = [line.split(",")[1] for line in first[1::51]]
    table = ["社区编码,经费查实问题数", *(f"{unit},3" for unit in units)]
    (data / "sources" / str(YEAR) / "部门.csv").write_text("\n".join(table) + "\n", "utf-8")
    checked, findings = resolve(judged(data))
    assert [f.code for f in findings] == ["W854"] * len(units)
    assert [c.result.facts.height for c in checked] == [500, 510, 510, 510, 0]
    assert not checked[0].result.bulk


def test_what_no_platform_file_has_is_named(data: Path) -> None:
    """Communities left out by all files together, and a street of which nothing came."""
    first, *_, last = files(data)
    lines = last.read_text("utf-8").splitlines()
    last.write_text("\n".join(lines[:-51]) + "\n", "utf-8")
    [(code, message), (own, alone)] = missing(data, judged(data))
    assert (code, own) == ("W855", "W857")
    assert "应有40个社区，现有39个" in message
    assert "的51项指标" in alone
    first.unlink()
    files(data)[0].unlink()
    found = missing(data, judged(data))
    assert sorted({code for code, _ in found}) == ["W853", "W855", "W857"]
    assert any("等21个" in message for _, message in found)


def test_facts_that_files_share_are_always_in_the_ledger(data: Path, before: BuildSummary) -> None:
    """When one file goes, the others' facts lie in a new object: an entry speaks of it, and verify passes."""
    head = before.ledger_head
    files(data)[-1].unlink()
    after = build(data)
    assert after.ledger_head != head
    assert verify_evidence(data, None, head[:16])[0].hash == after.ledger_head
    assert build(data).ledger_entries == after.ledger_entries
