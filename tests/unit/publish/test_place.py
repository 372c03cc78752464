"""Where a site may be written: an empty place, or over a site of ours, and over nothing else."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scorecard.errors import UserError
from scorecard.publish import ReportInputs, publish
from scorecard.publish.place import refuse_among


def _file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("own", "utf-8")


STRANGE: dict[str, Callable[[Path], None]] = {
    "a file": lambda out: _file(out),
    "a document": lambda out: _file(out / "名单.xlsx"),
    "a site of somebody else": lambda out: _file(out / "index.html"),
    "a real folder named current": lambda out: _file(out / "current" / "index.html"),
    "a real folder named current.new": lambda out: _file(out / "current.new" / "x"),
    "other people's releases": lambda out: _file(out / "releases" / "20250101" / "app.py"),
    "a release without a manifest": lambda out: _file(out / "releases" / "0123456789abcdef" / "app.py"),
    "a link that leads elsewhere": lambda out: (out.mkdir(), (out / "current").symlink_to("/tmp"))[0],
}


@pytest.mark.parametrize("name", STRANGE)
def test_nothing_of_others_is_overwritten(name: str, tmp_path: Path, inputs: ReportInputs) -> None:
    """What we did not make is named and stays as it was, and nothing is written beside it."""
    out = tmp_path / "out"
    STRANGE[name](out)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    with pytest.raises(UserError, match="没有写入"):
        publish(inputs, out)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("left", [".building-x/site/a.html", "", "done"])
def test_a_site_of_ours_is_renewed(left: str, tmp_path: Path, inputs: ReportInputs) -> None:
    """An empty folder, what a killed first build left, and a finished site are all taken over."""
    if left == "done":
        publish(inputs, tmp_path)
    elif left:
        _file(tmp_path / "releases" / left)
    made = publish(replace(inputs, snapshot="later"), tmp_path)
    assert (tmp_path / "current").resolve() == made.release


@pytest.mark.parametrize(
    ("place", "allowed"),
    [
        ("data", False),
        (".", False),
        ("data/submissions", False),
        ("data/submissions/2025/x", False),
        ("data/evidence/site", False),
        ("home/products", False),
        ("home", False),
        ("link/sources", False),
        ("data/site", True),
        ("site", True),
        ("data-site", True),
    ],
)
def test_a_site_lies_apart_from_the_data(place: str, allowed: bool, tmp_path: Path) -> None:
    """It is no folder that is read or kept in, and holds none; links are followed."""
    for name in ("data/submissions", "home"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "link").symlink_to("data")
    roots = [tmp_path / "data", tmp_path / "home"]
    if allowed:
        refuse_among(tmp_path / place, roots)
    else:
        with pytest.raises(UserError, match="换"):
            refuse_among(tmp_path / place, roots)
