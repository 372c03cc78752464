"""What programs send and get about ratings and suggestions; a promise as `api_models` is."""

from datetime import date
from typing import Literal

from pydantic import Field

from scorecard.portal.api_check import Model

Card = Literal["yellow", "veto"]


class Sent(Model):
    """What stands: its receipt, which version, when (Beijing's time); answers by item, 不涉及 among them."""

    number: str
    version: int
    at: str
    entry: int
    hash: str
    answers: dict[str, str]
    comment: str


class Asked(Model):
    """One unit that the community is asked about; `key` names it in addresses. `sent` null: not yet."""

    key: str
    name: str
    kind: str
    sent: Sent | None


class Item(Model):
    """One thing that is rated."""

    code: str
    name: str


class Ballot(Model):
    """All that a community is asked. `closed`: why nothing is taken now, "" where it is."""

    year: int
    community: str
    opens: date | None
    due: date | None
    closed: str
    items: list[Item]
    options: list[str]
    units: list[Asked]


class Rating(Model):
    """What a community says about one unit: an option, or 不涉及, for each item by its code."""

    answers: dict[str, str] = Field(default_factory=dict, max_length=100)
    comment: str = Field(default="", max_length=2000)


class Count(Model):
    """A community or a rated unit: ratings asked for, and how many came. Never what they say."""

    name: str
    of: str
    asked: int
    came: int


class Progress(Model):
    """Who has rated."""

    communities: list[Count]
    rated: list[Count]


class Word(Model):
    """One step of a suggestion."""

    stage: str
    state: str
    on: date
    actor: str
    level: str
    document_no: str
    reason: str


class Suggestion(Model):
    """One suggestion with its steps; `state_name` is in words."""

    number: str
    community: str
    rated: str
    card: Card
    state: str
    state_name: str
    evidence: str
    steps: list[Word]


class Suggestions(Model):
    """The suggestions that are the account's business, the latest first."""

    suggestions: list[Suggestion]


class Proposal(Model):
    """A suggestion; `rated`: the unit's key. Evidence is attached on the page, by a person."""

    rated: str
    card: Card
    reason: str = Field(min_length=1, max_length=2000)


class Withdrawal(Model):
    """Why a suggestion is withdrawn."""

    reason: str = Field(default="", max_length=2000)
