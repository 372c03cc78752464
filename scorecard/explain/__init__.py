"""From a published number down to the cell of the file that it came from."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from scorecard.exact import SCORE_SCALE, Rounding, unscaled
from scorecard.explain.absent import NEVER_CAME, absent_lines, never_came, silent
from scorecard.explain.basis import Basis, Tables
from scorecard.explain.correction import SHEET, Correction, correction_lines
from scorecard.explain.decided import decided_lines, zeroed_by
from scorecard.explain.derived import derived_lines
from scorecard.explain.fed import fed_lines
from scorecard.explain.relative import RELATIVE
from scorecard.explain.typed import typed_lines
from scorecard.explain.worked import raw_values, worked
from scorecard.explain.written import shown_exactly
from scorecard.names import listed
from scorecard.rulebook.model import Dimension, Indicator
from scorecard.rulebook.words import plain, rule_sentence

__all__ = ["Basis", "Tables", "explain_item", "explain_unit", "raw_values", "worked"]

STATES = {
    "observed": "已报",
    "zero": "真零",
    "missing": "缺报",
    "not_applicable": "不涉及",
    "disputed": "待核",
}
_FILLS = {
    "missing_zero": "缺报，按考核办法计0分",
    "disputed_zero": "待核，暂计0分",
    "reweighted": "该项权重由同维度其他项分担",
}
_ROUNDINGS: dict[Rounding, str] = {"half_up": "四舍五入", "half_even": "四舍六入五成双"}
_LOSSES = 5


def explain_unit(basis: Basis, unit_code: str) -> str:
    """Return a unit's total, how it adds up, and where it lost most; of a street, every item of its card."""
    if silent(basis, unit_code):
        return "\n".join([_title(basis, unit_code), _no_figures(basis, unit_code)])
    items = basis.items(unit_code)
    lines = [*_head(basis, unit_code, items), *decided_lines(basis, unit_code)]
    if basis.registry.units[unit_code].level == "街道":
        return "\n".join([*lines, "", "街道考核各项：", *(_item_line(basis, item) for item in items)])
    absent = [item for item in items if never_came(basis, unit_code, item)]
    lost = [item for item in items if item["lost_e2"] and item not in absent]
    losses = sorted(lost, key=lambda i: (-i["lost_e2"], i["indicator_code"]))
    lines += ["", f"失分前{_LOSSES}项：", *(_item_line(basis, item) for item in losses[:_LOSSES])]
    lines += [] if losses else ["  没有失分。"]
    lines += [f"{NEVER_CAME}、待补报的{len(absent)}项没有得分，不在其中。"] if absent else []
    return "\n".join(lines)


def explain_item(basis: Basis, unit_code: str, indicator_code: str) -> str:
    """Return the chain from the unit's total through the item and its rule to the source cell."""
    items = basis.items(unit_code)
    item = next(i for i in items if i["indicator_code"] == indicator_code)
    indicator = basis.rulebook.indicators[indicator_code]
    nothing = silent(basis, unit_code)
    head = [_title(basis, unit_code), _no_figures(basis, unit_code)] if nothing else ()
    lines = [*(head or _head(basis, unit_code, items)), ""]
    lines += [
        f"{indicator.code} {indicator.name_zh}：{_points(basis, item)}",
        f"  定义：{indicator.definition}",
    ]
    lines += [f"  规则：{rule_sentence(indicator)}", f"  原值：{raw_values(indicator, item)}"]
    if never_came(basis, unit_code, item):
        return "\n".join([*lines, *absent_lines(basis, unit_code)])
    if indicator.derive is not None:
        lines += derived_lines(basis, unit_code, indicator, indicator.derive)
    lines += _counted_lines(basis, indicator, item)
    lines += [f"  状态：{_state(basis, item)}", *_scored_lines(basis, indicator, item)]
    corrections = basis.corrections.get((unit_code, indicator_code), ())
    lines.append(f"  来源：{_source(basis, indicator, item, corrections)}")
    if not corrections:
        lines += typed_lines(item, basis.typed.get(item["sha256"], ()))
    return "\n".join([*lines, *correction_lines(corrections, basis.files)])


