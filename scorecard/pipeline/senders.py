"""Who hands in: a street its forms, an owner of indicators on the district's side what is its own.

The rulebook names the owner of each indicator; several share one where a stroke parts them. A department or a
survey institute hands in what it owns of the forms that the district's side is asked for, for all units at
once; what streets report of its indicators stays theirs to report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scorecard.checks.asks import asked_codes
from scorecard.pipeline.folder import Party
from scorecard.pipeline.submissions import HandedIn
from scorecard.registry import Registry, Unit
from scorecard.rulebook import Rulebook
from scorecard.rulebook.model import Form

_BETWEEN: Final = "/"  # of owners that share an indicator


@dataclass(frozen=True, slots=True)
class Sender:
    """A street, or (`street_code` empty) an owner and the codes of the indicators that are its own."""

    name: str
    street_code: str = ""
    codes: frozenset[str] = frozenset()

    @property
    def party(self) -> Party:
        """On whose side it hands in."""
        return "street" if self.street_code else "district"

    def forms(self, rulebook: Rulebook) -> list[Form]:
        """Return the forms that it hands in, in the rulebook's order."""
        forms = [f for f in rulebook.forms if f.party == self.party and not f.collected]
        return [f for f in forms if self.asked(f, rulebook)]

    def asked(self, form: Form, rulebook: Rulebook) -> frozenset[str]:
        """Return the indicators that the form asks it for."""
        codes = asked_codes(form, rulebook)
        return codes if self.street_code else codes & self.codes

    def units(self, form: Form, registry: Registry, year: int) -> tuple[Unit, ...]:
        """Return the units that it reports on, in the registry's order."""
        every = registry.streets(year) if form.unit == "street" else registry.assessed(year)
        own = self.street_code
        return tuple(u for u in every if u.assessed and (not own or registry.belongs(u.code, own)))

    def file(self, form: str, codes: Sequence[str], year: int) -> HandedIn:
        """Return what a file of it is compared with others as: one that nobody handed in."""
        scope = frozenset() if self.street_code else frozenset(codes)
        return HandedIn("", year, self.street_code, form, "", "", (), scope)

    def owns(self, file: HandedIn) -> bool:
        """Whether a file is about nothing but what is this sender's."""
        if self.street_code:
            return file.street_code == self.street_code
        return not file.street_code and bool(file.scope) and file.scope <= self.codes


def owners(rulebook: Rulebook) -> Mapping[str, frozenset[str]]:
    """Return by owner, in printed order, the indicators of which it hands in the numbers itself."""
    forms = [f for f in rulebook.forms if f.party == "district" and not f.collected]
    asked = frozenset(code for form in forms for code in asked_codes(form, rulebook))
    found: dict[str, set[str]] = {}
    for code, indicator in rulebook.indicators.items():
        for name in indicator.owner.split(_BETWEEN) if code in asked else ():
            found.setdefault(name.strip(), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def owner_names(file: HandedIn, rulebook: Rulebook) -> str:
    """Return whose indicators a file of the district's side is about, "" where it is about none."""
    codes = (code for code in rulebook.indicators if code in file.scope)
    return "、".join(dict.fromkeys(rulebook.indicators[code].owner for code in codes))
