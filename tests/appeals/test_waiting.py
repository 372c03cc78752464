"""Why a community waits: its own errors, less those that a newer file settled, and rows that may be its."""

from html import unescape
from pathlib import Path
from re import sub

import pytest

from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.product import open_product
from scorecard.pipeline.queries import explain
from tests.appeals.conftest import FIRST, SECOND, District, facts, registry

NEAR = "2025,临河花圆社区,TH02,95,100\n"
HEAD = "年度,社区名称,指标编码,分子,分母\n"


@pytest.fixture
def named(district: District) -> District:
    """The district, its first two communities with names that can be misspelt, a file for each department."""
    district.put("registry.csv", registry().replace("甲社区", "临河花园社区").replace("乙社区", "望江社区"))
    put_facts(district, facts())
    (district.root / "sources/2025/各项.csv").unlink()
    return district


def put_facts(district: District, text: str) -> None:
    """Write the rows of safety satisfaction into one file, the others into another."""
    head, *rows = text.splitlines()
    for name, safe in (("平安", True), ("学习", False)):
        own = [row for row in rows if ("TH02" in row) == safe]
        district.put(f"sources/2025/{name}.csv", "\n".join([head, *own]) + "\n")


def page(site: Path, code: str) -> str:
    """Return a community's page as text."""
    text = (site / "current" / "c" / f"{code}.html").read_text("utf-8")
    return unescape(sub("<[^>]*>", "", text))


def waiting(district: District) -> dict[str, list[str]]:
    """Return who waits for what after the last build."""
    product, tables = open_product(DataFolder.open(district.root), 2025)
    tables.close()
    return {unit: list(said) for unit, said in product.waiting.items()}


def test_a_misspelt_name_in_a_correction_makes_its_unit_wait(named: District, tmp_path: Path) -> None:
    """The older number does not stand as if nothing had come; page and explanation name the row."""
    named.put("sources/2025/更正.csv", HEAD + NEAR)
    named.build(tmp_path / "site")
    held = waiting(named)
    assert list(held) == [FIRST]
    assert "可能与本单位有关：sources/2025/更正.csv" in held[FIRST][0]
    assert "「临河花圆社区」" in held[FIRST][0]
    shown = page(tmp_path / "site", FIRST)
    assert "更正.csv”中有一行疑似本社区，未采用" in shown
    assert "可能与本社区有关：" in shown
    assert "疑似本社区" not in page(tmp_path / "site", SECOND)
    told = explain(named.root, 2025, None, FIRST, None)
    assert "存疑：“sources/2025/更正.csv”中有一行疑似本单位，未采用" in told


@pytest.mark.parametrize(
    "rows",
    [
        NEAR + "2025,临河花园社区,TH02,60,100\n",  # it has a row of its own there
        "2025,完全不同社区,TH02,95,100\n",  # nobody has such a name
    ],
)
def test_a_strange_name_that_means_nobody_in_particular_holds_nobody(named: District, rows: str) -> None:
    """Neither a community with its own row there waits, nor anybody for a name that is like nobody's."""
    named.put("sources/2025/更正.csv", HEAD + rows)
    named.build()
    assert waiting(named) == {}


def test_a_later_file_with_the_right_name_settles_it(named: District) -> None:
    """Once the community's own row has come, nobody waits, and nothing is in doubt."""
    named.put("sources/2025/更正.csv", HEAD + NEAR)
    named.put("sources/2025/更正（第二次）.csv", HEAD + NEAR.replace("花圆", "花园"))
    named.build()
    assert waiting(named) == {}
    assert "存疑" not in explain(named.root, 2025, None, FIRST, None)


def test_an_error_that_a_newer_file_replaced_is_no_reason(named: District, tmp_path: Path) -> None:
    """The cell that is right by now is not named; the one that is still wrong is."""
    wrong = facts().replace(f"2025,{FIRST},TH02,60,100", f"2025,{FIRST},TH02,160,100")
    put_facts(named, wrong.replace(f"2025,{FIRST},XN02,5,10", f"2025,{FIRST},XN02,50,10"))
    named.build()
    before = waiting(named)[FIRST]
    assert any("160" in said for said in before)
    named.put("sources/2025/更正.csv", HEAD + "2025,临河花园社区,TH02,60,100\n")
    named.build(tmp_path / "site")
    [left] = waiting(named)[FIRST]
    assert "50" in left
    assert "160" not in left
    assert "160" not in page(tmp_path / "site", FIRST)
