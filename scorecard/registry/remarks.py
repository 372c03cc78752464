"""What a registry without mistakes still lacks: nothing is left out of a figure in silence."""

from scorecard.findings import Finding
from scorecard.messages import make
from scorecard.names import listed
from scorecard.registry.model import Registry


def remarks(registry: Registry, year: int, file: str = "registry.csv") -> tuple[Finding, ...]:
    """Return the findings about the registry `file` in `year`: assessed communities without 户数.

    A mean weighted by households leaves them out; it says so nowhere else.
    """
    names = [unit.name for unit in registry.assessed(year) if not unit.households]
    if not names:
        return ()
    return (make("K539", file=file, count=len(names), names=listed(names)),)
