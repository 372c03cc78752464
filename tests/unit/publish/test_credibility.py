"""可信度: what stands beside the results, and its one sentence on other pages."""

from dataclasses import replace
from datetime import date

from scorecard.decisions import Flag
from scorecard.insight.seen import Seen
from scorecard.messages import make
from scorecard.publish import ReportInputs, book, credibility, flags
from scorecard.publish.model import Late, Row
from tests.golden.fake_seen import seen

COMMUNITY = "990101001002"


def of(inputs: ReportInputs, what: str) -> credibility.Check | None:
    """Return a line of the box."""
    return next((c for c in credibility.checks(book.read(inputs)) if c.what == what), None)


def test_completeness_is_never_whole_with_a_gap(inputs: ReportInputs) -> None:
    """One gap of a hundred thousand items is 99.99 %: rounded down; without one it is 100.00 %."""
    rows = [r for r in inputs.tables.rows("report_unit") if r["assessed"]]
    for row in rows:
        row |= {"missing_count": 0, "disputed_count": 0, "item_count": 100_000}
    assert "完整率100.00%；" in credibility.sentence(book.read(inputs))
    rows[0]["missing_count"] = 1
    assert "完整率99.99%（缺报1项、待核0项）；" in credibility.sentence(book.read(inputs))


def test_small_samples_are_named(inputs: ReportInputs) -> None:
    """A share of 49 answers is named with its number where 50 are asked for, one of 50 is not."""
    code = inputs.rulebook.satisfaction.indicator
    least = inputs.rulebook.satisfaction.minimum_sample
    for item in inputs.tables.rows("report_item", indicator_code=code):
        item["denominator_e4"] = least * 10_000
    assert of(inputs, f"样本不足{least}份") == credibility.Check(f"样本不足{least}份", "0个", "没有。", "")
    [item] = inputs.tables.rows("report_item", indicator_code=code, unit_code=COMMUNITY)
    item["denominator_e4"] = (least - 1) * 10_000
    found = of(inputs, f"样本不足{least}份")
    assert found and found.found == "1个" and f"{least - 1}份" in found.said


def test_without_a_survey_no_sample_is_small(inputs: ReportInputs) -> None:
    """Where no sampled share has a number the line says that, not that all samples are large."""
    code = inputs.rulebook.satisfaction.indicator
    for item in inputs.tables.rows("report_item", indicator_code=code):
        item["denominator_e4"] = None
    found = next(c for c in credibility.checks(book.read(inputs)) if c.what.startswith("样本"))
    assert (found.found, found.said) == ("0个", "没有抽样调查的数。")


def test_the_watch_list_is_counted_and_may_be_absent(inputs: ReportInputs) -> None:
    """Every kind with its number; a rulebook without `[watch]` has no line, an empty list says so."""
    assert of(inputs, "值得再核对") is None
    told = of(replace(inputs, seen=seen(inputs)), "值得再核对")
    assert told and told.said.startswith("集中压线1条、与上年逐位相同1条")
    empty = of(replace(inputs, seen=Seen(watched=True)), "值得再核对")
    assert empty and (empty.said, empty.short) == ("没有。", "")


def test_a_community_is_told_what_to_look_at(inputs: ReportInputs) -> None:
    """What is about it is counted by kind on its page; what is about nobody in particular is not."""
    told = seen(inputs)
    held = book.read(replace(inputs, seen=told))
    same = next(f for f in told.watch if f.unit_code)
    assert credibility.of_unit(held, same.unit_code).startswith("值得再核对：与上年逐位相同1条，只提示核对")
    assert credibility.of_unit(held, COMMUNITY) == ""


def test_files_after_the_freeze_are_named(inputs: ReportInputs) -> None:
    """A file that came when the year was frozen is no part of the result, and is said to be none."""
    late = make("W901", file="补报.xlsx", year=2025, on="2026-01-31")
    told = of(replace(inputs, findings=(late,)), "迟到的文件")
    assert told and "补报.xlsx" in told.said and told.short == "迟到的文件1个"


def test_a_form_that_was_submitted_late_is_told_of_its_street(inputs: ReportInputs) -> None:
    """With both days, in the box and on the pages of the street's communities, on no other."""
    late = Late(date(2026, 1, 12), date(2026, 1, 10))
    street = next(f.street_name for f in inputs.files if f.street_name)
    files = tuple(replace(f, late=late) if f.street_name == street else f for f in inputs.files)
    told = of(replace(inputs, files=files), "迟到的文件")
    days = "2026年1月10日截止，2026年1月12日提交"
    assert told and f"{street}“" in told.said and days in told.said
    assert told.short == f"迟到的文件{sum(f.late is not None for f in files)}个"
    held = book.read(replace(inputs, files=files))
    for code, row in held.units.items():
        said = str(credibility.of_unit(held, code))
        assert (f"迟报（{days}）" in said) == (book_name(held, row) == street)


def book_name(held: book.Book, row: Row) -> str:
    """Return the name of a community's street."""
    return held.name(row["street_code"])


def test_who_is_concerned_by_a_document_in_force(inputs: ReportInputs) -> None:
    """A card in force names its community; a suggestion and a card that is over name nobody."""
    cards = [
        Flag(2025, COMMUNITY, kind, label, "1号", "", None, None, "")
        for kind, label in (
            ("yellow_card", "黄牌（整改中）"),
            ("yellow_card_closed", "已解除"),
            ("V1_suggested", "建议"),
        )
    ]
    held = book.read(replace(inputs, flags=tuple(cards)))
    assert flags.named(held) == f'黄牌（整改中）：<a href="c/{COMMUNITY}.html">{held.label(COMMUNITY)}</a>'
