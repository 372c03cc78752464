"""What a rulebook asks for, by column: one `Ask` for each number or word that somebody reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from scorecard.exact import FACT_SCALE, round_scaled
from scorecard.language import NC_
from scorecard.names import fold
from scorecard.rulebook.model import Cat, Category, ContextValue, Field_, Form, Indicator, Input, Rulebook

Kind = Literal["number", "category", "event", "rate", "context"]
_RATE_DECIMALS = 4
_SINGLE = ("count", "category")  # measures with one input, so that title and input are the same column


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a reported value goes: one field of one indicator."""

    indicator: Indicator
    field: Field_

    @property
    def archived_as(self) -> str:
        """Under which name last year's number of this field is archived, beside the values by code."""
        return archived_as(self.indicator.code, self.field)


def archived_as(code: str, field: Field_) -> str:
    """Return the name of one field of an indicator in the archive; no code of an indicator looks so."""
    return f"{code}@{field}"


def archived_event(code: str, name: str) -> str:
    """Return the name of how often an event of an indicator happened, in the archive."""
    return f"{code}@value@{name}"


@dataclass(frozen=True)
class Ask:
    """One column of a wide form. `slots` are the indicators that it feeds; a context value has none.

    A `rate` is an indicator's own ready-made rate: it is compared with the counts, never used. `plausible` is
    the highest number that a context value of its name calls plausible.
    """

    key: str
    name: str
    kind: Kind
    slots: tuple[Slot, ...]
    unit: str = ""
    decimals: int = 0
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = None
    plausible: Decimal | None = None
    aliases: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()

    @cached_property
    def minimum_e4(self) -> int | None:
        """The lowest allowed value, scaled like a fact."""
        return None if self.minimum is None else round_scaled(self.minimum, FACT_SCALE)

    @cached_property
    def maximum_e4(self) -> int | None:
        """The highest allowed value, scaled like a fact."""
        return None if self.maximum is None else round_scaled(self.maximum, FACT_SCALE)

    @cached_property
    def plausible_e4(self) -> int | None:
        """The highest plausible value, scaled like a fact; None where nobody says."""
        return None if self.plausible is None else round_scaled(self.plausible, FACT_SCALE)

    @cached_property
    def is_input(self) -> bool:
        """Whether it feeds an indicator: rates and context values do not."""
        return self.kind in ("number", "category", "event")

    @cached_property
    def derived(self) -> bool:
        """Whether nobody reports it: it is computed from others, and a typed one is only compared."""
        return self.kind == "rate" and self.slots[0].indicator.measure == "derived"

    @cached_property
    def expected(self) -> str:
        """What belongs into the cell, in words: `0到23之间的整数（单位：项）`."""
        if self.kind == "category":
            return NC_("part", "{names}之一").format(names="、".join(c.name for c in self.categories))
        number = NC_("part", "最多{decimals}位小数的数字") if self.decimals else NC_("part", "整数")
        what = self._bounded(number.format(decimals=self.decimals))
        return NC_("part", "{what}（单位：{unit}）").format(what=what, unit=self.unit) if self.unit else what

    def _bounded(self, what: str) -> str:
        if self.minimum is None and self.maximum is None:
            return what
        if self.minimum is None:
            said = NC_("part", "不大于{maximum}的{what}")
        elif self.maximum is None:
            said = NC_("part", "不小于{minimum}的{what}")
        else:
            said = NC_("part", "{minimum}到{maximum}之间的{what}")
        return said.format(minimum=self.minimum, maximum=self.maximum, what=what)


