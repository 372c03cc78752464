"""What changed between two publications, and by which file or decision; from the releases' own data files."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scorecard.cli import run
from scorecard.errors import UserError
from scorecard.explain.correction import SHEET, Correction
from scorecard.publish import Publication, ReportInputs, publish
from scorecard.publish.changes import compare
from scorecard.publish.pages.changes import arrow, sentences, told
from scorecard.publish.published import published
from tests.golden import fake
from tests.golden.smallbook import small_rulebook

UNIT, OTHER = "990101001001", "990101001003"


def made(change: Callable[[ReportInputs], ReportInputs | None] = lambda _: None) -> ReportInputs:
    """The small district with something changed."""
    held = fake.inputs(small_rulebook(), fake.SMALL)
    return change(held) or held


def row_of(held: ReportInputs, relation: str, **keys: str) -> Any:
    """Return the one row of a relation with these keys."""
    return next(r for r in held.tables.rows(relation) if all(r[k] == v for k, v in keys.items()))


def other_points(held: ReportInputs, by: int = -20) -> None:
    """Move one item's points, and all sums above it."""
    item = row_of(held, "report_item", unit_code=UNIT, indicator_code="BB01")
    item |= {"points_e2": item["points_e2"] + by, "numerator_e4": 70_000}
    unit = row_of(held, "report_unit", unit_code=UNIT)
    unit |= {column: unit[column] + by for column in ("total_e2", "dimension_sum_e2")}
    row_of(held, "report_unit_dimension", unit_code=UNIT, dimension_code="BB")["points_e2"] += by


def by_decision(held: ReportInputs) -> ReportInputs:
    """The same by a decision on an appeal."""
    other_points(held)
    item = row_of(held, "report_item", unit_code=UNIT, indicator_code="BB01")
    item |= {"sha256": "d" * 64, "sheet": SHEET, "source_row": None, "source_columns": None}
    correction = Correction(
        year=2025,
        unit_code=UNIT,
        indicator_code="BB01",
        field="numerator",
        old="9",
        new="7",
        appeal_no="SS1",
        decision_no="JD2026-7",
        on="2026-03-05",
        document_sha256="d" * 64,
    )
    return replace(held, corrections=(correction,), status="定稿")


def pair(tmp_path: Path, after: ReportInputs) -> tuple[Publication, Publication]:
    """Publish the district before and after."""
    first = publish(made(), tmp_path / "site")
    return first, publish(replace(after, against=first.release), tmp_path / "site")


def test_nothing_changed_is_said(tmp_path: Path) -> None:
    """The same inputs compared with themselves."""
    site = publish(made(), tmp_path).release
    found = compare(published(site), published(site))
    assert not found.units and not found.streets and not found.general
    assert "都没有变化" in sentences(found)[0]


def test_a_number_from_a_file(tmp_path: Path) -> None:
    """Points, facts and the file with its receipt; nobody else is named."""
    first, second = pair(tmp_path, made(lambda held: other_points(held)))
    found = compare(published(first.release), published(second.release))
    (unit,) = found.units
    (reason,) = unit.reasons
    assert unit.code == UNIT and found.count("total") == 1
    assert reason.what == "服务项目" and reason.detail.startswith("分子") and reason.detail.endswith("→7")
    assert "回执号R2025-0001" in reason.by
    assert arrow(unit.before.total, unit.after.total) in (second.release / "changes.html").read_text("utf-8")


def only_points(held: ReportInputs) -> None:
    """Move one item's points; its own numbers stay."""
    kept = row_of(held, "report_item", unit_code=UNIT, indicator_code="BB01")["numerator_e4"]
    other_points(held)
    row_of(held, "report_item", unit_code=UNIT, indicator_code="BB01")["numerator_e4"] = kept


def excused(held: ReportInputs) -> None:
    """Say that the item is not applicable, with the points that it has."""
    item = row_of(held, "report_item", unit_code=UNIT, indicator_code="BB01")
    item |= {"state": "not_applicable", "fill": "peer_mean"}


@pytest.mark.parametrize(
    ("was", "change", "said"),
    [
        (lambda _: None, only_points, "报送的数没有变，这一项与别的社区比较，随它们变化"),
        (excused, lambda held: (excused(held), only_points(held)), "按同类社区的平均分计，随它们变化"),
    ],
)
def test_what_moved_points_is_said_as_far_as_it_is_known(
    was: Callable[[ReportInputs], None], change: Callable[[ReportInputs], None], said: str, tmp_path: Path
) -> None:
    """Under one rulebook only others move points of the same numbers; under another the rule may."""
    first = publish(made(was), tmp_path / "one")
    second = publish(made(lambda held: change(held) and None), tmp_path / "two")
    (reason,) = compare(published(first.release), published(second.release)).units[0].reasons
    assert said in reason.detail
    about = tmp_path / "two" / "current" / "manifest.json"
    other = json.loads(about.read_text("utf-8"))
    other["rulebook"]["sha256"] = "0" * 64
    about.chmod(0o644)
    about.write_text(json.dumps(other), "utf-8")
    (reason,) = compare(published(first.release), published(second.release)).units[0].reasons
    assert "考核办法改过" in reason.detail


def test_a_number_by_a_decision(tmp_path: Path) -> None:
    """The number of the decision is named, on the page and by the command; so is the new status."""
    _, second = pair(tmp_path, made(by_decision))
    page = (second.release / "changes.html").read_text("utf-8")
    assert "依据申诉决定JD2026-7" in page
    assert "状态由“试算”变为“定稿”。" in page


