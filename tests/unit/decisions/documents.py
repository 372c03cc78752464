"""Documents for the tests of the policy: the shipped rulebook, an invented registry, short makers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scorecard.decisions import Cut, Documents, Event, Outcomes, Source, Step, Veto, outcomes
from scorecard.decisions.model import State
from scorecard.registry import Registry, Unit
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Rulebook

BOOK = load_rulebook(find_rulebook(None, 2025))
YEAR, AS_OF = 2025, date(2025, 12, 31)
UNIT, OTHER, STREET, GONE = "990100001001", "990100001002", "990100001", "990100001003"
REGISTRY = Registry(
    {
        u.code: u
        for u in (
            Unit("990100", "示例区", "区"),
            Unit(STREET, "望河街道", "街道", "990100"),
            Unit(UNIT, "临河社区", "社区", STREET, "城市社区"),
            Unit(OTHER, "望江楼社区", "社区", STREET, "城市社区"),
            Unit(GONE, "杏坡社区", "社区", STREET, "城市社区", valid_to=date(2025, 4, 1)),
        )
    }
)
LEVELS = ("国家级", "省级", "市级", "区级")  # of honours; their points are 3, 2, 1, 0.5


def event(document: str = "示例〔2025〕1号", level: str = "市级", **more: Any) -> Event:
    """Return an honour of UNIT as it would be read; `level` may be empty."""
    given: dict[str, Any] = {
        "source": Source("加减分.csv", 2),
        "document_no": document,
        "day": date(2025, 6, 30),
        "year": YEAR,
        "unit_code": UNIT,
        "modifier_code": "JF01",
        "matter": "",
        "level": LEVELS.index(level) if level else None,
    }
    return Event(**(given | more))


def veto(kind: str = "V1", **more: Any) -> Veto:
    """Return a veto of UNIT that the district decided for one year from 2025-07-01 on."""
    given: dict[str, Any] = {
        "source": Source("否决.csv", 2),
        "kind": kind,
        "subject": "社区",
        "unit_code": UNIT,
        "subject_name": "临河社区",
        "basis": "示例综治〔2020〕5号",
        "clause": "第五条",
        "event_day": date(2025, 6, 3),
        "proposed_by": "望河街道",
        "decided_by": "示例区委政法委",
        "decided_level": "区级",
        "decision_no": "示例否决〔2025〕1号",
        "valid_from": date(2025, 7, 1),
        "valid_to": date(2026, 6, 30),
        "status": "成立",
    }
    return Veto(**(given | more))


def step(state: State, day: date, card: str = "黄牌〔2025〕1号", **more: Any) -> Step:
    """Return a step of a card of UNIT."""
    given: dict[str, Any] = {
        "source": Source("黄牌.csv", 2),
        "card_no": card,
        "subject": "社区",
        "unit_code": UNIT,
        "subject_name": "临河社区",
        "reason": "环境整治逾期",
        "state": state,
        "day": day,
        "deadline": date(2025, 6, 30) if state == "已发出" else None,
        "decided_level": "区级",
    }
    return Step(**(given | more))


def decided(
    *documents: Event | Veto | Step,
    book: Rulebook = BOOK,
    year: int = YEAR,
    as_of: date = AS_OF,
    numbered: bool = True,
) -> Outcomes:
    """Return what the documents come to; rows are numbered as they come, from 2 on."""
    rows = [
        replace(d, source=Source(d.source.file, n)) if numbered else d
        for n, d in enumerate(documents, start=2)
    ]
    said = Documents(
        events=tuple(d for d in rows if isinstance(d, Event)),
        vetoes=tuple(d for d in rows if isinstance(d, Veto)),
        steps=tuple(d for d in rows if isinstance(d, Step)),
    )
    return outcomes(said, year, book, REGISTRY, Cut.on(as_of))


def codes(found: Outcomes) -> list[str]:
    """Return the codes of the findings in order of the rows."""
    return [f.code for f in sorted(found.findings, key=lambda f: (f.row or 0, f.code))]


def points(found: Outcomes) -> list[int]:
    """Return the points × 100 of the events that count."""
    return sorted((e.points_e2 for e in found.events), reverse=True)


def rule(book: Rulebook, code: str, **changes: Any) -> Rulebook:
    """Return the rulebook with one modifier's rule changed."""
    modifiers = tuple(
        m.model_copy(update={"rule": m.rule.model_copy(update=changes)}) if m.code == code else m
        for m in book.modifiers
    )
    return book.model_copy(update={"modifiers": modifiers})


def share(top: int, bottom: int) -> Fraction:
    """Return a part of a joint award."""
    return Fraction(top, bottom)


def number(text: str) -> Decimal:
    """Return a count."""
    return Decimal(text)
