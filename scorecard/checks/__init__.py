"""From a document to accepted facts and findings, under one rulebook and registry."""

from scorecard.checks.bulk import Bulk, bulk
from scorecard.checks.bulk_files import HEADER as CANONICAL_HEADER
from scorecard.checks.context import CheckContext, Options
from scorecard.checks.facts import FACT_SCHEMA
from scorecard.checks.render import render_json, render_text
from scorecard.checks.result import CheckResult, Mapped, Note
from scorecard.checks.run import check

__all__ = [
    "CANONICAL_HEADER",
    "FACT_SCHEMA",
    "Bulk",
    "CheckContext",
    "CheckResult",
    "Mapped",
    "Note",
    "Options",
    "bulk",
    "check",
    "render_json",
    "render_text",
]
