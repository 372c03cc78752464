"""The sentences at the head of each page: at most four, made from the rows that the tables show.

Each is a template with a condition; a unit outside the assessed population has no rank sentence, and nothing
is said of all indicators while one of them is missing.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from markupsafe import Markup

from scorecard.cycle import Stamp
from scorecard.exact import round_scaled
from scorecard.language import N_, _, _c, html
from scorecard.publish import formats, glyphs, phrases, steady, values
from scorecard.publish.blocking import NEVER_CAME
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.phrases import Level, bold, compared
from scorecard.publish.waiting import Wait, wait
from scorecard.rulebook.model import Dimension, Grade

Sentences = list[Markup]
_NAMED = 6  # names in one sentence; the count is always whole
_FINAL: Stamp = N_("定稿")
_MOVED = {"升": N_("上升"), "降": N_("下降")}


def overview(book: Book) -> Sentences:
    """Return the district's sentences: level and grades, dimensions, who leads and moves, what is missing."""
    return [s for s in (_level(book), _district_dimensions(book), _leaders(book), _district_gaps(book)) if s]


def _level(book: Book) -> Markup:
    row = book.district
    if not book.assessed:
        waiting = len(book.pending)
        if waiting:
            return html("参评社区{waiting}个都待更正，暂无名次。", waiting=waiting)
        return html("本年度没有参评社区。")
    grades = phrases.listed(
        _("{name_zh}{get}个", name_zh=g.name_zh, get=book.grades.get(g.code, 0)) for g in book.grade_order
    )
    change = _change(book.assessed)
    mean = bold(formats.points(row["mean_e2"]) + _("分"))
    held = _population(row["population_count"], len(book.pending))
    return html("{held}平均{mean}{change}；{grades}。", held=held, mean=mean, change=change, grades=grades)


def mean_change(ranked: Sequence[Row]) -> tuple[int, int]:
    """Return by how much the mean moved of those that were scored last year too, in hundredths, and how many.

    The means of the two years themselves are over different communities.
    """
    moves = [r["total_e2"] - r["previous_total_e2"] for r in ranked if r["previous_total_e2"] is not None]
    return (round_scaled(Fraction(sum(moves), len(moves)), 0) if moves else 0), len(moves)


def _change(ranked: Sequence[Row]) -> str:
    change_e2, count = mean_change(ranked)
    if not count:
        return ""
    text = phrases.year_change(change_e2, 0)
    return (
        text
        if count == len(ranked)
        else _(
            "，其中两年都有得分的{count}个{removeprefix}",
            count=count,
            removeprefix=text.removeprefix(_("，")),
        )
    )


def _population(count: int, waiting: int) -> str:
    """Return of how many communities a mean speaks: it leaves out those of the population that wait."""
    if not waiting:
        return _("参评社区{count}个，", count=count)
    return _(
        "参评社区{count}个，其中{waiting}个待更正、暂不排名；已排名的{count2}个",
        count=count,
        waiting=waiting,
        count2=count - waiting,
    )


def _district_dimensions(book: Book) -> Markup | None:
    levels = _filled(book)
    found = phrases.contrast(levels)
    if not found:
        return phrases.even(levels) if levels else None
    best, worst = found
    return html(
        "全区短板是{name}（得分率{percent}，{count}个维度中最低）；得分率最高的是{name2}（{percent2}）。",
        name=bold(worst.name),
        percent=worst.percent,
        count=len(levels),
        name2=best.name,
        percent2=best.percent,
    )


def _filled(book: Book) -> list[Level]:
    """Return the dimensions of which anything was reported, with their exact mean rates."""
    levels = {level.name: level for level in district_levels(book)}
    made = []
    for d in book.rulebook.dimensions:
        counts = [row for i in d.indicators if (row := book.indicators.get(i.code))]
        rows = [held[d.code] for r in book.assessed if d.code in (held := book.dimensions[r["unit_code"]])]
        points, weight = (
            sum(column) for column in ([r["points_e2"] for r in rows], [_weight(r, d) for r in rows])
        )
        if weight and any(row["missing_count"] < row["unit_count"] for row in counts):
            made.append(replace(levels[d.short_zh], exact=Fraction(points, weight)))
    return made


