"""Who hands in: a street its forms, an owner of indicators on the district's side what is its own.

The rulebook names the owner of each indicator; several share one where a stroke parts them. A department or a
survey institute hands in what it owns of the forms that the district's side is asked for, for all units at
once; what streets report of its indicators stays theirs to report. The issue ledger is handed in by who
owns an indicator that is counted from it, and by survey institutes, which find the issues.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from scorecard.checks import CheckResult
from scorecard.checks.asks import asked_codes
from scorecard.pipeline.folder import Party
from scorecard.pipeline.lists import FORMS, ISSUES
from scorecard.pipeline.submissions import HandedIn
from scorecard.registry import Registry, Unit
from scorecard.rulebook import Rulebook
from scorecard.rulebook.model import Form

LEDGER: Final = Form(code=ISSUES, name_zh=FORMS[ISSUES], party="district", unit="community", levels=())
_BETWEEN: Final = "/"  # of owners that share an indicator


@dataclass(frozen=True, slots=True)
class Sender:
    """A street, or (`street_code` empty) an owner and the codes of the indicators that are its own.

    `issues`: it hands in issue ledgers.
    """

    name: str
    street_code: str = ""
    codes: frozenset[str] = frozenset()
    issues: bool = False

    @property
    def party(self) -> Party:
        """On whose side it hands in."""
        return "street" if self.street_code else "district"

    def forms(self, rulebook: Rulebook) -> list[Form]:
        """Return the forms that it hands in, in the rulebook's order."""
        forms = [f for f in rulebook.forms if f.party == self.party and not f.collected]
        return [*(f for f in forms if self.asked(f, rulebook)), *([LEDGER] if self.issues else [])]

    def asked(self, form: Form, rulebook: Rulebook) -> frozenset[str]:
        """Return the indicators that the form asks it for, or that are counted from the ledger."""
        if form is LEDGER:
            return frozenset(code for code, i in rulebook.indicators.items() if i.fed_by == "issues")
        codes = asked_codes(form, rulebook)
        return codes if self.street_code else codes & self.codes

    def units(self, form: Form, registry: Registry, year: int) -> tuple[Unit, ...]:
        """Return the units that it owes a row, in the registry's order; none of a ledger."""
        if form is LEDGER:
            return ()
        every = registry.streets(year) if form.unit == "street" else registry.communities(year)
        own = self.street_code
        return tuple(u for u in every if u.assessed and (not own or registry.belongs(u.code, own)))

    def file(self, form: str, scope: Iterable[str], year: int) -> HandedIn:
        """Return what a file of it is compared with others as: one that nobody handed in.

        `scope`: its indicators, of a ledger its units; empty: whatever they are.
        """
        scope = frozenset() if self.street_code else frozenset(scope)
        return HandedIn("", year, self.street_code, form, "", "", (), scope)

    def owns(self, file: HandedIn) -> bool:
        """Whether a file is about nothing but what is this sender's."""
        if self.street_code:
            return file.street_code == self.street_code
        if file.street_code or file.form == ISSUES:
            return self.issues and not file.street_code
        return bool(file.scope) and file.scope <= self.codes


def scope_of(result: CheckResult) -> tuple[str, ...]:
    """Return what a checked file of the district's side is about, as its receipt says it."""
    return result.units if result.shape == "list" else result.answers


def sender_of(owner: str, rulebook: Rulebook, *, surveys: bool) -> Sender:
    """Return an owner of indicators as a sender; `surveys`: it finds issues. Nobody's name owns nothing."""
    codes = owners(rulebook).get(owner, frozenset())
    fed = {code for code, i in rulebook.indicators.items() if i.fed_by == "issues"}
    return Sender(owner, "", codes, bool(fed) and (surveys or bool(fed & codes)))


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
    """Return whose indicators a file of the district's side is about, "" where that is not known."""
    codes = (code for code in rulebook.indicators if code in file.scope)
    return "、".join(dict.fromkeys(rulebook.indicators[code].owner for code in codes))
