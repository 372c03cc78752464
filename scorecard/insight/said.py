"""Splits and ways as Chinese lines for the terminal."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from scorecard.exact import SCORE_SCALE, unscaled
from scorecard.insight.change import Change, ItemChange
from scorecard.insight.moved import MODIFIERS, OTHERS, RankChange
from scorecard.insight.reach import CAPPED, FULL, NOT_ENOUGH, Reach, Way
from scorecard.insight.shapley import whole
from scorecard.insight.together import Together, together
from scorecard.language import N_
from scorecard.rulebook.model import Rulebook

STAGE_WORDS = {
    "data": N_("本单位数据"),
    "rule": N_("计分规则和目标"),
    "weight": N_("权重"),
    "indicators": N_("指标增减"),
    "modifiers": N_("加减分和计零"),
    "population": N_("其他单位的影响"),
}
STAGE_NAMES = STAGE_WORDS | {"population": "其他单位的影响（同类比较、同类平均）"}
_SHOWN = 8


def change_lines(
    change: Change, rank: RankChange | None, books: tuple[Rulebook, Rulebook], years: tuple[int, int]
) -> Iterator[str]:
    """Yield what became of a total and a rank since last year, part by part."""
    if not change.link.before:
        yield f"  与{years[0]}年度不可比：{change.link.reason}。"
        return
    if change.link.note:
        yield f"  {change.link.note}。"
    before, after = change.before_e2 or 0, change.after_e2 or 0
    totals = f"{years[0]}年度{_score(before)} → {years[1]}年度{_score(after)}"
    yield f"  总分：{totals}，{_signed(after - before)}分，其中"
    yield from (f"    {STAGE_NAMES[stage]} {_signed(part)}" for stage, part in change.parts_e2.items())
    if change.items:
        yield f"  变动最大的{min(_SHOWN, len(change.items))}项："
        yield from (f"    {_item(item, books)}" for item in change.items[:_SHOWN])
    if rank is not None:
        yield from _rank_lines(rank, books)


def _item(item: ItemChange, books: tuple[Rulebook, Rulebook]) -> str:
    known = books[1].indicators.get(item.code) or books[0].indicators[item.code]
    before, after = ("无此项" if e2 is None else _score(e2) for e2 in (item.before_e2, item.after_e2))
    causes = [STAGE_NAMES[stage] for stage, share in item.shares.items() if share]
    said = f"（{'、'.join(causes)}）" if causes else ""
    return f"{item.code} {known.name_zh}：{before} → {after}，{_signed(item.change_e2)}{said}"


def _rank_lines(rank: RankChange, books: tuple[Rulebook, Rulebook]) -> Iterator[str]:
    """Yield the places gained and lost, in tenths that add up."""
    gained = rank.before - rank.after
    word = f"上升{gained}位" if gained > 0 else f"下降{-gained}位" if gained else "没有变化"
    yield f"  名次（两年都排名的{rank.count}个单位之中）：第{rank.before}名 → 第{rank.after}名，{word}，其中"
    names = {d.code: d.name_zh for book in books for d in book.dimensions}
    names |= {MODIFIERS: "加减分", OTHERS: "其他单位的变化"}
    tenths: Mapping[str, int] = whole({player: 10 * share for player, share in rank.shares.items()})
    yield from (f"    {names[player]} {_places(value)}" for player, value in tenths.items())


def reach_lines(reaches: list[Reach], book: Rulebook, total_e2: int) -> Iterator[str]:
    """Yield what each goal takes of a unit of `total_e2`: ways first, then why the others are not enough."""
    if not reaches:
        yield "  没有可算的目标：本单位没有排名，或已是第1名且已是最高等次。"
    for reach in reaches:
        yield from _goal_lines(reach, book, total_e2)


def _goal_lines(reach: Reach, book: Rulebook, total_e2: int) -> Iterator[str]:
    head = f"  达到“{reach.goal.aim}”（其他单位不变）"
    if reach.goal.refused:
        yield f"{head}：做不到，{reach.goal.refused}。"
        return
    more = f"还差{_score(reach.gap_e2)}分" if reach.gap_e2 else "总分已够，同分比较要更优"
    note = f"；{reach.goal.note}" if reach.goal.note else ""
    yield f"{head}：{more}，总分至少{_score(reach.goal.least_e2)}分{note}"
    yield "    只改一项就够的，任选其一：" if reach.ways else _fewest(together(reach, total_e2), book)
    yield from (f"      {_way(way, book)}" for way in reach.ways)
    yield from _blocked_lines(reach, book)


def _fewest(found: Together, book: Rulebook) -> str:
    """Return which indicators are enough together."""
    if not found.codes:
        return "    没有哪一项单独做得到，能补的各项都补到满分也不够。"
    names = "、".join(f"{code} {book.indicators[code].name_zh}" for code in found.codes)
    count, points = len(found.codes), _signed(found.points_e2)
    return f"    没有哪一项单独做得到；最少要{count}项一起补到满分：{names}（合计{points}分）。"


def _blocked_lines(reach: Reach, book: Rulebook) -> Iterator[str]:
    """Yield the indicators that alone are not enough by reason, with what each could give."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for code, blocked in sorted(reach.blocked.items(), key=lambda pair: (-(pair[1].most_e2 or 0), pair[0])):
        most = "" if blocked.most_e2 is None else f"（{_signed(blocked.most_e2)}）"
        reasons[blocked.why].append(f"{code} {book.indicators[code].name_zh}{most}")
    for why in sorted(reasons, key=lambda w: w == FULL):
        named = reasons[why]
        more = f"等{len(named)}项" if len(named) > _SHOWN else ""
        yield f"    {_SAID.get(why, why)}：{'、'.join(named[:_SHOWN])}{more}"


_SAID = {
    NOT_ENOUGH: "只改这一项，得满分也不够（括号里是这一项最多还能加的分）",
    CAPPED: "只改这一项，数改到头也不够（括号里是这一项离满分还差的分）",
    FULL: "已是满分，没有可加的",
}


def _way(way: Way, book: Rulebook) -> str:
    moved = Decimal(way.step) * way.steps
    title = f"{way.code} {book.indicators[way.code].name_zh}"
    points = f"得分{_score(way.points_before_e2)} → {_score(way.points_after_e2)}"
    if way.reported.category is not None and way.before.startswith("“"):
        return f"{title}：{way.name}由{way.before}升到{way.after}，{points}"
    word = "增加" if moved > 0 else "减少"
    by = f"{word}{format(abs(moved).normalize(), 'f')}{way.unit}"
    return f"{title}：{way.name}由{way.before}{way.unit}到{way.after}{way.unit}（{by}），{points}"


def _score(value_e2: int) -> str:
    return str(unscaled(value_e2, SCORE_SCALE))


def _signed(value_e2: int) -> str:
    """Return `+1.20`, `−0.30` or `0.00`."""
    return f"{'+' if value_e2 > 0 else '−' if value_e2 else ''}{_score(abs(value_e2))}"


def _places(tenths: int) -> str:
    return f"{'+' if tenths > 0 else '−' if tenths else ''}{unscaled(abs(tenths), 1)}位"
