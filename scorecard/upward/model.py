"""What communities say of departments and 辖区单位, as plain objects. No rater's name is in any of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Stage = Literal["propose", "street", "district", "withdraw"]
State = Literal["proposed", "supported", "declined", "adopted", "rejected", "withdrawn"]
Card = Literal["yellow", "veto"]


@dataclass(frozen=True, slots=True)
class RatedUnit:
    """Who is rated: a name, its kind, and the codes of the communities that are asked."""

    name: str
    kind: str
    asked: frozenset[str]


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item of one rated unit. None where fewer than the minimum gave an answer with a score."""

    code: str
    name: str
    valid: int | None
    mean_e2: int | None
    counts: Mapping[str, int] | None  # answers by option, in the order of the scale


@dataclass(frozen=True, slots=True)
class Result:
    """One rated unit. `shown`: enough communities rated it; else nothing but how many were asked is known.

    `responded` gave any answer, `valid` one with a score. A community's score is the mean of its scored
    items, the unit's mean that of its communities, half up. `rank` is among the `ranked` shown of the kind.
    """

    name: str
    kind: str
    asked: int
    shown: bool
    responded: int | None
    valid: int | None
    response_e2: int | None  # percent × 100
    mean_e2: int | None
    rank: int | None
    ranked: int | None
    items: tuple[ItemResult, ...]
    comments: tuple[str, ...]  # in order of their text, which says nothing of who wrote them


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a suggestion that was taken."""

    stage: Stage
    state: State
    on: date
    level: str
    document_no: str
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A community's suggestion of a card or a veto against a rated unit. It acts on nobody's score.

    Only a document in decisions/ acts; `adopted` says that the district decided to write one.
    """

    number: str
    unit_code: str
    rated: str
    card: Card
    state: State
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Ratings:
    """A year's upward assessment: results by kind and name, suggestions by number."""

    title: str = ""
    minimum: int = 0
    results: tuple[Result, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