class Asks:
    """Every ask of a rulebook, in printed order, and what else the checks take from the rulebook alone."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.by_key: dict[str, Ask] = {}
        self._names: dict[str, tuple[str, ...]] = {}  # of those that the rulebook's own checks asked for
        for ask in (*_inputs(rulebook), *_events(rulebook), *_rates(rulebook), *_contexts(rulebook)):
            self.by_key.setdefault(ask.key, ask)

    @cached_property
    def inputs(self) -> tuple[Ask, ...]:
        """The asks that feed indicators: all but rates and context values."""
        return tuple(a for a in self.by_key.values() if a.is_input)

    @cached_property
    def of(self) -> dict[str, tuple[tuple[Field_, Ask], ...]]:
        """The asks of each indicator code with the field each fills; events fill `value` together."""
        found: dict[str, list[tuple[Field_, Ask]]] = {}
        for ask in self.inputs:
            for slot in ask.slots:
                found.setdefault(slot.indicator.code, []).append((slot.field, ask))
        order = ("numerator", "denominator", "value", "text")
        return {code: tuple(sorted(asks, key=lambda a: order.index(a[0]))) for code, asks in found.items()}

    @cached_property
    def named(self) -> dict[str, Indicator]:
        """Each indicator by its folded code, title and other titles."""
        indicators = self.rulebook.indicators.values()
        return {fold(word): i for i in indicators for word in (*i.aliases, i.name_zh, i.code)}

    @cached_property
    def coded(self) -> dict[str, Indicator]:
        """Each indicator by its folded code."""
        return {fold(code): i for code, i in self.rulebook.indicators.items()}

    @cached_property
    def titled(self) -> dict[str, Indicator]:
        """Each indicator by its folded title and other titles."""
        indicators = self.rulebook.indicators.values()
        return {fold(title): i for i in indicators for title in (i.name_zh, *i.aliases)}

    @cached_property
    def codes(self) -> dict[str, frozenset[str]]:
        """The indicators that each form asks for, by the form's code."""
        return {form.code: asked_codes(form, self.rulebook) for form in self.rulebook.forms}

    @cached_property
    def contexts(self) -> dict[str, tuple[ContextValue, ...]]:
        """The context values that each name may mean; most names mean none and are not there."""
        found: dict[str, tuple[ContextValue, ...]] = {}
        for value in self.rulebook.context:
            for name in context_names(value):
                found[name] = (*found.get(name, ()), value)
        return found

    @cached_property
    def ordered(self) -> frozenset[str]:
        """The names of numbers that an order check compares."""
        return frozenset(name for rule in self.rulebook.order_checks for name in (rule.lower, rule.upper))

    def names(self, name: str) -> tuple[str, ...]:
        """Return the names under which the number called `name` may stand in a file, its own first."""
        if name not in self._names:
            others = (n for value in self.contexts.get(name, ()) for n in context_names(value))
            self._names[name] = (name, *others)
        return self._names[name]

    def rate(self, indicator: Indicator) -> Ask | None:
        """Return the ask for the indicator's own ready-made value, None where its only input is that."""
        return self.by_key.get(f"rate:{indicator.code}")

    @cached_property
    def valued(self) -> dict[str, Ask]:
        """The ask for the whole value of each indicator code: a count's input, a ratio's ready-made rate."""
        found = {code: self.rate(i) for code, i in self.rulebook.indicators.items() if i.measure == "ratio"}
        found |= {code: asked[0][1] for code, asked in self.of.items() if self._is_count(code)}
        return {code: ask for code, ask in found.items() if ask is not None}

    @cached_property
    def quotients(self) -> dict[str, tuple[Ask, Ask]]:
        """The asks for numerator and denominator of each indicator that is a ratio, by its code."""
        ratios = (c for c, i in self.rulebook.indicators.items() if i.measure == "ratio" and c in self.of)
        pairs = {code: dict(self.of[code]) for code in ratios}
        return {
            code: (fields["numerator"], fields["denominator"])
            for code, fields in pairs.items()
            if {"numerator", "denominator"} <= set(fields)
        }

    @cached_property
    def apart(self) -> tuple[tuple[Slot, Ask], ...]:
        """The numbers that are compared one by one, since their indicator has no value of its own (parts)."""
        return tuple(
            (slot, ask)
            for ask in self.inputs
            for slot in ask.slots
            if ask.kind == "number" and slot.indicator.measure == "parts"
        )

    def _is_count(self, code: str) -> bool:
        return self.rulebook.indicators[code].measure == "count"

    def fields(self, indicator: Indicator) -> str:
        """Return the columns that an indicator needs, for a sentence."""
        return "、".join(f"「{ask.name}」" for _, ask in self.of.get(indicator.code, ()))


