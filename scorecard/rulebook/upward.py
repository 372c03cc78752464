"""社区评部门和辖区单位: items, scale and the smallest group that is shown; with its lint."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pydantic import Field

from scorecard.names import fold
from scorecard.rulebook.strict import Strict

_ENOUGH = 3  # of two ratings each rater knows the other's


class UpwardOption(Strict):
    """One answer. Without a score (不了解) it is counted and stays out of every mean."""

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    score: Decimal | None = Field(default=None, ge=0, le=100)


class UpwardItem(Strict):
    """One thing that is rated: a column of the form."""

    code: str = Field(min_length=1)
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()


class Upward(Strict):
    """How communities rate departments and 辖区单位. It is never part of anybody's score.

    A unit that fewer than `minimum` communities rated has no mean, rank or distribution: whoever knows some
    of the raters could tell the others' answers. `kinds` are ranked apart. `deadline`: the code of the term
    in which the portal takes ratings; "": it takes none.
    """

    title: str = Field(min_length=1)
    minimum: int = Field(ge=_ENOUGH)
    decimals: int = Field(default=2, ge=0, le=2)
    deadline: str = ""
    kinds: tuple[str, ...] = Field(min_length=1)
    options: tuple[UpwardOption, ...] = Field(min_length=2)
    items: tuple[UpwardItem, ...] = Field(min_length=1)


def lint(upward: Upward) -> Iterator[tuple[str, str]]:
    """Yield key and reason of everything that no single value shows."""
    yield from _twice("kinds", [(kind,) for kind in upward.kinds])
    yield from _twice("options", [(o.name, *o.aliases) for o in upward.options])
    yield from _twice("items", [(i.code, i.name, *i.aliases) for i in upward.items])
    scores = [o.score for o in upward.options if o.score is not None]
    if len(set(scores)) < 2:
        yield "options", "至少要有两个分值不同的选项"
    if len(scores) != len(set(scores)):
        yield "options", "两个选项的分值相同"


def _twice(key: str, entries: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield words that two entries answer to; the words of one entry may be alike."""
    words = Counter(form for entry in entries for form in {fold(word) for word in entry})
    first = {fold(word): word for entry in entries for word in entry}
    yield from ((key, f"「{first[form]}」用了不止一次") for form, count in words.items() if count > 1)


def upward_lines(upward: Upward) -> Iterator[str]:
    """Yield what the rulebook says of it, for people."""
    yield f"被评单位：{'、'.join(upward.kinds)}，分别排序，不计入任何单位的考核得分"
    yield f"评议内容：{'、'.join(item.name for item in upward.items)}"
    scores = ("不计分" if o.score is None else f"{o.score.normalize():f} 分" for o in upward.options)
    scale = (f"{o.name}（{score}）" for o, score in zip(upward.options, scores, strict=True))
    yield f"选项：{'、'.join(scale)}"
    yield f"少于 {upward.minimum} 个社区评议的，不公布均分、分布和名次"
