"""Survey files: counts of answers become rates with their uncertainty. Knows no score and no rank."""

from scorecard.survey.definition import FILE, load_definition
from scorecard.survey.facts import facts_csv
from scorecard.survey.model import Definition
from scorecard.survey.record import render_json
from scorecard.survey.render import render_text
from scorecard.survey.report import Report, evaluate
from scorecard.survey.table import form_of
from scorecard.survey.vocabulary import SHAPES

__all__ = [
    "FILE",
    "SHAPES",
    "Definition",
    "Report",
    "evaluate",
    "facts_csv",
    "form_of",
    "load_definition",
    "render_json",
    "render_text",
]
