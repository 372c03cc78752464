"""Everything that a user typed is shown as text and does nothing."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scorecard.publish import Edition, ReportInputs, book, publish, render
from tests.golden import fake
from tests.golden.pages import parse
from tests.golden.smallbook import small_rulebook

TEXTS = {".html", ".svg", ".js", ".css"}
NAME = "<b>&\"'{{x}}{% y %}</b><script>alert(1)</script>"


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    """A district in which names, titles, files, findings and categories are hostile."""
    rules = small_rulebook(title=NAME, document_no=NAME, notes=[NAME], basis=[NAME], district_note=NAME)
    plain: ReportInputs = fake.inputs(rules, fake.SMALL, strange={0: NAME, 3: NAME}, hostile=NAME)
    files = tuple(replace(f, sheet=NAME, waiting_units=(NAME,), mapping=((NAME,) * 4,)) for f in plain.files)
    findings = tuple(replace(f, message=NAME, fix=NAME, file=NAME) for f in plain.findings)
    for row in plain.tables.rows("report_item"):
        row |= {"category": NAME, "source_columns": NAME, "sheet": NAME}
    hostile = replace(plain, files=files, findings=findings, snapshot=NAME, version=NAME)
    return {page.path: page.text for page in render.pages(book.read(hostile))}


def test_no_page_gets_a_tag_or_a_script_from_a_name(site: dict[str, str]) -> None:
    """No script element but our own deferred file, no inline handler, no style attribute."""
    for path, html in site.items():
        tags = parse(html).tags
        scripts = [held for tag, held in tags if tag == "script"]
        assert all(set(held) == {"src", "defer"} for held in scripts), path
        assert not [held for _, held in tags if any(k.startswith("on") or k == "style" for k in held)], path
        assert "<script>alert" not in html, path


def test_the_name_is_shown_as_typed(site: dict[str, str]) -> None:
    """The reader sees the name exactly as it was typed, braces and all."""
    shown = parse(site["c/990101001001.html"]).text
    assert shown.count(NAME) >= 3
    assert NAME in parse(site["quality.html"]).text


@pytest.mark.parametrize("edition", ["内部版", "公示版"])
def test_no_file_beside_the_pages_carries_it_raw(tmp_path: Path, edition: Edition) -> None:
    """Single files, the attachment, pictures, data for scripts and the page of changes, in both editions."""
    rules = small_rulebook(title=NAME, document_no=NAME, notes=[NAME], district_note=NAME)
    named = {n: f"{NAME}{n}" for n in range(6)}
    plain = fake.inputs(rules, fake.SMALL, strange=named, hostile=NAME)
    units = {
        c: replace(u, name=NAME + u.name) if u.level != "社区" else u for c, u in plain.registry.units.items()
    }
    hostile = replace(plain, registry=replace(plain.registry, units=units), edition=edition, version=NAME)
    before = publish(replace(hostile, status="公示"), tmp_path / "a").release
    unit = next(r for r in hostile.tables.rows("report_unit") if r["assessed"])
    unit |= {"bonus_e2": unit["bonus_e2"] + 100, "total_e2": unit["total_e2"] + 100}
    site = publish(replace(hostile, against=before), tmp_path / "b").release
    read = {p.relative_to(site): p.read_text("utf-8") for p in site.rglob("*") if p.suffix in TEXTS}
    assert {p.suffix for p in read} == TEXTS
    for path, text in read.items():
        assert "<script>alert" not in text and "<b>&" not in text, path
        if path.suffix == ".html":
            tags = parse(text).tags
            assert all({"src", "defer"} == set(held) for tag, held in tags if tag == "script"), path
            assert not [held for _, held in tags if any(k.startswith("on") or k == "style" for k in held)], (
                path
            )
        if path.suffix == ".svg":
            ElementTree.fromstring(text)
    assert NAME in parse(read[Path("changes.html")]).text
    assert NAME in parse(read[Path("attachment.html")]).text