def district_levels(book: Book) -> list[Level]:
    """Return the district's mean points of each dimension."""
    sample = next((book.dimensions.get(row["unit_code"]) for row in book.assessed), None) or {}
    return _levels(book, sample, "mean_e2")


def _levels(book: Book, rows: dict[str, Row], column: str) -> list[Level]:
    """Return the dimensions that `rows` has a figure for, in printed order."""
    return [
        Level(d.short_zh, rows[d.code][column], _weight(rows[d.code], d))
        for d in book.rulebook.dimensions
        if d.code in rows and rows[d.code][column] is not None
    ]


def _weight(row: Row, dimension: Dimension) -> int:
    """Return the weight that counts for this row; a street's row has none of its own."""
    own = row.get("weight_e2")
    return formats.e2(dimension.weight) if own is None else int(own)


def _leaders(book: Book) -> Markup | None:
    first = [row for row in book.assessed if row["rank_overall"] == 1]
    if not first:
        return None
    names = _linked(book, "", first)
    place = _("并列第1名") if len(first) > 1 else _("居首")
    text = html(
        "{names}{place}（{points}分）", names=names, place=place, points=formats.points(first[0]["total_e2"])
    )
    return text + steady.lead(book, first) + _movers(book) + _("。")


def _movers(book: Book) -> Markup:
    """Return who rose and who fell by the most places, all who share it, with the advice to check first."""
    found = []
    for word, sign in ((N_("升"), 1), (N_("降"), -1)) if book.names_last else ((N_("升"), 1),):
        size = max((sign * by for by in book.moved.values()), default=0)
        if size > 0:
            most = [row for row in book.compared if book.moved[row["unit_code"]] == sign * size]
            each = _("各") if len(most) > 1 else ""
            found.append(
                html(
                    "{linked}{moved}最多（{each}{word}{size}位）",
                    linked=_linked(book, "", most),
                    moved=_(_MOVED[word]),
                    each=each,
                    word=_(word),
                    size=size,
                )
            )
    check = "" if final(book) else _("，请先核对数据有无变更")
    return html("；{join}{check}", join=html("，").join(found), check=check) if found else Markup("")


def _linked(book: Book, root: str, rows: Sequence[Row]) -> Markup:
    """Return communities by name, each a link; of many the first, and how many there are."""
    return phrases.some(
        [glyphs.link(root, "c", r["unit_code"], book.label(r["unit_code"])) for r in rows],
        _NAMED,
        _c("each", "个"),
    )


def _district_gaps(book: Book) -> Markup:
    """Return what is missing in the district, and the communities whose data wait for a correction."""
    if not book.pending:
        return _gaps(book, book.district["missing_count"], book.district["disputed_count"])
    who = bold(_("{count}个参评社区", count=len(book.pending)))
    text = html(
        "{who}{why}，{value}（{linked}），{then}",
        who=who,
        why=_why(book, book.pending),
        value=_("不排名") if final(book) else _("暂不排名"),
        linked=_linked(book, "", book.pending),
        then=then(book, _("名次")),
    )
    policy = book.rulebook.missing.disputed
    gaps = phrases.not_counted(book.district["missing_count"], book.district["disputed_count"], policy)
    return text + (_("；已排名的社区{gaps}。", gaps=gaps) if gaps else _("。"))


def _why(book: Book, rows: Sequence[Row]) -> str:
    """Return what communities wait for: a correction, data that never came, or some this and some that."""
    owing = sum(row["unit_code"] in book.owing for row in rows)
    if not owing:
        return _("数据有错误、待更正")
    if owing == len(rows):
        return _("有指标没有报送、待补报")
    return _("待更正（{count}个数据有错误，{owing}个有指标没有报送）", count=len(rows) - owing, owing=owing)


