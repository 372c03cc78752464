"""公示版: the same numbers, less of them. What is kept back has no influence on a single byte."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from scorecard.cycle import Window
from scorecard.decisions import Flag
from scorecard.errors import IntegrityError, UserError
from scorecard.explain.correction import Correction
from scorecard.findings import Finding, Severity
from scorecard.publish import ReportInputs, book, editions, publish
from scorecard.publish.unsaid import CHANGED, PASSED
from scorecard.publish.withhold import withhold
from scorecard.rulebook.public import Public
from scorecard.rulebook.show import show
from scorecard.upward.model import Ratings, Result, Step, Suggestion
from scorecard.worklist.model import Comment, Entry, Place, Plan, Tally, Worklist
from tests.golden import fake
from tests.golden.smallbook import small_rulebook

UNIT, PEER = "990101001001", "990101001003"
LIMIT = Public(last_percent=30)  # of seven communities the last two


def inputs(people: int = 3, name: str = "王某某", *, turned: bool = False, **more: object) -> ReportInputs:
    """A small district with `people` in one cell, `name` in every free text, the last two ranks `turned`."""
    rules = small_rulebook().model_copy(update={"public": LIMIT})
    made = fake.inputs(rules, [(3, 1), (4, 0)], hostile=name)
    code = rules.satisfaction.indicator
    item = next(
        r for r in made.tables.rows("report_item") if (r["unit_code"], r["indicator_code"]) == (UNIT, code)
    )
    value = people * 100 * 10**10 // 40
    item |= {"state": "observed", "numerator_e4": people * 10**4, "denominator_e4": 40 * 10**4}
    item |= {"value_e10": value, "previous_value_e10": value, "rank_value": 10 - people, "sheet": name}
    spread = next(r for r in made.tables.rows("report_indicator") if r["indicator_code"] == code)
    spread |= dict.fromkeys(("minimum_e10", "mean_value_e10", "maximum_e10"), value)
    for row in (*made.tables.rows("report_street"), *made.tables.rows("report_district")):
        row |= {"satisfaction_simple_e4": people, "satisfaction_weighted_e4": people}
    if turned:
        ranked = sorted(
            (r for r in made.tables.rows("report_unit") if r["assessed"]), key=lambda r: r["rank_overall"]
        )
        ranked[-1]["rank_overall"], ranked[-2]["rank_overall"] = (
            ranked[-2]["rank_overall"],
            ranked[-1]["rank_overall"],
        )
    return replace(made, edition="公示版", **_said(made, name, people, code), **more)  # type: ignore[arg-type]


def _said(made: ReportInputs, name: str, people: int, code: str) -> dict[str, object]:
    """Every text that a person may type, with the name in it."""
    place = Place(f"{name}.xlsx", "0" * 64, name, 4)
    task = Entry(
        ledger="issues",
        unit_code=UNIT,
        number="1",
        matter=f"{name}反映",
        standing="open",
        due=None,
        done=None,
        place=place,
        kind="环境",
        where=name,
        owner=name,
        note=name,
        verdict=name,
    )
    tally = Tally("issues", UNIT, 0, 1, False, (place,), "F", (task,), {"open": 1})
    plan = Plan(UNIT, 1, 0, 0, (), (task,), (), (), 1, (Comment(UNIT, name, None, name, place),))
    result = Result("区民政局", "部门", 3, True, 3, 3, 10_000, 9_000, 1, 1, (), (name,))
    step = Step("propose", "proposed", date(2025, 5, 1), "", "", name)
    wrong = Finding(
        code="C401",
        severity=Severity.ERROR,
        message=f"「{name}」不是数。",
        fix=name,
        file=made.files[0].file_name,
        sheet=name,
        unit_code=PEER,
        raw=name,
        header=name,
    )
    correction = Correction(
        year=2025,
        unit_code=UNIT,
        indicator_code=code,
        field="numerator",
        old=str(people),
        new=str(people + 1),
        appeal_no="SS1",
        decision_no="JD1",
        on="2026-03-05",
        document_sha256="0" * 64,
        sheet=name,
    )
    return {
        "findings": (*made.findings, wrong),
        "flags": (Flag(2025, UNIT, "yellow_card", "黄牌", "文1", name, None, None, "等次不高于良好"),),
        "corrections": (correction,),
        "worklist": Worklist((task,), (tally,), {UNIT: plan}),
        "ratings": Ratings(
            "评议", 3, (result,), (Suggestion("1", UNIT, "局", "yellow", "proposed", (step,)),)
        ),
    }


def written(made: ReportInputs, out: Path) -> dict[str, bytes]:
    """Return every file of the site."""
    release = publish(made, out).release
    return {str(p.relative_to(release)): p.read_bytes() for p in release.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "other",
    [lambda: inputs(people=4), lambda: inputs(name="李某某</script>"), lambda: inputs(turned=True)],
    ids=["small number", "free text", "last ranks"],
)
def test_nothing_kept_back_moves_a_byte(tmp_path: Path, other: Callable[[], ReportInputs]) -> None:
    """Pages, CSV, JSON, workbook, search index, manifest: another small number, another name, other last
    ranks give the same bytes, so none of them can be told from any file.
    """
    site = written(inputs(), tmp_path / "one")
    assert {Path(name).suffix for name in site} >= {".html", ".csv", ".json", ".xlsx", ".js", ".css"}
    assert written(other(), tmp_path / "two") == site


def test_the_internal_edition_prints_all_of_it(tmp_path: Path) -> None:
    """The same inputs internally: cell, name and last ones are there, so the test above can fail."""
    site = written(replace(inputs(), edition="内部版"), tmp_path)
    pages = b"".join(data for name, data in site.items() if name.endswith(".html"))
    assert "3÷40".encode() in pages and "王某某".encode() in pages and "后3名".encode() in pages


def test_numbers_are_those_of_the_internal_edition(tmp_path: Path) -> None:
    """Every number in a public table is the internal one; what differs is empty and says so."""
    public = written(inputs(), tmp_path / "public")
    internal = written(replace(inputs(), edition="内部版"), tmp_path / "internal")
    compared = 0
    for name in (n for n in public if n.endswith(".csv") and n != "data/sources.csv"):
        ours, theirs = (
            {
                row[1] if "ranking" in name or "street-" in name else row[0]: row
                for row in csv.reader(io.StringIO(d.decode()))
            }
            for d in (public[name], internal[name])
        )
        assert set(ours) == set(theirs)
        for key, row in ours.items():
            for cell, other in zip(row, theirs[key], strict=True):
                compared += cell == other
                assert cell == other or cell in ("", editions.WITHHELD, "公示版不列名次和得分"), (name, row)
    assert compared > 500


def test_it_says_which_edition_it_is(tmp_path: Path) -> None:
    """Every page, download and the manifest carry the name; the pages say what is kept back."""
    site = written(inputs(), tmp_path)
    assert json.loads(site["manifest.json"])["edition"] == "公示版"
    assert json.loads(site["data/ranking.json"])["edition"] == "公示版"
    for name in (n for n in site if n.endswith(".html")):
        assert "公示版" in site[name].decode(), name
        assert name == "attachment.html" or "得分照常计算" in site[name].decode(), name
    assert "名次靠后的2个社区只列等次".encode() in site["index.html"]
    assert f"名次靠后的社区{LIMIT.said_of_last}。".encode() in site["about.html"]
    assert "名次靠后的社区" + LIMIT.said_of_last in show(inputs().rulebook)
    assert "后3名".encode() not in site["brief.html"]


def test_the_least_total_is_not_printed_of_one_who_is_not_named(tmp_path: Path) -> None:
    """Internally the overview says highest and lowest; publicly the highest alone, in words and chart."""
    public = written(inputs(), tmp_path / "public")["index.html"].decode()
    internal = written(replace(inputs(), edition="内部版"), tmp_path / "internal")["index.html"].decode()
    for words in ("、最低", "的分布，最低"):
        assert words in internal
        assert words not in public
    assert "；最高" in public and "的分布，最高" in public


def test_a_street_of_one_small_cell_has_no_mean() -> None:
    """A mean over communities gives a kept back value away, so it is kept back as well."""
    held = withhold(book.read(inputs()))
    assert held.items[UNIT][small_rulebook().satisfaction.indicator]["value_e10"] is None
    assert held.district["satisfaction_simple_e4"] is None
    with pytest.raises(IntegrityError, match="must not read"):
        held.inputs.tables.rows("report_item")


@pytest.mark.parametrize(("people", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_from_one_to_below_the_least(people: int, hidden: bool) -> None:
    """Nobody is no person to be found; five are enough."""
    held = withhold(book.read(inputs(people)))
    item = held.items[UNIT][small_rulebook().satisfaction.indicator]
    assert bool(item.get("withheld")) is hidden
    assert (item["numerator_e4"] is None) is hidden


def test_the_rulebook_may_name_the_last() -> None:
    """With `name_last` nobody's rank is kept back."""
    made = inputs()
    rules = made.rulebook.model_copy(update={"public": Public(name_last=True, last_percent=50)})
    held = withhold(book.read(replace(made, rulebook=rules)))
    assert not [row for row in held.units.values() if held.unnamed(row)]


