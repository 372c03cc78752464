"""What a person decides on the command line about a file that the program read otherwise."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from scorecard.ledger import Ledger
from tests.acceptance.conftest import EXAMPLES, Ran

DISTRICT = EXAMPLES / "district-xx"
HEADER = ("社区名称", "持证的人", "年末在岗人数")
ROWS = (HEADER, ("临河社区", "3", "8"), ("望江楼社区", "4", "9"))

Check = Callable[..., Ran]


@pytest.fixture
def check(run: Callable[..., Ran]) -> Check:
    """`scorecard check` on the example district."""
    return lambda *given: run("check", *given, "--data", DISTRICT, "--year", "2025")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook of two sheets whose second one, 定稿, is meant."""
    path = tmp_path / "报表.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name in ("草稿", "定稿"):
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate((("持证人数", "社区名称"), *ROWS)):
                sheet.write_row(number, 0, row)
    return path


@pytest.mark.parametrize(
    "given", ["持证的人=持证人数", "B=持证人数", "b＝XN03.numerator", "持证的人=XN03.分子"]
)
def test_a_column_is_what_the_person_says(given: str, check: Check, book: Path) -> None:
    """By header or letter, to an input or a field of an indicator; the report shows that it was decided."""
    done = check(book, "--sheet", "定稿", "--header-row", "2", "--map", given)
    assert "B列「持证的人」→ 持证人数，人工指定" in done.out
    assert "人工指定：读取“定稿”表，表头在第2行，" in done.out
    assert done.code == 0, done.out + done.err


def test_json_carries_the_decisions(check: Check, book: Path) -> None:
    """A program sees what was decided and which columns it changed."""
    options = ("--sheet", "定稿", "--header-row", "2", "--map", "B=持证人数", "--format", "json")
    (report,) = check(book, *options).json
    assert report["overrides"] == {"sheet": "定稿", "header_row": 2, "mapping": {"B": "持证人数"}}
    assert [m["how"] for m in report["mapping"]] == ["key", "given", "exact"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--map", "没有这列=持证人数"), "人工指定的列「没有这列」在表头里找不到"),
        (("--map", "B=没有这项"), "人工指定的目标「没有这项」不是考核办法里的数据项"),
        (("--map", "B=ZZ99.numerator"), "人工指定的目标「ZZ99.numerator」不是"),
        (("--map", "B持证人数"), "--map 的写法是“列=指标”"),
        (("--map", "B=持证人数", "--map", "B=年末在岗人数"), "给列「B」指定了两个目标"),
        (("--sheet", "没有这张"), "没有名为「没有这张」的工作表"),
        (("--sheet", "定稿", "--header-row", "99"), "第99行没有可以识别的列名"),
        (("--encoding", "latin-9", "--format", "xlsx"), "请用 --out 指定写到哪里"),
    ],
)
def test_a_wrong_decision_is_one_sentence(
    given: tuple[str, ...], said: str, check: Check, book: Path
) -> None:
    """A mistake in the command is told as such, with exit code 2 and without a report."""
    done = check(book, *given)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""
    assert "Traceback" not in done.err


def test_decisions_are_about_one_file(check: Check, book: Path) -> None:
    """Given with several files nobody could tell which one is meant."""
    done = check(book, book, "--map", "B=持证人数")
    assert done.code == 2
    assert "只对一个文件有效，这次给了2个文件" in done.err


def test_a_column_decided_twice_is_told(check: Check, book: Path) -> None:
    """A decision that makes two columns the same input does not let either vanish without a word."""
    done = check(book, "--sheet", "定稿", "--header-row", "2", "--map", "B=年末在岗人数")
    assert done.code == 1
    assert "列重复（H202）" in done.out


def test_marked_workbook_on_the_command_line(check: Check, book: Path, tmp_path: Path) -> None:
    """`--format xlsx` writes the file to --out, says so on stderr, and keeps stdout for data."""
    out = tmp_path / "退回.xlsx"
    done = check(book, "--sheet", "定稿", "--format", "xlsx", "--out", out)
    assert out.read_bytes().startswith(b"PK")
    assert done.out == ""
    assert "已写出标注的工作簿" in done.err


def test_a_decision_about_a_column_reaches_the_build(run: Callable[..., Ran], tmp_path: Path) -> None:
    """`--map … --remember` once: the next check asks nothing, and the build reads, says and records it."""
    data = tmp_path / "区"
    shutil.copytree(DISTRICT, data, ignore=shutil.ignore_patterns("evidence", "products"))
    file = data / "submissions" / "2025" / "望河街道更正.csv"
    file.write_bytes("\n".join(",".join(row) for row in ROWS).encode("gb18030"))
    where = ("--data", data, "--year", "2025")
    assert "（K537）" in run("check", file, *where).out
    done = run("check", file, *where, "--map", "B=持证人数", "--remember")
    assert "已记入 decisions 里的表头对应" in done.err
    again = run("check", file, *where)
    assert again.code == 0
    assert "B列「持证的人」→ 持证人数，沿用上次的对应关系" in again.out
    site = tmp_path / "site"
    built = run("build", *where, "--out", site, "--json").json
    [taken] = [f for f in built["files"] if f["file"] == "submissions/2025/望河街道更正.csv"]
    assert (taken["accepted_units"], taken["waiting_units"]) == (2, [])
    assert "沿用上次的对应关系" in (site / "current" / "quality.html").read_text("utf-8")
    entries = Ledger.at(data / "evidence" / "ledger.sqlite").entries("received")
    mapping = [m for e in entries for m in e.payload.get("mapping", []) if m[1] == "持证的人"]
    assert mapping == [["B", "持证的人", "持证人数", "remembered"]]
    assert run("explain", "临河社区", "XN03", *where).out.count("望河街道更正.csv") >= 1


def test_a_decision_about_the_reading_reaches_the_build(
    run: Callable[..., Ran], book: Path, tmp_path: Path
) -> None:
    """`--sheet --header-row --remember` once: check and build read that sheet of that file by that row."""
    data = tmp_path / "区"
    shutil.copytree(DISTRICT, data, ignore=shutil.ignore_patterns("evidence", "products"))
    file = data / "submissions" / "2025" / "望河街道更正.xlsx"
    file.write_bytes(book.read_bytes())
    where = ("--data", data, "--year", "2025")
    chosen = ("--sheet", "定稿", "--header-row", "2", "--map", "B=持证人数", "--remember")
    assert run("check", file, *where, *chosen).code == 0
    kept = (data / "decisions" / "读取办法.csv").read_text("utf-8-sig").splitlines()
    assert kept[1] == "submissions/2025/望河街道更正.xlsx,定稿,2,,2025年"
    assert "人工指定：读取“定稿”表，表头在第2行" in run("check", file, *where).out
    built = run("build", *where, "--out", tmp_path / "site", "--json").json
    [taken] = [f for f in built["files"] if f["file"] == "submissions/2025/望河街道更正.xlsx"]
    assert (taken["accepted_units"], taken["waiting_units"]) == (2, [])
    assert "“定稿”表" in run("explain", "临河社区", "XN03", *where).out


def test_the_reading_of_a_file_elsewhere_is_not_remembered(check: Check, book: Path) -> None:
    """A build finds files by their place in the data folder."""
    assert "请先把文件放进 submissions" in check(book, "--sheet", "定稿", "--remember").err


def test_only_what_was_decided_can_be_remembered(check: Check, book: Path) -> None:
    """Without --map there is nothing to remember, and several files cannot be meant."""
    assert "没有可以记住的列对应" in check(book, "--remember").err
    assert "只对一个文件有效" in check(book, book, "--remember").err
