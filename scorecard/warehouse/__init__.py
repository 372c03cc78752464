"""The warehouse: facts, rulebook and registry in, published relations out; `sql/` does the arithmetic."""

from scorecard.warehouse.build import BuildReport, build
from scorecard.warehouse.outcomes import Flag, GradeCap, ModifierEvent
from scorecard.warehouse.read import Tables

__all__ = ["BuildReport", "Flag", "GradeCap", "ModifierEvent", "Tables", "build"]
