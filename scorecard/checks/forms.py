"""Which form of the rulebook a file is."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from scorecard.checks.asks import Asks
from scorecard.checks.context import CheckContext
from scorecard.checks.table import Table
from scorecard.names import fold
from scorecard.rulebook.model import Form


def choose_form(table: Table, context: CheckContext) -> Form:
    """Return the sender's form that has most in common with the table; the first one of equals.

    A file with nothing of its sender's forms still gets one: its contents are then another's to report.
    """
    forms = [form for form in context.rulebook.forms if form.party == context.party]
    named = _indicators(table, context.asks)
    return max(forms, key=lambda form: sum(named.get(c, 0) for c in context.asks.codes[form.code]))


def unusable(table: Table, asks: Asks) -> str:
    """Return the code of why no row can be used (nothing asked for, no column of units), or ""."""
    if table.shape == "wide" and not any(key in asks.by_key for key in table.columns):
        return "K520"
    return "" if {"unit_name", "unit_code", "street", "street_code"} & set(table.columns) else "K529"


def _indicators(table: Table, asks: Asks) -> Mapping[str, int]:
    """Return how often each indicator is asked (columns of a wide form) or named (rows of a long one)."""
    counts: dict[str, int] = {}
    if table.shape == "wide":
        for key in table.columns:
            if ask := asks.by_key.get(key):
                for slot in ask.slots:
                    counts[slot.indicator.code] = counts.get(slot.indicator.code, 0) + 1
        return counts
    codes = _titles(asks)
    said = Counter(zip(table.texts("indicator_code"), table.texts("indicator_name"), strict=True))
    for texts, times in said.items():
        if code := next((code for text in texts if (code := codes.get(fold(text)))), ""):
            counts[code] = counts.get(code, 0) + times
    return counts


@lru_cache(2)
def _titles(asks: Asks) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, indicator in asks.rulebook.indicators.items():
        for text in (code, indicator.name_zh, *indicator.aliases):
            found.setdefault(fold(text), code)
    return found
