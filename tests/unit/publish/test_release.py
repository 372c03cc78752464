"""A release: same inputs, same bytes; swapped in as a whole; the last three kept."""

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scorecard.errors import IntegrityError
from scorecard.publish import ReportInputs, publish, release
from tests.golden import fake
from tests.golden.smallbook import small_rulebook


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_two_builds_are_byte_identical(tmp_path: Path) -> None:
    """Inputs made twice, published to two places, give the same hash and the same bytes."""
    first = publish(fake.inputs(small_rulebook(), fake.SMALL), tmp_path / "a")
    second = publish(fake.inputs(small_rulebook(), fake.SMALL), tmp_path / "b")
    assert first.site_hash == second.site_hash
    assert contents(first.release) == contents(second.release)


def test_manifest_lists_every_file(tmp_path: Path, inputs: ReportInputs) -> None:
    """The manifest has the SHA-256 of each file and the inputs; its own hash names the site."""
    made = publish(inputs, tmp_path)
    held = contents(made.release)
    manifest = json.loads(held.pop("manifest.json"))
    assert manifest["files"] == {path: hashlib.sha256(data).hexdigest() for path, data in held.items()}
    assert manifest["rulebook"]["sha256"] == inputs.rulebook.sha256
    assert (manifest["snapshot"], manifest["as_of"], manifest["status"]) == (
        inputs.snapshot,
        "2026-01-15",
        "试算",
    )
    assert made.site_hash == hashlib.sha256((made.release / "manifest.json").read_bytes()).hexdigest()
    assert made.page_count == sum(
        p.endswith(".html") and not p.startswith(("share/", "attachment")) for p in held
    )


def test_the_manifest_names_the_result(tmp_path: Path, inputs: ReportInputs) -> None:
    """The hash over every published relation stands in the manifest, and so decides the release's name."""
    first = publish(inputs, tmp_path)
    other = publish(replace(inputs, result="f" * 64), tmp_path)
    read = [json.loads((m.release / "manifest.json").read_text("utf-8"))["result"] for m in (first, other)]
    assert read == [inputs.result, "f" * 64]
    assert first.site_hash != other.site_hash


def test_what_a_killed_build_left_is_removed(tmp_path: Path, inputs: ReportInputs) -> None:
    """A folder in the making whose process is gone is removed; one that a living build holds is not."""
    code = (
        "import os, sys, pathlib; from scorecard.publish.workplace import workplace\n"
        "with workplace(pathlib.Path(sys.argv[1])) as folder:\n"
        "    (folder / 'site').mkdir(); print(folder.name, flush=True); sys.stdin.read(); os._exit(9)"
    )
    releases = tmp_path / "releases"
    releases.mkdir()
    command = [sys.executable, "-c", code, str(releases)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin and other.stdout
        name = other.stdout.readline().strip()
        publish(inputs, tmp_path)
        assert (releases / name / "site").is_dir()
        other.stdin.close()
        assert other.wait() == 9
    assert (releases / name).is_dir()
    made = publish(inputs, tmp_path)
    assert [p.name for p in releases.iterdir()] == [made.release.name]


def test_current_points_at_the_last_of_three(tmp_path: Path, inputs: ReportInputs) -> None:
    """Five publications leave three releases, the newest ones, and `current` is the newest."""
    made = [publish(replace(inputs, snapshot=f"s{n}"), tmp_path).release for n in range(5)]
    assert {p.name for p in (tmp_path / "releases").iterdir()} == {p.name for p in made[-3:]}
    assert (tmp_path / "current").resolve() == made[-1].resolve()
    assert "current/index.html" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_publishing_again_repairs_a_damaged_release(tmp_path: Path, inputs: ReportInputs) -> None:
    """A release whose bytes were changed is replaced; an intact one is kept as it is."""
    made = publish(inputs, tmp_path)
    page = made.release / "index.html"
    good, inode = page.read_bytes(), page.stat().st_ino
    publish(inputs, tmp_path)
    assert page.stat().st_ino == inode
    page.write_text("x", encoding="utf-8")
    publish(inputs, tmp_path)
    assert page.read_bytes() == good


def test_nothing_is_published_when_a_sum_is_wrong(tmp_path: Path, inputs: ReportInputs) -> None:
    """One point of difference stops the whole publication and leaves the site that was there."""
    before = publish(inputs, tmp_path)
    inputs.tables.rows("report_unit")[0]["total_e2"] += 1
    with pytest.raises(IntegrityError, match="total"):
        publish(inputs, tmp_path)
    assert (tmp_path / "current").resolve() == before.release.resolve()
    assert [p.name for p in (tmp_path / "releases").iterdir()] == [before.release.name]


@pytest.mark.parametrize(
    ("relation", "column", "place"),
    [
        ("report_item", "points_e2", "AA"),
        ("report_unit", "dimension_sum_e2", "dimensions"),
        ("report_street", "dimension_sum_e2", "card"),
        ("report_street", "total_e2", "total"),
    ],
)
def test_every_level_of_the_sum_is_proved(
    tmp_path: Path, inputs: ReportInputs, relation: str, column: str, place: str
) -> None:
    """Items, dimensions and the street card must each add up; the fault is named."""
    inputs.tables.rows(relation)[0][column] += 1
    with pytest.raises(IntegrityError, match=place):
        publish(inputs, tmp_path)


@pytest.mark.parametrize(
    ("relation", "column", "value"),
    [
        ("report_unit", "unit_code", "../../x"),
        ("report_street", "street_code", "a/b"),
        ("report_indicator", "indicator_code", ""),
    ],
)
def test_a_code_cannot_leave_the_site(
    tmp_path: Path, inputs: ReportInputs, relation: str, column: str, value: str
) -> None:
    """A code that is no plain name of a file is refused before anything is written."""
    inputs.tables.rows(relation)[0][column] = value
    with pytest.raises(IntegrityError, match="cannot name a page"):
        publish(inputs, tmp_path)
    assert not (tmp_path / "releases").exists()


def test_the_year_must_be_there(tmp_path: Path, inputs: ReportInputs) -> None:
    """A year without a district row is no empty site but a fault."""
    with pytest.raises(IntegrityError, match="report_district"):
        publish(replace(inputs, year=1999), tmp_path)


def test_progress_counts_every_page(tmp_path: Path, inputs: ReportInputs) -> None:
    """Progress is told each page once and ends at the announced number."""
    told: list[tuple[str, int, int]] = []
    made = publish(inputs, tmp_path, lambda *step: told.append(step))
    assert [done for _, done, _ in told] == list(range(1, made.page_count + 1))
    assert {total for _, _, total in told} == {made.page_count}


def test_no_title_ends_the_stamp() -> None:
    """Quotes, backslashes, line ends and tags in the stamp cannot leave the stylesheet's string."""
    css = release.stamp_css('区"}*{x:y}\\\n</style>')
    inside = css[css.index('"') + 1 : css.rindex('"')]
    assert not set('"{}<\n') & set(inside)
    assert inside.startswith("\\00533a")
