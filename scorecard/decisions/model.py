"""What the documents of `decisions/` say, and what follows from them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from scorecard.findings import Finding
from scorecard.language import N_

Subject = Literal["社区", "街道", "辖区单位", "个人"]
Status = Literal["建议", "受理", "成立", "不成立", "撤销"]
State = Literal["已发出", "整改中", "已解除", "已升级", "已到期"]

# What a document may be at, for the catalogue of translations.
WORDS: Final = (
    *(N_("建议"), N_("受理"), N_("成立"), N_("不成立"), N_("撤销")),
    *(N_("已发出"), N_("整改中"), N_("已解除"), N_("已升级"), N_("已到期")),
)
ASSESSED: Final = ("社区", "街道")  # subjects whose assessment a document may touch


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """The row that a document stands in: file name and Excel row."""

    file: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One bonus or deduction as a document reports it. `year` is the year of the work.

    `level` is the place in the rule's levels (0 the highest), None where the rule has none. `share` is the
    unit's part of a joint award, 1 where it is its own. `named`: the document names the unit.
    """

    source: Source
    document_no: str
    day: date
    year: int
    unit_code: str
    modifier_code: str
    matter: str
    level: int | None = None
    count: Decimal = Decimal(1)
    share: Fraction = Fraction(1)
    line_department: bool = False
    named: bool = True
    indicator_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """One 一票否决 in its present status. `unit_code` is empty for 辖区单位 and 个人."""

    source: Source
    kind: str
    subject: Subject
    unit_code: str
    subject_name: str
    basis: str
    clause: str
    event_day: date
    proposed_by: str
    decided_by: str
    decided_level: str
    decision_no: str
    valid_from: date | None
    valid_to: date | None
    status: Status
    indicator_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of a yellow card's history: from `day` on the card is in `state`."""

    source: Source
    card_no: str
    subject: Subject
    unit_code: str
    subject_name: str
    reason: str
    state: State
    day: date
    deadline: date | None
    decided_level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One yellow card: its first step and the history of states that the table of transitions allows."""

    issued: Step
    history: tuple[tuple[State, date], ...]
    deadline: date | None
    last_day: date  # of its validity


@dataclass(frozen=True, slots=True)
class Documents:
    """Everything that was read. `problems`: the year that a bad row is about, None if unknown, and why."""

    events: tuple[Event, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    steps: tuple[Step, ...] = ()
    problems: tuple[tuple[int | None, Finding], ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What becomes of an event: the year that it belongs to, its points, whether it counts, and why not.

    `points_e2` is positive and before any cap; 0 where the event earns nothing. `eclipsed`: all is in order,
    but another event of its matter takes the points.
    """

    event: Event
    year: int
    points_e2: int
    counts: bool
    findings: tuple[Finding, ...] = ()
    eclipsed: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """One event as the warehouse takes it. Of one matter the warehouse counts the highest."""

    year: int
    unit_code: str
    modifier_code: str
    matter: str
    points_e2: int
    indicator_code: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Cap:
    """The unit's grade is at best `grade_code`; its score and rank stay."""

    year: int
    unit_code: str
    grade_code: str


@dataclass(frozen=True, slots=True)
class Flag:
    """What pages show beside a unit. `valid_to` None: no end is set. `indicator_code`: the item that it sets
    to 0.
    """

    year: int
    unit_code: str
    kind: str
    label_zh: str
    document_no: str
    basis: str
    valid_from: date | None
    valid_to: date | None
    effect_zh: str
    indicator_code: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Tally:
    """How many vetoes of a kind, or yellow cards, concern a year in one status.

    Of them `outside` are about somebody else than communities and streets; `idle` are decided about one of
    these and have no force: level, validity or rulebook forbid it.
    """

    year: int
    kind: str
    status: str
    count: int
    outside: int = 0
    idle: int = 0


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What follows from the documents for a year or several. `zeroed`: year, unit, indicator that score 0."""

    events: tuple[Counted, ...] = ()
    caps: tuple[Cap, ...] = ()
    zeroed: tuple[tuple[int, str, str], ...] = ()
    flags: tuple[Flag, ...] = ()
    tallies: tuple[Tally, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    findings: tuple[Finding, ...] = ()
