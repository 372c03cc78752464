"""Workbooks that go back to the clerk: the same file with its problems marked, and the form to fill in."""

from scorecard.sheets.annotate import annotated
from scorecard.sheets.template import Template, template

__all__ = ["Template", "annotated", "template"]
