"""说明与更正: a worked example that adds up, what appeals changed, when and how to object."""

from dataclasses import replace
from datetime import date

from scorecard.cycle import Window
from scorecard.explain.correction import Correction
from scorecard.publish import ReportInputs, book, example
from scorecard.publish.pages import about
from scorecard.rulebook.model import Deadline
from tests.golden.pages import parse
from tests.unit.publish.test_outcomes import page

COMMUNITY = "990101001002"


def steps(inputs: ReportInputs) -> dict[str, str]:
    """Return the example's steps, each without markup."""
    found = about.context(book.read(inputs))["example"]
    return {what: parse(str(text)).text for what, text in found}


def test_the_example_is_the_middle_rank(inputs: ReportInputs) -> None:
    """Of five ranked communities the third, of four the better one in the middle, of none nobody."""
    held = book.read(inputs)
    assert example.chosen(held) == held.assessed[2]
    held = book.read(inputs)
    held.__dict__["assessed"] = held.assessed[:4]
    assert example.chosen(held) == held.assessed[1]
    held.__dict__["assessed"] = ()
    assert example.chosen(held) is None


def test_the_example_adds_up_to_what_is_published(inputs: ReportInputs) -> None:
    """Items add up to their dimension, dimensions and modifiers to the total, and the place is its own."""
    held = book.read(inputs)
    row = example.chosen(held)
    assert row
    found = steps(inputs)
    for what in ("维度得分", "总分"):
        sum_, _, whole = found[what].split("：", 1)[1].partition("＝")
        parts = sum_.replace("加分", "").replace("－扣分", "＋-").split("＋")
        assert f"{sum(round(float(part) * 100) for part in parts) / 100:.2f}" == whole.split("分")[0]
    assert f"＝{row['total_e2'] / 100:.2f}分" in found["总分"]
    assert f"列{'并列' if row['rank_overall_ties'] > 1 else ''}第{row['rank_overall']}名" in found["名次"]


def test_a_grade_below_the_line_says_why(inputs: ReportInputs) -> None:
    """Whoever reached a line and was given a lower grade was held back by quota or documents."""
    held = book.read(inputs)
    row = example.chosen(held)
    assert row
    best = held.grade_order[0]
    row["total_e2"] = int(best.at_least * 100)  # type: ignore[index]
    row["grade_code"] = held.grade_order[1].code  # type: ignore[index]
    assert example.steps(held, row, "四舍五入")[-1][1] == (
        "总分到优秀线（90分），因名额或决定文件的限制，评为良好。"
    )


def test_the_last_grade_names_the_line_above(inputs: ReportInputs) -> None:
    """Nobody reaches the line of the last grade: they miss the one above it."""
    held = book.read(inputs)
    row = example.chosen(held)
    assert row
    row["total_e2"], row["grade_code"] = 520, held.grade_order[-1].code  # type: ignore[index]
    assert example.steps(held, row, "四舍五入")[-1][1] == "总分不满合格线（60分），评为不合格。"


def test_corrections_name_appeal_and_decision(inputs: ReportInputs) -> None:
    """Old and new number, the appeal, the decision; without any the page says that there is none."""
    assert "没有成立的申诉，没有更正。" in page(inputs, "about.html")
    code = inputs.rulebook.community_indicators[0].code
    made = Correction(
        year=2025,
        unit_code=COMMUNITY,
        indicator_code=code,
        field="numerator",
        old="380",
        new="395",
        appeal_no="2025-SS-001",
        decision_no="示例复〔2026〕1号",
        on="2026-03-06",
        document_sha256="0" * 64,
    )
    text = page(replace(inputs, corrections=(made, replace(made, field="denominator"))), "about.html")
    assert "成立的申诉1件，更正2处。" in text
    for word in ("分子 380 → 395", "2025-SS-001", "示例复〔2026〕1号", "2026年3月6日"):
        assert word in text


def test_when_to_object(inputs: ReportInputs) -> None:
    """The rulebook's term always, the days of this publicity once it runs, the year's dates as laid down."""
    assert "结果公示5个工作日，首日计入，公示期内受理。" in page(inputs, "about.html")
    running = replace(inputs, publicity=Window(date(2026, 3, 2), date(2026, 3, 10)))
    assert "本次公示2026年3月2日至2026年3月10日。" in page(running, "about.html")
    last = Deadline(code="x", name_zh="申诉复核答复", closes=date(2026, 3, 17), rollover="weekend_holiday")
    dated = replace(inputs, rulebook=inputs.rulebook.model_copy(update={"deadlines": (last,)}))
    assert "2026年3月17日（遇法定节假日、双休日顺延）" in page(dated, "about.html")


def test_a_repeated_publicity_is_the_term(inputs: ReportInputs) -> None:
    """Publicised again from 12 March: the page shows its days, and the planned ones as the plan they were."""
    days = (("publicity", "公示", 10), ("appeal", "申诉复核答复", 17))
    planned = tuple(
        Deadline(code=code, name_zh=name, opens=date(2026, 3, 2), closes=date(2026, 3, day), rollover="none")
        for code, name, day in days
    )
    book = inputs.rulebook.model_copy(update={"deadlines": planned})
    first, again = Window(date(2026, 3, 2), date(2026, 3, 10)), Window(date(2026, 3, 12), date(2026, 3, 20))
    held = replace(inputs, rulebook=book, publicity=first, year=max(book.years))
    assert "按计划" not in page(held, "about.html")
    text = page(replace(held, publicity=again), "about.html")
    assert "2026年3月12日至2026年3月20日（按计划为2026年3月2日至2026年3月10日）" in text
    assert "2026年3月12日至2026年3月27日（按计划为2026年3月2日至2026年3月17日）" in text
