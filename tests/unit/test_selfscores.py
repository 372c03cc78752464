"""Self-assessments: read row by row, refused row by row, and never a score."""

from pathlib import Path

import pytest

from scorecard.intake import read_bytes
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.selfscores import TOTAL, Context, Read, Source, read_selfscores, take

EXAMPLE = Path(__file__).parents[2] / "examples" / "district-xx"
CONTEXT = Context(load_rulebook(find_rulebook(None, 2025)), load_registry(EXAMPLE / "registry.csv"), 2025)
LINHE = next(u.code for u in CONTEXT.registry.units.values() if u.name == "临河社区")
NAME = CONTEXT.rulebook.community_indicators[0].name_zh
CODE = CONTEXT.rulebook.community_indicators[0].code


def read(*rows: str, header: str = "社区名称,指标,自评分") -> Read:
    """Return a GBK file of `rows` as read."""
    data = "\n".join(("2025年度社区自评表", header, *rows)).encode("gb18030")
    return read_selfscores(Source("自评.csv", read_bytes("自评.csv", data)), CONTEXT)


@pytest.mark.parametrize("word", ["", "总分", "自评总分"])
def test_a_claim_about_the_whole(word: str) -> None:
    """An empty item, or a word for the sum."""
    claims = take([read(f"临河社区,{word},96.5")])
    assert {key: c.points_e2 for key, c in claims.items()} == {(LINHE, TOTAL): 9650}


@pytest.mark.parametrize("word", [CODE, CODE.lower(), NAME])
def test_a_claim_about_an_item(word: str) -> None:
    """By code or by name; a second column with the checked score is not read."""
    found = read(f"临河社区,{word},2.00,1.50", header="社区,考核项目,自评分,考核分")
    assert [(c.key, c.points_e2, c.row) for c in found.claims] == [((LINHE, CODE), 200, 3)]


def test_a_total_alone_needs_no_item_column() -> None:
    """The shortest table that people send."""
    assert take([read("临河社区,88", header="社区名称,自评分")])[LINHE, TOTAL].points_e2 == 8800


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("临河社区,没有这一项,2", "W990"),
        ("临河社区,,八十", "W991"),
        ("临河社区,,-1", "W991"),
        ("临河社区,,88.555", "W991"),
        ("临河设区,,88", "W954"),
    ],
)
def test_a_row_that_cannot_be_used_is_said(row: str, code: str) -> None:
    """One finding with its row, and no claim."""
    found = read(row)
    assert (found.claims, [(f.code, f.row) for f in found.notes.findings]) == ([], [(code, 3)])


def test_an_empty_cell_claims_nothing() -> None:
    """Nobody has to assess oneself."""
    found = read("临河社区,,", "临河社区,,90")
    assert len(found.claims) == 1 and found.notes.findings == []


def test_a_correction_comes_later() -> None:
    """Of two claims about the same the later file's counts."""
    assert take([read("临河社区,,90"), read("临河社区,,85")])[LINHE, TOTAL].points_e2 == 8500


def test_a_table_without_the_column_is_said() -> None:
    """The file is named, and what it lacks."""
    found = read("临河社区,x", header="社区名称,说明")
    assert [f.code for f in found.notes.findings] == ["W952"]
