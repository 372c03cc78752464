"""The other commands, as a person runs them."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorecard.cli.arguments import make_parser
from tests.acceptance.conftest import EXAMPLES, Built, Ran, apart

DISTRICT = EXAMPLES / "district-xx"


def test_every_command_has_help() -> None:
    """No command is listed without a line that says what it does."""
    text = make_parser().format_help()
    for command in ("build", "check", "template", "read", "scores", "explain", "rulebook", "ledger"):
        assert re.search(rf"^\s+{command}\s+\w", text, re.M), command


def test_help_imports_nothing_heavy() -> None:
    """`--help` must answer at once, so no library of ours is loaded for it."""
    done = apart("--help", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert done.code == 0
    assert not re.search(r"\| +(polars|duckdb|pydantic|jinja2|sqlalchemy|tqdm|xlsxwriter)\b", done.err)


def test_a_wrong_command_is_usage(run: Callable[..., Ran]) -> None:
    """A mistyped command ends with 2 and without a traceback."""
    done = run("biuld")
    assert done.code == 2
    assert "Traceback" not in done.err


def dirty_file() -> Path:
    """Return a file of the example that has a blocking mistake."""
    return next(p for p in sorted((DISTRICT / "submissions" / "2025").rglob("*望河*")) if p.is_file())


def test_check_names_place_value_reason_and_fix(run: Callable[..., Ran]) -> None:
    """A blocking mistake gives exit 1 and one sentence with all that the clerk needs."""
    done = run("check", dirty_file(), "--data", DISTRICT, "--year", "2025")
    assert done.code == 1
    assert re.search(r"第\d+行[A-Z]+列「[^」]+」：「约400」", done.out)
    assert "Error" not in done.out + done.err


def test_check_as_json_has_excel_coordinates(run: Callable[..., Ran]) -> None:
    """JSON carries every field of the contract, the value verbatim."""
    done = run("check", dirty_file(), "--data", DISTRICT, "--year", "2025", "--format", "json")
    findings = [f for result in done.json for f in result["findings"]]
    found = next(f for f in findings if f["raw"] == "约400")
    assert found["severity"] == "error"
    assert found["cell"] == f"{found['column']}{found['row']}"
    assert {"code", "header", "unit_code", "message", "fix"} <= found.keys()


def test_check_stores_nothing(copy: Callable[[str], Path], run: Callable[..., Ran]) -> None:
    """Checking leaves the folder as it was."""
    data = copy("yuhuazhai")
    file = next(p for p in sorted((data / "submissions").rglob("*")) if p.is_file())
    before = sorted(data.rglob("*"))
    run("check", file, "--data", data, "--year", "2025")
    assert sorted(data.rglob("*")) == before


def test_read_shows_cells_with_coordinates(run: Callable[..., Ran]) -> None:
    """`read` shows what intake saw, encoding and its evidence included."""
    done = run("read", dirty_file(), "--format", "json")
    (sheet,) = done.json["sheets"]
    assert done.code == 0
    assert done.json["encoding"]
    assert "约400" in sheet["cells"].values()


def test_scores_add_up(run: Callable[..., Ran], district: Built) -> None:
    """The exported items of a unit add up to its exported total, by calculator."""
    arguments = ("--data", DISTRICT, "--year", "2025", "--home", district.home)
    items = list(csv.DictReader(io.StringIO(run("scores", *arguments).out)))
    units = list(csv.DictReader(io.StringIO(run("scores", *arguments, "--table", "units").out)))
    for unit in units:
        points = [int(i["points_e2"] or 0) for i in items if i["unit_code"] == unit["unit_code"]]
        extra = int(unit["bonus_e2"]) - int(unit["deduction_e2"])
        assert sum(points) + extra == int(unit["total_e2"])
    assert len(units) == 84


def test_scores_as_parquet_needs_a_file(run: Callable[..., Ran], district: Built, tmp_path: Path) -> None:
    """Parquet on a terminal is refused with a sentence; into a file it works."""
    arguments = (
        "scores",
        "--data",
        DISTRICT,
        "--year",
        "2025",
        "--home",
        district.home,
        "--format",
        "parquet",
    )
    refused = run(*arguments)
    assert (refused.code, "--out" in refused.err) == (2, True)
    assert run(*arguments, "--out", tmp_path / "s.parquet").code == 0
    assert (tmp_path / "s.parquet").read_bytes()[:4] == b"PAR1"


def test_scores_carry_names_and_no_formula(
    copy: Callable[[str], Path], run: Callable[..., Ran], tmp_path: Path
) -> None:
    """Beside each code stands its name; in CSV alone a name that looks like a formula is made plain text."""
    data = copy("yuhuazhai")
    registry = (data / "registry.csv").read_text("utf-8-sig").replace(",化工坊社区,", ",=1+化工坊社区,")
    (data / "registry.csv").write_text(registry, "utf-8-sig")
    assert run("build", "--data", data, "--year", "2025", "--no-pages").code == 0

    def rows(table: str, fmt: str) -> list[dict[str, Any]]:
        done = run("scores", "--data", data, "--year", "2025", "--table", table, "--format", fmt)
        return list(csv.DictReader(io.StringIO(done.out))) if fmt == "csv" else done.json

    for fmt, name in (("csv", "'=1+化工坊社区"), ("json", "=1+化工坊社区")):
        units = {row["unit_name"]: row for row in rows("units", fmt)}
        assert units[name]["street_name"] == "鱼化寨街道"
        assert units["3507社区"]["grade_name"] in ("优秀", "良好", "合格", "不合格")
        item = next(row for row in rows("items", fmt) if row["unit_name"] == "3507社区")
        assert (item["street_name"], item["dimension_name"]) == ("鱼化寨街道", "讲奉献比业绩")
        assert item["indicator_name"] == "和谐社区创建等级"
        assert [row["street_name"] for row in rows("streets", fmt)] == ["鱼化寨街道"]
        assert rows("district", fmt)[0]["population_count"] in (7, "7")


def test_explain_goes_from_the_total_to_the_cell(run: Callable[..., Ran], street: Built) -> None:
    """3507社区, award level: total, dimension, item, rule with numbers, raw value, file, row and column."""
    arguments = ("3507", "fy01", "--data", street.data, "--year", "2025", "--home", street.home)
    done = run("explain", *arguments)
    assert done.code == 0, done.err
    assert "3507社区" in done.out
    assert "讲奉献比业绩" in done.out
    assert "省级" in done.out
    assert re.search(r"submissions/2025/\S+，(“\S+”表)?第\d+行[A-Z]+列；回执2025-", done.out)


def test_explain_follows_the_numbers_to_the_file(run: Callable[..., Ran], district: Built) -> None:
    """The cell that `explain` names holds the number that it shows."""
    arguments = ("--data", DISTRICT, "--year", "2025", "--home", district.home)
    code = district.summary["top"][0]["unit_code"]
    done = run("explain", code, "ZC01", *arguments)
    place = re.search(r"来源：(\S+?)，(?:“\S+?”表)?第(\d+)行([A-Z]+)列、([A-Z]+)列", done.out)
    shown = re.search(r"已建党组织小区数 (\d+)个，小区（楼院）总数 (\d+)个", done.out)
    assert place and shown, done.out
    cells = run("read", DISTRICT / place[1], "--format", "json").json["sheets"][0]["cells"]
    assert [cells[f"{place[3]}{place[2]}"], cells[f"{place[4]}{place[2]}"]] == [shown[1], shown[2]]


@pytest.mark.parametrize(("unit", "said"), [("望河社", "名录里没有"), ("502厂社区 ZZ99", "没有指标")])
def test_explain_of_something_unknown_is_a_sentence(
    run: Callable[..., Ran], district: Built, unit: str, said: str
) -> None:
    """Unknown names and indicators are told, with what is near."""
    done = run("explain", *unit.split(), "--data", DISTRICT, "--year", "2025", "--home", district.home)
    assert done.code == 2
    assert said in done.err


def test_rulebook_lint_and_show(run: Callable[..., Ran]) -> None:
    """The rulebook of the repository is clean, and is shown with its rules in words."""
    assert run("rulebook", "lint").code == 0
    shown = run("rulebook", "show", "--year", "2025")
    assert shown.code == 0
    assert "居民综合满意度" in shown.out


def test_a_broken_rulebook_cannot_score(
    copy: Callable[[str], Path], run: Callable[..., Ran], tmp_path: Path
) -> None:
    """Lint names file and key; build refuses with the same words."""
    import shutil

    book = Path(shutil.copytree(EXAMPLES.parent / "indicators" / "wujiang-wubi" / "2025", tmp_path / "book"))
    file = book / "community" / "1-loyalty.toml"
    file.write_text(file.read_text("utf-8").replace("weight = 3", "weight = 4", 1), "utf-8")
    linted = run("rulebook", "lint", book)
    assert linted.code == 1
    assert "1-loyalty.toml" in linted.out
    built = run("build", "--data", copy("yuhuazhai"), "--year", "2025", "--no-pages", "--rulebook", book)
    assert built.code == 1
    assert "1-loyalty.toml" in built.err
    assert "Traceback" not in built.err


@pytest.mark.parametrize(
    ("fmt", "name", "said"),
    [
        ("xlsx", "b.csv", "就是要读取的原文件"),
        ("text", "b.csv", "就是要读取的原文件"),
        ("xlsx", "c.csv", "「c.xlsx」"),
        ("json", "c.xlsx", "「c.json」"),
        ("text", "c.csv", "「c.txt」"),
    ],
)
def test_check_writes_over_no_original(
    fmt: str, name: str, said: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    """The clerk's file stays as it is, and no file is written whose ending lies about it."""
    original = tmp_path / "b.csv"
    original.write_text("社区名称\n", encoding="utf-8")
    out = tmp_path / "." / name
    done = run("check", original, "--data", DISTRICT, "--year", "2025", "--format", fmt, "--out", out)
    assert (done.code, said in done.err) == (2, True)
    assert original.read_text(encoding="utf-8") == "社区名称\n"
    assert sorted(tmp_path.iterdir()) == [original]


