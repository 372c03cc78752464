"""A year's numbers as a build compares with them: after its lists and after upheld appeals."""

from datetime import date

from scorecard.ledger import Ledger
from scorecard.pipeline.appeals import upheld
from scorecard.pipeline.beside import read_beside
from scorecard.pipeline.corrections import settle
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.inspect import counted
from scorecard.pipeline.resolve import Checked
from scorecard.pipeline.submissions import set_aside
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook


def standing(folder: DataFolder, rulebook: Rulebook, registry: Registry, year: int) -> list[Checked]:
    """Return the files of a year before the assessed one with the facts that stand; nothing is stored.

    Without this, a template would show, and `check` would compare with, a number that a list or an appeal has
    replaced, and a build another one.
    """
    typed = counted(folder, rulebook, registry, year)
    ledger = Ledger.at(folder.ledger) if folder.has_ledger else None
    returned = set_aside(ledger, year) if ledger else {}
    beside = read_beside(folder, year, date(year, 12, 31), rulebook, registry, typed, returned)
    decisions = upheld(ledger, year) if ledger else ()
    settled = settle([*beside.typed, *beside.files], decisions, rulebook, registry, year)
    return [*settled.checked, *settled.made]
