"""What did not come, came in part, or lies in the wrong place: it waits, is said, and costs nobody a rank."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import EXAMPLES, Ran

FILE = "submissions/2025/望河街道2025年社区考核指标上报表.csv"


@dataclass(frozen=True)
class First:
    """The example district after its first build: what a test changes is built for the second time."""

    data: Path
    summary: dict[str, Any]
    totals: dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def first(run: Callable[..., Ran], tmp_path_factory: pytest.TempPathFactory) -> First:
    """A copy of the example district, the file of one street among it in UTF-8, built once."""
    ignored = shutil.ignore_patterns("evidence", "products")
    data = tmp_path_factory.mktemp("first") / "district-xx"
    shutil.copytree(EXAMPLES / "district-xx", data, ignore=ignored)
    file = data / FILE
    file.write_text(file.read_bytes().decode("gb18030"), "utf-8")
    return First(data, built(run, data), totals(run, data))


@pytest.fixture
def district(first: First, tmp_path: Path) -> Path:
    """A copy of it with its evidence."""
    return Path(shutil.copytree(first.data, tmp_path / "district-xx"))


def built(run: Callable[..., Ran], data: Path) -> Any:
    """The summary of a build without pages."""
    done = run("build", "--data", data, "--year", "2025", "--no-pages", "--json")
    assert done.code == 0, done.err
    return done.json


def totals(run: Callable[..., Ran], data: Path) -> dict[str, tuple[str, str]]:
    """Rank and total of each community."""
    lines = run("scores", "--data", data, "--year", "2025", "--table", "units", "--format", "csv").out
    header, *rows = (line.split(",") for line in lines.splitlines())
    at = [header.index(name) for name in ("unit_code", "rank_overall", "total_e2")]
    return {row[at[0]]: (row[at[1]], row[at[2]]) for row in rows}


def test_a_correction_of_one_community_leaves_the_others(
    run: Callable[..., Ran], first: First, district: Path
) -> None:
    """A later file with one row replaces that row; the street's other communities keep theirs."""
    lines = (district / FILE).read_text("utf-8").splitlines()
    header = next(n for n, line in enumerate(lines) if "社区名称" in line)
    patch = [lines[header], next(line for line in lines if "临河" in line)]
    (district / "submissions/2025/望河街道补报临河.csv").write_text("\n".join(patch) + "\n", "utf-8")
    after = built(run, district)
    assert totals(run, district) == first.totals
    assert after["ranked"] == first.summary["ranked"]
    [first] = [f for f in after["files"] if f["file"] == FILE]
    assert (first["superseded_by"], first["accepted_units"]) == ("", 9)


def test_a_street_that_sent_nothing_waits(run: Callable[..., Ran], first: First, district: Path) -> None:
    """Its communities are not ranked last: they are not ranked, and the summary names the street."""
    (district / FILE).unlink()
    after = built(run, district)
    assert after["ranked"] == first.summary["ranked"] - 10  # the eleventh waited before
    assert any("望河街道尚未报送" in message for message in after["others"])


def test_what_is_not_read_is_said(run: Callable[..., Ran], district: Path) -> None:
    """A file in the wrong place and a decision that nobody reads are errors in the summary, one each."""
    unread = {
        "submissions/望河补报.csv": "不在本年度的文件夹里",
        "decisions/加分.csv": "没有读取",
        "decisions/一票否决.csv": "没有读取",
    }
    for place in unread:
        (district / place).write_text("社区名称\n临河社区\n", "utf-8")
    told = built(run, district)["others"]
    for place, said in unread.items():
        assert [said in m and place in m for m in told].count(True) == 1


def test_an_approval_without_a_readable_year_is_refused(
    run: Callable[..., Ran], first: First, district: Path
) -> None:
    """“2025年” is the year 2025; “去年” is an error and excuses nobody."""
    file = district / "decisions/不涉及.csv"
    text = file.read_text("utf-8-sig")
    file.write_text(text.replace(",2025,", ",2025年,"), "utf-8")
    assert built(run, district)["result_hash"] == first.summary["result_hash"]
    file.write_text(text.replace(",2025,", ",去年,"), "utf-8")
    assert any("年度「去年」不是四位数的年份" in m for m in built(run, district)["others"])


HEAD, ROW = 2, "临河"


def table(district: Path) -> list[list[str]]:
    """Return the cells of the street's file, its titles above row HEAD."""
    return [line.split(",") for line in (district / FILE).read_text("utf-8").splitlines()]


