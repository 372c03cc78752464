"""`scorecard pdf`: pages of a site on paper, printed by the browser that is there."""

import io
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from scorecard.cli import run
from scorecard.names import fold
from scorecard.publish import browser as machine
from scorecard.publish import publish
from tests.golden import fake
from tests.golden.smallbook import small_rulebook
from tests.web.conftest import LONG, WAITING

pytestmark = pytest.mark.browser


def printed(site: Path, out: Path, *arguments: str) -> bytes:
    """Print and return the PDF."""
    assert run(["pdf", str(site), *arguments, "--out", str(out)]) == 0
    return out.read_bytes()


def sheets(pdf: bytes) -> list[str]:
    """Return the text of each A4 page, folded."""
    reader = PdfReader(io.BytesIO(pdf))
    assert all(round(p.mediabox.width / 72 * 25.4) == 210 for p in reader.pages)
    assert all(round(p.mediabox.height / 72 * 25.4) == 297 for p in reader.pages)
    assert not any(
        "/A" in a.get_object() for p in reader.pages for a in p.get("/Annots", [])
    )  # no local link
    return [fold(p.extract_text()) for p in reader.pages]


@pytest.mark.parametrize(
    ("page", "count", "last"),
    [
        ("brief.html", 1, "后10名"),
        ("c/990101001001.html", 2, "回执号"),
        (f"c/{WAITING}.html", 2, "不是考核结果"),
    ],
)
def test_a_page_has_its_sides(site: Path, tmp_path: Path, page: str, count: int, last: str) -> None:
    """A brief is one side, a community two; the last row and the foot are there, laid out for paper."""
    text = sheets(printed(site, tmp_path / "a.pdf", "--page", page))
    assert len(text) == count
    assert fold(last) in text[-1] and fold("考核办法") in text[-1]
    assert f"—{count}—" in text[-1].replace(" ", "")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two streets, which prints in a moment."""
    made = fake.inputs(small_rulebook(), fake.SMALL, strange={0: LONG})
    studied = replace(made, robustness=fake.study(made))
    return publish(studied, tmp_path_factory.mktemp("small")).release


def test_a_volume_is_bound_in_order(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Contents, brief, overview, every street, the rest; pages numbered through; a name of its own."""
    assert run(["pdf", str(small), "--communities", "--out", str(tmp_path)]) == 0
    made = Path(capsys.readouterr().out.strip())
    manifest = json.loads((small / "manifest.json").read_text("utf-8"))
    assert made.name == f"2025年度-试算-内部版-合订13篇-{small.name}.pdf"
    text = sheets(made.read_bytes())
    assert fold("目录") in text[0] and fold("名次的稳健性") in text[0] and small.name in text[0]
    streets = [p for p in manifest["files"] if p.startswith("street/") and p.endswith(".html")]
    assert len(streets) == 2
    whole = "".join(text)
    assert fold(LONG) in whole and whole.index(fold("前3名")) < whole.index(fold("街道得分怎样得来"))
    assert f"—{len(text)}—" in text[-1].replace(" ", "")


def test_the_same_pages_are_the_same_bytes(small: Path, tmp_path: Path) -> None:
    """Dated by the data, not by the clock."""
    one, two = (printed(small, tmp_path / f"{n}.pdf", "--page", "brief.html") for n in "ab")
    assert one == two
    assert PdfReader(io.BytesIO(one)).metadata["/CreationDate"].startswith("D:20260115")


