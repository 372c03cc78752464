"""The files of `decisions/`: read once, each row an object or a finding."""

from scorecard.pipeline.decided.load import (
    Decided,
    DecisionFile,
    decide,
    decision_files,
    documents,
    keep_decisions,
)

__all__ = [
    "Decided",
    "DecisionFile",
    "decide",
    "decision_files",
    "documents",
    "keep_decisions",
]
