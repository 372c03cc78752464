"""The sentences about files, headers and structure."""

import re
from pathlib import Path
from string import Formatter

import pytest

import scorecard.intake
import scorecard.worker
from scorecard.messages.files import FILES

_ROOMS = (Path(room).parent for room in (scorecard.intake.__file__, scorecard.worker.__file__))
_SOURCES = [path.read_text("utf-8") for room in _ROOMS for path in room.glob("*.py")]
_ALLOWED = re.compile(r"PDF|UTF-8|GBK|GB18030|Excel|WPS|CSV|MB|\.xlsx?|\.csv|#DIV/0!")


@pytest.mark.parametrize("code", sorted(FILES))
def test_each_sentence_is_used_and_speaks_chinese(code: str) -> None:
    """Every code is raised somewhere; no engine word is shown; message and fix end like sentences."""
    text = FILES[code]
    assert any(f'"{code}"' in source for source in _SOURCES)
    for sentence in (text.message, text.fix):
        assert sentence.endswith(("。", "）。"))
        fields = {name for _, name, _, _ in Formatter().parse(sentence) if name}
        shown = _ALLOWED.sub("", re.sub(r"\{[^}]*\}", "", sentence))
        assert not re.search("[A-Za-z]{2,}|[,;!?]", shown), (shown, fields)


def test_every_code_in_intake_has_a_sentence() -> None:
    """A code without a sentence would raise instead of reporting."""
    used = set(re.findall(r'"([FHS][123]\d\d)"', "\n".join(_SOURCES)))
    assert used == set(FILES)
