"""The site as files: budgets, links, wording, states, names of charts. No browser is needed."""

import re
import zlib
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from scorecard.publish import Publication
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.settings import resource
from tests.golden.pages import Parsed

HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”][,;:?!()]|[,;:?!()][\u4e00-\u9fff“]")
LEAKS = re.compile(r"\b(?:None|nan|NaN|inf|undefined|null|True|False)\b|\{\{|\}\}|[高低]0\.00分|共0个）")
FORBIDDEN = ("因为", "导致", "显著", "垫底", "倒数", "排行榜", "评比", "绝对第一")


@pytest.fixture(scope="module")
def own(pages: dict[str, Parsed]) -> dict[str, str]:
    """The text of each page without what the rulebook cites verbatim: sources, definitions, titles."""
    rules = load_rulebook(find_rulebook(None, 2025))
    cited = {
        *rules.basis,
        *(cited for i in rules.indicators.values() for cited in (i.source, i.definition)),
        *(m.source for m in rules.modifiers),
    }
    kept = {
        path: [line for line in page.text.split("\n") if line not in cited] for path, page in pages.items()
    }
    return {path: "\n".join(lines) for path, lines in kept.items()}


def test_number_of_pages(pages: dict[str, Parsed], published: Publication) -> None:
    """Thirteen pages of the district, six streets, 84 communities, 51 + 8 indicators."""
    assert len(pages) == published.page_count == 13 + 6 + 84 + 59


def test_every_relative_link_leads_to_a_file_and_an_anchor(pages: dict[str, Parsed], site: Path) -> None:
    """No link is dead, none leaves the folder, none needs a network."""
    assert "attachment.html" in pages["index.html"].links
    for path, page in pages.items():
        for link in page.links:
            target, anchor = urldefrag(unquote(link))
            if target.startswith("data:"):
                continue
            file = ((site / path).parent / target).resolve() if target else site / path
            assert file.is_file(), (path, link)
            assert file.is_relative_to(site.resolve()), (path, link)
            if anchor:
                assert anchor in pages[str(file.relative_to(site.resolve()))].ids, (path, link)


def test_no_address_of_a_network(site: Path) -> None:
    """No file of the site contains a web address; a picture names its language, which is nobody's."""
    for file in site.rglob("*"):
        if file.is_file():
            held = file.read_bytes().replace(b'xmlns="http://www.w3.org/2000/svg"', b"", 1)
            assert not re.search(rb"https?://|//[a-z]+\.", held), file


def test_punctuation_is_full_width(own: dict[str, str]) -> None:
    """No half-width mark stands beside a Chinese character on any page, citations apart."""
    slips = {f"{path}: {m.group()}" for path, text in own.items() for m in HALF_WIDTH.finditer(text)}
    assert slips == set()


def test_no_engine_word_and_no_forbidden_word(own: dict[str, str]) -> None:
    """No None, NaN or unfilled template; no word of cause, shame or contest; no difference of zero."""
    for path, text in own.items():
        assert not LEAKS.search(text), (path, LEAKS.search(text))
        assert not [word for word in FORBIDDEN if word in text], path


def test_every_chart_is_hidden_or_named(pages: dict[str, Parsed]) -> None:
    """An svg is aria-hidden, or an image with a name."""
    for path, page in pages.items():
        for held in (held for tag, held in page.tags if tag == "svg"):
            assert held.get("aria-hidden") == "true" or (
                held.get("role") == "img" and held.get("aria-label")
            ), path