def test_without_a_browser_it_says_what_to_install(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, exit code 2, nothing written; so too for a path that is none, or a program that fails."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(machine, "_installed", list)
    out = tmp_path / "a.pdf"
    assert run(["pdf", str(site), "--out", str(out)]) == 2
    assert "请安装 Chromium、谷歌 Chrome 或微软 Edge" in capsys.readouterr().err
    assert run(["pdf", str(site), "--out", str(out), "--browser", str(tmp_path / "x")]) == 2
    assert "不存在" in capsys.readouterr().err
    dummy = tmp_path / "browser"
    dummy.write_text("#!/bin/sh\necho sorry >&2\n", "utf-8")
    dummy.chmod(0o755)
    assert run(["pdf", str(site), "--page", "brief.html", "--out", str(out), "--browser", str(dummy)]) == 2
    assert "没有打印出PDF（sorry）" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("page", ["../x.html", "none.html", "manifest.json", "c/../../../etc/passwd.html"])
def test_only_pages_of_the_site(site: Path, page: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A path that the manifest does not name is refused, wherever it leads."""
    assert run(["pdf", str(site), "--page", page]) == 2
    assert f"报告里没有页面「{page}」" in capsys.readouterr().err


def test_a_folder_without_a_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what to run first."""
    assert run(["pdf", str(tmp_path)]) == 2
    assert "里没有报告：请写 build 的 --out 文件夹" in capsys.readouterr().err


def test_the_attachment_is_an_official_sheet(site: Path, tmp_path: Path) -> None:
    """附件1, title, everybody in the ranking, heads on each sheet, margins of GB/T 9704, outer numbers."""
    pdf = printed(site, tmp_path / "a.pdf", "--page", "attachment.html")
    text = sheets(pdf)
    assert fold("附件1") in text[0]
    assert all(fold("名次") in sheet for sheet in text[:-1])
    assert fold(LONG) in "".join(text) and fold("未参评社区28个") in text[-1]
    words = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)<',
        subprocess.run(
            ["pdftotext", "-bbox", str(tmp_path / "a.pdf"), "-"], check=True, capture_output=True, text=True
        ).stdout,
    )
    body = [[float(n) / 72 * 25.4 for n in w[:4]] for w in words if w[4] not in "—123456789" or len(w[4]) > 1]
    inside = [box for box in body if box[3] <= 297 - 35 + 1]
    assert len(inside) > 250
    assert min(b[0] for b in inside) >= 27.5 and max(b[2] for b in inside) <= 210 - 26 + 0.5
    assert min(b[1] for b in inside) >= 33  # the font's box is higher than its characters
    outer = [
        float(w[0]) / 72 * 25.4 > 105 for w in words if float(w[1]) / 72 * 25.4 > 297 - 35 and w[4] in "123"
    ]
    assert outer == [True, False, True][: len(text)]  # odd pages right, even ones left


def test_the_attachment_asks_for_no_other_file(site: Path) -> None:
    """Its styles are inside, allowed by their hash, and no script is."""
    text = (site / "attachment.html").read_text("utf-8")
    assert "<script" not in text and "href=" not in text.replace('href="data:,"', "")
    assert "default-src 'none'; style-src 'sha256-" in text
    assert text.count("<tr>") == 1 + 54


def test_charts_are_drawn_for_slides(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The year's main charts, 1920 × 1080, named after the release; the same bytes when drawn again."""
    names = sorted(p.stem for p in (small / "charts").iterdir() if not p.stem.startswith("indicator-"))
    assert run(["charts", str(small), "--out", str(tmp_path)]) == 0
    drawn = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [p.name for p in drawn] == [f"2025年度-试算-内部版-{n}-{small.name}.png" for n in names]
    first = [p.read_bytes() for p in drawn]
    for png in first:
        assert png.startswith(b"\x89PNG") and png[16:24] == (1920).to_bytes(4) + (1080).to_bytes(4)
        assert len(png) > 10_000  # an empty sheet has a tenth of it
    assert run(["charts", str(small), "--chart", names[0], "--out", str(tmp_path)]) == 0
    assert drawn[0].read_bytes() == first[0]


@pytest.mark.parametrize("name", ["none", "../index", "distribution.svg"])
def test_only_charts_of_the_site(site: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that the site's charts do not have is refused."""
    assert run(["charts", str(site), "--chart", name]) == 2
    assert f"报告里没有图「{name}」" in capsys.readouterr().err
