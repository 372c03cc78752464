"""Phrases with their guards, from which the sentences of every page are made.

Guards: a 短板 needs a gap of one point; equal ranks are 并列; a year is compared only where a previous figure
exists; a difference of zero is 持平; nothing is called a cause.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from scorecard.language import N_, _, html
from scorecard.publish import formats

SHORTFALL_E2 = 100  # one point: below it no dimension is called a 短板
STATUS_NOTES = {
    N_("试算"): N_("试算结果，未经审议和公示"),
    N_("公示"): N_("公示稿，公示期内可提出异议"),
    N_("定稿"): N_("经审议和公示的定稿"),
}


@dataclass(frozen=True, slots=True)
class Level:
    """How far a dimension is filled: points and weight on the scale of points.

    `exact`: the rate where the points are a mean, which was rounded; None where it follows from the points.
    """

    name: str
    points_e2: int
    weight_e2: int
    exact: Fraction | None = None

    @property
    def rate(self) -> Fraction:
        """Points as a share of the weight."""
        return Fraction(self.points_e2, self.weight_e2) if self.exact is None else self.exact

    @property
    def percent(self) -> str:
        """The rate as a percentage with two decimals."""
        return formats.share(self.rate.numerator, self.rate.denominator)


def bold(text: str) -> Markup:
    """Return `text` emphasised and kept on one line."""
    return Markup("<b>{}</b>").format(text)


def listed(parts: Iterable[str]) -> Markup:
    """Join names with the Chinese enumeration comma."""
    return html("、").join(parts)


def some(names: Sequence[str], most: int, each: str) -> Markup:
    """Return names with the enumeration comma; of more than `most` the first, and how many there are.

    `each` is the counting word of what is named: 个, 项.
    """
    return listed(names[:most]) + (
        _("等{count}{each}", count=len(names), each=each) if len(names) > most else ""
    )


def rank(place: int, ties: int) -> str:
    """Return `第12名`, or `并列第12名` when `ties` units (this one counted) share the place."""
    return _("并列第{place}名", place=place) if ties > 1 else _("第{place}名", place=place)


def compared(difference_e2: int, with_what: str) -> str:
    """Return `比全区平均高0.83分`, `低` or `与…持平`: never a difference of zero."""
    if difference_e2 == 0:
        return _("与{with_what}持平", with_what=with_what)
    side = _("高") if difference_e2 > 0 else _("低")
    return _(
        "比{with_what}{side}{points}分",
        with_what=with_what,
        side=side,
        points=formats.points(abs(difference_e2)),
    )


def year_change(now_e2: int | None, before_e2: int | None) -> str:
    """Return `，比上年提高1.20分`, or nothing where there is no previous figure."""
    if now_e2 is None or before_e2 is None:
        return ""
    if now_e2 == before_e2:
        return _("，与上年持平")
    word = _("提高") if now_e2 > before_e2 else _("下降")
    return _("，比上年{word}{points}分", word=word, points=formats.points(abs(now_e2 - before_e2)))


def rank_change(moved: int | None) -> str:
    """Return `，较上年上升3位`, or nothing where either year has no rank."""
    if moved is None:
        return ""
    if moved == 0:
        return _("，名次与上年持平")
    return _("，较上年{way}{moved}位", way=_("上升") if moved > 0 else _("下降"), moved=abs(moved))


DISPUTED = {
    "zero_provisional": N_("暂按0分计"),
    "peer_mean": N_("暂按同类平均分计"),
    "reweight": N_("暂不计权重"),
}


def not_counted(missing: int, disputed: int, policy: str) -> str:
    """Return `缺报2项，按0分计；待核1项，暂按0分计`, or nothing; `policy` is the rulebook's for 待核."""
    parts = [_("缺报{missing}项，按0分计", missing=missing)] if missing else []
    parts += [_("待核{disputed}项，{how}", disputed=disputed, how=_(DISPUTED[policy]))] if disputed else []
    return _("；").join(parts)


def contrast(levels: Sequence[Level]) -> tuple[Level, Level] | None:
    """Return the fullest and the emptiest dimension when they differ by a point of the emptiest's weight."""
    if not levels:
        return None
    best, worst = max(levels, key=lambda v: v.rate), min(levels, key=lambda v: v.rate)
    gap_e2 = (best.rate - worst.rate) * worst.weight_e2
    return (best, worst) if gap_e2 >= SHORTFALL_E2 else None


def even(levels: Sequence[Level]) -> Markup:
    """Return the sentence for dimensions too close to single one out."""
    return html("{count}个维度得分率接近，按权重折算相差不足1分。", count=len(levels))
