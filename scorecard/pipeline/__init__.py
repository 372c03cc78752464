"""The order of the steps; the only module that knows it. One function per command."""

from scorecard.pipeline.build import Request, build
from scorecard.pipeline.inspect import CheckRequest, check_files
from scorecard.pipeline.product import Product, open_product
from scorecard.pipeline.queries import explain, export_scores, ledger_records, verify_evidence
from scorecard.pipeline.summary import BuildSummary, render

__all__ = [
    "BuildSummary",
    "CheckRequest",
    "Product",
    "Request",
    "build",
    "check_files",
    "explain",
    "export_scores",
    "ledger_records",
    "open_product",
    "render",
    "verify_evidence",
]
