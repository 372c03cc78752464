"""说明与更正: the method with its rulebook's text, corrections, how to object, how to check the files."""

from decimal import Decimal

from scorecard.calendar import calendar
from scorecard.cycle import Term, in_force, terms
from scorecard.explain.correction import FIELDS, Correction
from scorecard.language import N_, _, chinese, term
from scorecard.publish import editions, example, formats, glyphs, phrases
from scorecard.publish.book import Book
from scorecard.publish.pages.frame import Context, chinese_date, frame
from scorecard.publish.pages.lines import community_link
from scorecard.rulebook.model import BonusRule, Deadline, Grade, Modifier, Rulebook, TieKey

TITLE = N_("说明与更正")
_ROUNDING = {"half_up": N_("四舍五入"), "half_even": N_("四舍六入五成双")}
_ROLLOVER = {
    "holiday": N_("{days}（遇法定节假日顺延）"),
    "weekend_holiday": N_("{days}（遇法定节假日、双休日顺延）"),
}
_NOT_APPLICABLE = {
    "peer_mean": N_("按同类参评社区该项得分的平均值计分"),
    "reweight": N_("该项不计权重，其余各项按比例放大"),
}
_DISPUTED = phrases.DISPUTED | {"zero_provisional": N_("暂计0分")}
_NEW = {
    "apart": N_("考核年度内新设、没有前身的社区单列，有得分，不排名，不占名额基数。"),
    "ranked": N_("考核年度内新设、没有前身的社区与其他社区一同排名。"),
}
_PEERS = {
    "type": N_("需要与同类比较的指标，以同一类型的参评社区为一组。"),
    "none": N_("需要与同类比较的指标，以各类型的参评社区合在一起为一组。"),
}
_TIES = {"deductions": N_("扣分少者在前"), "open_cards": N_("未解除的黄牌少者在前")}


def context(book: Book) -> Context:
    """Return everything that about.html prints."""
    rules, middle = book.rulebook, example.chosen(book)
    return frame(book, _(TITLE), root="", active="说明", crumbs=((_("总览"), "index.html"),)) | {
        "rules": rules,
        "issued": chinese_date(rules.issued.isoformat()),
        "effective": chinese_date(rules.effective_from.isoformat()),
        "total": formats.decimal(rules.total),
        "dimensions": [(d.name_zh, len(d.indicators), formats.decimal(d.weight)) for d in rules.dimensions],
        "street": (rules.street.name_zh, len(rules.street.indicators), formats.decimal(rules.street.weight)),
        "rounding": _rounding(rules),
        "ranking": _ranking(rules),
        "grades": _grades(book.grade_order, rules),
        "states": _states(rules),
        "satisfaction": _satisfaction(rules),
        "modifiers": [_modifier(m) for m in rules.modifiers],
        "bonus_cap": _limits(rules),
        "population": book.district["population_count"],
        "waiting": len(book.pending),
        "unassessed": len(book.unassessed),
        "ranked": len(book.assessed),
        "example": example.steps(book, middle, _(_ROUNDING[rules.rounding.mode])) if middle else [],
        "middle": community_link(book, "", middle["unit_code"]) if middle else "",
        "dates": _dates(book),
        "publicity": _publicity(book),
        "window": book.inputs.publicity
        and [
            chinese_date(day.isoformat()) for day in (book.inputs.publicity.first, book.inputs.publicity.last)
        ],
        "upheld": len({c.appeal_no for c in book.inputs.corrections}),
        "corrections": [_correction(book, c) for c in book.inputs.corrections],
        "kept_back": editions.policy(book.inputs),
        "days_left": editions.days_left(book.inputs),
    }


def _correction(book: Book, c: Correction) -> Context:
    """Return one number that a decision on an appeal changed."""
    street = c.unit_code in book.streets
    name = glyphs.link("", "street", c.unit_code, book.name(c.unit_code)) if street else None
    return {
        "unit": name or community_link(book, "", c.unit_code),
        "indicator": book.rulebook.indicators[c.indicator_code].name_zh,
        "field": _(FIELDS[c.field]),
        "old": term(c.old) or _("（空）"),
        "new": term(c.new) or _("（空）"),
        "appeal": chinese(c.appeal_no),
        "decision": chinese(c.decision_no),
        "on": chinese_date(c.on),
    }


def _publicity(book: Book) -> str:
    """Return how long results are made public: working days, and whether the first day counts."""
    policy = book.rulebook.publicity
    if policy.first_day_counts:
        return _("{days}个工作日，首日计入", days=policy.working_days)
    return _("{days}个工作日，首日不计入", days=policy.working_days)


def _dates(book: Book) -> list[tuple[str, str]]:
    """Return the steps of the year and their days: as laid down, or as a repeated publicity moved them."""
    rules, window = book.rulebook, book.inputs.publicity
    planned = terms(rules, book.inputs.year, calendar()) if window else {}
    moved = {
        code: term
        for code, term in in_force(planned, window, calendar()).items()
        if (term.opens, term.due) != (planned[code].opens, planned[code].due)
    }
    return [
        (d.name_zh, _("{days}（按计划为{planned}）", days=_days(moved[d.code]), planned=_days(d)))
        if d.code in moved
        else (d.name_zh, _(_ROLLOVER[d.rollover], days=_days(d)) if d.rollover in _ROLLOVER else _days(d))
        for d in rules.deadlines
    ]


def _days(when: Deadline | Term) -> str:
    """Return the first day, where there is one, and the last."""
    last = chinese_date(when.closes.isoformat())
    return _("{first}至{last}", first=chinese_date(when.opens.isoformat()), last=last) if when.opens else last


