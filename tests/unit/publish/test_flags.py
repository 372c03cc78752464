"""Vetoes and yellow cards on pages: beside the unit with their document, in the ranking, counted."""

from dataclasses import replace
from datetime import date
from typing import Any

from scorecard.decisions import Flag, Tally
from scorecard.publish import ReportInputs, Tables, book, render
from tests.golden.pages import parse

UNIT, OTHER = "990101001001", "990101001002"
HOSTILE = '<script>alert("1")</script>'


def flag(kind: str, label: str, unit: str = UNIT, document: str = "示例〔2025〕1号") -> Flag:
    """Return a flag of 2025."""
    first, last = date(2025, 7, 1), date(2026, 6, 30)
    return Flag(2025, unit, kind, label, document, "示例办法第五条", first, last, "等次不高于良好")


def pages(inputs: ReportInputs, *flags: Flag, tallies: tuple[Tally, ...] = ()) -> dict[str, str]:
    """Return the text of each page of the small district with these flags."""
    year = inputs.year
    given = tuple(replace(f, year=year) for f in flags)
    site = render.pages(book.read(replace(inputs, flags=given, tallies=tallies)))
    return {page.path: parse(page.text).text for page in site}


def test_a_unit_shows_its_decisions(inputs: ReportInputs) -> None:
    """Label, document, basis, validity and effect on its own page; another's page has none of it."""
    site = pages(inputs, flag("V1", "取消评优资格"))
    own = site[f"c/{UNIT}.html"]
    for said in (
        "取消评优资格",
        "示例〔2025〕1号",
        "示例办法第五条",
        "2025-07-01至2026-06-30",
        "等次不高于良好",
    ):
        assert said in own
    assert "取消评优资格" not in site[f"c/{OTHER}.html"]


def test_the_ranking_marks_what_is_in_force(inputs: ReportInputs) -> None:
    """A veto and an open card stand in the line; a lifted card and mere advice only on the unit's page."""
    quiet = (
        flag("yellow_card_closed", "黄牌（已解除）", OTHER),
        flag("V1_suggested", "建议取消评优资格", OTHER),
    )
    site = pages(inputs, flag("V1", "取消评优资格"), flag("yellow_card", "黄牌（整改中）"), *quiet)
    assert "取消评优资格、黄牌（整改中）" in site["index.html"]
    assert "已解除" not in site["index.html"] and "建议取消" not in site["index.html"]
    assert "黄牌（已解除）" in site[f"c/{OTHER}.html"] and "建议取消评优资格" in site[f"c/{OTHER}.html"]


def test_decisions_are_counted(inputs: ReportInputs) -> None:
    """How many of each kind in which status; without any, no section."""
    tallies = (Tally(inputs.year, "V1", "成立", 1), Tally(inputs.year, "黄牌", "整改中", 2))
    assert "一票否决V1（成立）1件、黄牌（整改中）2件。" in pages(inputs, tallies=tallies)["quality.html"]
    some = (Tally(inputs.year, "V1", "成立", 4, outside=1, idle=2),)
    brief = pages(inputs, tallies=some)["brief.html"]
    assert "一票否决V1（成立）4件（其中1件的对象不是社区、街道，2件没有效力）" in brief
    assert "一票否决和黄牌有多少" not in pages(inputs)["quality.html"]


def test_a_hostile_document_is_shown_as_typed(inputs: ReportInputs) -> None:
    """What somebody typed as a document number is text."""
    given = replace(inputs, flags=(replace(flag("V1", HOSTILE, document=HOSTILE), year=inputs.year),))
    for page in render.pages(book.read(given)):
        assert HOSTILE not in page.text
        if page.path == f"c/{UNIT}.html":
            assert parse(page.text).text.count(HOSTILE) == 2


def sheet(inputs: ReportInputs, *flags: Flag) -> str:
    """Return the text of the sheet that is attached to a notice."""
    held = book.read(replace(inputs, flags=tuple(replace(f, year=inputs.year) for f in flags)))
    [made] = render.sheets(held)
    return parse(made.text).text


def test_the_attachment_has_quota_and_what_is_in_force(inputs: ReportInputs) -> None:
    """Places and how many are taken; who has a veto or card by which document; nothing of mere advice."""
    given = [flag("V1", "取消评优资格"), flag("yellow_card", "黄牌（整改中）", OTHER, "示例〔2025〕2号")]
    text = sheet(inputs, *given, flag("V1_suggested", "建议取消评优资格", OTHER))
    one, two = (inputs.registry.label(code) for code in (UNIT, OTHER))
    assert f"取消评优资格：{one}（示例〔2025〕1号）；黄牌（整改中）：{two}（示例〔2025〕2号）。" in text
    row = book.read(inputs).district
    assert f"优秀名额{row['quota']}个（参评社区的" in text and f"已定{row['excellent_count']}个。" in text
    assert "建议取消" not in text
    assert "取消评优资格" not in sheet(inputs)


def test_the_attachment_says_what_open_means(inputs: ReportInputs) -> None:
    """Where equals are more than the places left, the grade is open, and the note says who settles it."""
    edge = replace(inputs, tables=AtTheEdge(inputs.tables))
    assert "“待定”为同分的社区超过名额" in sheet(edge)
    assert "“待定”" not in sheet(inputs)


class AtTheEdge:
    """The same tables, the first community at the edge of the quota."""

    def __init__(self, tables: Tables) -> None:
        """Remember the tables."""
        self._tables = tables

    def rows(self, relation: str, **equals: Any) -> list[dict[str, Any]]:
        """Return the rows, one of them changed."""
        rows = self._tables.rows(relation, **equals)
        marked = relation == "report_unit"
        return [r | {"quota_edge": 1} if marked and r["unit_code"] == UNIT else r for r in rows]

    def packed(self, relation: str, **equals: Any) -> Any:
        """Return the items, unchanged."""
        return self._tables.packed(relation, **equals)
