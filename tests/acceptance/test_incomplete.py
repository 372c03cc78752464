"""What did not come, came in part, or lies in the wrong place: it waits, is said, and costs nobody a rank."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import Ran

FILE = "submissions/2025/望河街道2025年社区考核指标上报表.csv"


@pytest.fixture
def district(copy: Callable[[str], Path]) -> Path:
    """A copy of the example district, the file of one street among it in UTF-8."""
    data = copy("district-xx")
    file = data / FILE
    file.write_text(file.read_bytes().decode("gb18030"), "utf-8")
    return data


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


def test_a_correction_of_one_community_leaves_the_others(run: Callable[..., Ran], district: Path) -> None:
    """A later file with one row replaces that row; the street's other communities keep theirs."""
    before = built(run, district)
    old = totals(run, district)
    lines = (district / FILE).read_text("utf-8").splitlines()
    header = next(n for n, line in enumerate(lines) if "社区名称" in line)
    patch = [lines[header], next(line for line in lines if "临河" in line)]
    (district / "submissions/2025/望河街道补报临河.csv").write_text("\n".join(patch) + "\n", "utf-8")
    after = built(run, district)
    assert totals(run, district) == old
    assert after["ranked"] == before["ranked"]
    [first] = [f for f in after["files"] if f["file"] == FILE]
    assert (first["superseded_by"], first["accepted_units"]) == ("", 9)


def test_a_street_that_sent_nothing_waits(run: Callable[..., Ran], district: Path) -> None:
    """Its communities are not ranked last: they are not ranked, and the summary names the street."""
    before = built(run, district)
    (district / FILE).unlink()
    after = built(run, district)
    assert after["ranked"] == before["ranked"] - 10  # the eleventh waited before
    assert any("望河街道尚未报送" in message for message in after["others"])


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("submissions/望河补报.csv", "不在本年度的文件夹里"),
        ("decisions/加分.csv", "尚未计入结果"),
        ("decisions/一票否决.csv", "尚未计入结果"),
    ],
)
def test_what_is_not_read_is_said(run: Callable[..., Ran], district: Path, place: str, said: str) -> None:
    """A file in the wrong place and a decision that nobody reads are errors in the summary."""
    (district / place).write_text("社区名称\n临河社区\n", "utf-8")
    assert [said in m and place in m for m in built(run, district)["others"]].count(True) == 1


def test_an_approval_without_a_readable_year_is_refused(run: Callable[..., Ran], district: Path) -> None:
    """“2025年” is the year 2025; “去年” is an error and excuses nobody."""
    file = district / "decisions/不涉及.csv"
    text = file.read_text("utf-8-sig")
    before = built(run, district)["result_hash"]
    file.write_text(text.replace(",2025,", ",2025年,"), "utf-8")
    assert built(run, district)["result_hash"] == before
    file.write_text(text.replace(",2025,", ",去年,"), "utf-8")
    assert any("年度「去年」不是四位数的年份" in m for m in built(run, district)["others"])
