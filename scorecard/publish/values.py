"""An item's value as a reader sees it: the number with its unit, and the counts that it was made from."""

from scorecard.exact import VALUE_SCALE
from scorecard.language import _, term
from scorecard.publish import formats, glyphs
from scorecard.publish.editions import WITHHELD
from scorecard.publish.model import Row
from scorecard.rulebook.model import Indicator

_COLUMN = {"numerator": "numerator_e4", "denominator": "denominator_e4", "value": "value_e4"}
_WHOLE_NUMBERS = ("count", "parts", "events")


def shown(indicator: Indicator, item: Row) -> str:
    """Return the value with its unit, or the word of a state that has no value. Never empty."""
    word = glyphs.state_word(item)
    if word:
        return word
    if item.get("withheld"):
        return _(WITHHELD)
    if indicator.measure == "category":
        return term(item["category"]) if item["category"] else _("无等级")
    if indicator.measure == "parts":
        return _("、").join(_inputs(indicator, item))
    if _absolute(indicator, item):
        return formats.measured(formats.trimmed(item["value_e10"], VALUE_SCALE), indicator.inputs[0].unit)
    return number(indicator, item["value_e10"])


def _absolute(indicator: Indicator, item: Row) -> bool:
    """Return whether a change from nothing was scored by this year's number itself."""
    return indicator.measure == "change" and item["denominator_e4"] == 0


def number(indicator: Indicator, value_e10: int | None) -> str:
    """Return a value of the indicator with its unit; `无` where there is none."""
    if value_e10 is None:
        return _("无")
    if indicator.measure in _WHOLE_NUMBERS:
        return formats.measured(formats.trimmed(value_e10, VALUE_SCALE, grouped=True), indicator.unit)
    return formats.value(value_e10, indicator.unit, indicator.decimals)


def _happened(breakdown: str | None) -> str:
    """Return the events that happened at all: `迟报×1；退回×0` is `迟报×1`."""
    pairs = (part.rpartition("×") for part in (breakdown or "").split("；"))
    return _("；").join(
        _("{name}×{count}", name=term(name), count=count) if name else count
        for name, _x, count in pairs
        if count != "0"
    )


def previous(indicator: Indicator, item: Row) -> str:
    """Return last year's value (of a grade: its points), `无` where there is none to compare with."""
    if item.get("withheld"):
        return _(WITHHELD)
    if indicator.measure == "category" and item["previous_points_e2"] is not None:
        return _("得{points}分", points=formats.points(item["previous_points_e2"]))
    return number(indicator, item["previous_value_e10"])


def detail(indicator: Indicator, item: Row) -> str:
    """Return what the value was made from: `48÷52`, `本期7，基数8`, `迟报×1`; empty for a plain count."""
    if glyphs.state_word(item) or item.get("withheld"):
        return ""
    if indicator.measure == "events":
        return _happened(item["category"])
    above, below = item["numerator_e4"], item["denominator_e4"]
    if above is None or below is None or indicator.measure == "parts":
        return ""
    if _absolute(indicator, item):
        return _("基数0，按绝对数")
    if indicator.measure == "change":
        return _("本期{fact}，基数{fact2}", fact=formats.fact(above), fact2=formats.fact(below))
    return f"{formats.fact(above)}÷{formats.fact(below)}"


def _inputs(indicator: Indicator, item: Row) -> list[str]:
    """Return the reported parts with their units, in the order in which they are asked."""
    held = [(i, item[_COLUMN[i.field]]) for i in indicator.inputs if i.field in _COLUMN]
    return [
        formats.measured(formats.fact(number_e4), i.unit) for i, number_e4 in held if number_e4 is not None
    ]


def target(indicator: Indicator) -> str:
    """Return the printed target, with the unit where the print leaves it out: `90%`, `省级`, `12次`."""
    printed = indicator.target.strip()
    if not any(c.isalnum() for c in printed):
        return _("无")
    return formats.measured(printed, indicator.unit) if printed[-1].isdigit() else printed
