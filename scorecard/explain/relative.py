"""Rules that compare with the peer group, with the group's numbers filled in."""

from collections.abc import Sequence
from fractions import Fraction

from scorecard.exact import VALUE_SCALE
from scorecard.explain.written import shown, shown_exactly
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
    weight, group = plain(indicator.weight), f"同类{len(peers)}个"
    match indicator.rule:
        case model.Mm() as rule:
            return _spread(rule, weight, said, peers)
        case model.RankRule(shares=shares, rest=rest, sense=sense):
            better = sum(1 for p in peers if (p > value_e10 if sense == "higher" else p < value_e10))
            share = shares[better] if better < len(shares) else rest
            return f"{weight} × {plain(share)}（{said}，{group}中第{better + 1}名）"
        case model.Best():
            best = max(peers)
            if best <= 0:
                return f"{weight} × 0（{group}中最好的是 {shown(best)}）"
            return f"{weight} × [{said} ÷ {shown(best)}（{group}中最好的），限于0到1]"
        case model.AvgDev(per=per, sense=sense):
            mean = shown_exactly(Fraction(sum(peers), len(peers) * 10**VALUE_SCALE))
            gap = f"{said} − {mean}" if sense == "above" else f"{mean} − {said}"
            return f"{weight} − {plain(per)} × max(0, {gap})（{mean} 是{group}的平均，最低0分）"
    raise TypeError(f"no words for rule {indicator.rule.type}")


def _spread(rule: model.Mm, weight: str, said: str, peers: Sequence[int]) -> str:
    lowest, highest = shown(min(peers)), shown(max(peers))
    if min(peers) == max(peers):
        return f"{weight} × {plain(rule.equal)}（同类{len(peers)}个都是 {lowest}）"
    gap = f"{said} − {lowest}" if rule.sense == "higher" else f"{highest} − {said}"
    floor = plain(rule.floor)
    place = f"[({gap}) ÷ ({highest} − {lowest})，限于0到1]"
    return f"{weight} × [{floor} + (1 − {floor}) × {place}]（同类{len(peers)}个，{lowest} 至 {highest}）"
