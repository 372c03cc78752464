"""Task tables, issues and ratings from the folder to the published number, and back."""

import csv
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.pipeline.listed import TASK_TABLES, UPWARD_TABLES
from scorecard.rulebook import find_rulebook, load_rulebook
from tests.acceptance.conftest import EXAMPLES, Built, Ran

RULEBOOK = load_rulebook(find_rulebook(None, 2025))
TASKS, ISSUES = (
    next(i.code for i in RULEBOOK.community_indicators if i.fed_by == kind) for kind in ("tasks", "issues")
)


def rows(text: str) -> list[dict[str, str]]:
    """Return a CSV as rows."""
    return list(csv.DictReader(io.StringIO(text)))


def scores(run: Callable[..., Ran], data: Path, home: Path, table: str) -> list[dict[str, str]]:
    """Return an exported table."""
    done = run("scores", "--data", data, "--year", "2025", "--home", home, "--table", table)
    assert done.code == 0, done.err
    return rows(done.out)


@pytest.fixture(scope="module")
def bare(
    run: Callable[..., Ran], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], tuple[Path, Path]]:
    """Build the district without one of its folders; return data and home."""

    def build(*without: str) -> tuple[Path, Path]:
        place = tmp_path_factory.mktemp("bare")
        left_out = shutil.ignore_patterns("evidence", "products", *without)
        data = Path(shutil.copytree(EXAMPLES / "district-xx", place / "data", ignore=left_out))
        done = run(
            "build", "--data", data, "--year", "2025", "--no-pages", "--home", place / "home", "--quiet"
        )
        assert done.code == 0, done.err
        return data, place / "home"

    return build


@pytest.mark.parametrize("table", ["items", "units", "streets", "district"])
def test_ratings_touch_no_score(
    run: Callable[..., Ran], district: Built, no_upward: tuple[Path, Path], table: str
) -> None:
    """Without upward/ every score row is the same, to the last column."""
    assert scores(run, *no_upward, table) == scores(run, district.data, district.home, table)


@pytest.fixture(scope="module")
def no_upward(bare: Callable[..., tuple[Path, Path]]) -> tuple[Path, Path]:
    """The district without ratings."""
    return bare("upward")


@pytest.fixture(scope="module")
def typed_only(bare: Callable[..., tuple[Path, Path]]) -> tuple[Path, Path]:
    """The district with typed rates alone."""
    return bare("tasks", "issues")


def test_ranked_communities_keep_their_numbers(
    run: Callable[..., Ran], district: Built, typed_only: tuple[Path, Path]
) -> None:
    """The tables of the example count what was typed: only communities that wait anyway differ."""
    place = ("sha256", "sheet", "source_row", "source_columns", "loss_rank")
    both = zip(
        scores(run, district.data, district.home, "items"), scores(run, *typed_only, "items"), strict=True
    )
    moved = {
        (mine["unit_name"], mine["indicator_code"])
        for mine, typed in both
        if any(mine[key] != typed[key] for key in mine if key not in place)
    }
    assert moved == {
        ("水厂社区", TASKS),
        ("学府社区", TASKS),
        ("林场路社区", TASKS),
        ("机务段社区", ISSUES),
        ("科苑社区", ISSUES),
    }


def test_explain_goes_down_to_the_rows(run: Callable[..., Ran], district: Built) -> None:
    """How many of how many, in which rows, and which task was not on time and why."""
    done = run(
        "explain", "书院巷社区", TASKS, "--data", district.data, "--year", "2025", "--home", district.home
    )
    assert (
        "按期完成24项 ÷ 应完成25项，见“tasks/2025/青槐街道一表（补报：书院巷社区）.csv”第3–27行（25行）"
        in done.out
    )
    assert "不算按期：第11行「R09 补种绿植」，逾期才完成（完成时限2025-08-20" in done.out
    assert "回执2025-990100002-YB-" in done.out
    typed = run(
        "explain", "电子城社区", TASKS, "--data", district.data, "--year", "2025", "--home", district.home
    )
    assert "计数：" not in typed.out and "submissions/2025/云台路街道" in typed.out


