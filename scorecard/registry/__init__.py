"""The registry (名录): district, streets and communities, and the names that people use for them."""

from scorecard.registry.loader import load_registry
from scorecard.registry.model import Match, Registry, Unit, UnitLevel
from scorecard.registry.remarks import remarks

__all__ = ["Match", "Registry", "Unit", "UnitLevel", "load_registry", "remarks"]
