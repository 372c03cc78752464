"""部门评议: what communities say of departments and 辖区单位. It touches no score of any community."""

from collections import Counter

from markupsafe import Markup

from scorecard.exact import SCORE_SCALE
from scorecard.language import N_, _, chinese, html, term
from scorecard.publish import formats, phrases
from scorecard.publish.book import Book
from scorecard.publish.pages.frame import Context, chinese_date, frame
from scorecard.publish.pages.lines import community_link
from scorecard.upward import CARD_WORDS, STAGE_WORDS, STATE_WORDS, Result, Step, Suggestion
from scorecard.upward.model import ItemResult

TITLE = N_("部门评议")
_WITHHELD = N_("不公布")
_GAP_E2 = 100  # a point: below it no unit is named as the lowest


def context(book: Book) -> Context:
    """Return everything that ratings.html prints."""
    ratings = book.inputs.ratings
    kinds = list(dict.fromkeys(r.kind for r in ratings.results))
    return frame(book, _(TITLE), root="", active=TITLE, crumbs=((_("总览"), "index.html"),)) | {
        "sentences": _sentences(book),
        "groups": [_group(kind, [r for r in ratings.results if r.kind == kind]) for kind in kinds],
        "minimum": ratings.minimum,
        "comments": [(chinese(r.name), r.comments) for r in ratings.results if r.comments],
        "suggestions": [_suggestion(book, s) for s in ratings.suggestions],
    }


def _sentences(book: Book) -> list[Markup]:
    """Return that no score depends on this page, what is shown and what not, and what was suggested."""
    ratings = book.inputs.ratings
    found = [
        html("社区对部门和辖区单位的评议只作反馈，<b>不影响</b>任何社区、街道的得分、名次和等次。"),
        _shown(ratings.results, ratings.minimum),
        *(_ends(kind, ratings.results) for kind in dict.fromkeys(r.kind for r in ratings.results)),
    ]
    return [*(s for s in found if s)][:3] + ([_suggested(ratings.suggestions)] if ratings.suggestions else [])


def _shown(results: tuple[Result, ...], minimum: int) -> Markup | None:
    if not results:
        return None
    hidden = sum(not r.shown for r in results)
    less = (
        _("；{hidden}个的评议社区少于{minimum}个，为保护评议人不公布结果", hidden=hidden, minimum=minimum)
        if hidden
        else ""
    )
    return html(
        "评议{count}个单位，公布{shown}个{less}。",
        count=len(results),
        shown=len(results) - hidden,
        less=less,
    )


def _ends(kind: str, results: tuple[Result, ...]) -> Markup | None:
    """Return the highest and lowest of a kind; only where a point is between them."""
    shown = [(r.mean_e2, r.name) for r in results if r.kind == kind and r.mean_e2 is not None]
    if not shown or max(shown)[0] - min(shown)[0] < _GAP_E2:
        return None
    (high, best), (low, worst) = max(shown), min(shown)
    return html(
        "{kind}中均分最高的是{best}（{high}分），最低的是{worst}（{low}分）。",
        kind=term(kind),
        best=chinese(best),
        high=formats.points(high),
        worst=phrases.bold(chinese(worst)),
        low=formats.points(low),
    )


def _suggested(suggestions: tuple[Suggestion, ...]) -> Markup:
    found = Counter(STATE_WORDS[s.state] for s in suggestions)
    states = phrases.listed(
        _("{state}{count}件", state=_(word), count=count) for word, count in found.items()
    )
    return html(
        "黄牌、否决建议{count}件（{states}）：建议不起作用，区级以上的决定文件才有效力。",
        count=len(suggestions),
        states=states,
    )


def _group(kind: str, results: list[Result]) -> Context:
    """Return the units of one kind: the shown ones by rank, the others last by name."""
    ordered = sorted(results, key=lambda r: (r.rank is None, r.rank or 0, r.name))
    ranks = Counter(r.rank for r in results)
    return {
        "kind": term(kind),
        "items": [term(item.name) for item in ordered[0].items],
        "lines": [_line(result, ranks[result.rank] > 1) for result in ordered],
    }


def _line(result: Result, tied: bool) -> Context:
    return {
        "name": chinese(result.name),
        "shown": result.shown,
        "place": "—" if result.rank is None else str(result.rank),
        "tied": result.rank is not None and tied,
        "mean": _(_WITHHELD) if result.mean_e2 is None else formats.points(result.mean_e2),
        "items": [_item(item) for item in result.items],
        "asked": result.asked,
        "valid": _(_WITHHELD) if result.valid is None else _("{count}个", count=result.valid),
        "response": _(_WITHHELD) if result.response_e2 is None else _percent(result.response_e2),
    }


def _percent(percent_e2: int) -> str:
    return formats.fixed(percent_e2, SCORE_SCALE, SCORE_SCALE) + "%"


def _item(item: ItemResult) -> tuple[str, str, str]:
    """Return an item's name, its mean, and how many gave which answer."""
    if item.mean_e2 is None:
        return term(item.name), _(_WITHHELD), ""
    counts = _("、").join(
        _("{option}{count}", option=term(option), count=count)
        for option, count in (item.counts or {}).items()
        if count
    )
    return term(item.name), formats.points(item.mean_e2), counts


def _suggestion(book: Book, suggestion: Suggestion) -> Context:
    """Return a suggestion with every step that was taken."""
    return {
        "number": chinese(suggestion.number),
        "unit": community_link(book, "", suggestion.unit_code),
        "rated": chinese(suggestion.rated),
        "card": _(CARD_WORDS[suggestion.card]),
        "state": _(STATE_WORDS[suggestion.state]),
        "steps": [_step(step) for step in suggestion.steps],
    }


def _step(step: Step) -> str:
    """Return a step as one line: day, stage, what came of it, document, reason."""
    taken = _("{stage}：{state}", stage=_(STAGE_WORDS[step.stage]), state=_(STATE_WORDS[step.state]))
    parts = (chinese_date(step.on.isoformat()), taken, chinese(step.document_no), chinese(step.reason))
    return _("，").join(part for part in parts if part)
