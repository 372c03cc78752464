"""What a value cell of a template accepts: the number or grade asked for, or a word for a state."""

from collections.abc import Iterator
from typing import Any

from scorecard.checks.asks import Ask
from scorecard.rulebook.model import Rulebook

_TITLE, _TEXT = 32, 255  # characters that Excel allows


def words(ask: Ask, rulebook: Rulebook) -> tuple[str, ...]:
    """Return the state words that may stand instead of a value; 不涉及 only where every use allows it."""
    states = rulebook.states
    excused = all(slot.indicator.allow_not_applicable for slot in ask.slots)
    return (*(states.not_applicable[:1] if excused else ()), *states.disputed[:1])


def choices(ask: Ask, rulebook: Rulebook) -> tuple[str, ...]:
    """Return the entries of a drop-down: the grades, then the state words."""
    return (*(category.name for category in ask.categories), *words(ask, rulebook))


def rule(ask: Ask, place: str, source: str, rulebook: Rulebook, more: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the data validation of the column of `ask`.

    Args:
        ask: What is asked for.
        place: The first cell of the column, which the formula speaks of.
        source: The range of the choices, for a grade.
        rulebook: Knows the state words.
        more: Other words that may stand there.
    """
    allowed = words(ask, rulebook)
    kind = {"validate": "list", "source": source} if source else _custom(ask, place, (*allowed, *more))
    hints = "".join(f"{hint}。" for hint in _hints(ask, allowed, rulebook))
    return kind | {
        "input_title": ask.name[:_TITLE],
        "input_message": _cut(f"应填{ask.expected}。{hints}没有数据就空着。"),
        "error_title": "不符合填报要求",
        "error_message": _cut(f"「{ask.name}」应填{ask.expected}。{hints}"),
        "error_type": "stop",
    }


def formula(ask: Ask, place: str, allowed: tuple[str, ...]) -> str:
    """Return the formula that is true for a fitting number or an allowed word in `place`."""
    tests = [f"ROUND({place},{ask.decimals})={place}"]
    tests += [f"{place}>={ask.minimum}"] if ask.minimum is not None else []
    tests += [f"{place}<={ask.maximum}"] if ask.maximum is not None else []
    # ROUND of a text is an error, and so would be all of the formula: whether it is a number comes first.
    number = f"IF(ISNUMBER({place}),AND({','.join(tests)}),FALSE)"
    said = [f'{place}="{word.replace(chr(34), chr(34) * 2)}"' for word in allowed]
    return f"=OR({','.join([number, *said])})"


def _custom(ask: Ask, place: str, allowed: tuple[str, ...]) -> dict[str, Any]:
    return {"validate": "custom", "value": formula(ask, place, allowed)}


def _hints(ask: Ask, allowed: tuple[str, ...], rulebook: Rulebook) -> Iterator[str]:
    """Yield what else may be typed and what it means."""
    if not ask.categories:
        yield "确为0填0"
    for word in allowed:
        excused = word in rulebook.states.not_applicable
        yield f"经批准不涉及的填「{word}」" if excused else f"有争议的填「{word}」"


def _cut(text: str) -> str:
    return text if len(text) <= _TEXT else text[: _TEXT - 1] + "…"
