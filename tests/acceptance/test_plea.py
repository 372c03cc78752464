"""`scorecard plea`: the requests of streets as a person types them; the portal sees the same."""

import json
from pathlib import Path

import pytest

from scorecard.cli import run
from tests.unit.pipeline.yearly import copy_example

ASK = ["--street", "望河街道", "--kind", "延期", "--until", "2026-01-08", "--note", "停电"]
CLERK = ["--actor", "刘报表", "--role", "街道报表员", "--on", "2025-12-20"]
OFFICE = ["--actor", "张考核", "--role", "区考核办", "--on", "2025-12-21"]
GROUP = ["--actor", "李组长", "--role", "考核领导小组", "--on", "2025-12-22"]
NUMBER = "2025-SQ-001"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The example district."""
    return copy_example(tmp_path, "district-xx")


def plea(data: Path, action: str, *words: str) -> int:
    """Run an action."""
    return run(["plea", action, *words, "--data", str(data), "--year", "2025"])


def test_a_request_is_made_judged_and_granted(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three people; each line says where it stands; the street's deadlines follow."""
    assert plea(data, "list") == 0 and "2025年度没有申请。" in capsys.readouterr().out
    assert plea(data, "ask", *ASK, *CLERK) == 0
    assert capsys.readouterr().out == f"{NUMBER}　990100001　延期到2026-01-08　待区里提意见\n"
    assert plea(data, "propose", NUMBER, "--until", "2026-01-06", "--note", "属实", *OFFICE) == 0
    assert plea(data, "decide", NUMBER, "--until", "2026-01-06", "--note", "同意", *GROUP) == 0
    assert "延期到2026-01-06　已批准" in capsys.readouterr().out
    assert plea(data, "list", "--json") == 0
    [said] = json.loads(capsys.readouterr().out)
    assert (said["number"], said["at"], said["decided"]["until"]) == (NUMBER, "GRANTED", "2026-01-06")


def test_what_the_portal_refuses_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Role, order, reason, day and name, each in a sentence; nothing is written."""
    assert plea(data, "ask", *ASK, *OFFICE) == 1
    assert "街道报表员" in capsys.readouterr().err
    assert plea(data, "ask", "--street", "没有街道", *ASK[2:], *CLERK) == 2
    assert "名录里没有街道「没有街道」" in capsys.readouterr().err
    assert plea(data, "ask", *ASK[:-2], *CLERK) == 2
    assert "没有写理由" in capsys.readouterr().err
    assert plea(data, "ask", *ASK[:4], "--until", "2026-02-08", "--note", "停电", *CLERK) == 2
    assert "早于数据冻结的2026-01-30" in capsys.readouterr().err
    assert plea(data, "decide", NUMBER, "--note", "同意", *GROUP) == 2
    assert f"没有编号为「{NUMBER}」的申请" in capsys.readouterr().err
    plea(data, "ask", *ASK, *CLERK)
    assert plea(data, "decide", NUMBER, "--note", "同意", *GROUP) == 1
    plea(data, "propose", NUMBER, "--refuse", "--note", "不属实", *OFFICE)
    assert plea(data, "decide", NUMBER, "--refuse", "--note", "不同意", *GROUP) == 0
    assert "未批准" in capsys.readouterr().out
