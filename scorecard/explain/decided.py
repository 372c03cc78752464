"""The documents behind a unit's bonus, deduction and grade: what counts, what does not, and why."""

from scorecard.decisions import Flag, Ruling
from scorecard.decisions.sums import by_modifier
from scorecard.exact import SCORE_SCALE, unscaled
from scorecard.explain.basis import Basis
from scorecard.rulebook.model import Modifier


def decided_lines(basis: Basis, unit_code: str) -> list[str]:
    """Return a unit's events, vetoes and yellow cards; nothing where no document is about it."""
    return [*_event_lines(basis, unit_code), *_flag_lines(basis, unit_code)]


def zeroed_by(basis: Basis, unit_code: str, indicator_code: str) -> str:
    """Return the decisions that set an item to 0: vetoes of it, and events that do so besides points."""
    about = (unit_code, indicator_code)
    names = {m.code: m.name_zh for m in basis.rulebook.modifiers}
    found = [
        f"{flag.label_zh}（{flag.document_no}）成立"
        for flag in basis.outcomes.flags
        if (flag.unit_code, flag.indicator_code) == about
    ]
    found += [
        f"经认定有{names[r.event.modifier_code]}（{r.event.document_no}）"
        for r in basis.outcomes.rulings
        if (r.event.unit_code, r.event.indicator_code) == about
        and r.year == basis.year
        and (r.counts or r.eclipsed)
    ]
    return "；".join(found) or "有经认定的决定"


def _event_lines(basis: Basis, unit_code: str) -> list[str]:
    mine = [r for r in basis.outcomes.rulings if r.event.unit_code == unit_code]
    if not mine:
        return []
    modifiers = {m.code: m for m in basis.rulebook.modifiers}
    counted = [r for r in mine if r.counts and r.year == basis.year]
    left_out = [r for r in mine if r not in counted]
    lines = [f"加分、扣分文件：计入{len(counted)}件，不计{len(left_out)}件"]
    lines += [f"  计入 {_event(r, modifiers[r.event.modifier_code])}{_note(r)}" for r in counted]
    lines += [f"  不计 {_event(r, modifiers[r.event.modifier_code])}{_note(r)}" for r in left_out]
    for code, (whole, capped) in by_modifier(counted, basis.rulebook).items():
        if capped < whole:
            lines.append(f"  {code} {modifiers[code].name_zh}合计{_points(whole)}分，封顶{_points(capped)}分")
    return lines


def _event(ruling: Ruling, modifier: Modifier) -> str:
    """Return one event with its document, its points and its row."""
    event = ruling.event
    sign = "加" if modifier.kind == "bonus" else "扣"
    worth = f"{sign}{_points(ruling.points_e2)}分 " if ruling.counts else ""
    level = f"，{modifier.rule.levels[event.level].name}" if event.level is not None else ""
    document = event.document_no or "没有文号"
    where = f"{event.source.file}第{event.source.row}行"
    return f"{worth}{modifier.code} {modifier.name_zh}，{document}（{event.day}{level}），{where}"


def _note(ruling: Ruling) -> str:
    """Return what was said about the event, without the row that stands before it."""
    said = "".join(finding.message.partition("：")[2] for finding in ruling.findings)
    return f"：{said}" if said else ""


def _flag_lines(basis: Basis, unit_code: str) -> list[str]:
    """Return what is shown beside the unit, then what was said about rows that have no effect."""
    told = {id(finding) for r in basis.outcomes.rulings for finding in r.findings}
    lines = [f"  {_flag(flag)}" for flag in basis.outcomes.flags if flag.unit_code == unit_code]
    lines += [
        f"  {finding.file}{finding.message}"
        for finding in basis.outcomes.findings
        if finding.unit_code == unit_code and id(finding) not in told
    ]
    return ["一票否决、黄牌和标注：", *lines] if lines else []


def _flag(flag: Flag) -> str:
    valid = f"，{flag.valid_from}至{flag.valid_to or '长期'}" if flag.valid_from else ""
    return f"{flag.label_zh}：{flag.document_no}（{flag.basis or '没有写明依据'}{valid}）；{flag.effect_zh}"


def _points(value_e2: int) -> str:
    return str(unscaled(value_e2, SCORE_SCALE))
