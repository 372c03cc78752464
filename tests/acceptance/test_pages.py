"""The pages beside the ranking say what the exported tables say: read from the downloads of a built site."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal

from scorecard.rulebook import find_rulebook, load_rulebook
from tests.acceptance.conftest import Built, Ran

RULEBOOK = load_rulebook(find_rulebook(None, 2025))
Rows = list[dict[str, str]]


def exported(run: Callable[..., Ran], built: Built, table: str) -> Rows:
    """Return an exported table of the assessed year."""
    done = run("scores", "--data", built.data, "--year", "2025", "--home", built.home, "--table", table)
    assert done.code == 0, done.err
    return [row for row in csv.DictReader(io.StringIO(done.out)) if row["year"] == "2025"]


def download(built: Built, name: str) -> Rows:
    """Return a download of the site."""
    text = (built.site / "current" / "data" / f"{name}.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def points(e2: str) -> Decimal:
    """Return exported hundredths as points."""
    return Decimal(e2).scaleb(-2)


def test_every_change_adds_up_to_the_two_published_totals(run: Callable[..., Ran], district: Built) -> None:
    """年度对比: all ranked communities with a total before, the parts of each come to the difference."""
    units = {u["unit_code"]: u for u in exported(run, district, "units")}
    known = {c: u for c, u in units.items() if u["rank_overall"] and u["previous_total_e2"]}
    rows = {row["社区编码"]: row for row in download(district, "changes")}
    assert set(rows) == set(known)
    for code, row in rows.items():
        before, after = points(known[code]["previous_total_e2"]), points(known[code]["total_e2"])
        names = list(row)
        parts = names[names.index("变化") + 1 : names.index("名次变化")]
        assert (Decimal(row["上年总分"]), Decimal(row["本年总分"])) == (before, after)
        assert sum(Decimal(row[name]) for name in parts) == Decimal(row["变化"]) == after - before
        assert Decimal(row["其中自身"]) + Decimal(row["其中其他社区"]) == Decimal(row["名次变化"])


def test_tasks_and_issues_are_what_the_indicators_count(run: Callable[..., Ran], district: Built) -> None:
    """任务与问题: on time and due are numerator and denominator of the fed indicator; who waits apart."""
    fed = {i.fed_by: i.code for i in RULEBOOK.community_indicators if i.fed_by}
    items = {(i["unit_code"], i["indicator_code"]): i for i in exported(run, district, "items")}
    checked = 0
    for row in download(district, "worklist"):
        for ledger, word in (("tasks", "任务"), ("issues", "问题")):
            item = items[row["社区编码"], fed[ledger]]
            if not row[f"{word}按期"] or row[f"{word}待更正"]:
                continue
            due = sum(int(row[f"{word}{how}"]) for how in ("按期", "逾期", "未验收合格", "未完成"))
            assert (int(item["numerator_e4"]), int(item["denominator_e4"])) == (
                int(row[f"{word}按期"]) * 10_000,
                due * 10_000,
            )
            checked += 1
    assert checked > 100


def test_a_street_adds_up_in_one_table(run: Callable[..., Ran], district: Built) -> None:
    """街道考核: the items, with what was added and taken, come to the street's published total and grade."""
    streets = {s["street_code"]: s for s in exported(run, district, "streets")}
    names = [i.name_zh for i in RULEBOOK.street.indicators]
    grades = {g.name_zh: g.code for g in RULEBOOK.grades}
    for row in download(district, "streets"):
        total = sum(Decimal(row[name]) for name in names) + Decimal(row["加分"]) - Decimal(row["扣分"])
        street = streets[row["街道编码"]]
        assert total == Decimal(row["街道得分"]) == points(street["total_e2"])
        assert grades[row["等次"]] == street["grade_code"]


def test_funds_are_what_was_reported(district: Built) -> None:
    """经费: every assessed community beside what the rulebook lays down; two wait and have no number."""
    rows = download(district, "funds")
    assert len(rows) == district.summary["assessed"]
    unit = RULEBOOK.funding.unit
    assert {Decimal(row[f"规定（{unit}）"]) for row in rows} == {RULEBOOK.funding.per_community}
    assert sum(row[f"核定（{unit}）"] == "" for row in rows) == 2
