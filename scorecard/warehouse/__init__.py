"""The warehouse: facts, rulebook and registry in, published relations out; `sql/` does the arithmetic."""

from scorecard.warehouse.build import BuildReport, build
from scorecard.warehouse.read import Tables
from scorecard.warehouse.reference import GradeCap, ModifierEvent

__all__ = ["BuildReport", "GradeCap", "ModifierEvent", "Tables", "build"]