def _gaps(book: Book, missing: int, disputed: int, whose: str = "") -> Markup:
    """Return what is missing or disputed in a district or street; says so when there is nothing."""
    text = phrases.not_counted(missing, disputed, book.rulebook.missing.disputed)
    return html("{whose}{value}。", whose=whose or _("参评社区"), value=text or _("无缺报、待核项目"))


def community(book: Book, row: Row, held: Wait | None = None) -> Sentences:
    """Return a community's sentences: place, dimensions, distance to the next grade, losses and gaps.

    `held` is what the community waits for, where the caller has it already.
    """
    if book.waits(row):
        return _waiting(book, held or wait(book, row))
    if not row["assessed"]:
        return _outside(book, row)
    parts = (_place(book, row), _dimensions(book, row), _distance(book, row), _losses(book, row))
    return [s for s in parts if s]


def _outside(book: Book, row: Row) -> Sentences:
    """Return why a community is not assessed, and how much of its data is there."""
    reason = book.reason(row["unit_code"])
    first = html("本社区不参评（{reason}），不列名次，不计入全区均值和等次名额。", reason=reason)
    if book.silent(row):
        return [first, html("没有报送数据，不列得分和各项指标。")]
    missing = row["missing_count"]
    return [
        first,
        *(
            [html("{item_count}项指标中缺报{missing}项。", item_count=row["item_count"], missing=missing)]
            if missing
            else []
        ),
    ]


def final(book: Book) -> bool:
    """Return whether the result is final: the publicity and with it the time for appeals are over."""
    return book.inputs.status == _FINAL


def then(book: Book, what: str) -> str:
    """Return what a correction would still change: nothing once the result is final."""
    return _("结果已定稿，申诉期已过") if final(book) else _("更正后{what}可能变化", what=what)


def _waiting(book: Book, held: Wait) -> Sentences:
    """Return what waits, what counts meanwhile, for what, and who must act; no sum but a provisional one."""
    wrong = sum(error.code not in NEVER_CAME for error in held.errors)
    parts = (
        [bold(_("{count}项指标", count=len(held.absent))) + _("没有任何文件报送，不是0分")]
        if held.absent
        else []
    )
    if held.disputed or not parts:
        found = bold(_("{wrong}处错误", wrong=wrong)) if wrong else html("错误")
        open_ = (
            html("，{value}待核", value=bold(_("{count}项指标", count=len(held.disputed))))
            if held.disputed
            else ""
        )
        parts.insert(0, html("报送的数据有{found}{open}", found=found, open=open_))
    act = _("补报") if held.absent and not held.disputed else _("更正后重新报送")
    where = _("对照下表") if held.all_errors else _("对照“数据质量”页")
    return [
        html(
            "{join}；本社区{value}、不定等次。",
            join=html("；").join(parts),
            value=_("不排名") if final(book) else _("暂不排名"),
        ),
        html(
            "已采用的{used_count}项{provisional}，不是考核结果{value}。",
            used_count=held.used_count,
            provisional=held.provisional,
            value="" if final(book) else _("，更正后重新计分排名"),
        ),
        html("更正前不计入全区和街道平均分；仍计入参评个数和等次名额的基数，已采用的数据计入街道考核项目。"),
        html("结果已定稿，申诉期已过，本年度不再排名。")
        if final(book)
        else html("请报送单位{where}{act}。", where=where, act=act),
    ]


def _place(book: Book, row: Row) -> Markup:
    if book.unnamed(row):
        total = bold(formats.points(row["total_e2"]) + _("分"))
        return html("总分{total}，等次为{grade}；公示版不列名次。", total=total, grade=_grade(book, row))
    overall = phrases.rank(row["rank_overall"], row["rank_overall_ties"])
    return html(
        "总分{points}，列全区{overall}（共{overall_count}个）、街道内{rank}（共{street_count}个）{rank_change}{others_wait}。",
        points=bold(formats.points(row["total_e2"]) + _("分")),
        overall=bold(overall),
        overall_count=row["overall_count"],
        rank=phrases.rank(row["rank_street"], book.ties_in_street[row["street_code"], row["rank_street"]]),
        street_count=row["street_count"],
        rank_change=phrases.rank_change(book.moved.get(row["unit_code"]))
        + _basis(book, row)
        + steady.place(book, row),
        others_wait=_others_wait(book),
    )


