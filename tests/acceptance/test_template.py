"""The template: filled in by a clerk and handed in, it passes without a word about itself."""

import csv
import io
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from scorecard.checks import CheckResult
from scorecard.findings import Severity
from scorecard.pipeline.check import CheckRequest, check_files
from scorecard.pipeline.folder import DataFolder, Party
from scorecard.pipeline.forms import previous_answers
from scorecard.registry import Registry, load_registry
from scorecard.rulebook import Rulebook, find_rulebook, load_rulebook
from scorecard.sheets import Template, template
from tests.acceptance.conftest import EXAMPLES, Ran

DISTRICT = EXAMPLES / "district-xx"
STREETS = tuple(f"99010000{number}" for number in range(1, 7))
FORMS = (*(("A", street) for street in STREETS), *((form, "") for form in "BCD"))
FIRST_ROW = 4


@cache
def book() -> Rulebook:
    """Return the rulebook of the example."""
    return load_rulebook(find_rulebook(None, 2025))


@cache
def registry() -> Registry:
    """Return the registry of the example."""
    return load_registry(DISTRICT / "registry.csv")


@cache
def previous() -> Mapping[tuple[str, str], str]:
    """Return what was reported for 2024."""
    return previous_answers(DataFolder.open(DISTRICT), book(), registry(), 2025)


@cache
def made(form: str, street: str = "") -> bytes:
    """Return a template of the example district."""
    (asked,) = [f for f in book().forms if f.code == form]
    unit = registry().units[street] if street else None
    return template(Template(book(), registry(), 2025, asked, unit, previous()))


@cache
def filled(form: str, street: str = "") -> bytes:
    """Return the template with last year's values typed in again."""
    workbook = openpyxl.load_workbook(io.BytesIO(made(form, street)))
    sheet, last = workbook["填报"], workbook["上年数"]
    for row in last.iter_rows(min_row=FIRST_ROW):
        for cell in row:
            if cell.value is not None and not sheet[cell.coordinate].protection.locked:
                sheet[cell.coordinate].value = cell.value
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def check(path: Path, form: str) -> CheckResult:
    """Check a file as its party hands it in."""
    party: Party = "street" if form == "A" else "district"
    return check_files(CheckRequest([path], DISTRICT, 2025, party=party))[0]


def passes(result: CheckResult, form: str) -> None:
    """Assert that nothing is to be said of the template: all columns known, all units accepted.

    That the numbers are last year's own (T703) is said, and true.
    """
    worse = [f for f in result.findings if f.severity in (Severity.ERROR, Severity.WARNING)]
    assert {f.code for f in worse} <= {"T703"}
    assert result.form == form
    assert len(result.accepted_units) == result.row_count > 0
    assert result.facts.height >= result.row_count - 1  # a merged community has no last year
    assert not any(f.code.startswith(("H", "S", "K")) for f in result.findings)


@pytest.mark.parametrize(("form", "street"), FORMS)
def test_a_filled_template_passes(form: str, street: str, tmp_path: Path) -> None:
    """Every form of every sender: mapped without help, hidden and explaining sheets without a finding."""
    path = tmp_path / "模板.xlsx"
    path.write_bytes(filled(form, street))
    passes(check(path, form), form)


def test_saved_as_gbk_csv_it_passes(tmp_path: Path) -> None:
    """WPS saves the first sheet as CSV in GBK: the same facts come out."""
    sheet = openpyxl.load_workbook(io.BytesIO(filled("A", STREETS[0])))["填报"]
    text = io.StringIO()
    csv.writer(text).writerows(
        [["" if c.value is None else c.value for c in row] for row in sheet.iter_rows()]
    )
    (tmp_path / "模板.csv").write_bytes(text.getvalue().encode("gb18030"))
    (tmp_path / "模板.xlsx").write_bytes(filled("A", STREETS[0]))
    from_text, from_book = (check(tmp_path / f"模板.{kind}", "A") for kind in ("csv", "xlsx"))
    passes(from_text, "A")
    values = [r.facts.drop("sha256", "sheet") for r in (from_text, from_book)]
    assert values[0].equals(values[1])


@pytest.mark.parametrize(
    ("kind", "target"),
    [("xlsx", "xlsx"), ("xls", "xls"), ("csv", "csv:Text - txt - csv (StarCalc):44,34,67,1")],
)
def test_libreoffice_saves_what_passes(kind: str, target: str, tmp_path: Path) -> None:
    """Opened and saved by another program, as .xlsx, .xls and GBK CSV: still our form."""
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "模板.xlsx"
    source.write_bytes(filled("A", STREETS[0]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", tmp_path, source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    result = check(tmp_path / f"模板.{kind}", "A")
    assert [f for f in result.findings if f.severity is Severity.ERROR] == []
    assert len(result.accepted_units) == result.row_count > 0


def test_last_year_of_a_renamed_and_of_a_merged_community() -> None:
    """云麓社区 was 建新路社区 last year and has its values; the merged 东岭新城社区 has none of its own."""
    by_name = {u.name: u.code for u in registry().assessed(2025)}
    assert any(unit == by_name["云麓社区"] for unit, _ in previous())
    assert not any(unit == by_name["东岭新城社区"] for unit, _ in previous())


def test_the_command_writes_the_template(run: Callable[..., Ran], tmp_path: Path) -> None:
    """`scorecard template` gives the same bytes and says what it made."""
    out = tmp_path / "t.xlsx"
    done = run("template", "--data", DISTRICT, "--year", "2025", "--street", STREETS[0], "--out", out)
    assert done.code == 0, done.err
    assert out.read_bytes() == made("A", STREETS[0])
    assert "社区指标上报表" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "请用 --street 指定街道"),
        (("--street", "990100999"), "没有街道「990100999」"),
        (("--street", "990100001001"), "没有街道「990100001001」"),
        (("--street", STREETS[0], "--form", "Z"), "没有报表「Z」"),
    ],
)
def test_a_wrong_request_is_one_sentence(
    arguments: tuple[str, ...], said: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    """Which street and which form: what is wrong, and what there is to choose from."""
    done = run("template", "--data", DISTRICT, "--year", "2025", "--out", tmp_path / "t.xlsx", *arguments)
    assert done.code == 2
    assert said in done.err
    assert "可选：" in done.err
    assert not (tmp_path / "t.xlsx").exists()


def test_a_template_under_another_ending_is_refused(run: Callable[..., Ran], tmp_path: Path) -> None:
    """A workbook named .csv opens as rubbish: one sentence with a name that fits, and nothing is written."""
    out = tmp_path / "A.csv"
    done = run("template", "--data", DISTRICT, "--year", "2025", "--street", STREETS[0], "--out", out)
    assert (done.code, out.exists()) == (2, False)
    assert "「A.xlsx」" in done.err


def test_a_street_may_be_named(run: Callable[..., Ran], tmp_path: Path) -> None:
    """The registered name gives the form that the code gives."""
    out, name = tmp_path / "t.xlsx", registry().units[STREETS[0]].name
    done = run("template", "--data", DISTRICT, "--year", "2025", "--street", name, "--out", out)
    assert done.code == 0, done.err
    assert out.read_bytes() == made("A", STREETS[0])
