"""Means, distributions and ranks of rated units; what too few communities said is not shown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from scorecard.exact import SCORE_SCALE, round_scaled
from scorecard.language import NC_
from scorecard.names import fold
from scorecard.rulebook.upward import Upward, UpwardItem
from scorecard.upward.model import ItemResult, RatedUnit, Result
from scorecard.upward.read import Context, Rate, Read

_COMMENT: Final = 300  # characters of a comment that are shown


def rated_units(reads: Sequence[Read], context: Context) -> dict[str, RatedUnit]:
    """Return who is rated by every folded name; a row that cannot be used is written down."""
    found: dict[str, RatedUnit] = {}
    for read in reads:
        for named in read.named:
            asked, unknown = _asked(named.asked, context)
            taken = [name for name in named.names if fold(name) in found]
            if unknown or taken:
                strange = NC_("part", "应评社区「{raw}」不在名录里")
                twice = NC_("part", "「{raw}」已有别的单位用了")
                reason = (strange if unknown else twice).format(raw=(unknown or taken)[0])
                read.notes.add("W988", row=named.row, raw=named.names[0], reason=reason)
                continue
            unit = RatedUnit(named.names[0], named.kind, asked)
            found |= {fold(name): unit for name in named.names}
    return found


def _asked(names: Sequence[str], context: Context) -> tuple[frozenset[str], list[str]]:
    """Return the communities that are asked (all assessed where none are named), and unknown names."""
    everyone = context.registry.assessed(context.year)
    codes: set[str] = set() if names else {unit.code for unit in everyone}
    unknown = []
    for name in names:
        unit = context.registry.match(name, None, "社区", context.year).unit
        street = context.registry.match(name, None, "街道", context.year).unit
        if unit:
            codes.add(unit.code)
        elif street:
            codes.update(u.code for u in everyone if context.registry.street_of(u.code) == street)
        else:
            unknown.append(name)
    return frozenset(codes), unknown


def counted(reads: Sequence[Read], rated: Mapping[str, RatedUnit]) -> dict[str, list[Rate]]:
    """Return the ratings that count by the rated unit's name; what does not is written down.

    Of one community and one unit a correction counts; the same twice counts once; a contradiction not at all.
    """
    groups: dict[tuple[str, str], list[tuple[Read, Rate]]] = {}
    for read in reads:
        for rate in read.rates:
            unit = rated.get(fold(rate.rated))
            if unit is None:
                read.notes.add("W981", row=rate.row, raw=rate.rated)
            elif rate.unit_code not in unit.asked:
                read.notes.add("W985", row=rate.row, raw=rate.rated)
            else:
                groups.setdefault((unit.name, rate.unit_code), []).append((read, rate))
    kept: dict[str, list[Rate]] = {}
    for (name, _), group in groups.items():
        first = _one(group)
        if first:
            kept.setdefault(name, []).append(first)
    return kept


def _one(group: Sequence[tuple[Read, Rate]]) -> Rate | None:
    """Return the rating that counts of those of one community about one unit."""
    corrections = [rate.source for _, rate in group if rate.source.correction]
    valid = [(read, rate) for read, rate in group if not corrections or rate.source is corrections[-1]]
    (_, first), *others = valid
    same = len({rate.said for _, rate in valid}) == 1
    for read, rate in others:
        near, far = NC_("part", "第{row}行"), NC_("part", "“{file}”第{row}行")
        here = (near if rate.source is first.source else far).format(file=first.source.file, row=first.row)
        code = "W965" if same else "W986"
        read.notes.add(code, row=rate.row, raw=rate.rated if same else "", first=here)
    return first if same else None


def results(
    rated: Mapping[str, RatedUnit], rates: Mapping[str, Sequence[Rate]], upward: Upward
) -> list[Result]:
    """Return each rated unit's result, by the kinds of the rulebook and by name."""
    units = {unit.name: unit for unit in rated.values()}
    found = [_result(unit, rates.get(name, ()), upward) for name, unit in units.items()]
    places = {kind: place for place, kind in enumerate(upward.kinds)}
    return sorted(_ranked(found), key=lambda r: (places[r.kind], r.name))


def _result(unit: RatedUnit, rates: Sequence[Rate], upward: Upward) -> Result:
    scores = {o.name: o.score for o in upward.options}
    own = [_mean([scores[a] for a in rate.answers.values()]) for rate in rates]
    means = [mean for mean in own if mean is not None]
    asked = len(unit.asked)
    if len(means) < upward.minimum:
        items = tuple(ItemResult(i.code, i.name, None, None, None) for i in upward.items)
        return Result(unit.name, unit.kind, asked, False, None, None, None, None, None, None, items, ())
    return Result(
        name=unit.name,
        kind=unit.kind,
        asked=asked,
        shown=True,
        responded=len(rates),
        valid=len(means),
        response_e2=round_scaled(Fraction(100 * len(rates), asked), SCORE_SCALE),
        mean_e2=_e2(sum(means, Fraction(0)) / len(means), upward),
        rank=None,
        ranked=None,
        items=tuple(_item(item, rates, upward) for item in upward.items),
        comments=tuple(sorted(rate.comment[:_COMMENT] for rate in rates if rate.comment)),
    )


def _item(item: UpwardItem, rates: Sequence[Rate], upward: Upward) -> ItemResult:
    answers = [rate.answers[item.code] for rate in rates if item.code in rate.answers]
    scores = {o.name: o.score for o in upward.options}
    valid = sum(scores[a] is not None for a in answers)
    mean = _mean([scores[a] for a in answers])
    if valid < upward.minimum or mean is None:
        return ItemResult(item.code, item.name, None, None, None)
    counts = Counter(answers)
    return ItemResult(item.code, item.name, valid, _e2(mean, upward), {name: counts[name] for name in scores})


def _mean(scores: Sequence[object]) -> Fraction | None:
    """Return the exact mean of those that are scores, None without any."""
    valid = [Fraction(str(score)) for score in scores if score is not None]
    return sum(valid, Fraction(0)) / len(valid) if valid else None


def _e2(value: Fraction, upward: Upward) -> int:
    """Return a mean as printed, × 100: rounded half up to the rulebook's decimals."""
    return int(round_scaled(value, upward.decimals) * 10 ** (SCORE_SCALE - upward.decimals))


def _ranked(found: Sequence[Result]) -> list[Result]:
    """Rank what is shown within its kind, on the printed means: 1, 2, 2, 4."""
    done = []
    for result in found:
        peers = [r.mean_e2 for r in found if r.kind == result.kind and r.mean_e2 is not None]
        if result.mean_e2 is None:
            done.append(result)
        else:
            better = sum(mean > result.mean_e2 for mean in peers)
            done.append(replace(result, rank=better + 1, ranked=len(peers)))
    return done
