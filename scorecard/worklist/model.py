"""一表一图 and the issue ledger as plain objects: what pages, exports and explanations are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

Ledger = Literal["tasks", "issues"]

# on_time: done (accepted, closed) by its due date. late: after it. unaccepted: completed, not accepted yet.
# rejected: accepted as 不合格. open: neither, and due. undated: without a due date nothing can be on time.
# not_due: open, and due after the cut-off. later: begun after the cut-off.
Standing = Literal["on_time", "late", "unaccepted", "rejected", "open", "undated", "not_due", "later"]
NOT_COUNTED: Final[frozenset[Standing]] = frozenset(("not_due", "later"))

Origin = Literal["resident", "assigned", ""]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: file, its SHA-256, sheet and Excel row."""

    file: str
    sha256: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One task or one issue. `number` is the writer's own; `begun` and `accepted` are of one ledger each.

    `amount_e6`: 万元 × 10^6 (分), None where nothing was typed. Texts are as typed, tidied and capped.
    """

    ledger: Ledger
    unit_code: str
    number: str
    matter: str
    standing: Standing
    due: date | None
    done: date | None
    place: Place
    begun: date | None = None  # 交办日期 of an issue
    accepted: date | None = None  # 验收日期 of a task
    kind: str = ""  # category of an issue
    where: str = ""
    verdict: str = ""
    quantity: str = ""
    measure: str = ""
    source: str = ""
    amount_e6: int | None = None
    owner: str = ""
    origin: Origin = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """One unit's count in one ledger. `held`: a blocking error; its number is not settled.

    `places` are of the counted entries, in order of file and row; `open` are those that were not on time.
    """

    ledger: Ledger
    unit_code: str
    on_time: int
    counted: int
    held: bool
    places: tuple[Place, ...]
    columns: str
    open: tuple[Entry, ...]
    standings: Mapping[Standing, int]


@dataclass(frozen=True, slots=True)
class PlanMap:
    """A map (图) that was handed in: its bytes lie in the store under `sha256`."""

    unit_code: str
    file: str
    sha256: str
    size: int
    kind: Literal["PDF", "PNG", "JPEG"]


@dataclass(frozen=True, slots=True)
class Comment:
    """What a resident said of the task table: `text` masked and capped, `day` None where none was typed."""

    unit_code: str
    text: str
    day: date | None
    reply: str
    place: Place


@dataclass(frozen=True, slots=True)
class Publicity:
    """That the table and the map were shown in the community, from when until when."""

    unit_code: str
    starts: date
    ends: date | None
    place: Place


@dataclass(frozen=True, slots=True)
class Funding:
    """What one source pays for a unit's tasks: how many tasks, and the typed amounts in 万元 × 10^6."""

    unit_code: str
    source: str
    tasks: int
    amount_e6: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One community's 一表一图. `comment_count` counts all, `comments` keeps their texts.

    `unfunded` are tasks that were assigned from above without money (费随事转).
    """

    unit_code: str
    tasks: int
    residents: int  # tasks that residents proposed
    assigned: int  # tasks that were assigned from above
    funding: tuple[Funding, ...]
    unfunded: tuple[Entry, ...]
    maps: tuple[PlanMap, ...]
    publicity: tuple[Publicity, ...]
    comment_count: int
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Worklist:
    """A year's task tables and issue ledgers, everything by unit code, entries by unit, file and row."""

    entries: tuple[Entry, ...] = ()
    tallies: tuple[Tally, ...] = ()
    plans: Mapping[str, Plan] = field(default_factory=dict)
