"""Appeals, decisions and their effect as Chinese text for a terminal."""

from collections.abc import Iterator, Sequence

from scorecard.exact import SCORE_SCALE, unscaled
from scorecard.explain.correction import FIELDS
from scorecard.language import later
from scorecard.messages.appeals import refusal
from scorecard.messages.portal_effects import RANKED, UNRANKED
from scorecard.pipeline.appeal_names import Named
from scorecard.pipeline.appeals import Appeal, Decision
from scorecard.pipeline.effect import Effect, Moved

OUTCOMES = {"upheld": "申诉成立", "rejected": "驳回申诉"}


def lodged_text(named: Named, checked: bool) -> str:
    """Return what to tell who appealed; `checked`: the objection window was."""
    appeal = named.appeal
    lines = [f"已受理申诉，编号 {appeal.appeal_no}，佐证材料指纹 {appeal.evidence_sha256[:16]}。"]
    lines.append(f"申诉的单位：{named.unit}，编码 {appeal.unit_code}。")
    lines.append(f"申诉的数：{_cited(appeal, named.indicator)}；依据：{appeal.ground}。")
    if not checked:
        lines.append(f"{appeal.year}年度没有考核周期的记录，没有核对提出日期是否在异议期内。")
    return "\n".join(lines)


def decided_text(decision: Decision) -> str:
    """Return what was decided and what to run next."""
    lines = [f"申诉{decision.appeal_no}：{OUTCOMES[decision.outcome]}（{decision.decision_no}）。"]
    lines += [
        f"  {c.indicator_code} {FIELDS[c.field]} {c.old or '（空）'} → {c.new or '（空）'}"
        for c in decision.changes
    ]
    if decision.changes:
        lines.append("请重新运行 scorecard build；影响见 scorecard appeal show。")
    return "\n".join(lines)


def list_text(appeals: Sequence[Named]) -> str:
    """Return a line for each appeal."""
    lines = [f"{_title(n.appeal, n.unit, n.indicator)}：{_standing(n.appeal)}" for n in appeals]
    return "\n".join(lines or [refusal("no_appeals")]) + "\n"


def effect_text(effect: Effect) -> str:
    """Return one appeal with what its decision does to whom."""
    appeal = effect.appeal
    lines = [_title(appeal, effect.unit, effect.indicator), f"  {appeal.actor}提出：{appeal.statement}"]
    lines.append(f"  佐证材料：{appeal.evidence_name}，指纹{appeal.evidence_sha256[:16]}")
    lines.append(f"  决定：{_standing(appeal)}" if effect.recorded else f"  {refusal('preview')}")
    if appeal.decision and appeal.decision.note:
        lines.append(f"  {refusal('late_note', note=appeal.decision.note)}")
    if effect.own is None:
        lines.append(_nothing(effect))
        return "\n".join(lines) + "\n"
    lines += [
        f"  更正：{c.indicator_code} {FIELDS[c.field]} {c.old or '（空）'} → {c.new or '（空）'}"
        for c in (appeal.decision.changes if appeal.decision else ())
    ]
    return (
        "\n".join([*lines, "", *_own(effect, effect.own), "", *_others(effect), "", _publicity(effect)])
        + "\n"
    )


def _nothing(effect: Effect) -> str:
    """Return why a decision changes nothing."""
    if not effect.recorded:
        return refusal("preview_rejected")
    rejected = effect.appeal.decision is not None
    return refusal("rejected_effect" if rejected else "open_effect", no=effect.appeal.appeal_no)


def _own(effect: Effect, own: Moved) -> Iterator[str]:
    """Yield part (a): the appellant, everybody else as they were."""
    yield f"（一）申诉单位自身（其他单位不变）：{own.name}"
    for item in effect.items:
        before, after = score_text(item.before_e2), score_text(item.after_e2)
        yield f"  {item.indicator_code} {item.name}：{before}分 → {after}分"
    yield f"  总分：{score_text(own.before.total_e2)} → {score_text(own.after.total_e2)}"
    same = own.before.rank == effect.rank_alone
    now = rank_text(effect.rank_alone)
    yield f"  名次：{f'仍为{now}' if same else f'{rank_text(own.before.rank)} → {now}'}"
    if effect.rank_alone != own.after.rank:
        yield f"  其他单位也重算后的名次：{rank_text(own.after.rank)}"
    if own.before.grade != own.after.grade:
        yield f"  等次：{_regrade(effect, own)}"


def _others(effect: Effect) -> Iterator[str]:
    """Yield part (b): what follows for everybody else."""
    scored = sum(m.scored for m in effect.others)
    yield f"（二）对其他社区的连带影响：得分变化{scored}个，得分、名次或等次有变化的共{len(effect.others)}个"
    for moved in effect.others:
        yield f"  {moved.name}（{moved.street}）：{_move(effect, moved)}"
    if effect.streets:
        yield f"街道有变化的{len(effect.streets)}个："
        for moved in effect.streets:
            yield f"  {moved.name}：{_move(effect, moved)}"


def _move(effect: Effect, moved: Moved) -> str:
    before, after = moved.before, moved.after
    parts = []
    if before.total_e2 != after.total_e2:
        parts.append(f"总分{score_text(before.total_e2)} → {score_text(after.total_e2)}")
    if before.rank != after.rank:
        parts.append(f"{rank_text(before.rank)} → {rank_text(after.rank)}")
    if before.grade != after.grade:
        parts.append(f"等次{_regrade(effect, moved)}")
    return "，".join(parts)


def _regrade(effect: Effect, moved: Moved) -> str:
    before, after = (effect.grade_names.get(p.grade or "", "无") for p in (moved.before, moved.after))
    return f"{before} → {after}"


def _publicity(effect: Effect) -> str:
    if not effect.repeat:
        return "没有单位的等次变化，不须重新公示。"
    moves = [f"{m.name}（{_regrade(effect, m)}）" for m in effect.regraded]
    return f"须重新公示：{len(effect.regraded)}个单位的等次有变化：{'、'.join(moves)}。"


def _title(appeal: Appeal, unit: str, indicator: str) -> str:
    cited = _cited(appeal, indicator)
    return f"申诉{appeal.appeal_no}　{unit} {cited}　{appeal.ground}　{appeal.on}"


def _cited(appeal: Appeal, indicator: str) -> str:
    sheet = f"“{appeal.sheet}”表" if appeal.sheet else ""
    where = f"（回执{appeal.receipt_no}，{sheet}{appeal.cell}）" if appeal.receipt_no else "（没有报送）"
    return f"{appeal.indicator_code} {indicator}{where}"


def _standing(appeal: Appeal) -> str:
    made = appeal.decision
    if made is None:
        return "待决定"
    return f"{OUTCOMES[made.outcome]}，{made.decision_no}，{made.on}，决定人{made.decider}；{made.reason}"


def rank_text(rank: int | None) -> str:
    """Return a rank for a reader; None: not ranked."""
    return UNRANKED if rank is None else later(RANKED, rank=rank)


def score_text(value_e2: int | None) -> str:
    """Return points for a reader; None: none."""
    return "—" if value_e2 is None else str(unscaled(value_e2, SCORE_SCALE))
