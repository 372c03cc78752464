"""可信度: what the numbers rest on, shown beside the results; nothing here adds a point or takes one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from scorecard.exact import FACT_SCALE, SCORE_SCALE
from scorecard.language import _, _c, chinese, html, plain, term
from scorecard.messages import CATALOGUE
from scorecard.publish import flags, formats, glyphs, phrases, steady
from scorecard.publish.blocking import DOUBT, doubts
from scorecard.publish.book import Book
from scorecard.publish.model import Late, SourceFile

AFTER_THE_FREEZE = ("W901", "W902")  # a file that came, or was changed, when the year was frozen
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the box: what is looked at, what was found, what that means.

    `short` is its part of the one sentence on other pages; empty where there is nothing to say there.
    """

    what: str
    found: str
    said: str | Markup
    short: str


def checks(book: Book) -> list[Check]:
    """Return the lines of the box in their order."""
    return [check for make in _CHECKS for check in make(book)]


def sentence(book: Book) -> Markup:
    """Return the box as one sentence, with the link to the whole of it."""
    said = _("；").join(check.short for check in checks(book) if check.short) or _("没有已排名的社区")
    return html('可信度：{said}。详见<a href="quality.html#credibility">数据质量</a>。', said=said)


def of_unit(book: Book, unit_code: str) -> Markup:
    """Return what casts doubt on one community's numbers; empty where nothing does.

    A row of a file that may be about it and was not taken; forms that its street submitted late; what of the
    watch list is about it.
    """
    files = [f.file_name.rpartition("/")[2] for f in doubts(unit_code, book.inputs.files)]
    said = Markup("").join(
        html("{doubt}。", doubt=_(DOUBT, file=chinese(name), who=_("本社区"))) for name in files
    )
    street = plain(book.name(book.units[unit_code]["street_code"]))
    for file, late in _submitted_late(book):
        if file.street_name == street:
            said += html(
                "本街道的{value}迟报（{when}）。", value=term(file.form_name) or _("报表"), when=_when(late)
            )
    titles = book.watched.get(unit_code)
    if not titles:
        return said
    return said + html(
        '值得再核对：{join}，只提示核对，不影响得分，见<a href="../quality.html#watch">数据质量</a>。',
        join=_("、").join(
            _("{title}{count}条", title=_(title), count=count) for title, count in Counter(titles).items()
        ),
    )


def _complete(book: Book) -> Iterator[Check]:
    """Yield the share of items that have a value or need none, rounded down: never 100 % with a gap."""
    missing, disputed, items, left = (
        sum(row[name] for row in book.assessed)
        for name in ("missing_count", "disputed_count", "item_count", "not_applicable_count")
    )
    if not items:
        return
    share_e2 = (items - missing - disputed) * 10**4 // items
    rate = formats.fixed(share_e2, SCORE_SCALE, SCORE_SCALE) + "%"
    gaps = _("缺报{missing}项、待核{disputed}项", missing=missing, disputed=disputed)
    said = html(
        '已排名的{count}个社区共{items}项：<a href="#missing">缺报</a>{missing}项、'
        "待核{disputed}项；不涉及{left}项不算缺。",
        count=len(book.assessed),
        items=items,
        missing=missing,
        disputed=disputed,
        left=left,
    )
    yield Check(
        _("完整率"),
        rate,
        said,
        _("完整率{rate}（{gaps}）", rate=rate, gaps=gaps)
        if missing + disputed
        else _("完整率{rate}", rate=rate),
    )


def _pending(book: Book) -> Iterator[Check]:
    count = len(book.pending)
    said = html('数据有错误或没有报送，暂不排名，<a href="#pending">逐个查看</a>。') if count else _("没有。")
    yield Check(
        _("待更正的社区"),
        _("{count}个", count=count),
        said,
        _("{count}个参评社区待更正", count=count) if count else "",
    )


