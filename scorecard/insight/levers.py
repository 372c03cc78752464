"""What a unit could have reported otherwise of one item: whole steps of one number, towards more points.

A lever moves one input by its smallest unit (a person, a case, a hundredth where the input has decimals), the
others stay. It ends where the input may go no further (a part cannot exceed its whole) or where more brings
nothing. Up to its end no step brings fewer points than the one before.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from scorecard.language import later
from scorecard.rulebook import model as rb
from scorecard.rulebook.model import Indicator, Input
from scorecard.scoring import Reported, value_of

_EVENT = re.compile(r"^(.+)×(\d+)$")


@dataclass(frozen=True, slots=True)
class Lever:
    """`at(k)` is the report after k steps, 0 ≤ k ≤ `limit`; `said(k)` the input's number then, as text.

    `capped`: the input itself allows no more. `past`: one more step leaves the range of full marks on the
    other side, and may still be the best there is. `guess` is the step that a value is first reached at.
    """

    name: str
    unit: str
    limit: int
    capped: bool
    at: Callable[[int], Reported]
    said: Callable[[int], str]
    guess: Callable[[Fraction], int]
    step: Decimal = Decimal(1)
    past: bool = False


def levers(indicator: Indicator, given: Reported, best: Fraction | None) -> Iterator[Lever]:
    """Yield the levers of an item that has a value. `best`: the value beyond which a relative rule gives no
    more; for a tie key the one beyond which nobody is passed.
    """
    match indicator.rule:
        case rb.Cat() as rule:
            yield _category(indicator, rule, given)
        case rb.Chk(parts=parts):
            for field in sorted({part.field for part in parts}):
                yield _part(indicator, field, given)
        case _:
            yield from _valued(indicator, given, best)


def towards(indicator: Indicator, x: Fraction) -> int:
    """Return +1 or −1, whichever way the value brings more points; 0 where it is best as it is."""
    match indicator.rule:
        case rb.Lin(zero_at=zero, full_at=full):
            return 1 if full > zero else -1
        case rb.Pp(sense=sense):
            return 1 if sense == "below" else -1
        case rb.Rng(low=low, high=high):
            return 1 if x < low else -1 if x > high else 0
        case rb.Ded():
            return -1
        case rb.Mm(sense=sense) | rb.RankRule(sense=sense):
            return 1 if sense == "higher" else -1
        case rb.AvgDev(sense=sense):
            return -1 if sense == "above" else 1
        case rb.Lad():
            return -1 if indicator.direction == "lower" else 1
    return 1


def full_value(indicator: Indicator, x: Fraction) -> Fraction | None:
    """Return the value at which an absolute rule gives all that it can; None for a relative rule."""
    match indicator.rule:
        case rb.Lin(full_at=full):
            return Fraction(full)
        case rb.Pp(target=target):
            return Fraction(target)
        case rb.Rng(low=low, high=high):
            return Fraction(low if x < low else high)
        case rb.Ded():
            return Fraction(0)
        case rb.Lad(rungs=rungs):
            ends = sorted(rung.at_least for rung in rungs)
            return Fraction(ends[0 if towards(indicator, x) < 0 else -1])
    return None


def least_value(indicator: Indicator, x: Fraction, points: Fraction) -> Fraction | None:
    """Return the value nearest to `x` that gives `points`, by the rule's own inverse; None without one."""
    weight = Fraction(indicator.weight)
    lost = weight - points
    match indicator.rule:
        case rb.Lin(zero_at=zero, full_at=full):
            return Fraction(zero) + points / weight * (Fraction(full) - Fraction(zero))
        case rb.Pp(target=target, per=per, sense=sense):
            return Fraction(target) - lost / Fraction(per) * (1 if sense == "below" else -1)
        case rb.Ded(per=per):
            return lost / Fraction(per)
        case rb.Lad(rungs=rungs):
            enough = [r.at_least for r in rungs if weight * Fraction(r.share) >= points]
            return Fraction(min(enough)) if enough else None
        case rb.Rng(low=low, per_below=per) if x < low and per:
            return Fraction(low) - lost / Fraction(per)
        case rb.Rng(high=high, per_above=per, above="deduct") if x > high and per:
            return Fraction(high) + lost / Fraction(per)
    return None


def _valued(indicator: Indicator, given: Reported, best: Fraction | None) -> Iterator[Lever]:
    """Yield the levers of a rule over one value: the events of each kind, or the one number."""
    _, x = value_of(indicator, given)
    if x is None:
        return
    sign = towards(indicator, x)
    end = full_value(indicator, x) if best is None else best
    if not sign or end is None:
        return
    if indicator.events:
        yield from _events(indicator, given, x, sign, end)
        return
    field = "numerator" if indicator.measure in ("ratio", "change") else "value"
    spec = next((i for i in indicator.inputs if i.field == field), None)
    now = Fraction(getattr(given, field))
    step = Decimal(1).scaleb(-spec.decimals) if spec else Decimal(1)
    size = _size(indicator, given, step)
    useful = _steps(sign * (end - x), size)
    room = _room(indicator, spec, given, sign)
    hard = None if room is None else floor(max(sign * (room - now), Fraction(0)) / Fraction(step))
    past = False
    if isinstance(indicator.rule, rb.Rng):
        far = Fraction(indicator.rule.high if sign > 0 else indicator.rule.low)
        useful, past = floor(sign * (far - x) / size), True
    limit = useful if hard is None else min(useful, hard)

    def number(k: int) -> Fraction:
        return now + sign * k * Fraction(step)

    yield Lever(
        spec.name if spec else indicator.name_zh,
        spec.unit if spec else "",
        limit,
        hard is not None and hard < useful,
        lambda k: _with(given, field, number(k)),
        lambda k: _text(number(k)),
        lambda target: _steps(sign * (target - x), size),
        sign * step,
        past and (hard is None or hard > limit),
    )


