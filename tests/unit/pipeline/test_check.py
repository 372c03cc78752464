"""`check` before anything is handed in."""

from pathlib import Path

import pytest

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
