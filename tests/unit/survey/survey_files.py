"""A small registry, a small survey, and files of it."""

from datetime import date
from functools import cache
from pathlib import Path

from scorecard.findings import Finding
from scorecard.intake import read_bytes
from scorecard.registry import Registry, Unit
from scorecard.rulebook import Rulebook, find_rulebook, load_rulebook
from scorecard.survey import Report, evaluate, load_definition

YEAR = 2025
NORTH, SOUTH, EAST = "990100001001", "990100001002", "990100001003"

DEFINITION = """
id = "small"
title = "小问卷"
confidence = 95
decimals = 2
weighting = "none"
minimum_sample = 3
separators = ["；", "、"]

[[respondent]]
code = "resident"
name = "居民"
strata = [{ code = "o", name = "普通", weight = 4 }, { code = "s", name = "特殊", weight = 1 }]

[[respondent]]
code = "staff"
name = "工作人员"
aliases = ["社工"]

[[scale]]
code = "five"
rulebook_levels = true
options = [{ name = "不了解", aliases = ["说不清"], dont_know = true, in_base = false }]

[[question]]
code = "Q1"
name = "总体是否满意"
respondents = ["staff", "resident"]
scale = "five"
target = 90

[[question]]
code = "Q2"
name = "年龄"
kind = "band"
respondents = ["staff"]
options = [
  { name = "35以下", at_most = 35 },
  { name = "36到50", at_least = 36, at_most = 50 },
  { name = "50以上", at_least = 50, below = 70 },
]

[[question]]
code = "Q3"
name = "需要什么"
kind = "multiple"
respondents = ["staff"]
options = [{ name = "停车" }, { name = "卫生" }, { name = "都不要", in_base = false }]

[[question]]
code = "Q4"
name = "性别"
respondents = ["staff", "resident"]
options = [{ name = "男" }, { name = "女" }]
"""


def registry(*, households: tuple[int | None, ...] = (1000, 2000, 3000)) -> Registry:
    """Return a district with a street and three communities, and one that is gone."""
    district = Unit("990100", "某区", "区")
    street = Unit("990100001", "某街道", "街道", "990100")
    names = zip((NORTH, SOUTH, EAST), ("城北社区", "城南社区", "城东社区"), households, strict=True)
    homes = [Unit(code, name, "社区", street.code, "城市社区", n) for code, name, n in names]
    gone = Unit("990100001009", "老街社区", "社区", street.code, valid_to=date(2020, 1, 1))
    return Registry({unit.code: unit for unit in (district, street, *homes, gone)})


@cache
def rulebook() -> Rulebook:
    """Return the shipped rulebook."""
    return load_rulebook(find_rulebook(None, YEAR))


def evaluated(
    folder: Path,
    *files: str,
    definition: str = DEFINITION,
    units: Registry | None = None,
    decimals: dict[str, tuple[int, int]] | None = None,
) -> Report:
    """Return what CSV texts come to: the first file is `1.csv`, the second `2.csv` …"""
    path = folder / "survey.toml"
    path.write_text(definition, "utf-8")
    survey = load_definition(path, rulebook())
    documents = [read_bytes(f"{n}.csv", text.encode()) for n, text in enumerate(files, 1)]
    places = decimals or {"TH01": (2, 2), "TH06": (0, 0)}
    return evaluate(documents, survey, units or registry(), YEAR, places)


def found(report: Report, code: str) -> list[Finding]:
    """Return the findings of `code`."""
    return [finding for finding in report.findings if finding.code == code]


def counts(unit: str, *numbers: int, who: str = "工作人员", question: str = "总体是否满意") -> str:
    """Return the rows of a count-level file: the five levels and 不了解, as many as numbers are given."""
    levels = ("非常满意", "满意", "基本满意", "不满意", "非常不满意", "不了解")
    pairs = zip(levels, numbers, strict=False)
    return "".join(f"{unit},{who},{question},{level},{number}\n" for level, number in pairs)


COUNTS = "社区名称,调查对象,题目,选项,份数\n"
SHARES = "社区名称,调查对象,题目,选项,占比,样本数\n"
RETURNS = "社区名称,调查对象,发放份数,回收份数,拒访份数\n"
FORMS = "问卷编号,社区名称,调查对象,总体是否满意,年龄,需要什么\n"
