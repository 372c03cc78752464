"""Appeals with the names of what they are about, for people."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scorecard.ledger import Ledger
from scorecard.pipeline.appeals import Appeal, appeals
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.product import rulebook_of
from scorecard.pipeline.view import registry_of


@dataclass(frozen=True, slots=True)
class Named:
    """An appeal, its unit with its street, and its indicator's name."""

    appeal: Appeal
    unit: str
    indicator: str

    def record(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**asdict(self.appeal), "unit_name": self.unit, "indicator_name": self.indicator}


def named(folder: DataFolder, held: Sequence[Appeal]) -> list[Named]:
    """Return appeals with their names, by the registry and rulebook of their years."""
    years = sorted({appeal.year for appeal in held})
    registries = {year: registry_of(folder, year) for year in years}
    books = {year: rulebook_of(folder, year) for year in years}

    def one(appeal: Appeal) -> Named:
        registry, code = registries[appeal.year], appeal.unit_code
        street = registry.street_of(code)
        within = f"（{street.name}）" if street and street.code != code else ""
        indicator = books[appeal.year].indicators.get(appeal.indicator_code)
        return Named(appeal, f"{registry.units[code].name}{within}", indicator.name_zh if indicator else "")

    return [one(appeal) for appeal in held]


def listed(data: Path, home: Path | None) -> list[Named]:
    """Return every appeal of a data folder, in the order in which they were opened."""
    folder = DataFolder.open(data, home)
    return named(folder, appeals(Ledger.at(folder.ledger))) if folder.has_ledger else []
