"""Sentences about files."""

from scorecard.messages.text import Text

FILES: dict[str, Text] = {}
