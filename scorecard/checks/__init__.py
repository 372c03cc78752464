"""From a document to accepted facts and findings, under one rulebook and registry."""

from scorecard.checks.context import CheckContext, Options
from scorecard.checks.facts import FACT_SCHEMA
from scorecard.checks.render import render_json, render_text
from scorecard.checks.result import CheckResult, Mapped, Note
from scorecard.checks.run import check

__all__ = [
    "FACT_SCHEMA",
    "CheckContext",
    "CheckResult",
    "Mapped",
    "Note",
    "Options",
    "check",
    "render_json",
    "render_text",
]
