"""任务与问题: what was to be done, what was done in time, who pays, and how it feeds the indicators."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from markupsafe import Markup

from scorecard.language import N_, NC_, _, _c, chinese, html, term
from scorecard.publish import formats, glyphs, ledgers, phrases, sitemap
from scorecard.publish.book import Book
from scorecard.publish.ledgers import Count, Kind
from scorecard.publish.pages.frame import Context, first, frame
from scorecard.publish.pages.lines import community_link
from scorecard.rulebook.words import rule_sentence
from scorecard.worklist import Ledger, Tally

TITLE = NC_("menu", "任务与问题")
MATTERS = 20  # kinds of tasks and issues that are listed
_AMOUNT_SCALE = 6
_MONEY = N_("{amount}万元")  # what a task table's amounts are typed in: part of its form, not of a rulebook
_LEDGERS: tuple[tuple[Ledger, str, str], ...] = (
    (
        "tasks",
        NC_("ledger", "任务"),
        N_(
            "任务：{units}个社区应办{counted}项，按期完成{on_time}项（{rate}）；"
            "逾期{late}项，已完成未验收合格{waiting}项，到期未完成{open}项{less}。"
        ),
    ),
    (
        "issues",
        NC_("ledger", "问题"),
        N_(
            "问题：{units}个社区交办到期{counted}项，按期整改{on_time}项（{rate}）；"
            "逾期{late}项，到期未完成{open}项{less}。"
        ),
    ),
)


def context(book: Book) -> Context:
    """Return everything that worklist.html prints."""
    tasks, issues = ledgers.entries(book, "tasks"), ledgers.entries(book, "issues")
    held = [ledgers.tallies(book, ledger) for ledger, *_words in _LEDGERS]
    named = [tally.unit_code for tally in book.inputs.worklist.tallies if tally.held]
    shown, cut = first([line for code in book.units if (line := _line(book, code, held))])
    crumbs = ((_("总览"), "index.html"),)
    return frame(book, sitemap.menu_word(TITLE), root="", active=TITLE, crumbs=crumbs) | {
        "sentences": _sentences(book),
        "streets": _streets(book),
        "waiting": [community_link(book, "", code) for code in book.units if code in named],
        "matters": [_matter(kind) for kind in ledgers.kinds(tasks, lambda e: e.matter)[:MATTERS]],
        "sources": _sources(ledgers.kinds(tasks, lambda e: e.source)),
        "categories": [_matter(kind) for kind in ledgers.kinds(issues, lambda e: e.kind)[:MATTERS]],
        "lines": shown,
        "heads": {"map": _c("head", "图"), "shown": _c("head", "公示")},
        "cut": cut,
        "feeds": _feeds(book),
        "unfunded": _unfunded(book),
    }


def _sentences(book: Book) -> list[Markup]:
    """Return a sentence a ledger, the streets that are furthest apart, and tasks without money."""
    found = [_ledger(book, ledger, text) for ledger, _what, text in _LEDGERS]
    spread = _spread(book)
    count = sum(len(plan.unfunded) for plan in book.inputs.worklist.plans.values())
    money = html("上级安排、没有投入金额的任务{count}项（费随事转未落实）。", count=phrases.bold(f"{count}"))
    return [s for s in (*found, spread, money if count else None) if s]


def _ledger(book: Book, ledger: Ledger, text: str) -> Markup | None:
    held = ledgers.tallies(book, ledger)
    if not held:
        return None
    count, waits = ledgers.together(held.values()), sum(tally.held for tally in held.values())
    less = _("（另{waits}个社区的行有错误、待更正，没有计入）", waits=waits) if waits else ""
    return html(
        text,
        units=len(held) - waits,
        counted=count.counted,
        on_time=count.on_time,
        rate=phrases.bold(count.rate),
        late=count.late,
        waiting=count.waiting,
        open=count.open,
        less=less,
    )


def _spread(book: Book) -> Markup | None:
    """Return the streets with most and fewest issues closed in time, where a percentage point is between."""
    found = [
        (Fraction(c.on_time, c.counted), s, c)
        for s, (c, _units) in ledgers.by_street(book, "issues").items()
        if c.counted
    ]
    if not found:
        return None
    best, worst = max(found, key=lambda f: f[0]), min(found, key=lambda f: f[0])
    if 100 * (best[0] - worst[0]) < 1:
        return None
    return html(
        "问题按期整改率最高的是{best}（{rate}），最低的是{worst}（{rate2}）。",
        best=book.name(best[1]),
        rate=best[2].rate,
        worst=phrases.bold(book.name(worst[1])),
        rate2=worst[2].rate,
    )


def _streets(book: Book) -> list[Context]:
    tasks, issues = (ledgers.by_street(book, ledger) for ledger, *_words in _LEDGERS)
    return [
        {
            "link": glyphs.link("", "street", code, book.name(code)),
            "units": max(tasks[code][1], issues[code][1]),
            "tasks": tasks[code][0],
            "issues": issues[code][0],
        }
        for code in book.streets
        if tasks[code][1] or issues[code][1]
    ]


def _matter(kind: Kind) -> Context:
    """Return one kind of tasks or issues with its count, its quantity and its money."""
    return {
        "name": term(kind.name) or _("没有写明"),
        "count": kind.count,
        "all": kind.count.counted + kind.count.not_due,
        "quantity": _quantity(kind) if kind.quantity else _("没有填写"),
        "amount": _money(kind.amount_e6),
    }


def _quantity(kind: Kind) -> str:
    """Return a sum as typed, with its measure, and how many tasks say no number."""
    said = formats.measured(formats.decimal(kind.quantity), chinese(kind.measure))
    return _("{said}（{blank}项未填数）", said=said, blank=kind.blank) if kind.blank else said


def _money(amount_e6: int) -> str:
    return _(_MONEY, amount=formats.fixed(amount_e6, _AMOUNT_SCALE, 2, grouped=True))


def _sources(kinds: Sequence[Kind]) -> list[Context]:
    """Return who pays: the kinds of one source together, the most money first, and its share."""
    sums: dict[str, tuple[int, int]] = {}
    for kind in kinds:
        tasks, amount = sums.get(kind.name, (0, 0))
        sums[kind.name] = tasks + kind.count.counted + kind.count.not_due, amount + kind.amount_e6
    whole = sum(amount for _tasks, amount in sums.values())
    return [
        {
            "name": term(name) or _("没有写明"),
            "all": tasks,
            "amount": _money(amount),
            "share": formats.share(amount, whole),
        }
        for name, (tasks, amount) in sorted(sums.items(), key=lambda pair: (-pair[1][1], pair[0]))
    ]


def _line(book: Book, code: str, ledgers_held: Sequence[Mapping[str, Tally]]) -> Context | None:
    """Return one community's line; None where no list has a row of it."""
    plan = book.inputs.worklist.plans.get(code)
    held = [tallies.get(code) for tallies in ledgers_held]
    if plan is None and not any(held):
        return None
    return {
        "unit": community_link(book, "", code),
        "street": book.name(book.units[code]["street_code"]),
        "tasks": _rate(held[0]),
        "issues": _rate(held[1]),
        "residents": plan.residents if plan else 0,
        "assigned": plan.assigned if plan else 0,
        "amount": _money(sum(f.amount_e6 for f in plan.funding)) if plan else "—",
        "map": _("有") if plan and plan.maps else _("没有"),
        "shown": _("已公示") if plan and plan.publicity else _("没有"),
        "comments": plan.comment_count if plan else 0,
    }


def _rate(tally: Tally | None) -> tuple[str, str]:
    """Return the counts and the rate of a community; where its rows are wrong, the word for it."""
    if tally is None:
        return _("没有报送"), "—"
    count: Count = ledgers.count(tally.standings)
    of = _("{rank}／{count}", rank=count.on_time, count=count.counted)
    return of, _c("rate", "待更正") if tally.held else count.rate


def _unfunded(book: Book) -> list[tuple[Markup, int, str]]:
    """Return who has tasks from above without money, how many, and the first of them."""
    plans = book.inputs.worklist.plans
    return [
        (
            community_link(book, "", code),
            len(plan.unfunded),
            phrases.some([chinese(e.matter) for e in plan.unfunded], 5, _c("each", "项")),
        )
        for code in book.units
        if (plan := plans.get(code)) and plan.unfunded
    ]


def _feeds(book: Book) -> list[tuple[str, Markup, str]]:
    """Return which indicator each ledger feeds, and how that is scored."""
    return [
        (_c("ledger", what), glyphs.link("", "indicator", i.code, i.name_zh), rule_sentence(i))
        for ledger, what, _text in _LEDGERS
        for i in book.rulebook.community_indicators
        if i.fed_by == ledger
    ]