def test_every_input_is_thought_about() -> None:
    """A new field of the inputs must be let through or changed, by name."""
    assert {f.name for f in fields(ReportInputs)} == PASSED | CHANGED
    assert not PASSED & CHANGED


def test_objections_have_a_place_and_days(tmp_path: Path) -> None:
    """While it is publicised: office, telephone, period, and what is left of it on each working day."""
    window = Window(date(2026, 3, 2), date(2026, 3, 10))
    made = inputs(status="公示", publicity=window)
    assert editions.objection(made) == "异议受理：单位和电话见公示通知，3月2日至3月10日，共7个工作日。"
    told = Public(objection_phone="023-00000000", objection_office="区民政局")
    made = replace(made, rulebook=made.rulebook.model_copy(update={"public": told}))
    assert "区民政局电话023-00000000" in editions.objection(made)
    days = editions.days_left(made)
    assert days[0] == ("3月2日", 7) and days[-1] == ("3月10日", 1) and ("3月7日", 4) not in days
    assert b"023-00000000" in written(made, tmp_path)["c/990101001001.html"]
    assert editions.objection(replace(made, edition="内部版")) == ""
    assert editions.objection(replace(made, status="试算")) == ""


def test_editions_do_not_share_a_folder(tmp_path: Path) -> None:
    """A folder with one edition refuses the other: it would be copied out with it."""
    publish(inputs(), tmp_path)
    with pytest.raises(UserError, match="里已有公示版，内部版不能放在一起"):
        publish(replace(inputs(), edition="内部版"), tmp_path)
