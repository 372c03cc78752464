"""Rules that compare with the peer group, with the group's numbers filled in."""

from collections.abc import Sequence
from fractions import Fraction

from scorecard.exact import VALUE_SCALE
from scorecard.explain.written import shown, shown_exactly
from scorecard.language import _
from scorecard.rulebook import model
from scorecard.rulebook.model import Indicator
from scorecard.rulebook.words import plain

RELATIVE = ("MM", "RANK", "BEST", "AVGDEV")


def relative(indicator: Indicator, said: str, value_e10: int, peers: Sequence[int]) -> str:
    """Return the arithmetic of an MM, RANK, BEST or AVGDEV rule.

    Args:
        indicator: Its rule and weight.
        said: The unit's value as it is written.
        value_e10: The same × 10^10.
        peers: The group's values × 10^10; never empty.
    """
    weight, count = plain(indicator.weight), len(peers)
    match indicator.rule:
        case model.Mm() as rule:
            return _spread(rule, weight, said, peers)
        case model.RankRule(shares=shares, rest=rest, sense=sense):
            better = sum(1 for p in peers if (p > value_e10 if sense == "higher" else p < value_e10))
            return _(
                "{weight} × {share}（{value}，同类{count}个中第{place}名）",
                weight=weight,
                share=plain(shares[better] if better < len(shares) else rest),
                value=said,
                count=count,
                place=better + 1,
            )
        case model.Best():
            best = max(peers)
            fields = {"weight": weight, "count": count, "best": shown(best)}
            if best <= 0:
                return _("{weight} × 0（同类{count}个中最好的是 {best}）", **fields)
            return _("{weight} × [{value} ÷ {best}（同类{count}个中最好的），限于0到1]", value=said, **fields)
        case model.AvgDev(per=per, sense=sense):
            mean = shown_exactly(Fraction(sum(peers), count * 10**VALUE_SCALE))
            return _(
                "{weight} − {per} × max(0, {gap})（{mean} 是同类{count}个的平均，最低0分）",
                weight=weight,
                per=plain(per),
                gap=f"{said} − {mean}" if sense == "above" else f"{mean} − {said}",
                mean=mean,
                count=count,
            )
    raise TypeError(f"no words for rule {indicator.rule.type}")


def _spread(rule: model.Mm, weight: str, said: str, peers: Sequence[int]) -> str:
    lowest, highest = shown(min(peers)), shown(max(peers))
    if min(peers) == max(peers):
        return _(
            "{weight} × {share}（同类{count}个都是 {value}）",
            weight=weight,
            share=plain(rule.equal),
            count=len(peers),
            value=lowest,
        )
    gap = f"{said} − {lowest}" if rule.sense == "higher" else f"{highest} − {said}"
    return _(
        "{weight} × [{floor} + (1 − {floor}) × [{quotient}，限于0到1]]"
        "（同类{count}个，{lowest} 至 {highest}）",
        weight=weight,
        floor=plain(rule.floor),
        quotient=f"({gap}) ÷ ({highest} − {lowest})",
        count=len(peers),
        lowest=lowest,
        highest=highest,
    )
