"""Rules as sentences, and the generated pages."""

import re
from decimal import Decimal

import pytest

from scorecard.rulebook import Rulebook
from scorecard.rulebook.model import AvgDev, Best, Ded, Lin, Mm, RankRule, Rule
from scorecard.rulebook.show import readme, show
from scorecard.rulebook.words import formula, rule_sentence
from scorecard.settings import resource

SENTENCES = {
    "ZC01": "100%得满分 3 分，70%及以下得 0 分，其间按比例计分。",
    "ZC03": "100%得满分 2 分，每低 1 个百分点扣 0.1 分，不足 1 个百分点的按比例，扣完为止。",
    "ZC06": "满分 2 分，每个扣 0.5 分，扣完为止。",
    "XN01": "40 学时/人及以上得满分 3 分，0 学时/人得 0 分，其间按比例计分。",
    "XN05": "25% 至 50%（含）得满分 1 分，每低 1 个百分点扣 0.05 分，每高 1 个百分点扣 0.05 分，扣完为止。",
    "XN08": "12 次及以上得 1 分，8 次及以上得 0.7 分，4 次及以上得 0.4 分，不满 4 次得 0 分。",
    "XZ10": "满分 2 分，每次迟报扣 0.2 分、退回扣 0.1 分、漏报扣 0.5 分，扣完为止。",
    "FY01": "国家级得 4 分，省级得 4 分，市级得 3.2 分，区级得 2.4 分，无得 0 分。",
    "FY02": "90% 至 100%（含）得满分 2 分，每低 1 个百分点扣 0.05 分，高于 100%得 0 分，"
    "扣完为止；超过 100%须书面说明。",
    "FY05": "已具备要素数 ÷ 23 × 2 分。",
    "FY06": "基本服务项数 ÷ 10 × 1.5 分，特色服务项数达到 1 项得 0.5 分。",
    "TH04": "0%及以下得满分 1 分，每高 1 个百分点扣 0.05 分，不足 1 个百分点的按比例，"
    "扣完为止；基数为 0 时按本年绝对数计。",
    "TH11": "居民代表大会次数达到 2 次得 0.5 分，居民代表大会出席率达到 85%得 0.5 分。",
}
RELATIVE: list[tuple[Rule, str]] = [
    (Lin(type="LIN", zero_at=Decimal(90), full_at=Decimal(60)), "60%及以下得满分 3 分，90%及以上得 0 分"),
    (Ded(type="DED", per=Decimal(1), floor=False), "减分不设限"),
    (Mm(type="MM"), "最高的得满分 3 分，最差的得 1.8 分"),
    (
        RankRule(type="RANK", shares=(Decimal(1), Decimal("0.9")), rest=Decimal("0.5")),
        "第 2 名得 2.7 分，其余得 1.5 分",
    ),
    (Best(type="BEST"), "按与第 1 名的比例计分"),
    (AvgDev(type="AVGDEV", per=Decimal("0.5")), "每高于同类平均 1 个百分点扣 0.5 分"),
]


@pytest.mark.parametrize("code", SENTENCES)
def test_sentence(book: Rulebook, code: str) -> None:
    """The sentence has every number of the rule, boundaries included."""
    assert rule_sentence(book.indicators[code]) == SENTENCES[code]


@pytest.mark.parametrize(("rule", "words"), RELATIVE, ids=lambda value: getattr(value, "type", ""))
def test_rules_that_other_districts_use(book: Rulebook, rule: Rule, words: str) -> None:
    """Rule types outside the shipped rulebook have a sentence as well."""
    indicator = book.indicators["ZC01"].model_copy(update={"rule": rule})
    assert words in rule_sentence(indicator)


def test_every_sentence_is_whole(book: Rulebook) -> None:
    """Every sentence of the book is Chinese, ends once, and its points never exceed the weight."""
    for indicator in book.indicators.values():
        sentence = rule_sentence(indicator)
        assert sentence.endswith("。") and sentence.count("。") == 1 and "E+" not in sentence
        points = [Decimal(n) for n in re.findall(r"得(?:满分)? ([\d.]+) 分", sentence)]
        assert all(p <= indicator.weight for p in points), sentence


def test_formulas(book: Rulebook) -> None:
    """A formula is written with the names of the columns."""
    formulas = {code: formula(book.indicators[code]) for code in ("XN03", "XN01", "FY04", "XZ10", "TH04")}
    assert formulas == {
        "XN03": "持证人数 ÷ 年末在岗人数 × 100%",
        "XN01": "培训总学时 ÷ 年末在岗人数",
        "FY04": "综合服务设施面积 ÷ 总户数 × 100",
        "XZ10": "迟报次数 × 0.2 + 退回次数 × 0.1 + 漏报次数 × 0.5",
        "TH04": "（本年可防性案件数 − 前两年可防性案件平均数）÷ 前两年可防性案件平均数 × 100%",
    }


def test_show(book: Rulebook) -> None:
    """The terminal shows every indicator, modifier, grade and deadline, and the fingerprint."""
    text = show(book)
    assert book.sha256 in text and book.document_no in text
    for named in (*book.indicators.values(), *book.modifiers):
        assert f"{named.code} {named.name_zh}" in text
    for named in (*book.grades, *book.deadlines):
        assert f"  {named.name_zh}：" in text
    assert "优秀：90 分及以上，且不超过参评数的 30%" in text
    assert "封顶 5 分，条线部门的降 1 级，联合获得的平分" in text
    assert "文件日期在当年 12 月 31 日之后 31 天以内的计入当年" in text
    assert "等次不高于良好，得分和名次不变\n  V3 定为不合格：不得用于社区；" in text
    assert "黄牌未解除的，等次不高于良好；有效期 12 个月；一年 2 张，建议取消评优资格" in text
    for decided in (
        "名额全区统一分配，向下取整",
        "新设社区单列",
        "扣到总分 0 分为止",
        "不涉及按同类平均分计；待核暂计 0 分",
    ):
        assert decided in text


def test_readme_is_current(book: Rulebook) -> None:
    """The committed page is what the rulebook generates: write `readme(…)` to it after a change."""
    assert (resource("indicators") / "README.md").read_text("utf-8") == readme(book)


def test_readme_has_every_indicator_and_source(book: Rulebook) -> None:
    """Every row of the page has all eleven cells, and every source number used is explained below."""
    page = readme(book)
    rows = [line for line in page.splitlines() if re.match(r"\|[A-Z]{2}\d{2}\|", line)]
    assert [row[1:5] for row in rows] == list(book.indicators)
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {12}
    cited = {number for i in book.indicators.values() for number in re.findall(r"\[S\d+\]", i.source)}
    cited |= {number for m in book.modifiers for number in re.findall(r"\[S\d+\]", m.source)}
    assert cited <= {number for line in book.basis for number in re.findall(r"\[S\d+\]", line)}


def test_readme_escapes_what_markdown_would_read(book: Rulebook) -> None:
    """A pipe or a tag in a definition stays text in its cell."""
    first, *rest = book.dimensions
    indicator = first.indicators[0].model_copy(update={"definition": "a|b <script>\nc"})
    dimension = first.model_copy(update={"indicators": (indicator, *first.indicators[1:])})
    page = readme(book.model_copy(update={"dimensions": (dimension, *rest)}))
    assert r"a\|b \<script\> c" in page
