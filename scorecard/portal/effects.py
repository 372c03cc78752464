"""What a decision on an appeal changes, in the words of a page."""

from dataclasses import asdict, dataclass
from typing import Any

from scorecard.messages.portal_effects import UNGRADED
from scorecard.pipeline.appeal_text import rank_text, score_text
from scorecard.pipeline.board import Place
from scorecard.pipeline.effect import Effect, Moved


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who moved: each of the three as it was and is, or only as it is where it stayed."""

    name: str
    street: str
    total: tuple[str, ...]
    rank: tuple[str, ...]
    grade: tuple[str, ...]


def report(effect: Effect | None) -> dict[str, Any] | None:
    """Return what a decision changes as the page shows it."""
    if effect is None or effect.own is None:
        return None
    own = effect.own
    return {
        "items": [
            {**asdict(i), "before": score_text(i.before_e2), "after": score_text(i.after_e2)}
            for i in effect.items
        ],
        "own": _line(effect, own),
        "rank_alone": _moved(rank_text(own.before.rank), rank_text(effect.rank_alone)),
        "others": [_line(effect, m) for m in effect.others],
        "streets": [_line(effect, m) for m in effect.streets],
        "regraded": [_line(effect, m) for m in effect.regraded],
        "repeat": effect.repeat,
    }


def _line(effect: Effect, moved: Moved) -> Line:
    def grade(place: Place) -> str:
        return effect.grade_names.get(place.grade or "", UNGRADED)

    before, after = moved.before, moved.after
    return Line(
        moved.name,
        moved.street,
        _moved(score_text(before.total_e2), score_text(after.total_e2)),
        _moved(rank_text(before.rank), rank_text(after.rank)),
        _moved(grade(before), grade(after)),
    )


def _moved(old: str, new: str) -> tuple[str, ...]:
    return (old, new) if old != new else (new,)
