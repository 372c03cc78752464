"""A finding in another language is taken apart and said again."""

from collections.abc import Iterator
from dataclasses import replace
from string import Formatter
from types import MappingProxyType

import pytest

from scorecard.language import Catalogue, plain, speaking
from scorecard.language import speech as speech_module
from scorecard.messages import CATALOGUE, again, make
from scorecard.messages.again import said

PLACES = {
    "“{text}”表": "sheet “{text}”",
    "第{text}行": "row {text}",
    "{text}列": "column {text}",
    "「{text}」": "({text})",
    "{where}：": "{where}: ",
    "、": ", ",
}

SHAPED = {"percent": "12.5", "normalized_number": "3.5", "other_day": "2025-01-10", "on": "2025-01-10"}
SHAPED |= {"rows": "第4行"}


def _names(*texts: str) -> list[str]:
    return sorted({name for text in texts for _, name, _, _ in Formatter().parse(text) if name})


def _echo(msgid: str) -> str:
    """Return a translation that tells which fields it was given."""
    return "".join(f"[{name}={{{name}}}]" for name in _names(msgid)) or "whole"


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Speak by the texts that a test puts into the dictionary."""
    texts: dict[str, str] = dict(PLACES)
    monkeypatch.setattr(
        speech_module, "catalogue", lambda name, strict: Catalogue(name, MappingProxyType(texts), strict)
    )
    with speaking("en"):
        yield texts


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_sentence_gives_its_fields_back(code: str, english: dict[str, str]) -> None:
    """Whatever was filled in comes out again under its name, in message and fix."""
    text = CATALOGUE[code]
    english |= {text.message: _echo(text.message), text.fix: _echo(text.fix)}
    names = set(_names(text.message, text.fix))
    values = {name: SHAPED.get(name, f"‹{name}›") for name in names}
    message, fix = said(make(code, **values))
    assert plain(message) == _echo(text.message).format(**values)
    assert plain(fix) == _echo(text.fix).format(**values)


def test_what_a_user_wrote_is_marked_and_never_translated(english: dict[str, str]) -> None:
    """Even where it is the very word of a text that has a translation."""
    english |= {CATALOGUE["C402"].message: "{raw} is no number.", "缺报": "missing"}
    message, _ = said(make("C402", sheet="表一", row=7, column="F", header="户数", raw="缺报", hint=""))
    assert message == (
        'sheet “<span lang="zh-CN">表一</span>”, row 7, column F, (<span lang="zh-CN">户数</span>): '
        '<span lang="zh-CN">缺报</span> is no number.'
    )


def test_our_phrases_in_a_sentence_are_translated(english: dict[str, str]) -> None:
    """A hint or what is expected is a phrase of ours, with fields of its own."""
    english |= {
        CATALOGUE["C404"].fix: "x",
        CATALOGUE["C402"].fix: "Fill in {expected}. {hint}",
        "part\x04建议改为「{value}」。": "Suggested: {value}.",
        "part\x04整数": "a whole number",
    }
    _, fix = said(make("C402", raw="九", expected="整数", hint="建议改为「9」。"))
    assert fix == "Fill in a whole number. Suggested: 9."


def test_another_sentence_stays_chinese(english: dict[str, str]) -> None:
    """A sentence that was not made by the catalogue, of an older edition perhaps, is marked, not lost."""
    english[CATALOGUE["C402"].message] = "{raw} is no number."
    finding = replace(make("C402", raw="九", expected="", hint=""), message="别的<句子>。")
    assert said(finding)[0] == '<span lang="zh-CN">别的&lt;句子&gt;。</span>'


def test_what_is_known_settles_where_a_field_ends(english: dict[str, str]) -> None:
    """A user may write the words of the sentence itself."""
    english[CATALOGUE["C420"].message] = "{raw} < {minimum}"
    message, _ = said(make("C420", raw="1」低于下限2", minimum=5, expected=""))
    assert plain(message) == "1」低于下限2 < 5"


def test_one_pattern_serves_all_findings_of_a_code(
    english: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are tens of thousands: none is worth a pattern of its own."""
    english |= {CATALOGUE["C402"].message: "{raw} is no number.", CATALOGUE["C402"].fix: "{expected}{hint}"}
    raws = [f"约{number}" for number in range(9)]
    found = [make("C402", row=7, raw=raw, expected="一", hint="") for raw in [*raws, "很" * 99]]
    said(found[0])

    def compiled(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(again.re, "compile", compiled)
    assert [plain(said(finding)[0]) for finding in found][:9] == [
        f"row 7: {raw} is no number." for raw in raws
    ]


def test_in_chinese_a_finding_is_what_it_was() -> None:
    """Nothing is taken apart."""
    finding = make("C402", row=7, column="F", raw="九", expected="整数", hint="")
    assert said(finding) == (finding.message, finding.fix)
