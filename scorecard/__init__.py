"""Annual performance scorecards for urban communities (社区): scored, ranked, explained."""

__version__ = "2026.1.0"
