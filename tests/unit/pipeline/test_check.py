"""`check` before anything is handed in."""

from pathlib import Path

import pytest

from scorecard.checks import Options, render_text
from scorecard.errors import UserError
from scorecard.pipeline import check as module
from scorecard.pipeline.check import CheckRequest, check_files

EXAMPLE = Path(__file__).parents[3] / "examples" / "district-xx"


def test_a_refused_file_does_not_wait_for_last_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Last year's files take seconds to judge, and only a file that can be read is compared with them."""

    def judged(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(module, "standing", judged)
    file = tmp_path / "空.csv"
    file.write_bytes(b"")
    [result] = check_files(CheckRequest([file], EXAMPLE, 2025))
    assert [f.code for f in result.findings] == ["F101"]
    file.write_text("2025年度报表\n社区名称,持证人数,年末在岗人数\n临河社区,3,8\n", "utf-8")
    with pytest.raises(AssertionError):
        check_files(CheckRequest([file], EXAMPLE, 2025))


def test_what_decides_about_a_form_is_refused_for_a_list() -> None:
    """It would be ignored, and nobody would know."""
    tasks = EXAMPLE / "tasks" / "2025" / "青槐街道一表.csv"
    with pytest.raises(UserError, match="清单按列名读取"):
        check_files(CheckRequest([tasks], EXAMPLE, 2025, options=Options(sheet="定稿")))


def test_a_decision_about_one_file_is_none_about_its_namesake(tmp_path: Path) -> None:
    """Two streets call their files alike; only the one that was decided about is read by the decision."""
    (tmp_path / "registry.csv").write_bytes((EXAMPLE / "registry.csv").read_bytes())
    files = [tmp_path / "submissions" / "2025" / street / "报表.csv" for street in ("甲", "乙")]
    for file in files:
        file.parent.mkdir(parents=True)
        file.write_text(
            "2025年度报表\n社区名称,持证人数,年末在岗人数\n临河社区,3,8\n望江楼社区,3,8\n", "utf-8"
        )
    decided = "文件,表头行\nsubmissions/2025/甲/报表.csv,2\n"
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "读取办法.csv").write_text(decided, "utf-8")
    first, second = check_files(CheckRequest(files, tmp_path, 2025))
    assert (first.options.header_row, second.options.header_row) == (2, None)


def test_a_list_is_checked_as_a_list(tmp_path: Path) -> None:
    """A task table beside a form: each by its own rules, in the order in which they were given."""
    form = tmp_path / "空.csv"
    form.write_bytes(b"")
    tasks = EXAMPLE / "tasks" / "2025" / "青槐街道一表.csv"
    claims = EXAMPLE / "selfscores" / "2025" / "望河街道自评.csv"
    first, second, third = check_files(CheckRequest([tasks, form, claims], EXAMPLE, 2025))
    assert [f.code for f in first.findings] == ["W951"]
    assert [f.code for f in second.findings] == ["F101"]
    assert third.findings == ()
    said = render_text(first)
    assert "有错误，须改正" in said
    assert "一表（任务表），2025年度；表头在第2行，每件事项一行" in said
    assert "社区自评表" in render_text(third)
