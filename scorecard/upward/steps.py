"""建议 → 街道意见 → 区级决定: which step may follow which, as one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scorecard.language import NC_
from scorecard.upward.model import Card, Stage, State

STAGES: Final[Mapping[str, Stage]] = {
    **dict.fromkeys(("建议", "提出建议", "社区建议"), "propose"),
    **dict.fromkeys(("街道意见", "街道审核"), "street"),
    **dict.fromkeys(("区级决定", "决定", "区决定"), "district"),
    "撤回": "withdraw",
}
STAGE_WORDS: Final[Mapping[Stage, str]] = {
    "propose": NC_("part", "建议"),
    "street": NC_("part", "街道意见"),
    "district": NC_("part", "区级决定"),
    "withdraw": NC_("part", "撤回"),
}
CARD_WORDS: Final[Mapping[Card, str]] = {"yellow": "黄牌", "veto": "一票否决"}
STATE_WORDS: Final[Mapping[State | None, str]] = {
    None: NC_("part", "尚未提出"),
    "proposed": NC_("part", "已提出"),
    "supported": NC_("part", "街道同意"),
    "declined": NC_("part", "街道不同意"),
    "adopted": NC_("part", "区级采纳"),
    "rejected": NC_("part", "区级不采纳"),
    "withdrawn": NC_("part", "已撤回"),
}


@dataclass(frozen=True, slots=True)
class Transition:
    """A stage: from which states it may be entered, and the state that each verdict leads to.

    `document`: it needs a document number. `level`: who takes the step; "": the rulebook's deciding levels.
    """

    before: tuple[State | None, ...]
    verdicts: Mapping[str, State]
    document: bool
    level: str


# The street gives an opinion, it does not stop a suggestion: the district decides in either case.
TRANSITIONS: Final[Mapping[Stage, Transition]] = {
    "propose": Transition((None,), {"": "proposed", "提出": "proposed"}, document=False, level="社区"),
    "street": Transition(
        ("proposed",), {"同意": "supported", "不同意": "declined"}, document=True, level="街道"
    ),
    "district": Transition(
        ("supported", "declined"), {"采纳": "adopted", "不采纳": "rejected"}, document=True, level=""
    ),
    "withdraw": Transition(
        ("proposed", "supported", "declined"),
        {"": "withdrawn", "撤回": "withdrawn"},
        document=False,
        level="社区",
    ),
}
ORDER: Final[Mapping[Stage, int]] = {stage: number for number, stage in enumerate(TRANSITIONS)}
