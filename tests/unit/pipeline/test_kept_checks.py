"""What is kept of a file's checks is what they would say again, and counts for the same question only."""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path

import polars as pl
import pytest

from scorecard.checks import CheckContext, CheckResult
from scorecard.cycle import State
from scorecard.findings import Finding, Severity
from scorecard.ledger import Ledger
from scorecard.pipeline import inspect, kept_checks, written
from scorecard.pipeline.basis import Request
from scorecard.pipeline.build import build
from scorecard.pipeline.folder import DataFolder, Party
from scorecard.pipeline.inspect import check_submitted
from scorecard.pipeline.kept_checks import KeptChecks, basis_of
from scorecard.pipeline.readings import Reading
from scorecard.pipeline.written import bare
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from tests.unit.pipeline.test_canonical_build import bench_data
from tests.unit.pipeline.yearly import NOW, ROOT, YEAR, copy_example, walk

DISTRICT = ROOT / "examples" / "district-xx"
READ = Reading(header_row=2)
PREVIOUS = {("990101001001", "TH01"): 5_000_000_000}


def context(party: Party = "street", **other: object) -> CheckContext:
    """Return what the example district's files are judged by."""
    plain = CheckContext(
        rulebook=load_rulebook(find_rulebook(None, YEAR)),
        registry=load_registry(DISTRICT / "registry.csv"),
        year=YEAR,
        party=party,
        previous=PREVIOUS,
    )
    return replace(plain, **other)


def judged(kept: KeptChecks | None) -> list[CheckResult]:
    """Return the results of every file of the example district, one of them read as somebody decided."""
    files = DataFolder.open(DISTRICT).files(YEAR)
    data = [file.path.read_bytes() for file in files]
    contexts: dict[Party, CheckContext] = {"street": context(), "district": context("district")}
    readings = {files[0].path: READ}
    checked = check_submitted(files, data, YEAR, contexts.__getitem__, inspect.silent, readings, kept)
    return [c.result for c in checked]


def assert_same(one: CheckResult, other: CheckResult) -> None:
    """Hold every field of two results against one another, frames with their types."""
    for field in fields(CheckResult):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if isinstance(mine, pl.DataFrame):
            assert mine.schema == theirs.schema, field.name
            assert mine.equals(theirs, null_equal=True), field.name
        else:
            assert mine == theirs, field.name
            assert type(mine) is type(theirs), field.name


def test_a_kept_result_is_the_fresh_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every field of every file of the example, with all their faults; and nothing is judged twice."""
    fresh, kept = [bare(result) for result in judged(None)], KeptChecks(tmp_path)
    first = judged(kept)

    def refuse(*_: object) -> None:
        raise AssertionError("judged again")

    monkeypatch.setattr(inspect, "check", refuse)
    second = judged(KeptChecks(tmp_path, kept.fresh))
    assert len(fresh) > 10
    assert any(result.findings for result in fresh)
    for one, other, third in zip(fresh, first, second, strict=True):
        assert_same(one, other)
        assert_same(one, third)


CHANGES: dict[str, Callable[[CheckContext], CheckContext]] = {
    "rulebook": lambda c: replace(c, rulebook=c.rulebook.model_copy(update={"sha256": "0" * 64})),
    "registry": lambda c: replace(c, registry=replace(c.registry, sha256="0" * 64)),
    "year": lambda c: replace(c, year=c.year + 1),
    "party": lambda c: replace(c, party="district"),
    "street": lambda c: replace(c, street_code="990101"),
    "approvals": lambda c: replace(c, approvals=frozenset({("990101001001", "TH02")})),
    "headers": lambda c: replace(c, remembered={"区级": {"户": "TH01.numerator"}}),
    "a value of last year": lambda c: replace(c, previous={k: v + 1 for k, v in PREVIOUS.items()}),
    "no last year": lambda c: replace(c, previous=None),
}


@pytest.mark.parametrize("what", CHANGES)
def test_anything_that_a_file_is_judged_by_is_part_of_the_question(what: str) -> None:
    """Another rulebook, registry, year, sender, approval, header, last year: another question."""
    assert basis_of(context()) != basis_of(CHANGES[what](context()))


def test_every_field_of_a_result_is_kept() -> None:
    """A field that is added to the result must be added to what is kept; three follow from the question."""
    kept = {*written._PLAIN, *written._LISTS, *written._FRAMES}
    told = {"document", "findings", "mapping", "notes", "rows"}
    assert {f.name for f in fields(CheckResult)} == kept | told | {"names", "options", "bulk"}


def test_the_bases_cover_every_field_of_the_context() -> None:
    """A field that is added to the context must be added to the question."""
    covered = {"registry", "options", *("rulebook", "year", "party", "street_code"), "approvals"}
    assert {f.name for f in fields(CheckContext)} == covered | {"remembered", "previous"}


def test_program_limits_bytes_name_and_reading_are_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked about the file itself, and by whom."""
    kept, own = KeptChecks(tmp_path), context()
    asked = ("submissions/甲.csv", "1" * 64, own, Reading())
    keys = [
        kept.key(*asked),
        kept.key("submissions/乙.csv", *asked[1:]),
        kept.key(asked[0], "2" * 64, *asked[2:]),
        *(kept.key(*asked[:3], r) for r in (READ, Reading(sheet="一"), Reading(encoding="gbk"))),
    ]
    for name, value in (("program", lambda: "another"), ("LIMITS", "less")):
        with monkeypatch.context() as patch:
            patch.setattr(kept_checks, name, value)
            keys.append(KeptChecks(tmp_path).key(*asked))
    assert len(set(keys)) == len(keys)
    assert KeptChecks(tmp_path).key(*asked) == keys[0]


