"""What one cell says: a number, a category, one of the state words, nothing, or a problem."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from scorecard.checks.asks import Ask, Asks, category_of
from scorecard.exact import FACT_SCALE, round_scaled
from scorecard.intake.document import CellKind
from scorecard.intake.numbers import Problem, parse_number
from scorecard.names import SHORT, fold, tidy
from scorecard.rulebook.model import States

Said = Literal["empty", "number", "category", "missing", "not_applicable", "disputed", "problem"]
Word = Literal["missing", "not_applicable", "zero", "disputed", "refused"]

_KIND_PROBLEMS: Mapping[CellKind, str] = {"date": "C414", "error": "C407", "bool": "C402"}
_PERCENTS = ("%", "％", "﹪")
_DECIMALS = re.compile(r"\d\.(\d+)", re.ASCII)
_NOT_IN_LIST, _REFUSED_WORD = "C426", "C427"
_REMEMBERED = 16_384  # short texts: at most 15 MB where somebody fills a file with as many different ones


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell's content. `step_e4` is one unit of the last typed digit; `percent` a typed percent sign.
    `typed` is the number as it stands there, also with too many decimals; None for what is no number.

    `converted`: the typed unit was another one than the column's (270000元 in 万元).
    """

    said: Said
    text: str = ""
    number_e4: int | None = None
    typed: Decimal | None = None
    category: str = ""
    step_e4: int = 0
    percent: bool = False
    converted: bool = False
    problem: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


EMPTY = Reading("empty")


class Reader:
    """Reads cells under one rulebook's state words; short texts and what they say are remembered."""

    def __init__(self, states: States) -> None:
        lists: dict[Word, tuple[str, ...]] = {
            "missing": states.missing,
            "not_applicable": states.not_applicable,
            "zero": states.zero,
            "disputed": states.disputed,
            "refused": states.refused,
        }
        self._words: dict[str, Word] = {fold(word): state for state, words in lists.items() for word in words}
        self._remembered = lru_cache(_REMEMBERED)(self._counted)

    def read(self, raw: str, ask: Ask, kind: CellKind | None = None) -> Reading:
        """Return what `raw` says as an answer to `ask`. A category's own words come before state words."""
        if ask.kind != "category" and kind not in _KIND_PROBLEMS:
            counted = self._remembered if len(raw) <= SHORT else self._counted
            return counted(raw, ask.unit, ask.decimals)
        text = tidy(raw)
        if not text:
            return EMPTY
        if ask.kind == "category" and (category := category_of(ask, text)):
            return Reading("category", text, category=category.name)
        word = self._words.get(fold(text))
        if word is not None:
            return _said(word, text, number=ask.kind != "category")
        problem = _NOT_IN_LIST if kind is None else _KIND_PROBLEMS.get(kind, _NOT_IN_LIST)
        return Reading("problem", text, problem=problem)

    def _counted(self, raw: str, unit: str, decimals: int) -> Reading:
        """Return what a text says where a number is asked for."""
        text = tidy(raw)
        if not text:
            return EMPTY
        word = self._words.get(fold(text))
        return _number(raw, unit, decimals) if word is None else _said(word, text, number=True)


@lru_cache(2)
def reader_of(asks: Asks) -> Reader:
    """Return the reader of a rulebook; one for all files, since most cells are small counts."""
    return Reader(asks.rulebook.states)


def _said(word: Word, text: str, *, number: bool) -> Reading:
    if word == "zero" and number:
        return Reading("number", text, number_e4=0)
    if word == "zero" or word == "refused":
        return Reading("problem", text, problem=_REFUSED_WORD)
    return Reading(word, text)


def _number(raw: str, unit: str, decimals: int) -> Reading:
    parsed = parse_number(raw, unit, decimals)
    if isinstance(parsed, Problem):
        typed = Decimal(parsed.params["value"]) if "value" in parsed.params else None
        percent = tidy(raw).endswith(_PERCENTS)
        return Reading(
            "problem", tidy(raw), typed=typed, percent=percent, problem=parsed.code, params=parsed.params
        )
    plain = unicodedata.normalize("NFKC", tidy(raw))
    return Reading(
        "number",
        parsed.normalized,
        number_e4=round_scaled(parsed.value, FACT_SCALE),
        typed=parsed.value,
        step_e4=_step_e4(plain),
        percent=plain.rstrip(")").endswith("%"),
        converted=bool(parsed.converted_from),
    )


def _step_e4(plain: str) -> int:
    """Return one unit of the last typed digit, × 10^4: `71%` → 10000, `71.4` → 1000."""
    decimals = _DECIMALS.search(plain)
    typed = len(decimals[1]) if decimals else 0
    return 10 ** (FACT_SCALE - typed) if typed <= FACT_SCALE else 1
