"""What moved, what the next step takes and what to look at twice, of a synthetic district."""

from dataclasses import replace
from fractions import Fraction

from scorecard.findings import Finding
from scorecard.insight.change import Change, ItemChange
from scorecard.insight.corner import STAGES
from scorecard.insight.goals import Goal
from scorecard.insight.links import Link
from scorecard.insight.moved import MODIFIERS, OTHERS, RankChange
from scorecard.insight.reach import Reach, Way
from scorecard.insight.seen import Seen
from scorecard.messages import make
from scorecard.publish import ReportInputs
from scorecard.scoring import Reported
from tests.golden.fake import study
from tests.golden.fake_lists import ratings, worklist
from tests.golden.fake_values import Row


def seen(of: ReportInputs) -> Seen:
    """Return changes by own data and bonus, one way to the next grade, and a heap on a threshold."""
    rows = of.tables.rows("report_unit", year=of.year)
    ranked = [r for r in rows if r["assessed"]]
    return Seen(
        changes={r["unit_code"]: _change(of, r) for r in rows},
        ranks={r["unit_code"]: _rank(of, r, len(ranked)) for r in ranked if r["previous_rank"]},
        reaches={r["unit_code"]: _reaches(of, r) for r in ranked},
        watch=_watch(of, ranked),
        watched=True,
    )


def _change(of: ReportInputs, row: Row) -> Change:
    unit, before = row["unit_code"], row["previous_total_e2"]
    if before is None or not row["assessed"]:
        return Change(Link(unit, reason="2024年度没有这个单位的结果"))
    whole = row["total_e2"] - before
    parts = dict.fromkeys(STAGES, 0) | {"data": whole - row["bonus_e2"], "modifiers": row["bonus_e2"]}
    first = of.rulebook.community_indicators[0]
    item = ItemChange(first.code, 0, max(whole, 0), {"data": Fraction(max(whole, 0))})
    exact = {stage: Fraction(part) for stage, part in parts.items()}
    return Change(Link(unit, unit), before, row["total_e2"], parts, exact, (item,))


def _rank(of: ReportInputs, row: Row, count: int) -> RankChange:
    gained = row["previous_rank"] - row["rank_overall"]
    first = of.rulebook.dimensions[0].code
    shares = {first: Fraction(2 * gained, 3), MODIFIERS: Fraction(0), OTHERS: Fraction(gained, 3)}
    return RankChange(row["previous_rank"], row["rank_overall"], count, shares)


def _reaches(of: ReportInputs, row: Row) -> list[Reach]:
    """Return a goal with two ways, and one that nothing reaches."""
    if row["rank_overall"] == 1:
        return []
    codes = [i for i in of.rulebook.community_indicators if i.inputs][:2]
    ways = tuple(
        Way(i.code, i.inputs[0].name, i.inputs[0].unit, "48", "52", 4, "1", 0, 200, Reported()) for i in codes
    )
    return [
        Reach(
            row["unit_code"], Goal("grade", of.rulebook.grades[0].name_zh, row["total_e2"] + 150), 150, ways
        ),
        Reach(row["unit_code"], Goal("rank", "全区第1名", refused="示例"), 0),
    ]


def _watch(of: ReportInputs, ranked: list[Row]) -> tuple[Finding, ...]:
    first = of.rulebook.community_indicators[0]
    heap = make(
        "Q950",
        indicator_code=first.code,
        indicator=f"{first.code} {first.name_zh}",
        known=len(ranked),
        count=2,
        value="90%",
        what="得满分的线",
        percent="40%",
        names="望江一社区、永安一社区",
    )
    unit = of.registry.units[ranked[0]["unit_code"]]
    same = make("Q951", unit_code=unit.code, unit=unit.name, count=5, year=2024, names=first.name_zh)
    return heap, same


def full(of: ReportInputs) -> ReportInputs:
    """Return the inputs with everything that pages show beside the results."""
    return replace(of, robustness=study(of), seen=seen(of), worklist=worklist(of), ratings=ratings(of))
