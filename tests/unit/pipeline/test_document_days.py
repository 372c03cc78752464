"""Up to which day documents act in a frozen year: bonuses, yellow cards, vetoes (sections 3.6, 4.4, 4.5)."""

from datetime import date
from pathlib import Path

import pytest

from scorecard.cycle import State
from scorecard.pipeline.product import open_product
from scorecard.rulebook import find_rulebook
from tests.appeals.conftest import FIFTH, FIRST, FOURTH, SECOND, THIRD, District
from tests.unit.pipeline.yearly import take

BONUS = "文号,日期,年度,单位编码,项目编码,级别,名称写明本单位\n"
CARD = "通知书编号,单位编码,单位名称,事由,发出日期,整改期限,状态,状态日期,整改材料,验收人,决定级别\n"
VETO = "种类,对象类型,单位编码,单位名称,依据文件,依据条款,事件日期,决定单位,决定级别,决定文号,"
VETO += "有效期起,有效期止,状态\n"


def carded(number: int, unit: str, lifted: str) -> str:
    """Return the rows of a card of 2025 that was lifted on a day."""
    return (
        f"黄牌{number}号,{unit},,事由,2025-10-20,2025-12-20,已发出,,,,区级\n"
        f"黄牌{number}号,{unit},,,,,整改中,2025-11-01,,,\n"
        f"黄牌{number}号,{unit},,,,,已解除,{lifted},材料,李四,\n"
    )


@pytest.fixture
def district(tmp_path: Path) -> District:
    """The district with a document on each side of each day."""
    made = District(tmp_path / "data", find_rulebook(None, 2025))
    rows = f"文1号,2025-12-31,2025,{FIRST},JF02,市级,是\n文2号,2026-01-15,2025,{SECOND},JF02,市级,是\n"
    made.put("decisions/加减分.csv", BONUS + rows)
    made.put("decisions/黄牌.csv", CARD + carded(1, THIRD, "2026-01-30") + carded(2, FOURTH, "2026-01-31"))
    return made


def flags(district: District) -> dict[str, str]:
    """Return the kind of flag of each unit."""
    _, tables = open_product(district.folder, 2025)
    found = {row["unit_code"]: row["kind"] for row in tables.rows("report_flag", year=2025)}
    tables.close()
    return found


def bonuses(district: District) -> list[int]:
    """Return the bonus of the first and of the second community."""
    _, tables = open_product(district.folder, 2025)
    rows = {row["unit_code"]: row["bonus_e2"] for row in tables.rows("report_unit", year=2025)}
    tables.close()
    return [rows[FIRST], rows[SECOND]]


def test_each_kind_of_document_acts_up_to_its_own_day(district: District) -> None:
    """Cut-off 31 December, freeze 30 January, deliberation 25 February; no later step moves them."""
    for state in (State.ISSUED, State.OPEN, State.MEASURED, State.FROZEN, State.COMPUTED):
        take(district.root, state)
    district.build()
    open_and_closed = {THIRD: "yellow_card_closed", FOURTH: "yellow_card"}
    assert (bonuses(district), flags(district)) == ([100, 0], open_and_closed)
    veto = "V1,社区,{unit},,文件,第五条,2025-05-16,区委,区级,否决{unit}号,{day},,成立\n"
    vetoes = veto.format(unit=FIFTH, day="2026-02-25") + veto.format(unit=FIRST, day="2026-02-26")
    district.put("decisions/否决.csv", VETO + vetoes)
    take(district.root, State.PROPOSED)
    take(district.root, State.DELIBERATED)
    take(district.root, State.PUBLICISED, on=date(2026, 3, 2))
    district.build()
    assert (bonuses(district), flags(district)) == ([100, 0], {**open_and_closed, FIFTH: "V1"})
