"""`scorecard build`: the main job, from dirty files to a ranked, explained, reproducible report."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.conftest import EXAMPLES, Built, Ran, build


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below `folder` by relative name."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not p.is_symlink()
    }


def test_the_district_is_ranked(district: Built) -> None:
    """56 communities are assessed, the first five are named, and their totals do not rise."""
    top = district.summary["top"]
    assert district.summary["assessed"] == 56
    assert [t["rank"] for t in top][:2] == [1, 2] or top[0]["rank"] == top[1]["rank"] == 1
    totals = [float(t["total"]) for t in top]
    assert totals == sorted(totals, reverse=True)
    assert len(top) >= 5


def test_real_mistakes_are_found_and_said(district: Built) -> None:
    """The example has blocking mistakes: they are counted, and the units that wait are named."""
    assert district.summary["findings"]["error"] >= 5
    waiting = [name for f in district.summary["files"] for name in f["waiting_units"]]
    assert 3 <= len(waiting) <= 8
    quality = (district.site / "current" / "quality.html").read_text("utf-8")
    assert all(name in quality for name in waiting)


def test_the_superseded_version_is_kept_and_named(district: Built) -> None:
    """Of two versions the later counts; the earlier has its receipt all the same."""
    old = [f for f in district.summary["files"] if f["superseded_by"]]
    assert len(old) == 1
    assert old[0]["receipt_no"]


def test_two_builds_are_byte_identical(district: Built, tmp_path: Path) -> None:
    """The same folder gives the same pages and the same result, wherever it is built."""
    again = build(EXAMPLES / "district-xx", tmp_path)
    assert digests(again.site) == digests(district.site)
    same = ("snapshot", "result_hash", "top", "findings", "files")
    assert {k: again.summary[k] for k in same} == {k: district.summary[k] for k in same}


def test_the_same_home_again_appends_nothing(copy: Callable[[str], Path], run: Callable[..., Ran]) -> None:
    """The same bytes get the same receipts: a second build leaves ledger and snapshot as they were."""
    data = copy("yuhuazhai")
    first = run("build", "--data", data, "--year", "2025", "--no-pages", "--json").json
    second = run("build", "--data", data, "--year", "2025", "--no-pages", "--json").json
    assert second == first


def test_a_corrected_file_gets_a_new_receipt_and_the_old_one_stays(
    copy: Callable[[str], Path], run: Callable[..., Ran]
) -> None:
    """History is appended to: both versions are in the store under their receipts."""
    data = copy("yuhuazhai")
    run("build", "--data", data, "--year", "2025", "--no-pages")
    file = next(p for p in sorted((data / "submissions").rglob("*")) if p.is_file())
    original = file.read_bytes()
    file.write_bytes(original + "\r\n".encode("gb18030"))
    second = run("build", "--data", data, "--year", "2025", "--no-pages", "--json").json
    show = run("ledger", "show", "--data", data, "--format", "json")
    receipts = [json.loads(line) for line in show.out.splitlines()]
    numbers = [r["subject"] for r in receipts if r["action"] == "received"]
    assert len(numbers) == len(set(numbers)) == 2
    assert [f["receipt_no"] for f in second["files"]] == [numbers[1]]
    assert run("ledger", "verify", "--data", data).code == 0
    digest = hashlib.sha256(original).hexdigest()
    assert (data / "evidence" / "store" / digest[:2] / digest[2:]).read_bytes() == original


def test_an_edited_object_fails_verification(copy: Callable[[str], Path], run: Callable[..., Ran]) -> None:
    """`ledger verify` reads what the ledger vouches for."""
    data = copy("yuhuazhai")
    run("build", "--data", data, "--year", "2025", "--no-pages")
    stored = next(p for p in sorted((data / "evidence" / "store").rglob("*")) if p.is_file())
    stored.write_bytes(b"edited")
    done = run("ledger", "verify", "--data", data)
    assert done.code == 1
    assert "未通过" in done.err


def test_the_manifest_vouches_for_every_page(district: Built) -> None:
    """manifest.json lists each file of the release with its hash, and names snapshot and rulebook."""
    release = (district.site / "current").resolve()
    manifest = json.loads((release / "manifest.json").read_text("utf-8"))
    found = digests(release)
    found.pop("manifest.json")
    assert manifest["files"] == found
    assert manifest["snapshot"] == district.summary["snapshot"]


def test_no_page_names_this_machine(district: Built) -> None:
    """Nothing of the builder's folders is published."""
    for page in (district.site / "current").rglob("*.html"):
        text = page.read_text("utf-8")
        assert str(EXAMPLES.parent) not in text
        assert str(district.home) not in text


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda data: shutil.rmtree(data), "没有找到数据文件夹"),
        (lambda data: (data / "registry.csv").unlink(), "registry.csv"),
        (lambda data: (data / "registry.csv").write_text("甲,乙\n1,2\n", "utf-8"), "名录"),
        (lambda data: shutil.rmtree(data / "submissions"), "没有可用的数据"),
    ],
)
def test_what_cannot_be_built_is_one_chinese_sentence(
    copy: Callable[[str], Path], run: Callable[..., Ran], spoil: Callable[[Path], None], said: str
) -> None:
    """A folder that cannot be used ends with a sentence and a code, never with a traceback."""
    data = copy("yuhuazhai")
    spoil(data)
    done = run("build", "--data", data, "--year", "2025", "--no-pages")
    assert done.code in (1, 2)
    assert said in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_hostile_files_beside_good_ones_harm_nobody(
    copy: Callable[[str], Path], run: Callable[..., Ran]
) -> None:
    """Rubbish in the folder is refused with findings and a receipt; the good file still counts."""
    data = copy("yuhuazhai")
    folder = next(p for p in sorted((data / "submissions").rglob("*")) if p.is_file()).parent
    before = run("build", "--data", data, "--year", "2025", "--no-pages", "--json").json
    (folder / "[ab]*.csv").write_bytes(b"\x00\x01\x02")
    (folder / "空.csv").write_bytes(b"")
    (folder / "扫描件.csv").write_bytes(b"%PDF-1.7")
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (folder / "=cmd|' !A1.csv").write_text("<script>alert(1)</script>,b\n1,2\n", "utf-8")
    after = run("build", "--data", data, "--year", "2025", "--no-pages", "--json").json
    assert after["top"] == before["top"]
    assert len(after["files"]) == len(before["files"]) + 5
    assert after["findings"]["error"] >= before["findings"]["error"] + 5


def test_quiet_says_nothing(copy: Callable[[str], Path], run: Callable[..., Ran]) -> None:
    """--quiet leaves both streams empty when all is well."""
    done = run("build", "--data", copy("yuhuazhai"), "--year", "2025", "--no-pages", "--quiet")
    assert (done.code, done.out, done.err) == (0, "", "")
