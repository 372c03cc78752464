"""Single-file pages: they carry everything inside, and say what the page says."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scorecard.publish import single
from scorecard.publish.model import Page
from tests.golden.pages import parse


def test_one_file_of_at_most_40_kb(site: Path) -> None:
    """Each community has one, within the budget, without script, link, image or other file."""
    files = {p.name: p for p in (site / "share").iterdir()}
    assert set(files) == {p.name for p in (site / "c").iterdir()}
    for path in files.values():
        assert path.stat().st_size <= 40_000, path
        text = path.read_text("utf-8")
        asked = re.findall(
            r'\b(?:href|src|srcset|action)="([^"]*)"|url\(|@import|<script|<base|http-equiv="refresh', text
        )
        assert [a for a in asked if not a.startswith("#")] == [], path


def test_it_says_what_the_page_says(site: Path) -> None:
    """Every line of the page's main part is there, links to other files as plain text, downloads apart."""
    for path in sorted((site / "share").iterdir())[::5]:
        whole, copy = (
            parse((site / folder / path.name).read_text("utf-8")).text for folder in ("c", "share")
        )
        lines = whole[whole.index("总览 ›") :].split("\n")
        left = [line for line in lines if line not in copy]
        assert all("下载本页数据" in line or "可转发" in line for line in left), left


@pytest.mark.browser
def test_it_looks_and_prints_like_the_page(browser: Browser, site: Path) -> None:
    """Moved to another folder, it asks for nothing, breaks no policy, and is set as the page is."""
    measure = """[...document.querySelectorAll('main h1, main td, main svg, main li, main dd, footer p')]
        .map(e => [getComputedStyle(e).fontSize, getComputedStyle(e).color, getComputedStyle(e).display,
                   getComputedStyle(e).whiteSpace,
                   e.tagName == 'svg' ? e.getBoundingClientRect().width : 0])"""
    name = sorted(p.name for p in (site / "c").iterdir())[0]
    for width in (1366, 390):
        page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
        asked: list[str] = []
        wrong: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.on("console", lambda message, wrong=wrong: wrong.append(message.text))
        page.goto((site / "share" / name).resolve().as_uri())
        copy = page.evaluate(measure)
        assert [a for a in asked if not a.startswith("data:")] == [page.url]
        assert wrong == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto((site / "c" / name).resolve().as_uri())
        page.evaluate("document.querySelectorAll('p.find').forEach(e => e.remove())")
        assert page.evaluate(measure) == copy
        page.context.close()


def test_only_rules_that_can_apply_are_carried() -> None:
    """By tag, class, id, attribute and alternative; media queries are looked into, @page is kept."""
    css = (
        "a{x:1}b.yes,b.no{x:2}#no i{x:3}:where(.no,.yes) b{x:4}@media print{.no{x:5}b{x:6}}"
        "@media screen{.no{x:7}}@page{m:1;@top{c:2}}th[data-l]::before{x:8}b:first-child>i{x:9}"
    )
    made = single.single(Page("c/1.html", '<html><head></head><body><b class="yes"></b></body></html>'), css)
    styles = re.findall("<style>(.*?)</style>", made.text)
    assert styles == ["b.yes{x:2}:where(.no,.yes) b{x:4}@media print{b{x:6}}@page{m:1;@top{c:2}}"]
    assert made.path == "share/1.html"