def finding(code: str) -> Finding:
    """Return an error with nothing but a code."""
    return Finding(code=code, severity=Severity.ERROR, message="", fix="")


def test_an_answer_that_the_ledger_does_not_know_is_none(tmp_path: Path) -> None:
    """Bytes that are not whole, an answer under another question's name, one that somebody wrote."""
    kept, own = KeptChecks(tmp_path), context()
    kept.put("a", next(iter(judged(None))))
    assert kept.get("a", own) is None  # not in the ledger yet
    known = KeptChecks(tmp_path, kept.fresh)
    assert known.get("a", own) is not None
    shutil.copy(tmp_path / "a.json", tmp_path / "b.json")
    assert known.get("b", own) is None
    text = (tmp_path / "a.json").read_bytes()
    (tmp_path / "a.json").write_bytes(text.replace(b'"accepted_units":[', b'"accepted_units":["9",', 1))
    assert known.get("a", own) is None
    (tmp_path / "a.json").write_bytes(b"")
    assert known.get("a", own) is None


@pytest.mark.parametrize("code", ["F117", "F118"])
def test_a_refusal_for_time_or_memory_is_not_kept(tmp_path: Path, code: str) -> None:
    """Another time the file may be read."""
    kept = KeptChecks(tmp_path)
    result = replace(next(iter(judged(None))), findings=(finding(code),))
    kept.put("a", result)
    assert not kept.fresh
    assert not list(tmp_path.iterdir())


def correct(data: Path) -> None:
    """Change one number of the first street's file."""
    path = min((data / "submissions" / str(YEAR)).iterdir())
    lines = path.read_bytes().split(b"\r\n" if b"\r\n" in path.read_bytes() else b"\n")
    number = next(n for n, line in enumerate(lines) if line.split(b",")[-1].strip().isdigit())
    *rest, last = lines[number].split(b",")
    lines[number] = b",".join([*rest, b"1" if last.strip() != b"1" else b"2"])
    path.write_bytes(b"\n".join(lines))


def built(data: Path, home: Path) -> Mapping[str, object]:
    """Return what the product says after a build; the ledger apart."""
    build(Request(data, YEAR, None, home=home), now=NOW)
    made: dict[str, object] = json.loads((home / "products" / f"{YEAR}.json").read_text("utf-8"))
    return made


def test_a_build_after_a_correction_is_a_first_build(tmp_path: Path) -> None:
    """Facts, findings and result are those of an empty home; what nobody asked for is forgotten."""
    data, home = tmp_path / "data", tmp_path / "home"
    bench_data().make(data, 40, shape="wide")
    before = built(data, home)
    kept = {p.name for p in (home / "products" / "checks").rglob("*.json")}
    correct(data)
    after = built(data, home)
    assert after["snapshot"] != before["snapshot"]
    fresh = built(data, tmp_path / "other")
    receipts = ("files",)  # a corrected file's receipt is the second of its sender
    assert {k: v for k, v in after.items() if k not in receipts} == {
        k: v for k, v in fresh.items() if k not in receipts
    }
    now = {p.name for p in (home / "products" / "checks").rglob("*.json")}
    assert len(now) == len(kept)
    assert len(now - kept) == 1


def test_a_forged_answer_changes_nothing(tmp_path: Path) -> None:
    """Whoever writes into products/ moves no number: what the ledger does not know is judged again."""
    data, home = tmp_path / "data", tmp_path / "home"
    bench_data().make(data, 20, shape="wide")
    before = built(data, home)
    kept = list((home / "products" / "checks").rglob("*.json"))
    texts = [path.read_bytes() for path in kept]
    assert any(b'"observed"' in text for text in texts)
    for path, text in zip(kept, texts, strict=True):
        path.write_bytes(text.replace(b'"observed"', b'"missing"'))
    assert built(data, home) == before


def test_the_same_again_writes_nothing_into_the_ledger(tmp_path: Path) -> None:
    """A rebuild, and one after products/ was deleted, append nothing."""
    data, home = tmp_path / "data", tmp_path / "home"
    bench_data().make(data, 20, shape="wide")
    built(data, home)
    head = Ledger.at(home / "evidence" / "ledger.sqlite").head()
    built(data, home)
    shutil.rmtree(home / "products")
    built(data, home)
    assert Ledger.at(home / "evidence" / "ledger.sqlite").head() == head


def test_a_freeze_asks_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is fixed for good rests on no earlier run."""
    data = copy_example(tmp_path)
    walk(data, State.MEASURED)
    build(Request(data, YEAR, None), now=NOW)

    def refuse(*_: object) -> None:
        raise AssertionError("taken over")

    monkeypatch.setattr(KeptChecks, "get", refuse)
    walk(data, State.FROZEN, State.MEASURED)
