"""Everything that a user typed is shown as text and does nothing."""

from dataclasses import replace

import pytest

from scorecard.publish import ReportInputs, book, render
from tests.golden import fake
from tests.golden.pages import parse
from tests.golden.smallbook import small_rulebook

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
