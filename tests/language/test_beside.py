"""What an English site has beside its pages: changes, sheets for paper, single files, scripts, charts."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scorecard.language import ENGLISH, assets, speaking
from scorecard.language.catalogue import catalogue
from scorecard.language.filling import FOREIGN
from scorecard.publish import publish
from scorecard.publish.paper import Site, sheet
from scorecard.publish.release import ASSETS, asset
from tests.language.test_catalogue import entries
from tests.language.test_site import INPUTS, NAMES, Unmarked
from tests.unit.publish.test_changes import by_decision

LITERALS = re.compile(r"""content:"[^"]*"|"[^"]*"|'[^']*'|`[^`]*`""")
STYLES = re.compile("<style>.*?</style>", re.DOTALL)
TAGS = re.compile(r"<\\?/?[a-z]|&[a-z]+;")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small district in English, published twice: one number was corrected by a decision."""
    out = tmp_path_factory.mktemp("site")
    with speaking(ENGLISH):
        first = publish(INPUTS, out)
        told = replace(by_decision(INPUTS), as_of=INPUTS.as_of.replace(day=20), against=first.release)
        publish(told, out)
    return out


def unmarked(text: str, names: re.Pattern[str] = NAMES) -> list[str]:
    """Return what is Chinese in a page and not marked so."""
    parser = Unmarked(names)
    parser.feed(STYLES.sub("", text))
    return parser.found


def data_of(path: Path) -> Any:
    """Return what a script of data assigns."""
    return json.loads(path.read_text("utf-8").partition("=")[2])


def strings(value: Any) -> Iterator[str]:
    """Yield every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def test_what_changed_is_said_in_english(site: Path) -> None:
    """Counts, the decision, facts before and after, and the days, which the tables have in Chinese."""
    text = (site / "current" / "changes.html").read_text("utf-8")
    assert unmarked(text) == []
    assert "decision on an appeal JD2026-7" in text and "numerator" in text
    assert "from 2026-01-15 to 2026-01-20" in text and "from “trial” to “final”" in text


def test_the_annex_is_english(site: Path) -> None:
    """A page of its own, with the notes below its table."""
    text = (site / "current" / "attachment.html").read_text("utf-8")
    assert '<html lang="en">' in text
    assert unmarked(text) == []


def test_single_files_are_english(site: Path) -> None:
    """Their styles too: what a narrow screen writes before a cell."""
    files = list((site / "current" / "share").glob("*.html"))
    texts = [file.read_text("utf-8") for file in files]
    assert texts and [found for text in texts for found in unmarked(text)] == []
    assert any('content:"Points lost"' in text for text in texts)
    assert not any(FOREIGN.search("".join(STYLES.findall(text))) for text in texts)


@pytest.mark.parametrize("name", [*ASSETS, "whatif.js"])
def test_scripts_and_styles_are_english(site: Path, name: str) -> None:
    """Nothing Chinese is left in them, and they are otherwise the same; a stylesheet has more at its end."""
    text = (site / "current" / "assets" / name).read_text("utf-8")
    assert FOREIGN.search(text) is None
    told, kept = (LITERALS.sub("", source) for source in (text, asset(name)))
    assert told.startswith(kept) and (told == kept) == name.endswith(".js")


def test_translations_end_no_literal() -> None:
    """A script stays a script whatever is said in it."""
    held = [m for m in entries("report") if m.context == assets.CONTEXT]
    assert held and [m.string for m in held if assets.UNSAFE.search(m.string)] == []


def test_a_text_is_found_between_marks_only() -> None:
    """In a script between quotation marks, tags and expressions; in a stylesheet no name of a font."""
    script = """a("甲<b title='乙'>丙</b>"+x+'丁',`戊${n("己")}庚`)"""
    style = 'p{font:1em 仿宋,"黑体"}td::before{content:"目标"}'
    assert list(assets.texts("a.js", script)) == ["甲", "乙", "丙", "丁", "戊", "己", "庚"]
    assert list(assets.texts("a.css", style)) == ["目标"]


def test_in_chinese_an_asset_is_its_file() -> None:
    """No catalogue, no change."""
    text = 'say("总分")'
    assert assets.in_language("a.js", text, None) == text
    assert assets.in_language("a.js", text, catalogue("en")) == 'say(" Total ")'


@pytest.mark.parametrize("name", ["search-index.js", "whatif-data.js"])
def test_data_of_scripts_has_no_tags(site: Path, name: str) -> None:
    """A script shows a name as it is written: without the marks of its language, or blanks at its ends."""
    texts = list(strings(data_of(site / "current" / "assets" / name)))
    assert texts and [text for text in texts if TAGS.search(text) or "( points" in text] == []


def test_a_search_finds_pages_by_english_names(site: Path) -> None:
    """The kind of an entry is English as well."""
    found = data_of(site / "current" / "assets" / "search-index.js")
    assert ["index.html", "Overview (ranking of the district)"] in [entry[:2] for entry in found]
    assert {entry[2] for entry in found if entry[0].startswith(("street/", "indicator/"))} == {
        "Street",
        "Indicator",
    }


def test_charts_are_english(site: Path) -> None:
    """Titles, legends and sources; names stay, and no tag stands within a text of a picture."""
    charts = [file.read_text("utf-8") for file in (site / "current" / "charts").glob("*.svg")]
    said = [text for chart in charts for text in re.findall(r"<(?:text|title|desc)[^>]*>(.*?)</", chart)]
    names = {dimension.short_zh for dimension in INPUTS.rulebook.dimensions}  # not in the catalogue
    found = [text for text in said if text not in names]
    assert found and [text for text in found if FOREIGN.search(NAMES.sub("", text)) or "&lt;" in text] == []


def test_the_entrance_and_paper_are_english(site: Path) -> None:
    """What leads to the site, what stands on its printed sheets, and a volume of several pages."""
    assert "Open the community assessment" in (site / "index.html").read_text("utf-8")
    assert "\\0077" not in (site / "current" / "assets" / "stamp.css").read_text("utf-8")
    bound = sheet(Site.open(site), ["about.html", "robust.html"])
    assert '<html lang="en">' in bound and "<h2>Contents</h2>" in bound and "data as of" in bound
