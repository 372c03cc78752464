"""`scorecard survey` as a person runs it: published figures, and a survey whose result can be scored."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.registry import load_registry
from tests.acceptance.conftest import EXAMPLES, Ran

SHAPINGBA, DISTRICT = EXAMPLES / "shapingba", EXAMPLES / "district-xx"
FILES = sorted((SHAPINGBA / "surveys" / "2025").glob("*.csv"))


@pytest.fixture(scope="module")
def published(run: Callable[..., Ran]) -> Ran:
    """What is said of the published figures."""
    return run("survey", *FILES, "--data", SHAPINGBA, "--year", "2025", "--format", "json")


def test_what_was_published(published: Ran) -> None:
    """Each percentage with its stated base: possible and by which count, of another base, pooled, or none."""
    said = {(s["respondent"], s["percent"]): (s["judgement"], s["counts"]) for s in published.json["shares"]}
    staff = {"5.25", "26.38", "38.92", "29.45", "89.37"}
    wrong = {percent for (who, percent), (judgement, _) in said.items() if judgement == "wrong_base"}
    assert wrong == staff | {"42.38"}
    assert {p for (_, p), (j, _) in said.items() if j == "impossible"} == {"68.09", "18.08", "90.43"}
    assert [p for (_, p), (j, _) in said.items() if j == "pooled"] == ["66.9"]
    counts = {p: c[0] for (who, p), (j, c) in said.items() if j == "clean" and who == "resident"}
    wanted = {"0.18": 1, "22.32": 123, "33.39": 184, "26.86": 148, "17.24": 95, "34.3": 189, "65.7": 362}
    wanted |= {"54.63": 301, "5.26": 29, "85.66": 472, "62.43": 344, "53.36": 294, "50.82": 280}
    assert wanted.items() <= counts.items()
    assert said["village", "80"] == ("clean", [16, 16])
    assert said["staff", "17.8"] == ("wrong_sum", [139, 139])
    assert said["staff", "88.2"] == ("wrong_sum", [689, 689])


def test_check_says_what_a_survey_is_and_which_command_reads_it(run: Callable[..., Ran]) -> None:
    """One finding for each of the files, instead of a missing header or columns that nobody asked for."""
    done = run("check", *FILES, "--data", SHAPINGBA, "--year", "2025", "--format", "json")
    found = [[(f["code"], f["message"]) for f in result["findings"]] for result in done.json]
    forms = ("占比表", "回收情况表", "问卷计数表")
    assert found == [[("W893", f"这是{form}，不是指标表，没有读取。")] for form in forms]
    assert "scorecard survey" in done.json[0]["findings"][0]["fix"]
    assert done.code == 1


def test_only_the_sum_of_106_is_an_error(published: Ran) -> None:
    """99.99 passes and several answers may sum to 302.7; 17.8 + 88.2 may not, and the partner is named."""
    errors = [f for f in published.json["findings"] if f["severity"] == "error"]
    assert published.code == 1
    assert [f["code"] for f in errors] == ["Q943"]
    assert "106.0%" in errors[0]["message"] and "82.2%" in errors[0]["message"]


def test_the_other_doubts(published: Ran) -> None:
    """Bands that share a value, forms without a number handed out, and 22 of 32 as a small sample."""
    found = published.json["findings"]
    overlapping = {f["message"].partition("两档")[0] for f in found if f["code"] == "Q923"}
    assert len(overlapping) == 7
    assert sum(f["code"] == "Q933" for f in found) == 2
    (result,) = published.json["results"]
    assert (result["rate"], result["rate_percent"], result["small"]) == ("11/16", "68.75", True)
    assert (result["low_percent"], result["high_percent"]) == ("51.43", "82.05")
    assert published.json["facts"] == []


def counted(path: Path) -> Path:
    """Write a count-level survey of every assessed community and return its file."""
    homes = [unit.name for unit in load_registry(DISTRICT / "registry.csv").assessed(2025)]
    lines = ["社区名称,调查对象,分层,题目,选项,份数"]
    for n, name in enumerate(homes):
        for stratum, numbers in (("普通", (30, 10, 2, n % 3, 0, 3)), ("特殊", (5, 4, n % 2, 1, 1, 0))):
            options = ("非常满意", "满意", "基本满意", "不满意", "非常不满意", "不了解")
            lines += [
                f"{name},居民,{stratum},Q1,{option},{k}" for option, k in zip(options, numbers, strict=True)
            ]
    path.write_bytes("\n".join(lines).encode("gb18030"))
    return path


def test_the_result_can_be_scored(
    copy: Callable[[str], Path], run: Callable[..., Ran], tmp_path: Path
) -> None:
    """The CSV goes into sources/ and `check` takes it: every line a fact, nothing to correct."""
    data = copy("district-xx")
    out = data / "sources" / "2025" / "问卷.csv"
    made = run(
        "survey",
        counted(tmp_path / "计数.csv"),
        "--data",
        data,
        "--year",
        "2025",
        "--format",
        "csv",
        "--out",
        out,
    )
    assert (made.code, made.out) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))
    checked = run("check", out, "--data", data, "--year", "2025", "--format", "json")
    (result,) = checked.json
    assert (checked.code, result["summary"]["facts"], result["form"] != "") == (0, len(rows), True)
    assert {f["severity"] for f in result["findings"]} <= {"info", "warning"}
    assert {row["indicator_code"] for row in rows} == {"TH01"}


def test_all_formats_say_the_same_and_nothing_is_stored(
    copy: Callable[[str], Path], run: Callable[..., Ran], tmp_path: Path
) -> None:
    """Text, JSON and CSV have the same rate; twice the same bytes; the folder stays as it was."""
    data, file = copy("district-xx"), counted(tmp_path / "计数.csv")
    before = sorted(data.rglob("*"))
    arguments = ("survey", file, "--data", data, "--year", "2025", "--format")
    text, record, again = run(*arguments, "text"), run(*arguments, "json"), run(*arguments, "json")
    first = record.json["results"][0]
    assert first["rate_percent"] in text.out and first["unit_name"] in text.out
    assert record.json["facts"] == run(*arguments, "csv").out.splitlines()[1:]
    assert record.out == again.out
    assert sorted(data.rglob("*")) == before


@pytest.mark.parametrize(("file", "said"), [("没有.csv", "没有找到文件"), ("registry.csv", "")])
def test_a_wrong_file_is_a_sentence(file: str, said: str, run: Callable[..., Ran]) -> None:
    """A file that is not there, or is no survey, is one Chinese sentence and no traceback."""
    done = run("survey", SHAPINGBA / file, "--data", SHAPINGBA, "--year", "2025")
    assert done.code in (1, 2) and said in done.err
    assert "Traceback" not in done.err and ("错误" in done.out + done.err)


def test_a_phone_number_is_never_repeated(run: Callable[..., Ran], tmp_path: Path) -> None:
    """A respondent's phone that stands in a cell is masked in the finding that quotes it."""
    file = tmp_path / "明细.csv"
    file.write_text("社区名称,调查对象,题目,选项,份数\n宏城名都社区,13812345678,R61,社区解决,8\n", "utf-8")
    done = run("survey", file, "--data", SHAPINGBA, "--year", "2025", "--format", "json")
    assert "138****5678" in done.out and "13812345678" not in json.dumps(done.json)