def _others_wait(book: Book) -> str:
    """Return how many communities may still come between; once the result is final they do not."""
    if not book.pending:
        return ""
    return _(
        "；另有{count}个社区待更正，{value}",
        count=len(book.pending),
        value=_("不排名") if final(book) else _("名次可能变化"),
    )


def _grade(book: Book, row: Row) -> str:
    level = glyphs.grade_level(book, row["grade_code"])
    return _("待定") if level is None else book.grade_order[level].name_zh


def _basis(book: Book, row: Row) -> str:
    """Return among whom a change of rank was counted, where the two years rank different communities."""
    if row["unit_code"] not in book.moved or book.compared_count == len(book.assessed):
        return ""
    return _("（按两年都有名次的{compared_count}个比）", compared_count=book.compared_count)


def _dimensions(book: Book, row: Row) -> Markup | None:
    rows = book.dimensions.get(row["unit_code"], {})
    levels = _levels(book, rows, "points_e2")
    found = phrases.contrast(levels)
    if not found:
        return phrases.even(levels) if levels else None
    best, worst = found
    means = {level.name: level.points_e2 for level in _levels(book, rows, "mean_e2")}
    return html(
        "得分率最高的维度是{name}（{percent}）；最低的是{name2}（{percent2}，{compared}）。",
        name=bold(best.name),
        percent=best.percent,
        name2=bold(worst.name),
        percent2=worst.percent,
        compared=compared(worst.points_e2 - means[worst.name], _c("than", "全区平均")),
    )


def _distance(book: Book, row: Row) -> Markup | None:
    """Return how far the next grade is; a unit above a line but in a lower grade is told where to look."""
    level = glyphs.grade_level(book, row["grade_code"])
    if not level:
        return None
    above: Grade = book.grade_order[level - 1]
    line_e2 = formats.e2(above.at_least)
    gap_e2 = line_e2 - row["total_e2"]
    if gap_e2 > 0:
        return html(
            "距{name_zh}线（{points}分）差{points2}。",
            name_zh=above.name_zh,
            points=formats.points(line_e2),
            points2=bold(formats.points(gap_e2) + _("分")),
        )
    return html(
        "总分已到{name_zh}线（{points}分），等次为{name_zh2}，依据是名额和评定规则（见“说明”）。",
        name_zh=above.name_zh,
        points=formats.points(line_e2),
        name_zh2=book.grade_order[level].name_zh,
    )


def _losses(book: Book, row: Row) -> Markup:
    """Return the largest loss with value and target, then what is missing."""
    lost = top_losses(book, row["unit_code"], 1)
    policy = book.rulebook.missing.disputed
    gaps = phrases.not_counted(row["missing_count"], row["disputed_count"], policy)
    if not lost:
        return html("{item_count}项指标均得满分。", item_count=row["item_count"])
    indicator = book.indicator(lost[0]["indicator_code"])
    worst = html(
        "失分最多的是{name_zh}（失{points}分，实际{shown}，目标{target}）",
        name_zh=bold(indicator.name_zh),
        points=formats.points(lost[0]["lost_e2"]),
        shown=values.shown(indicator, lost[0]),
        target=values.target(indicator),
    )
    return worst + (_("；{gaps}。", gaps=gaps) if gaps else _("。"))


def top_losses(book: Book, unit_code: str, count: int) -> list[Row]:
    """Return the items with the largest losses, by the published `loss_rank`; only those that lost points."""
    lost = [
        i
        for i in book.items.get(unit_code, {}).values()
        if (i["lost_e2"] or 0) > 0 and i["loss_rank"] is not None
    ]
    return sorted(lost, key=lambda item: (item["loss_rank"], item["indicator_code"]))[:count]