def test_every_page_says_what_it_is(pages: dict[str, Parsed]) -> None:
    """Year, status, cut-off, rulebook with hash, and snapshot stand on every page; so does the policy."""
    for path, page in pages.items():
        for words in ("2025年度", "试算", "数据截至2026年1月15日", "《", "指纹", "数据快照"):
            assert words in page.text, (path, words)
        policies = [
            h.get("content") for t, h in page.tags if h.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policies == [
            "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'"
        ], path
        assert ("html", {"lang": "zh-CN", "data-root": "../" * path.count("/")}) in page.tags


def test_no_inline_style_or_script(pages: dict[str, Parsed]) -> None:
    """The policy forbids both, so no page may need them."""
    for path, page in pages.items():
        assert not [held for _, held in page.tags if "style" in held], path
        assert not [held for tag, held in page.tags if tag == "script" and "src" not in held], path


def test_breadcrumb_leads_up_from_a_community(pages: dict[str, Parsed]) -> None:
    """A community's page shows 总览 › 街道 › 社区."""
    community = next(page for path, page in pages.items() if path.startswith("c/"))
    assert re.search(r"^总览 › .+街道 › .+社区$", community.text, re.MULTILINE)


def test_all_indicators_stand_on_every_community_page(pages: dict[str, Parsed]) -> None:
    """Each of the 51 indicators has a row with a value or a word: no cell is empty."""
    names = [i.name_zh for i in load_rulebook(find_rulebook(None, 2025)).community_indicators]
    assert len(names) == 51
    for path, page in pages.items():
        text = page.text
        if path.startswith("c/") and "没有报送数据" not in text:
            assert [n for n in names if n not in text] == [], path


def test_no_table_cell_is_empty(site: Path) -> None:
    """A cell says what it has to say in a word; only a table's foot has blanks."""
    for path in site.rglob("*.html"):
        body = re.sub(r"<tfoot>.*?</tfoot>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"<t[dh][^>]*></t[dh]>", body), path


def test_four_states_are_four_words(pages: dict[str, Parsed]) -> None:
    """缺报, 待核 and 不涉及（按均值） are printed as such, and a true zero as 0 with its unit."""
    lines = {line for path, page in pages.items() if path.startswith("c/") for line in page.text.split("\n")}
    assert {"缺报", "待核", "不涉及（按均值）", "0次"} & lines >= {"缺报", "待核", "不涉及（按均值）"}
    assert any(re.fullmatch(r"0(?:个|次|场)", line) for line in lines)


def test_unassessed_units_have_no_rank(pages: dict[str, Parsed], site: Path) -> None:
    """Their pages say 未参评 and why, and never speak of a place."""
    outside = [page.text for path, page in pages.items() if path.startswith("c/") and "未参评" in page.text]
    assert len(outside) == 28
    for text in outside:
        assert "城中村不在参评范围" in text
        assert not re.search(r"列全区|街道内名次|距.{2}线", text)


def test_budgets_of_bytes(site: Path) -> None:
    """Community ≤ 40 KB, overview ≤ 350 KB, stylesheet ≤ 12 KB, script ≤ 5 KB."""
    assert max(p.stat().st_size for p in (site / "c").iterdir()) <= 40_000
    assert max(p.stat().st_size for p in (site / "indicator").iterdir()) <= 130_000
    assert (site / "index.html").stat().st_size <= 350_000
    assert sum(p.stat().st_size for p in (site / "assets").glob("*.css")) <= 12_000
    own = ("report.js", "search.js")  # the search index comes when somebody searches
    assert sum((site / "assets" / name).stat().st_size for name in own) <= 5_000
    assert (site / "assets" / "search-index.js").stat().st_size <= 20_000


def test_budgets_of_packed_bytes(site: Path) -> None:
    """As a zip carries them: community ≤ 8 KB, overview ≤ 32 KB."""
    assert max(len(zlib.compress(p.read_bytes())) for p in (site / "c").iterdir()) <= 8_000
    assert len(zlib.compress((site / "index.html").read_bytes())) <= 32_000


def test_every_page_has_its_own_title(site: Path) -> None:
    """No two tabs read alike: a community's title names its street, every title district, year and status."""
    paths = [p for p in site.rglob("*.html") if p.parent.name != "share" and p.stem != "attachment"]
    found = [re.findall("<title>(.*?)</title>", p.read_text(encoding="utf-8")) for p in paths]
    titles = [title for page in found for title in page]
    assert len(titles) == len(found) == len(set(titles))
    assert all(title.endswith("示例区2025年度社区考核结果（试算）") for title in titles)


def test_every_table_head_says_what_it_heads(pages: dict[str, Parsed]) -> None:
    """Each th has a scope, and the navigation marks where the reader is."""
    for path, page in pages.items():
        assert all("scope" in held for tag, held in page.tags if tag == "th"), path
        assert [held["aria-current"] for tag, held in page.tags if tag == "a" and "aria-current" in held], (
            path
        )


def test_budgets_of_elements(pages: dict[str, Parsed]) -> None:
    """Overview ≤ 12,000 elements, every other page ≤ 1,500."""
    sizes = {path: len(page.tags) for path, page in pages.items()}
    assert sizes.pop("index.html") <= 12_000
    assert max(sizes.values()) <= 1_500


def test_templates_name_no_rule() -> None:
    """Templates hold layout and words: no indicator code and no weight stands in them."""
    codes = load_rulebook(find_rulebook(None, 2025)).indicators
    for template in (resource("reports") / "templates").glob("*.j2"):
        text = template.read_text(encoding="utf-8")
        assert not [code for code in codes if code in text], template