@pytest.mark.parametrize(("name", "begins"), [("a.xlsx", b"PK"), ("a.json", b"["), ("a.txt", "《".encode())])
def test_the_ending_says_the_format(
    name: str, begins: bytes, run: Callable[..., Ran], tmp_path: Path
) -> None:
    """Whoever asks for a workbook by its name gets one."""
    out = tmp_path / name
    assert run("check", dirty_file(), "--data", DISTRICT, "--year", "2025", "--out", out).code == 1
    assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize("typed", ["1", "临河社区", ""])
def test_check_refuses_an_unknown_street(typed: str, run: Callable[..., Ran]) -> None:
    """A street that does not exist must not switch the checks of the street off."""
    done = run("check", dirty_file(), "--data", DISTRICT, "--year", "2025", "--street", typed)
    assert done.code == 2
    assert "可选：990100001（望河街道）" in done.err


def test_check_takes_a_streets_name(run: Callable[..., Ran]) -> None:
    """By name or by code: another street's communities are told from the sender's."""
    asked = ("check", dirty_file(), "--data", DISTRICT, "--year", "2025", "--format", "json", "--street")
    by_name, by_code = (run(*asked, street) for street in ("望河街道", "990100001"))
    assert by_name.out == by_code.out
    other = run(*asked, "990100002")
    assert [f["code"] for f in other.json[0]["findings"] if f["severity"] == "error"] == ["K542"]