def street(book: Book, row: Row) -> Sentences:
    """Return a street's sentences: its card and mean, its weakest dimension, its spread, what is missing."""
    parts = (
        _street_place(book, row),
        _street_dimensions(book, row),
        _spread(book, row),
        _street_gaps(book, row),
    )
    return [s for s in parts if s]


def _street_place(book: Book, row: Row) -> Markup:
    if not placed(row):
        held = book.waiting_in(row["street_code"])
        who = _("参评社区{count}个都待更正", count=len(held)) if held else _("本街道没有参评社区")
        return html("{who}，不列街道得分和名次。", who=who)
    waiting = len(book.waiting_in(row["street_code"]))
    return html(
        "街道得分{points}，列全区{rank}（共{street_count}个街道）；{population}平均{points2}{change}。",
        points=bold(formats.points(row["total_e2"]) + _("分")),
        rank=bold(phrases.rank(row["rank_overall"], book.street_ties[row["rank_overall"]])),
        street_count=row["street_count"],
        population=_population(row["assessed_count"] + waiting, waiting),
        points2=bold(formats.points(row["mean_e2"]) + _("分")),
        change=_change([unit for unit in book.by_street[row["street_code"]] if unit["assessed"]]),
    )


def placed(row: Row) -> bool:
    """Return whether a street's card is settled enough for a rank: none of it is while nobody is ranked."""
    return row["rank_overall"] is not None and row["assessed_count"] > 0


def unplaced(book: Book, row: Row) -> bool:
    """Return whether a street has no rank only because all its communities wait."""
    return not placed(row) and bool(book.waiting_in(row["street_code"]))


def _street_dimensions(book: Book, row: Row) -> Markup | None:
    means = {level.name: level.points_e2 for level in district_levels(book)}
    own = _levels(book, book.street_dimensions.get(row["street_code"], {}), "mean_e2")
    gaps = [(level.points_e2 - means[level.name], level.name) for level in own if level.name in means]
    if not gaps:
        return None
    gap_e2, name = min(gaps)
    if gap_e2 >= 0:
        return html("{count}个维度的均值均不低于全区平均。", count=len(gaps))
    if gap_e2 > -phrases.SHORTFALL_E2:
        return html("没有一个维度的均值比全区平均低1分以上。")
    return html(
        "与全区平均相比，差距最大的维度是{name}（{compared}）。",
        name=bold(name),
        compared=compared(gap_e2, _c("than", "全区平均")),
    )


def _street_gaps(book: Book, row: Row) -> Markup:
    """Return what is missing; a street whose communities wait has neither its final points nor its rank."""
    inside = [r for r in book.by_street[row["street_code"]] if r["assessed"]]
    missing, disputed = (sum(r[c] for r in inside) for c in ("missing_count", "disputed_count"))
    waiting = book.waiting_in(row["street_code"])
    if not waiting:
        return _gaps(book, missing, disputed)
    text = html(
        "{linked}{why}，未计入社区平均分，{then}",
        linked=_linked(book, "../", waiting),
        why=_why(book, waiting),
        then=then(book, _("街道得分和名次")),
    )
    return text + (_("；") + _gaps(book, missing, disputed, _("已排名的社区")) if inside else _("。"))


def _spread(book: Book, row: Row) -> Markup | None:
    ranked = [r for r in book.by_street[row["street_code"]] if r["assessed"]]
    if len(ranked) < 2 or not book.names_last:
        return None
    first, last = ranked[0], ranked[-1]
    gap_e2 = first["total_e2"] - last["total_e2"]
    if gap_e2 == 0:
        return html("辖区已排名的社区总分相同。")
    return html(
        "辖区内{label}（{points}分）与{label2}（{points2}分）相差{points3}分。",
        label=book.label(first["unit_code"]),
        points=formats.points(first["total_e2"]),
        label2=book.label(last["unit_code"]),
        points2=formats.points(last["total_e2"]),
        points3=bold(formats.points(gap_e2)),
    )
