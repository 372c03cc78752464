"""`check` before anything is handed in."""

from pathlib import Path

import pytest

from scorecard.checks import render_text
from scorecard.pipeline import check as module
from scorecard.pipeline.check import CheckRequest, check_files

EXAMPLE = Path(__file__).parents[3] / "examples" / "district-xx"


def test_a_refused_file_does_not_wait_for_last_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Last year's files take seconds to judge, and only a file that can be read is compared with them."""

    def judged(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(module, "counted", judged)
    file = tmp_path / "空.csv"
    file.write_bytes(b"")
    [result] = check_files(CheckRequest([file], EXAMPLE, 2025))
    assert [f.code for f in result.findings] == ["F101"]
    file.write_text("社区名称,持证人数,年末在岗人数\n临河社区,3,8\n", "utf-8")
    with pytest.raises(AssertionError):
        check_files(CheckRequest([file], EXAMPLE, 2025))


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
