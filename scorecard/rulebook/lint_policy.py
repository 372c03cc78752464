"""National policy: topics that may not be assigned to communities, read from policy.toml."""

import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Literal

from scorecard.names import fold
from scorecard.rulebook.model import Indicator, Rulebook, Strict
from scorecard.rulebook.problem import Problem
from scorecard.rulebook.source import MODIFIERS
from scorecard.settings import resource


class Topic(Strict):
    """One forbidden topic: its words, why, and how strictly a word is taken."""

    name: str
    words: tuple[str, ...]
    reason: str
    severity: Literal["error", "warning"]


class Policy(Strict):
    """The policy document and its topics."""

    document: str
    topic: tuple[Topic, ...]


@cache
def policy() -> Policy:
    """Return the national policy that ships with the rulebooks."""
    text = (resource("indicators") / "policy.toml").read_text("utf-8")
    return Policy.model_validate(tomllib.loads(text))


def check(indicators: list[tuple[str, Indicator]], book: Rulebook | None) -> Iterator[Problem]:
    """Yield a problem for every community indicator or modifier that touches a forbidden topic."""
    for file, indicator in indicators:
        text = [indicator.name_zh, indicator.definition, *indicator.aliases]
        text += [word for i in indicator.inputs for word in (i.name, i.definition, *i.aliases)]
        yield from _topics(file, f"indicator[{indicator.code}]", text)
    for modifier in book.modifiers if book else ():
        yield from _topics(MODIFIERS, f"modifier[{modifier.code}]", [modifier.name_zh])


def _topics(file: str, key: str, text: list[str]) -> Iterator[Problem]:
    folded = "\n".join(map(fold, text))  # no folded word has a line break, so none spans two texts
    for topic in policy().topic:
        words = [word for word in topic.words if fold(word) in folded]
        if words:
            message = f"出现「{'、'.join(words)}」：{topic.reason}，见{policy().document}"
            yield Problem(file, key, topic.severity, message)
