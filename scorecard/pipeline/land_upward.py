"""From the ledger into `upward/`: what communities said through the portal, as files like any other.

Both files are made of the ledger alone and made anew each time, so that there is no second truth: whoever
changes or deletes one finds it restored. Suggestions land at once. Ratings land when their term is over:
of two reports made before and after one community rated, the difference would tell what it said.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from scorecard.ledger import Ledger
from scorecard.pipeline.assessing import Rating, latest, rating_term, ratings
from scorecard.pipeline.folder import ONLINE, DataFolder
from scorecard.pipeline.frozen import frozen
from scorecard.pipeline.landing import table_bytes, write_whole
from scorecard.pipeline.proposing import Proposal, proposals
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook
from scorecard.rulebook.upward import Upward
from scorecard.upward import CARD_WORDS, STAGE_WORDS

PLACE: Final = "upward"
# A correction goes before what was put there by hand about the same, as everything does that came online.
RATINGS: Final = "社区评议表（更正）.csv"
SUGGESTIONS: Final = "黄牌和否决建议.csv"
_STEPS: Final = (
    "社区名称",
    "社区编码",
    "被建议单位",
    "建议种类",
    "环节",
    "结论",
    "日期",
    "级别",
    "文号",
    "事由",
)


def land_upward(
    folder: DataFolder, year: int, rulebook: Rulebook, registry: Registry, on: date, *, closing: bool = False
) -> list[str]:
    """Write what is not, or not so, in the data folder; return the places. A frozen year stays as it is.

    `on`: today; `closing`: the year is about to be frozen, so that no more ratings can come.
    """
    if not folder.has_ledger or rulebook.upward is None:
        return []
    ledger = Ledger.at(folder.ledger)
    if frozen(ledger, year) is not None:
        return []
    term = rating_term(rulebook, year)
    tables = {}
    if (said := latest(ratings(ledger, year))) and (closing or term is None or on > term.due):
        tables[RATINGS] = rating_table(list(said.values()), rulebook.upward, registry)
    if suggested := proposals(ledger, year):
        tables[SUGGESTIONS] = suggestion_table(suggested, registry)
    landed = []
    for name, data in tables.items():
        place = f"{PLACE}/{year}/{ONLINE}/{name}"
        path = folder.root / place
        if not path.is_file() or path.read_bytes() != data:
            write_whole(path, data)
            landed.append(place)
    return landed


def rating_table(said: Sequence[Rating], upward: Upward, registry: Registry) -> bytes:
    """Return the ratings that count as a table, by community and unit, not by when they came."""
    head = ["社区名称", "社区编码", "被评单位", *(item.name for item in upward.items), "意见"]
    rows = [
        [
            *_unit(r.unit_code, registry),
            r.rated,
            *(r.answers.get(i.code, "") for i in upward.items),
            r.comment,
        ]
        for r in sorted(said, key=lambda r: (r.unit_code, r.rated))
    ]
    return table_bytes([head, *rows])


def suggestion_table(suggested: Sequence[Proposal], registry: Registry) -> bytes:
    """Return every step of the suggestions as a table; only the first names community, unit and card."""
    rows = []
    for p in suggested:
        first = [*_unit(p.unit_code, registry), p.rated, CARD_WORDS[p.card]]
        for word in p.words:
            about = first if word is p.words[0] else [""] * len(first)
            said = [STAGE_WORDS[word.stage], word.verdict, word.on.isoformat(), word.level]
            rows.append([p.number, *about, *said, word.document_no, word.reason])
    return table_bytes([["建议编号", *_STEPS], *rows])


def _unit(code: str, registry: Registry) -> tuple[str, str]:
    unit = registry.units.get(code)
    return (unit.name if unit else "", code)
