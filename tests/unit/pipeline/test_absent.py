"""What a file asks to be taken as 不涉及, whichever form it has, typed or noted, each pair once."""

from dataclasses import replace
from pathlib import Path

import pytest

from scorecard.checks import CheckContext, check
from scorecard.intake import read_bytes
from scorecard.pipeline.absent import Absence, Heard, heard
from scorecard.registry import load_registry
from scorecard.rulebook import Rulebook, find_rulebook, load_rulebook

EXAMPLE = Path(__file__).parents[3] / "examples" / "district-xx"
RULEBOOK = load_rulebook(find_rulebook(None, 2025))
CONTEXT = CheckContext(RULEBOOK, load_registry(EXAMPLE / "registry.csv"), 2025, "street")
UNIT, OTHER = "990100001001", "990100001002"  # 临河社区, 望江楼社区
WIDE = "社区名称,已建党组织小区数,小区（楼院）总数,共驻共建达标单位数,驻区单位数,备注"
LONG = "社区名称,指标编码,分子,分母,备注"


def hear(*rows: str, approved: bool = False) -> Heard:
    """Return what is heard of a file of these rows."""
    document = read_bytes("某街道.csv", "\n".join(rows).encode())
    pairs = frozenset((UNIT, code) for code in ("ZC01", "TH08")) if approved else frozenset()
    return heard(check(document, replace(CONTEXT, approvals=pairs)), RULEBOOK)


@pytest.mark.parametrize("approved", [False, True])
def test_two_cells_of_an_indicator_ask_once(approved: bool) -> None:
    """With the row's note, at the first cell; an approval changes nothing of what is asked."""
    said = hear(WIDE, "临河社区,不涉及,不涉及,4,5,辖区为单位大院", "望江楼社区,7,7,4,5,", approved=approved)
    assert said.asked == (Absence(UNIT, "ZC01", "", 2, "B2", "不涉及", "辖区为单位大院"),)
    assert {(UNIT, "ZC01"), (UNIT, "TH08"), (OTHER, "ZC01")} <= said.answered


def test_a_long_form_asks_by_its_row() -> None:
    """The note is the row's own."""
    said = hear(LONG, "临河社区,ZC01,不涉及,不涉及,单位大院", "临河社区,TH08,4,5,别的")
    assert [(a.pair, a.cell, a.note) for a in said.asked] == [((UNIT, "ZC01"), "C2", "单位大院")]


@pytest.mark.parametrize("approved", [False, True])
def test_a_note_asks_for_what_nobody_answered(approved: bool) -> None:
    """By the row of a long form, by the indicator's name in a wide one; a number beside it says otherwise."""
    name = RULEBOOK.indicators["ZC01"].name_zh
    note = f"{name}不涉及，没有小区"
    wide = hear(WIDE, f"临河社区,,,4,5,{note}", f"望江楼社区,7,7,4,5,{note}", approved=approved)
    assert wide.asked == (Absence(UNIT, "ZC01", "", 2, "", "", note),)
    long = hear(LONG, "临河社区,ZC01,,,不涉及", "临河社区,TH08,4,5,不涉及", approved=approved)
    assert [(a.pair, a.cell) for a in long.asked] == [((UNIT, "ZC01"), "")]


def test_what_contradicts_itself_asks_for_nothing() -> None:
    """不涉及 beside a number is an error that the street has to mend first."""
    assert hear(WIDE, "临河社区,不涉及,7,4,5,").asked == ()


def test_a_note_never_shows_a_persons_number() -> None:
    """As everywhere."""
    said = hear(WIDE, "临河社区,不涉及,不涉及,4,5,联系人13812345678")
    assert "13812345678" not in said.asked[0].note and said.asked[0].note


def test_what_the_rulebook_does_not_excuse_is_not_asked() -> None:
    """The check says so already; there is nothing to decide."""
    plain = RULEBOOK.model_dump()
    for dimension in plain["dimensions"]:
        for indicator in dimension["indicators"]:
            indicator["allow_not_applicable"] = False
    strict = Rulebook.model_validate(plain)
    document = read_bytes("某街道.csv", f"{WIDE}\n临河社区,不涉及,不涉及,4,5,".encode())
    assert heard(check(document, CONTEXT), strict).asked == ()
