"""Sentences about cells."""

from scorecard.messages.text import Text

CELLS: dict[str, Text] = {}
