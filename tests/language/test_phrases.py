"""Findings in the English of the catalogue: every phrase in them is said, and what stays Chinese is data."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from markupsafe import escape

from scorecard.findings import Finding
from scorecard.intake import read
from scorecard.language import ENGLISH, catalogue, speaking
from scorecard.language.filling import FOREIGN, marked
from scorecard.messages import CATALOGUE, make
from scorecard.messages.again import said
from scorecard.messages.phrases import PART, phrase, told
from scorecard.pipeline.check import CheckRequest, check_files
from scorecard.registry import Registry, load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Rulebook
from scorecard.rulebook.printed import english_names, texts

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "district-xx"
HANDED_IN = ("submissions", "sources", "tasks", "issues", "upward", "selfscores")
MARKED = re.compile('<span lang="zh-CN">(.*?)</span>', re.DOTALL)
HAN = re.compile("[\u4e00-\u9fff]")
SAMPLES = {
    **dict.fromkeys(("count", "number", "row", "rest", "left", "percent", "wanted", "decimals"), "12"),
    **dict.fromkeys(("minimum", "maximum", "claimed", "checked"), "12.5"),
    **dict.fromkeys(("place", "first", "last"), "F7"),
    **dict.fromkeys(("begin", "end"), "2025-01-31"),
    "numbers": "2–5、7",
    "code": "ZC01",
    "level": "街道",
    "subject": "辖区单位",
    "field": "分子",
}
PARTS = [key.removeprefix(f"{PART}\x04") for key in catalogue(ENGLISH).texts if key.startswith(f"{PART}\x04")]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with speaking(ENGLISH, strict=True):
        yield


@pytest.mark.parametrize("msgid", PARTS)
def test_every_phrase_is_said(msgid: str) -> None:
    """None is taken for another one, or for a name, whatever its fields hold."""
    names = {name for _, name, _, _ in Formatter().parse(msgid) if name}
    values = {name: SAMPLES.get(name, "甲") for name in names} | ({"unit": "次"} if "unit" in names else {})
    held = catalogue(ENGLISH)
    assert phrase(msgid.format(**values), held) == marked(escape(held.text(msgid, PART)), told(values, held))


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("「整数」、「甲」等13个", "“a whole number”, “甲” and others, 13 in all"),
        ("第2–9、12行", "rows 2–9, 12"),
        (
            "0到23之间的最多2位小数的数字（单位：次）",
            "a number with at most 2 decimals, from 0 to 23 (unit: times)",
        ),
        ("3507社区", "3507社区"),
        ("12次", "12 times"),
        ("分子 380 → 395，状态 缺报 → （空）", "numerator 380 → 395, state missing → (empty)"),
        ("甲、乙说了，丙没有说", "甲、乙说了，丙没有说"),
        ("F7「整数」的「缺报」、E7「乙」的「3」", "“缺报” at F7, “整数”, “3” at E7, “乙”"),
        (
            "1个单位的数据（「甲、乙」）和2列数据（「丙」、「丁」）",
            "data of 1 unit (“甲、乙”) and 2 columns of data (“丙”, “丁”)",
        ),
        ("从“甲”到「乙", "从“甲”到「乙"),
        ("“甲.csv”、“乙.csv”", "“甲.csv”, “乙.csv”"),
        ("甲“乙”的「整数」", "甲, “乙”, “a whole number”"),
        ("", ""),
    ],
)
def test_phrases_hold_phrases_and_lists(text: str, english: str) -> None:
    """What is ours is said, however deep it is; a name stays whole, and so does anybody else's sentence."""
    assert MARKED.sub(r"\1", phrase(text, catalogue(ENGLISH))) == english


def _findings() -> list[Finding]:
    """Return what is found in the files of the example district, which are as clerks send them."""
    found = [path for kind in HANDED_IN for path in sorted((EXAMPLE / kind / "2025").rglob("*.*"))]
    files = [path for path in found if path.suffix in (".csv", ".xls", ".xlsx")]
    return [f for result in check_files(CheckRequest(files, EXAMPLE, 2025)) for f in result.findings]


def _data(registry: Registry, rulebook: Rulebook) -> str:
    """Return all that people wrote: cells, names, the rulebook."""
    files = [p for p in EXAMPLE.rglob("*.*") if p.suffix in (".csv", ".xls", ".xlsx")]
    cells = [c for path in files for s in read(path).sheets for row in s.rows for c in row]
    names = [
        f"{registry.units[u.parent_code].name}{u.name}" for u in registry.units.values() if u.parent_code
    ]
    return "\n".join([*cells, *texts(rulebook), *names])


def test_what_stays_chinese_is_what_people_wrote() -> None:
    """Of real findings nothing Chinese is left unmarked, and no word of ours is marked as Chinese."""
    found = _findings()
    rulebook = load_rulebook(find_rulebook(None, None))
    held = catalogue(ENGLISH).with_own(english_names(rulebook))
    sentences = [text for finding in found for text in said(finding, held)]
    assert len({finding.code for finding in found}) > 20
    assert [text for text in sentences if FOREIGN.search(MARKED.sub("", text))] == []
    data = _data(load_registry(EXAMPLE / "registry.csv"), rulebook)
    kept = {text for sentence in sentences for text in MARKED.findall(sentence)}
    assert sorted(text for text in kept if text not in data) == []


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_sentence_with_numbers_is_all_english(code: str) -> None:
    """A number chooses its words, and nothing of the pattern is left."""
    text = CATALOGUE[code]
    names = {name for part in (text.message, text.fix) for _, name, _, _ in Formatter().parse(part) if name}
    for number in ("1", "2"):
        shown = dict.fromkeys(names, number) | ({"rows": "第4行"} if "rows" in names else {})
        for sentence in said(make(code, **shown)):
            assert not FOREIGN.search(sentence)
            assert not re.search(r"[{}|]", sentence)


def test_the_names_of_a_rulebook_are_said_as_it_names_them() -> None:
    """An English name in the rulebook is in no catalogue, since another rulebook may have another."""
    held = catalogue(ENGLISH).with_own({"经费管理合规": "Fund-use compliance"})
    message, _ = said(make("W805", name="经费管理合规", raw="—", expected=""), held)
    assert message == "“—” is written for “Fund-use compliance”; it counts as missing."
    assert "Fund-use" not in said(make("W805", name="经费管理合规", raw="—", expected=""))[0]


def test_phrases_are_marked_where_they_are_filled_in() -> None:
    """No Chinese word is filled into a finding that the catalogue of translations cannot know."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "scorecard").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _is_finding(node)
        for keyword in node.keywords
        if any(HAN.search(word) for word in _unmarked(keyword.value))
    ]
    assert found == []


def _is_finding(call: ast.Call) -> bool:
    """Whether the first argument of a call is the code of a finding."""
    first = call.args[0] if call.args else None
    return isinstance(first, ast.Constant) and first.value in CATALOGUE


def _unmarked(node: ast.AST) -> Iterator[str]:
    """Yield the texts of an expression, but for those that are marked, or that a function is given."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _unmarked(child)