def test_rank_and_grade_without_own_change(tmp_path: Path) -> None:
    """Who moves only because others did stands apart, without a reason of its own."""

    def turned(held: ReportInputs) -> None:
        ranked = [row_of(held, "report_unit", unit_code=code) for code in ("990101002001", OTHER)]
        for column in ("rank_overall", "grade_code"):
            ranked[0][column], ranked[1][column] = ranked[1][column], ranked[0][column]

    first, second = pair(tmp_path, made(turned))
    found = compare(published(first.release), published(second.release))
    assert {u.code for u in found.units} == {"990101002001", OTHER}
    assert not [u for u in found.units if u.reasons or u.scored]
    assert found.count("rank") == 2 and found.count("total") == 0
    assert 'id="rest"' in (second.release / "changes.html").read_text("utf-8")


def test_bonus_and_who_waits(tmp_path: Path) -> None:
    """A bonus is a reason; a community that waits now has `无` where it had numbers."""

    def bonus(held: ReportInputs) -> None:
        unit = row_of(held, "report_unit", unit_code=UNIT)
        unit |= {"bonus_e2": unit["bonus_e2"] + 100, "total_e2": unit["total_e2"] + 100}

    first, second = pair(tmp_path, made(bonus))
    (unit,) = compare(published(first.release), published(second.release)).units
    assert [told(r) for r in unit.reasons] == ["加分0.00→1.00（依据加减分文件）"]
    waiting = fake.inputs(small_rulebook(), fake.SMALL, waiting=frozenset({OTHER}))
    third = publish(waiting, tmp_path / "c")
    moved = {u.code: u for u in compare(published(first.release), published(third.release)).units}
    assert arrow(moved[OTHER].before.rank, moved[OTHER].after.rank).endswith("→无")
    why = told(moved[OTHER].reasons[0])
    assert why.startswith("是否排名：已排名→待更正（")
    assert not why.startswith("是否排名：已排名→待更正（）")
    back = {u.code: u for u in compare(published(third.release), published(first.release)).units}
    assert told(back[OTHER].reasons[0]) == "是否排名：待更正→已排名"


def test_two_decisions_of_one_document_are_two(tmp_path: Path) -> None:
    """Each item names the decision that changed it, and the list of sources has both."""

    def both(held: ReportInputs) -> ReportInputs:
        one = by_decision(held)
        item = row_of(held, "report_item", unit_code=UNIT, indicator_code="AA02")
        item |= {"sha256": "d" * 64, "sheet": SHEET, "source_row": None, "source_columns": None}
        item["value_e4"] = 70_000
        [first] = one.corrections
        other = replace(first, indicator_code="AA02", field="value", decision_no="JD2026-8", appeal_no="SS2")
        return replace(one, corrections=(first, other))

    first, second = pair(tmp_path, made(both))
    (unit,) = compare(published(first.release), published(second.release)).units
    assert {r.what: r.by for r in unit.reasons} == {
        "开课次数": "申诉决定JD2026-8",
        "服务项目": "申诉决定JD2026-7",
    }
    page = (second.release / "c" / f"{UNIT}.html").read_text("utf-8")
    assert "申诉决定JD2026-7" in page and "申诉决定JD2026-8" in page
    assert "JD2026-7、JD2026-8" not in page
    rows = json.loads((second.release / "data" / "sources.json").read_text("utf-8"))["rows"]
    assert [row[-1] for row in rows if row[0] == "d" * 64] == ["JD2026-7", "JD2026-8"]


def test_the_same_comparison_gives_the_same_bytes(tmp_path: Path) -> None:
    """The release compared with is an input: named in the manifest, and all that the page depends on."""
    after = made(by_decision)
    first = publish(made(), tmp_path / "a")
    releases = [
        publish(replace(after, against=first.release), tmp_path / name).release for name in ("b", "c")
    ]
    assert releases[0].name == releases[1].name
    manifest = json.loads((releases[0] / "manifest.json").read_text("utf-8"))
    assert manifest["against"] == first.release.name
    assert "against" not in json.loads((first.release / "manifest.json").read_text("utf-8"))
    assert "changes.html" not in json.loads((first.release / "manifest.json").read_text("utf-8"))["files"]


def test_editions_and_years_do_not_mix(tmp_path: Path) -> None:
    """A public page compared with an internal one would tell what is kept back."""
    first = publish(made(), tmp_path / "a")
    with pytest.raises(UserError, match="内部版、公示版"):
        publish(replace(made(), edition="公示版", against=first.release), tmp_path / "b")
    assert not (tmp_path / "b" / "current").exists()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text for people, JSON for programs, one sentence for what is no release or is broken."""
    first, second = pair(tmp_path, made(by_decision))
    assert run(["release", "diff", str(first.release), str(tmp_path / "site")]) == 0
    told = capsys.readouterr().out
    assert "总分" in told and "依据申诉决定JD2026-7" in told and "<" not in told
    assert run(["release", "diff", str(first.release), str(second.release), "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["before"]["release"] == first.release.name
    assert record["units"][0]["reasons"][0]["by"] == "申诉决定JD2026-7"
    assert run(["release", "diff", str(tmp_path / "none"), str(second.release)]) == 2
    assert "里没有报告" in capsys.readouterr().err
    (first.release / "data" / "ranking.json").write_text("{", "utf-8")
    assert run(["release", "diff", str(first.release), str(second.release)]) == 2
    assert "不完整或被改动过" in capsys.readouterr().err
    (first.release / "manifest.json").write_text("{}", "utf-8")
    assert run(["release", "diff", str(first.release), str(second.release)]) == 2
    assert "不完整，不能使用" in capsys.readouterr().err
