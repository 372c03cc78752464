"""What a goal takes, in lines: the fewest indicators that are enough together, and not thirty of them."""

import re
from typing import Any

import pytest

from scorecard.insight.goals import Goal
from scorecard.insight.reach import NOT_ENOUGH, Blocked, Reach
from scorecard.insight.result import Result
from scorecard.insight.said import reach_lines
from scorecard.insight.together import Together, together
from scorecard.rulebook import find_rulebook, load_rulebook
from tests.unit.insight.tables import Rows

BOOK = load_rulebook(find_rulebook(None, 2025))
CODES = [i.code for i in BOOK.community_indicators][:12]
GIVES = {code: Blocked(NOT_ENOUGH, 10 * n) for n, code in enumerate(CODES, start=1)}  # 0.10 to 1.20
TOTAL = 7_700


def reach(least_e2: int) -> Reach:
    """A goal that no indicator reaches alone."""
    return Reach("1", Goal("grade", "良好", least_e2), least_e2 - TOTAL, (), GIVES)


@pytest.mark.parametrize(
    ("more", "codes", "points"),
    [(230, CODES[:-3:-1], 230), (231, CODES[:-4:-1], 330), (780, CODES[::-1], 780), (781, [], 0)],
)
def test_the_fewest_together(more: int, codes: list[str], points: int) -> None:
    """1.20 + 1.10 are just enough for 2.30, not for 2.31; all twelve give 7.80 and no more."""
    assert together(reach(TOTAL + more), TOTAL) == Together(tuple(codes), points)


def test_the_lines_name_the_fewest_and_cut_the_rest() -> None:
    """Two are named as enough; of the twelve that alone are not, the eight that give most."""
    _, fewest, blocked = reach_lines([reach(TOTAL + 230)], BOOK, TOTAL)
    first, second = (f"{code} {BOOK.indicators[code].name_zh}" for code in CODES[:-3:-1])
    assert fewest.strip() == (
        f"没有哪一项单独做得到；最少要2项一起补到满分：{first}、{second}（合计+2.30分）。"
    )
    assert len(re.findall(r"（[+]\d", blocked)) == 8 and blocked.endswith("等12项")
    _, never, _ = reach_lines([reach(TOTAL + 781)], BOOK, TOTAL)
    assert "能补的各项都补到满分也不够" in never


def test_what_holds_a_grade_down_is_named() -> None:
    """Vetoes and open cards with their documents, each once; lifted cards and advice hold nobody down."""
    said = (
        ("V1", "取消评优资格"),
        ("yellow_card", "黄牌（整改中）"),
        ("yellow_card_closed", "黄牌（已解除）"),
    )
    flags = [
        {"year": 2025, "unit_code": "1", "kind": kind, "label_zh": label, "document_no": f"{n}号"}
        for n, (kind, label) in enumerate((*said, ("V1_suggested", "建议取消评优资格")), start=1)
    ]
    empty: dict[str, list[dict[str, Any]]] = {"report_unit": [], "item_line": []}
    result = Result(Rows(empty | {"report_flag": [*flags, flags[0]]}), BOOK, 2025)
    assert result.held_back("1") == "取消评优资格（1号）、黄牌（整改中）（2号）"
