"""The registry (名录): district, streets and communities, and the names that people use for them."""

from scorecard.registry.loader import day_of, load_registry
from scorecard.registry.model import Match, Registry, Unit, UnitLevel
from scorecard.registry.remarks import remarks

__all__ = ["Match", "Registry", "Unit", "UnitLevel", "day_of", "load_registry", "remarks"]
