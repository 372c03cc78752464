"""Communities rate departments and 辖区单位, and suggest cards and vetoes: beside the score, never in it."""

from scorecard.upward.model import Ratings, Result, Step, Suggestion
from scorecard.upward.read import Context, Read, Source
from scorecard.upward.steps import CARD_WORDS, STAGE_WORDS, STATE_WORDS, TRANSITIONS
from scorecard.upward.take import Taken, take

__all__ = [
    "CARD_WORDS",
    "STAGE_WORDS",
    "STATE_WORDS",
    "TRANSITIONS",
    "Context",
    "Ratings",
    "Read",
    "Result",
    "Source",
    "Step",
    "Suggestion",
    "Taken",
    "take",
]