def _counted_lines(basis: Basis, indicator: Indicator, item: Mapping[str, Any]) -> list[str]:
    told = basis.fed.get(indicator.code, {}).get(item["unit_code"])
    return list(fed_lines(indicator.fed_by, told)) if told and indicator.fed_by else []


def _head(basis: Basis, unit_code: str, items: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return who it is, the total and its parts, and what the unit waits for."""
    lines = [_title(basis, unit_code), *_total_lines(basis, unit_code, items)]
    if unit_code in basis.waiting:
        lines.append("  待更正的问题：")
        lines += [f"    {said}" for said in basis.waiting[unit_code]] or ["    见报告的“数据质量”页"]
    lines += [f"  存疑：“{file}”中有一行疑似本单位，未采用" for file in basis.doubted.get(unit_code, ())]
    return lines


def _state(basis: Basis, item: Mapping[str, Any]) -> str:
    """Return the word of the state; of 不涉及 also whether a document or arithmetic says so."""
    word = STATES[item["state"]]
    if item["state"] != "not_applicable":
        return word
    if document := basis.documents.get((item["unit_code"], item["indicator_code"])):
        return f"{word}（批准文号：{document}）"
    return f"{word}（分母为0）" if item["denominator_e4"] == 0 else word


def _title(basis: Basis, unit_code: str) -> str:
    unit = basis.registry.units[unit_code]
    parent = basis.registry.street_of(unit_code)
    within = f"（{parent.name}）" if parent and parent.code != unit_code else ""
    return f"{unit.name}{within} {basis.year}年度"


def _total_lines(basis: Basis, unit_code: str, items: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the total, its rank, and the dimensions that it is the sum of."""
    sums = {
        d.code: sum(i["points_e2"] or 0 for i in items if i["dimension_code"] == d.code)
        for d in _groups(basis)
    }
    lines = [_total_line(basis, unit_code)]
    present = {i["dimension_code"] for i in items}
    return lines + [
        f"  {d.name_zh} {_score(sums[d.code])} / {plain(d.weight)}"
        for d in _groups(basis)
        if d.code in present
    ]


def _total_line(basis: Basis, unit_code: str) -> str:
    rows = basis.tables.rows("report_unit", year=basis.year, unit_code=unit_code)
    if not rows:
        row = basis.tables.rows("report_street", year=basis.year, street_code=unit_code)[0]
        return f"总分 {_sum(row)}{_street_rank(row)}"
    row = rows[0]
    waits = row["rank_overall"] is None and row["in_population"]
    text = f"{'暂计' if waits else '总分'} {_sum(row)}"
    if row["rank_overall"] is None:
        return text + ("；数据待更正，暂不排名，不是考核结果" if waits else _outside(basis, row))
    tied = "并列" if row["rank_overall_ties"] > 1 else ""
    return text + f"；全区{tied}第{row['rank_overall']}名（已排名{row['overall_count']}个）"


def _sum(row: Mapping[str, Any]) -> str:
    """Return the total with the terms that it is made of."""
    text = f"{_score(row['total_e2'])} = 各项得分之和 {_score(row['dimension_sum_e2'])}"
    text += f" + 加分 {_score(row['bonus_e2'])} − 扣分 {_score(row['deduction_e2'])}"
    cut = row["deduction_cut_e2"]
    return text + (f"（扣完为止，另有 {_score(cut)} 分不再扣）" if cut else "")


def _no_figures(basis: Basis, unit_code: str) -> str:
    """Return what is said of a community that is not assessed and handed in nothing."""
    row = basis.tables.rows("report_unit", year=basis.year, unit_code=unit_code)[0]
    return f"没有报送数据，没有得分{_outside(basis, row)}。"


def _outside(basis: Basis, row: Mapping[str, Any]) -> str:
    if row["reason_code"] == "new":
        return "；年内新设，单列，不排名"
    return f"；不参评：{basis.registry.units[row['unit_code']].reason}"


def _street_rank(row: Mapping[str, Any]) -> str:
    if row["rank_overall"] is None:
        return ""
    tied = "并列" if row["rank_overall_ties"] > 1 else ""
    return f"；全区{tied}第{row['rank_overall']}名（共{row['street_count']}个街道）"


def _groups(basis: Basis) -> tuple[Dimension, ...]:
    return (*basis.rulebook.dimensions, basis.rulebook.street)


def _item_line(basis: Basis, item: Mapping[str, Any]) -> str:
    indicator = basis.rulebook.indicators[item["indicator_code"]]
    absent = never_came(basis, item["unit_code"], item)
    word = NEVER_CAME if absent else STATES[item["state"]]
    return f"  {indicator.code} {indicator.name_zh}：{_points(basis, item)}，{word}"


def _points(basis: Basis, item: Mapping[str, Any]) -> str:
    if never_came(basis, item["unit_code"], item):
        return f"没有得分（满分{_score(item['weight_e2'])}）"
    return (
        f"得{_score(item['points_e2'])}分（满分{_score(item['weight_e2'])}，失分{_score(item['lost_e2'])}）"
    )


def _scored_lines(basis: Basis, indicator: Indicator, item: Mapping[str, Any]) -> list[str]:
    if item["fill"] == "zeroed":
        return [f"  计分：{zeroed_by(basis, item['unit_code'], indicator.code)}，本项计0分"]
    if item["fill"] == "peer_mean":
        return [f"  计分：{STATES[item['state']]}，{_peer_mean(basis, indicator, item)}"]
    if item["fill"] != "none":
        state = f"{STATES[item['state']]}，" if item["fill"] == "reweighted" else ""
        return [f"  计分：{state}{_FILLS[item['fill']]}，{_score(item['points_e2'])}分"]
    peers = basis.peers(indicator, item["unit_code"]) if indicator.rule.type in RELATIVE else ()
    rounded = f"{_ROUNDINGS[basis.rulebook.rounding.mode]}得{_score(item['points_e2'])}分"
    return [f"  计分：{worked(indicator, item, peers)}，{rounded}"]


def _peer_mean(basis: Basis, indicator: Indicator, item: Mapping[str, Any]) -> str:
    """Return the mean with its sum and number, and who is left out of it."""
    made = basis.peer_mean(indicator, item["unit_code"])
    level = basis.registry.units[item["unit_code"]].level
    group = "全区" if made.whole or level == "街道" else "同类"
    count, total_e2 = len(made.points_e2), sum(made.points_e2)
    mean = shown_exactly(Fraction(total_e2, count * 10**SCORE_SCALE))
    rounded = f"{_ROUNDINGS[basis.rulebook.rounding.mode]}得{_score(item['points_e2'])}分"
    names = listed([basis.registry.units[code].name for code in made.waiting])
    left = f"；待更正的{len(made.waiting)}个（{names}）不在内" if made.waiting else ""
    whose = f"{group}{count}个{level}（已排名、该项有数值）"
    sign = "≈" if mean.startswith("≈") else "="
    quotient = f"{_score(total_e2)} ÷ {count} {sign} {mean.lstrip('≈')}"
    return f"按{whose}该项得分的平均分计：{quotient}，{rounded}{left}"


def _source(
    basis: Basis, indicator: Indicator, item: Mapping[str, Any], corrections: Sequence[Correction] = ()
) -> str:
    if indicator.derive is not None:
        return "由系统从各社区结果计算"
    if corrections:
        last = corrections[-1]
        return f"{SHEET}{last.decision_no}，文件指纹{last.document_sha256[:16]}"
    if not item["sha256"]:
        return "没有报送"
    file = basis.files.get(item["sha256"], {})
    columns = "、".join(f"{c}列" for c in item["source_columns"].split(",") if c)
    sheet = f"“{item['sheet']}”表" if item["sheet"] else ""
    name = file.get("file_name", "（上一年度文件）")
    place = f"{name}，{sheet}第{item['source_row']}行{columns}"
    return f"{place}；回执{file.get('receipt_no', '')}，指纹{item['sha256'][:16]}"


def _score(value_e2: int | None) -> str:
    return "—" if value_e2 is None else str(unscaled(value_e2, SCORE_SCALE))