def test_every_list_has_a_receipt_and_lies_in_the_store(run: Callable[..., Ran], district: Built) -> None:
    """Tables, maps and ratings are received, and verify reads them."""
    shown = run("ledger", "show", "--data", district.data, "--home", district.home).out
    files = [p for f in ("tasks", "issues", "upward") for p in (district.data / f).rglob("*") if p.is_file()]
    assert len(files) == 18
    for path in files:
        assert f"收到 {path.relative_to(district.data).as_posix()}，" in shown
    assert run("ledger", "verify", "--data", district.data, "--home", district.home).code == 0


def test_a_map_that_was_changed_in_the_store_is_named(
    run: Callable[..., Ran], district: Built, tmp_path: Path
) -> None:
    """One byte of one map is enough."""
    home = Path(shutil.copytree(district.home, tmp_path / "home"))
    (kept,) = [
        p for p in (home / "evidence" / "store").rglob("*") if p.is_file() and p.read_bytes()[:5] == b"%PDF-"
    ]
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes() + b" ")
    done = run("ledger", "verify", "--data", district.data, "--home", home)
    assert done.code == 1
    assert kept.parent.name + kept.name in done.err


def test_the_commands_give_tables(run: Callable[..., Ran], district: Built) -> None:
    """Counts with names; what is wrong with files goes to stderr and hinders no list."""
    done = run("tasks", "--data", district.data, "--year", "2025")
    assert done.code == 0 and "2025年2月30日" in done.err
    counts = rows(done.out.lstrip("\ufeff"))
    held = {r["社区"] for r in counts if r["有错误待更正"] == "是"}
    assert held == {"学府社区", "机务段社区", "科苑社区"}
    assert sum(int(r["行数"]) for r in counts if r["清单"] == "问题") > 2000
    rated = rows(run("upward", "--data", district.data, "--year", "2025").out.lstrip("\ufeff"))
    (few,) = [r for r in rated if r["公布"] == "否"]
    assert (few["被评单位"], few["应评社区数"], few["参评社区数"], few["平均分"]) == ("市五中", "3", "", "")


def test_people_read_chinese_and_programs_codes(run: Callable[..., Ran], district: Built) -> None:
    """96.1万元 in CSV under a Chinese head, 分 × 10^4 as a whole number in JSON."""
    place = ("--data", district.data, "--year", "2025", "--table", "plans")
    first = rows(run("tasks", *place).out.lstrip("\ufeff"))[0]
    assert (first["社区"], first["金额（万元）"], first["公示起始日"]) == ("临河社区", "96.1", "2025-03-13")
    coded = run("tasks", *place, "--format", "json").json[0]
    assert (coded["unit_name"], coded["amount_e6"]) == ("临河社区", 96_100_000)


@pytest.mark.parametrize(
    ("command", "table"),
    [*(("tasks", t) for t in TASK_TABLES), *(("upward", t) for t in UPWARD_TABLES)],
)
def test_no_head_is_english(command: str, table: str, run: Callable[..., Ran], district: Built) -> None:
    """Every column of every table has a Chinese name of its own."""
    done = run(command, "--data", district.data, "--year", "2025", "--table", table)
    heads = done.out.lstrip("\ufeff").splitlines()[0].split(",")
    assert done.code == 0 and len(set(heads)) == len(heads) > 3
    assert not re.search("[a-z_]", "".join(heads))


def test_the_same_folder_gives_the_same_bytes(
    run: Callable[..., Ran], district: Built, tmp_path: Path
) -> None:
    """A second build in another place has the same snapshot and result."""
    again = run(
        *("build", "--data", district.data, "--year", "2025", "--no-pages", "--home", tmp_path, "--json")
    ).json
    assert (again["snapshot"], again["result_hash"]) == (
        district.summary["snapshot"],
        district.summary["result_hash"],
    )
