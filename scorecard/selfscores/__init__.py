"""What communities say they deserve (自评分): held beside the checked score, never in it."""

from scorecard.selfscores.read import TOTAL, Claim, Context, Read, Source, read_selfscores, take

__all__ = ["TOTAL", "Claim", "Context", "Read", "Source", "read_selfscores", "take"]