def _late(book: Book) -> Iterator[Check]:
    """Yield the files that were submitted after their term, and those that came after the freeze."""
    after = [chinese(f.file) for f in book.inputs.findings if f.code in AFTER_THE_FREEZE]
    late = [
        _(
            "{value}“{form_name}”（{when}）",
            value=chinese(file.street_name) or term(file.form_name),
            form_name=term(file.form_name),
            when=_when(late),
        )
        for file, late in _submitted_late(book)
    ]
    said = (
        _("过了报送期限才提交，照常计分：{some}。", some=phrases.some(late, _NAMED, _c("each", "个")))
        if late
        else ""
    )
    if after:
        said += _(
            "数据冻结以后才放入或改动，没有计入：{some}。", some=phrases.some(after, _NAMED, _c("each", "个"))
        )
    count = len(late) + len(after)
    none = _("没有迟报的文件，也没有数据冻结以后才放入或改动的文件。")
    yield Check(
        _("迟到的文件"),
        _("{count}个", count=count),
        said or none,
        _("迟到的文件{count}个", count=count) if count else "",
    )


def _submitted_late(book: Book) -> Iterator[tuple[SourceFile, Late]]:
    return ((f, f.late) for f in book.inputs.files if f.late)


def _when(late: Late) -> str:
    due, on = (formats.chinese_date(day.isoformat()) for day in (late.due, late.on))
    return _("{due}截止，{on}提交", due=due, on=on)


def _samples(book: Book) -> Iterator[Check]:
    """Yield the sampled shares that rest on fewer answers than the rulebook asks for, worst first."""
    least, asked = book.rulebook.satisfaction.minimum_sample, book.rulebook.satisfaction.indicator
    sampled = [i.code for i in book.rulebook.community_indicators if i.sampled or i.code == asked]
    known = [
        (item["denominator_e4"], code, row["unit_code"])
        for row in book.assessed
        for code in sampled
        if (item := book.items[row["unit_code"]].get(code)) and item["denominator_e4"] is not None
    ]
    small = sorted(found for found in known if found[0] < least * 10**FACT_SCALE)
    units = dict.fromkeys(unit for _, _, unit in small)
    named = [
        html(
            "{link}{name_zh}{fact}份",
            link=glyphs.link("", "c", unit, book.label(unit)),
            name_zh=book.indicator(code).name_zh,
            fact=formats.fact(n),
        )
        for n, code, unit in small
    ]
    none = _("没有。") if known else _("没有抽样调查的数。")
    said = phrases.some(named, _NAMED, _c("each", "处")) + _("；名次差异应谨慎使用。") if small else none
    short = _("{count}个社区有样本不足{least}份的调查", count=len(units), least=least) if small else ""
    yield Check(_("样本不足{least}份", least=least), _("{count}个", count=len(units)), said, short)


def _watched(book: Book) -> Iterator[Check]:
    seen = book.inputs.seen
    if not seen.watched:
        return
    kinds = Counter(f.code for f in seen.watch)
    named = _("、").join(
        _("{title}{count}条", title=_(CATALOGUE[code].title), count=count)
        for code, count in sorted(kinds.items())
    )
    said = html('{named}，<a href="#watch">逐条查看</a>。', named=named) if seen.watch else _("没有。")
    yield Check(
        _("值得再核对"),
        _("{count}条", count=len(seen.watch)),
        said,
        _("{count}条提示值得再核对", count=len(seen.watch)) if seen.watch else "",
    )


def _corrected(book: Book) -> Iterator[Check]:
    made = book.inputs.corrections
    decisions = dict.fromkeys(c.decision_no for c in made)
    said = (
        html(
            '由{count}份申诉决定更正，<a href="about.html#corrections">更正前后</a>都列出。',
            count=len(decisions),
        )
        if made
        else _("没有成立的申诉，没有更正。")
    )
    yield Check(
        _("申诉更正"),
        _("{count}处", count=len(made)),
        said,
        _("申诉更正{count}处", count=len(made)) if made else "",
    )


def _decided(book: Book) -> Iterator[Check]:
    counts = flags.counted(book)
    total = sum(count for _, count, _ in counts)
    said = _("{phrase}。", phrase=flags.phrase(counts)) if counts else _("没有。")
    yield Check(_("一票否决和黄牌"), _("{total}件", total=total), said, "")


def _steady(book: Book) -> Iterator[Check]:
    study = book.inputs.robustness
    if study:
        rate = formats.fixed(study.proof_share_e4, steady.SHARE_SCALE - 2, 0) + "%"
        said = html('任取两个社区，先后次序在每次重算里都不变的占比，见<a href="robust.html">稳健性</a>。')
        yield Check(_("名次分得出先后"), rate, said, "")


_CHECKS = (_complete, _pending, _late, _samples, _watched, _corrected, _decided, _steady)