def patch(district: Path, name: str, rows: list[list[str]]) -> None:
    """Put another file into the year's folder."""
    (district / "submissions/2025" / name).write_text("\n".join(map(",".join, rows)) + "\n", "utf-8")


def test_a_correction_with_fewer_columns_keeps_the_others(
    run: Callable[..., Ran], first: First, district: Path
) -> None:
    """What the later file does not ask for still counts by the earlier one, in the same rank."""
    cells = table(district)
    own = next(row for row in cells if ROW in row[1])
    patch(district, "望河街道临河更正.csv", [cells[HEAD][:4], own[:4]])
    built(run, district)
    assert totals(run, district) == first.totals


def test_a_form_left_empty_for_others_replaces_nothing(
    run: Callable[..., Ran], first: First, district: Path
) -> None:
    """A form with one community filled in and the others' rows empty takes back nobody's numbers."""
    cells = table(district)
    rows = [row if ROW in row[1] else [*row[:2], *[""] * (len(row) - 2)] for row in cells[HEAD + 1 :]]
    patch(district, "望河街道补报.csv", [cells[HEAD], *rows])
    built(run, district)
    assert totals(run, district) == first.totals


def test_an_empty_cell_of_a_correction_says_that_the_old_number_stays(
    run: Callable[..., Ran], district: Path
) -> None:
    """The report names the community, the item and the file whose number counts; so does `explain`."""
    cells = table(district)
    own = next(row for row in cells if ROW in row[1])
    item, other = cells[HEAD].index("两校开课次数"), cells[HEAD].index("社区社会组织数")
    rows = [[*cells[HEAD][:2], "两校开课次数", "社区社会组织数"], [*own[:2], "99", ""]]
    patch(district, "望河街道临河更正.csv", rows)
    site = district.parent / "site"
    assert run("build", "--data", district, "--year", "2025", "--out", site).code == 0
    page = (site / "current" / "quality.html").read_text("utf-8")
    said = "「临河社区」在本文件里有1项空着（「社区社会组织数」），空格不替代原数，"
    assert said + f"仍按“{FILE}”里的数计分" in page
    told = {
        code: run("explain", "临河社区", code, "--data", district, "--year", "2025").out
        for code in ("XN08", "FY10")
    }
    assert "望河街道临河更正.csv" in told["XN08"] and "99" in told["XN08"]
    assert FILE in told["FY10"] and own[other] in told["FY10"]
    assert own[item] != "99"


def test_a_refused_row_takes_nothing_away_but_waits(
    run: Callable[..., Ran], first: First, district: Path
) -> None:
    """A later row under another street is refused; the community keeps its numbers and is not ranked."""
    cells = table(district)
    own = next(row for row in cells if ROW in row[1])
    patch(district, "青槐街道补报.csv", [cells[HEAD], ["青槐街道", *own[1:]]])
    built(run, district)
    (code,) = [c for c, now in totals(run, district).items() if first.totals[c][0] and not now[0]]
    assert totals(run, district)[code][1] == first.totals[code][1]


def test_two_files_that_contradict_make_a_unit_wait(
    run: Callable[..., Ran], first: First, district: Path
) -> None:
    """A cell that two senders report is 待核, not 缺报, and its community is not ranked."""
    text = "year,unit_code,indicator_code,numerator,denominator,value,text\n2025,990100001001,ZC01,9,10,,\n"
    (district / "sources/2025/平台.csv").write_text(text, "utf-8")
    after = built(run, district)
    assert after["ranked"] == first.summary["ranked"] - 1
    assert any("按待核处理" in m and "临河社区" in m for m in after["others"])


def test_last_years_files_are_not_this_years(run: Callable[..., Ran], district: Path) -> None:
    """Where folders are by year, an absent year has no files: nothing else is taken for it."""
    (district / "submissions/2025").rename(district.parent / "elsewhere")
    done = built(run, district)
    assert not any(f["file"].startswith("submissions/") for f in done["files"])


def test_a_street_without_a_row_waits(run: Callable[..., Ran], district: Path) -> None:
    """A department's file that leaves a street out costs it no rank: it has none until the row has come."""
    file = district / "sources/2025/区财政局（街道）.csv"
    lines = file.read_bytes().decode("utf-8-sig").splitlines()
    file.write_text("\n".join(line for line in lines if "望河" not in line) + "\n", "utf-8")
    built(run, district)
    rows = run("scores", "--data", district, "--year", "2025", "--table", "streets", "--format", "json").json
    assert [bool(r["rank_overall"]) for r in rows if "990100001" in r.values()] == [False]
