"""What is a document number, and what only says that there is none."""

import pytest

from scorecard.messages.documents import numbered


@pytest.mark.parametrize(
    "text", ["", "  ", "无", " 暂无 ", "没有", "待定", "-", "—", "/", "……", "n/a", "Ｎ／Ａ", "（无）"]
)
def test_no_number(text: str) -> None:
    """Words for nothing and mere signs, in any width."""
    assert numbered(text) == ""


@pytest.mark.parametrize(
    "text", ["某考复〔2026〕1号", "纪要〔2026〕2号", "无锡考〔2026〕1号", "1", "会议纪要"]
)
def test_a_number_stays_as_it_was_typed(text: str) -> None:
    """Whatever says something is left to people."""
    assert numbered(text) == text
