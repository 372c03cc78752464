"""Rulebooks (考核办法): data in TOML, loaded into frozen objects."""

from scorecard.rulebook.loader import find_rulebook, load_rulebook
from scorecard.rulebook.model import Rulebook

__all__ = ["Rulebook", "find_rulebook", "load_rulebook"]