def asked_codes(form: Form, rulebook: Rulebook) -> frozenset[str]:
    """Return the indicators that `form` asks for: by level, on the card of the form's kind of unit.

    Derived indicators are computed from others; nobody is asked for them.
    """
    card = rulebook.street.indicators if form.unit == "street" else rulebook.community_indicators
    return frozenset(i.code for i in card if i.level in form.levels and i.measure != "derived")


def _inputs(rulebook: Rulebook) -> Iterator[Ask]:
    """One ask for each name. A column headed by the title of a count or a grade is its only input."""
    slots: dict[str, list[Slot]] = {}
    first: dict[str, Input] = {}
    for indicator in rulebook.indicators.values():
        for item in indicator.inputs:
            first.setdefault(item.name, item)
            slots.setdefault(item.name, []).append(Slot(indicator, item.field))
    for name, item in first.items():
        rule = slots[name][0].indicator.rule
        categories = rule.categories if isinstance(rule, Cat) and item.field == "text" else ()
        yield Ask(
            key=f"input:{name}",
            name=name,
            kind="category" if item.field == "text" else "number",
            slots=tuple(slots[name]),
            unit=item.unit,
            decimals=item.decimals,
            minimum=item.minimum,
            maximum=item.maximum,
            plausible=_plausible(name, rulebook),
            aliases=(*item.aliases, *_titles(slots[name])),
            categories=categories,
        )


def _plausible(name: str, rulebook: Rulebook) -> Decimal | None:
    limits = [v.maximum for v in rulebook.context if v.maximum is not None and name in context_names(v)]
    return max(limits, default=None)


def _titles(slots: list[Slot]) -> tuple[str, ...]:
    indicator = slots[0].indicator
    return (indicator.name_zh, *indicator.aliases) if indicator.measure in _SINGLE else ()


def _events(rulebook: Rulebook) -> Iterator[Ask]:
    for indicator in rulebook.indicators.values():
        for event in indicator.events:
            yield Ask(
                key=f"event:{indicator.code}:{event.name}",
                name=event.name,
                kind="event",
                slots=(Slot(indicator, "value"),),
                unit="次",
                aliases=event.aliases,
            )


def _rates(rulebook: Rulebook) -> Iterator[Ask]:
    for indicator in rulebook.indicators.values():
        if indicator.measure in _SINGLE:
            continue
        yield Ask(
            key=f"rate:{indicator.code}",
            name=indicator.name_zh,
            kind="rate",
            slots=(Slot(indicator, "value"),),
            unit=indicator.unit,
            decimals=_RATE_DECIMALS,
            minimum=None,
            aliases=indicator.aliases,
        )


def _contexts(rulebook: Rulebook) -> Iterator[Ask]:
    """Context values with a column of their own; one that is an input already has its ask."""
    for value in rulebook.context:
        if value.kind == "number" and not value.same_as:
            yield Ask(
                key=f"context:{value.code}",
                name=value.name_zh,
                kind="context",
                slots=(),
                unit=value.unit,
                decimals=FACT_SCALE,
                minimum=None,
                plausible=value.maximum,
                aliases=value.aliases,
            )


def context_names(value: ContextValue) -> tuple[str, ...]:
    """Return the names under which a context value may be meant, its own first."""
    return tuple(dict.fromkeys((value.name_zh, *value.same_as, *value.aliases)))


def category_of(ask: Ask, text: str) -> Category | None:
    """Return the category that `text` names, by its name or an alias, compared folded."""
    wanted = fold(text)
    return next((c for c in ask.categories if wanted in {fold(n) for n in (c.name, *c.aliases)}), None)