def _with(given: Reported, field: str, number: Fraction) -> Reported:
    """Return the report with one number changed; what was a true zero need not be one any more."""
    if field == "numerator":
        return replace(given, state="observed", numerator=number)
    return replace(given, state="observed", value=number)


def _steps(distance: Fraction, size: Fraction) -> int:
    return max(0, ceil(distance / size))


def _size(indicator: Indicator, given: Reported, step: Decimal) -> Fraction:
    """Return how far one step moves the value."""
    bottom = Fraction(given.denominator or 0)
    if indicator.measure not in ("ratio", "change") or not bottom:
        return Fraction(step)
    return Fraction(indicator.per) * Fraction(step) / bottom


def _room(indicator: Indicator, spec: Input | None, given: Reported, sign: int) -> Fraction | None:
    """Return how far the number may go; None: as far as one likes."""
    if sign < 0:
        return Fraction(0) if spec is None else None if spec.minimum is None else Fraction(spec.minimum)
    ends = [Fraction(spec.maximum)] if spec and spec.maximum is not None else []
    if indicator.part_of_whole and given.denominator is not None:
        ends.append(Fraction(given.denominator))
    return min(ends, default=None)


def _events(indicator: Indicator, given: Reported, x: Fraction, sign: int, end: Fraction) -> Iterator[Lever]:
    """Yield one lever for each kind of event: fewer of what happened, or more of what may happen."""
    counts = event_counts(given.category or "")
    for event in indicator.events:
        happened, size = counts.get(event.name, 0), Fraction(event.per)
        useful = _steps(sign * (end - x), size)
        limit = useful if sign > 0 else min(useful, happened)

        def at(k: int, size: Fraction = size) -> Reported:
            return _with(given, "value", x + sign * k * size)

        def said(k: int, happened: int = happened) -> str:
            return str(happened + sign * k)

        def guess(target: Fraction, size: Fraction = size) -> int:
            return _steps(sign * (target - x), size)

        yield Lever(event.name, "次", limit, limit < useful, at, said, guess, Decimal(sign))


def event_counts(text: str) -> dict[str, int]:
    """Return how often each kind of event happened, from its breakdown `名称×n；…`."""
    found = (_EVENT.match(part) for part in text.split("；"))
    return {m[1]: int(m[2]) for m in found if m}


def _category(indicator: Indicator, rule: rb.Cat, given: Reported) -> Lever:
    """Return the lever over the categories that earn more than the present one, the least first."""
    now = next((c for c in rule.categories if c.name == given.category), None)
    share = now.share if now else Decimal(-1)
    better = sorted((c for c in rule.categories if c.share > share), key=lambda c: (c.share, -c.level))
    names = [given.category or "", *(c.name for c in better)]
    return Lever(
        next((i.name for i in indicator.inputs), indicator.name_zh),
        "",
        len(better),
        False,
        lambda k: replace(given, state="observed", category=names[k]),
        lambda k: later("“{name}”", name=names[k]),
        lambda _: 1,
    )


def _part(indicator: Indicator, field: str, given: Reported) -> Lever:
    """Return the lever over one number of a checklist."""
    rule = indicator.rule
    assert isinstance(rule, rb.Chk)
    spec = next((i for i in indicator.inputs if i.field == field), None)
    step = Decimal(1).scaleb(-spec.decimals) if spec else Decimal(1)
    now = Fraction(getattr(given, field) or 0)
    end = max(Fraction(p.of or p.at_least or 0) for p in rule.parts if p.field == field)
    useful = _steps(end - now, Fraction(step))
    room = None if spec is None or spec.maximum is None else Fraction(spec.maximum)
    limit = useful if room is None else min(useful, floor(max(room - now, Fraction(0)) / Fraction(step)))
    return Lever(
        spec.name if spec else indicator.name_zh,
        spec.unit if spec else "",
        limit,
        limit < useful,
        lambda k: _with(given, field, now + k * Fraction(step)),
        lambda k: _text(now + k * Fraction(step)),
        lambda _: 0,
        step,
    )


def _text(number: Fraction) -> str:
    """Return a number of at most four decimals as people write it."""
    return format((Decimal(number.numerator) / Decimal(number.denominator)).normalize(), "f")


def smallest(enough: Callable[[int], bool], limit: int, guess: int) -> int | None:
    """Return the least k from 1 to `limit` with `enough(k)`, which once true stays true; None: there is none.

    `guess` only saves questions.
    """
    low, high = 0, limit + 1  # low is not enough; nobody knows yet of high
    for k in (guess, guess - 1, guess + 1):
        if low < k < high:
            low, high = (low, k) if enough(k) else (k, high)
    if high == limit + 1 and low < limit:
        low, high = (low, limit) if enough(limit) else (limit, high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high if high <= limit else None
