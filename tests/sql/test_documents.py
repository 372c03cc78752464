"""From documents to published rows: veto_v1, veto_suggest, V4, and caps as two places compute them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scorecard.decisions import Cut, Documents, Event, Outcomes, Source, Veto, outcomes
from scorecard.decisions.sums import bonus_e2
from scorecard.pipeline.decided.warehouse import caps, modifiers
from scorecard.rulebook.model import Rulebook
from tests.sql.sample import YEAR, community, make, registry, street
from tests.sql.test_golden_numbers import percent, straight, units

FIRST, LAST_DAY = "990100001001", date(YEAR, 12, 31)
PEOPLE = registry(street(1), *(community(n) for n in range(1, 8)))
VALUES = ("92", "91.5", "91", "70", "70", "70", "70")  # 7 × 30 % = 2.1: two places
FACTS = percent({f"990100001{n:03d}": value for n, value in enumerate(VALUES, start=1)})
V1 = Veto(
    source=Source("否决.csv", 2),
    kind="V1",
    subject="社区",
    unit_code=FIRST,
    subject_name="社区1",
    basis="示例〔2020〕5号",
    clause="",
    event_day=date(YEAR, 6, 3),
    proposed_by="街道1",
    decided_by="区委政法委",
    decided_level="区级",
    decision_no="示例否决1号",
    valid_from=date(YEAR, 7, 1),
    valid_to=None,
    status="成立",
)
HONOUR = Event(
    source=Source("加减分.csv", 2),
    document_no="国1号",
    day=date(YEAR, 6, 30),
    year=YEAR,
    unit_code=FIRST,
    modifier_code="JF01",
    matter="",
    level=0,
)


def follow(book: Rulebook, *said: Veto | Event) -> tuple[Outcomes, dict[str, Any]]:
    """Return what the documents come to, and the same as the warehouse takes it."""
    documents = Documents(
        events=tuple(d for d in said if isinstance(d, Event)),
        vetoes=tuple(d for d in said if isinstance(d, Veto)),
    )
    found = outcomes(documents, YEAR, book, PEOPLE, Cut.on(LAST_DAY))
    handed = {"modifiers": modifiers(found), "caps": caps(found)}
    return found, {**handed, "zeroed": found.zeroed, "flags": found.flags}


@pytest.mark.parametrize(
    ("status", "grades"),
    [
        ("成立", ["B", "A", "A"]),  # veto_v1: 92.00 keeps score and rank, its place goes to the third
        ("建议", ["A", "A", "B"]),  # veto_suggest: no effect
        ("撤销", ["A", "A", "B"]),
    ],
)
def test_veto_v1(tmp_path: Path, status: Any, grades: list[str]) -> None:
    """92.00 with V1: score 92.00, first of all, not 优秀; the two places are the second's and the third's."""
    book = straight()
    _, given = follow(book, replace(V1, status=status))
    found = units(make(tmp_path, book, PEOPLE, FACTS, **given), "total_e2", "rank_overall", "grade_code")
    ranked = [found[f"{n:03d}"] for n in (1, 2, 3)]
    assert ranked == [(9200, 1, grades[0]), (9150, 2, grades[1]), (9100, 3, grades[2])]


def test_v4_zeroes_the_item_and_takes_nothing_else(tmp_path: Path) -> None:
    """The item scores 0 and is marked; there is no deduction beside it, and the others keep their points."""
    book = straight()
    _, given = follow(book, replace(V1, kind="V4", indicator_code="AA01"))
    built = make(tmp_path, book, PEOPLE, FACTS, **given)
    rows = built.tables.rows("report_item", indicator_code="AA01")
    assert [(r["fill"], r["points_e2"]) for r in rows][:2] == [("zeroed", 0), ("none", 9150)]
    assert units(built, "deduction_e2", "total_e2")["001"] == (0, 0)


def test_shown_and_published_bonus_agree(tmp_path: Path) -> None:
    """Three national honours, a meeting, two innovations, four deeds: 15 within caps, of which 10 count."""
    book = straight()
    said = [replace(HONOUR, document_no=f"国{n}号") for n in (1, 2, 3)]
    said.append(replace(HONOUR, document_no="国4号", modifier_code="JF02"))
    pieces = {"JF04": 2, "JF05": 4}
    said += [
        replace(HONOUR, document_no=code, modifier_code=code, level=None, count=Decimal(count))
        for code, count in pieces.items()
    ]
    found, given = follow(book, *said)
    built = make(tmp_path, book, PEOPLE, FACTS, **given)
    assert units(built, "bonus_e2")["001"] == (1000,) == (bonus_e2(found.rulings, book),)