def _rounding(rules: Rulebook) -> str:
    """Return how an item's points are rounded."""
    return _(
        "单项得分保留{decimals}位小数（{rounding}），总分是各单项得分之和",
        decimals=rules.rounding.item_decimals,
        rounding=_(_ROUNDING[rules.rounding.mode]),
    )


def _ranking(rules: Rulebook) -> list[str]:
    """Return how ranks and ties are made, one sentence each."""
    keys = _("；").join(_tie_key(rules, key) for key in rules.ranking.tie_break) or _("不设同分排序项")
    return [
        _(
            "名次按公布的总分从高到低排列，范围是参评社区（{types}），待更正的除外。",
            types=_("、").join(map(term, rules.population_types)),
        ),
        _(
            "总分相同的，依次比较：{keys}；仍然相同的并列，后一名次顺延（例如1、2、2、4）。名称和编码不作为排序依据。",
            keys=keys,
        ),
        _(_PEERS[rules.ranking.peer_group]),
        _(_NEW[rules.ranking.new_units]),
    ]


def _tie_key(rules: Rulebook, key: TieKey) -> str:
    if key.kind == "indicator":
        return _("{name}高者在前", name=rules.indicators[key.code].name_zh)
    if key.kind == "dimension":
        return _("{name}得分高者在前", name=next(d.name_zh for d in rules.dimensions if d.code == key.code))
    return _(_TIES.get(key.kind, N_("加分前得分高者在前")))


def _limits(rules: Rulebook) -> str:
    """Return how far bonuses and deductions go."""
    cap = rules.bonus_cap
    return _(
        "{bonus}；扣分扣到总分{floor}分为止",
        bonus=_("不设总上限") if cap is None else _("加分合计不超过{cap}分", cap=formats.decimal(cap)),
        floor=formats.decimal(rules.total_floor),
    )


def _grades(grades: tuple[Grade, ...], rules: Rulebook) -> list[tuple[str, str]]:
    """Return each grade's name and conditions, best first; the last one is what remains below."""
    conditions = [
        _(
            "总分{points}分以上（含本数）{quota}",
            points=formats.decimal(g.at_least),
            quota=_quota(g, rules),
        )
        for g in grades
    ]
    if len(grades) > 1:
        conditions[-1] = _("总分不满{points}分", points=formats.decimal(grades[-2].at_least))
    return list(zip((g.name_zh for g in grades), conditions, strict=True))


def _quota(grade: Grade, rules: Rulebook) -> str:
    if grade.quota_percent is None:
        return ""
    shared = _("，按同类社区用最大余额法分配") if rules.quota.scope == "peer_group" else ""
    least = _("，没有分到名额的一类有社区达到分数线的给一个") if rules.quota.minimum_one else ""
    return _(
        "，且不超过参评社区的{percent}%（向下取整{shared}{least}，余下的名额不由未到分数线的社区补足）",
        percent=formats.decimal(grade.quota_percent),
        shared=shared,
        least=least,
    )


def _states(rules: Rulebook) -> list[tuple[str, str, str]]:
    """Return each of the four states: the word printed, what it means, what it scores."""
    not_applicable = (
        _("不涉及（按均值）") if rules.missing.not_applicable == "peer_mean" else _("不涉及（不计权重）")
    )
    return [
        ("0", _("报送的数值就是零"), _("按计分规则计分")),
        (_("缺报"), _("到截止时没有报送"), _("计0分")),
        (
            not_applicable,
            _("经区级核准不适用，或分母为零无法计算"),
            _(_NOT_APPLICABLE[rules.missing.not_applicable]),
        ),
        (
            _("待核"),
            _("数值有争议，或填写不涉及但没有核准"),
            _("{how}，核实后更正", how=_(_DISPUTED[rules.missing.disputed])),
        ),
    ]


def _satisfaction(rules: Rulebook) -> list[str]:
    """Return the definition of the satisfaction rate, one sentence each."""
    policy = rules.satisfaction
    counted = _("、").join(level.name for level in policy.levels if level.satisfied)
    levels = _("、").join(_worth(level.name, level.score) for level in policy.levels)
    mean = _("按户数加权的平均") if policy.mean == "households" else _("简单平均")
    return [
        _(
            "满意率是回答{counted}的样本占有效样本的百分比；满意度是各档得分的平均（{levels}）。",
            counted=counted,
            levels=levels,
        ),
        _(
            "全区目标为{target}%，指各参评社区的{mean}，不是要求每个社区都达到。",
            target=formats.decimal(policy.target),
            mean=mean,
        ),
        _(
            "有效样本少于{least}份的，结果波动大，名次差异应谨慎使用。",
            least=policy.minimum_sample,
        ),
    ]


def _worth(level: str, points: Decimal) -> str:
    return _("{level}{points}分", level=level, points=formats.decimal(points))


def _modifier(item: Modifier) -> tuple[str, str, str, str]:
    """Return kind, name, points and source of a bonus or deduction item."""
    kind = _("加分") if item.kind == "bonus" else _("扣分")
    worth = _points(item.rule)
    if item.zero_item:
        worth = _("{worth}；有关指标同时计0分", worth=worth)
    return kind, item.name_zh, worth, item.source


def _points(rule: BonusRule) -> str:
    """Return what an event is worth, in words."""
    if rule.levels and rule.points:
        pairs = zip(rule.levels, rule.points, strict=True)
        levels = _("、").join(_worth(level.name, points) for level, points in pairs)
        worth = _("{levels}，同一事项只计最高一级", levels=levels)
    elif rule.per is not None:
        worth = _("每件{points}分", points=formats.decimal(rule.per))
    else:
        worth = _("只作标记，不计分")
    return _("{worth}，合计不超过{cap}分", worth=worth, cap=formats.decimal(rule.cap)) if rule.cap else worth
