"""Suggestions of yellow cards and vetoes, step by step; what does not follow the table is not taken."""

from collections.abc import Mapping, Sequence
from typing import Final

from scorecard.language import NC_
from scorecard.messages.documents import numbered
from scorecard.names import fold
from scorecard.upward.model import Card, RatedUnit, Stage, Step, Suggestion
from scorecard.upward.read import Context, Read, Written
from scorecard.upward.steps import ORDER, STAGE_WORDS, STAGES, STATE_WORDS, TRANSITIONS

_CARDS: Final[Mapping[str, Card]] = {
    "黄牌": "yellow",
    "黄牌警告": "yellow",
    "一票否决": "veto",
    "否决": "veto",
}
_REASON: Final = 200  # characters of a reason that are shown


def suggestions(reads: Sequence[Read], rated: Mapping[str, RatedUnit], context: Context) -> list[Suggestion]:
    """Return every suggestion in its state on `as_of`, by number. Steps are taken in order of their days."""
    groups: dict[str, list[tuple[Read, Written]]] = {}
    for read in reads:
        for written in read.written:
            reason = _refusal(written, rated, context)
            if reason:
                read.notes.add("W988", row=written.row, raw=written.cells["number"], reason=reason)
            elif written.on and written.on > context.as_of:
                at = {"row": written.row, "raw": written.on.isoformat()}
                read.notes.add("W964", **at, as_of=context.as_of, effect=NC_("part", "办理"))
            else:
                groups.setdefault(fold(written.cells["number"]), []).append((read, written))
    found = [_walk(sorted(group, key=_order), rated) for _, group in sorted(groups.items())]
    return [suggestion for suggestion in found if suggestion]


def _refusal(written: Written, rated: Mapping[str, RatedUnit], context: Context) -> str:
    """Return why a row can be no step; empty when it can."""
    cells = written.cells
    stage = STAGES.get(fold(cells["stage"]))
    if not cells["number"] or stage is None or written.on is None:
        there = {
            NC_("part", "编号"): cells["number"],
            NC_("part", "环节"): stage,
            NC_("part", "日期"): written.on,
        }
        said = NC_("part", "没有写{names}，或环节不是建议、街道意见、区级决定、撤回")
        return said.format(names="、".join(word for word, held in there.items() if not held))
    step = TRANSITIONS[stage]
    levels = (step.level,) if step.level else tuple(context.levels)
    if cells["verdict"] not in step.verdicts:
        said = NC_("part", "结论「{raw}」不能用，应为{names}")
        return said.format(raw=cells["verdict"], names="、".join(v for v in step.verdicts if v))
    if (cells["level"] or (stage == "district")) and cells["level"] not in levels:
        said = NC_("part", "级别「{raw}」不能办理这一步，应为{names}")
        return said.format(raw=cells["level"], names="、".join(levels))
    if step.document and not numbered(cells["document"]):
        return NC_("part", "没有文号")
    return _no_proposal(written, rated) if stage == "propose" else ""


def _no_proposal(written: Written, rated: Mapping[str, RatedUnit]) -> str:
    """Return what a proposal lacks: who proposes, against whom, and what."""
    cells = written.cells
    if not written.unit_code:
        return NC_("part", "没有写提出建议的社区")
    if fold(cells["rated"]) not in rated:
        return NC_("part", "被建议单位「{raw}」不在被评单位名录里").format(raw=cells["rated"])
    wrong = NC_("part", "建议种类「{raw}」应为黄牌或一票否决").format(raw=cells["card"])
    return "" if cells["card"] in _CARDS else wrong


def _walk(group: Sequence[tuple[Read, Written]], rated: Mapping[str, RatedUnit]) -> Suggestion | None:
    """Take the steps that follow one another; write down those that do not. None: it was never proposed."""
    made: Suggestion | None = None
    for read, written in group:
        cells, stage = written.cells, STAGES[fold(written.cells["stage"])]
        state = made.state if made else None
        if state not in TRANSITIONS[stage].before:
            words = {"state": STATE_WORDS[state], "stage": STAGE_WORDS[stage]}
            read.notes.add("W987", row=written.row, raw=cells["number"], **words)
            continue
        step = _step(stage, written)
        if made is None:
            card, against = _CARDS[cells["card"]], rated[fold(cells["rated"])].name
            made = Suggestion(cells["number"], written.unit_code, against, card, step.state, (step,))
        else:
            steps = (*made.steps, step)
            made = Suggestion(made.number, made.unit_code, made.rated, made.card, step.state, steps)
    return made


def _step(stage: Stage, written: Written) -> Step:
    if written.on is None:
        raise TypeError("a step without a day was refused before")
    cells, rule = written.cells, TRANSITIONS[stage]
    state = rule.verdicts[cells["verdict"]]
    return Step(stage, state, written.on, cells["level"], cells["document"], cells["reason"][:_REASON])


def _order(entry: tuple[Read, Written]) -> tuple[object, ...]:
    """Order by day, of one day by stage, of one stage by what is written: never by the row."""
    _, written = entry
    stage = ORDER[STAGES[fold(written.cells["stage"])]]
    return written.on, stage, tuple(written.cells.values()), written.unit_code
