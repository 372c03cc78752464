"""A definition that contradicts itself is refused, with every reason at once."""

from pathlib import Path

import pytest

from scorecard.errors import RulebookError
from scorecard.survey import load_definition
from tests.unit.survey.survey_files import DEFINITION, rulebook


def refusal(folder: Path, text: str) -> str:
    """Return why the definition is refused."""
    (folder / "survey.toml").write_text(text, "utf-8")
    with pytest.raises(RulebookError) as caught:
        load_definition(folder / "survey.toml", rulebook())
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("confidence = 95", "confidence = 100", "confidence: 应小于 100"),
        ("confidence = 95", 'confidence = "95"', "confidence: 应为数"),
        ("confidence = 95", "confidenc = 95", "confidenc: 不认识的键"),
        ("minimum_sample = 3", "minimum_sample = 0", "minimum_sample: 应不小于 1"),
        ('code = "staff"', 'code = "resident"', "respondent: 「resident」用了不止一次"),
        ('scale = "five"', 'scale = "six"', "question[Q1].scale: 没有名为「six」的量表"),
        (
            'respondents = ["staff", "resident"]',
            'respondents = ["guest"]',
            "question[Q1].respondents: 没有名为「guest」",
        ),
        ('{ name = "男" }, { name = "女" }', '{ name = "男" }', "question[Q4].options: 至少要有两个选项"),
        (
            '{ name = "男" }, { name = "女" }',
            '{ name = "男" }, { name = "男" }',
            "question[Q4].options: 「男」用了不止一次",
        ),
        ('{ name = "停车" }', '{ name = "停车", satisfied = true }', "question[Q3].kind: 多选题没有满意率"),
        (
            '{ name = "35以下", at_most = 35 }',
            '{ name = "35以下" }',
            "options[35以下]: 分档题的每一档都要写上下界",
        ),
        (
            "at_least = 50, below = 70",
            "at_least = 50, below = 70, at_most = 70",
            "只写 at_most（含）或 below（不含）之一",
        ),
        ("at_least = 36, at_most = 50", "at_least = 51, at_most = 50", "下界大于上界"),
        ("dont_know = true, in_base = false", "dont_know = true", "留在基数里的选项都要有分值"),
        (
            '{ name = "男" }',
            '{ name = "男", in_base = false, satisfied = true }',
            "算作满意的选项必须在基数里",
        ),
        ("target = 90", "weighted = true", "question[Q1].weighted: weighting 是 none"),
        ("target = 90", 'indicator = "XX99"\nindicator_from = "staff"', "考核办法里没有比率指标「XX99」"),
        ("target = 90", 'indicator = "TH01"', "question[Q1].indicator_from: 应为本题所问的一类调查对象"),
        ('[[scale]]\ncode = "five"', '[[scale]]\ncode = "five', "写法不对"),
    ],
)
def test_every_contradiction_is_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    """The reason names file, key and value in Chinese; nothing is measured with such a survey."""
    assert old in DEFINITION
    reason = refusal(tmp_path, DEFINITION.replace(old, new, 1))
    assert said in reason and "survey.toml: " in reason
    assert "pydantic" not in reason


def test_all_reasons_at_once(tmp_path: Path) -> None:
    """Two contradictions are two lines."""
    wrong = DEFINITION.replace('scale = "five"', 'scale = "six"', 1).replace("below = 70", "below = 7")
    assert "有2处错误" in refusal(tmp_path, wrong)


def test_no_file(tmp_path: Path) -> None:
    """A definition that is not there is refused with a sentence."""
    with pytest.raises(RulebookError, match="缺少这个文件"):
        load_definition(tmp_path / "survey.toml", rulebook())
