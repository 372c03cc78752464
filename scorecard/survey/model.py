"""A survey (问卷定义) as one frozen object: who is asked, what, and how the answers count.

Everything that a survey may decide differently stands here as data; nothing is a float.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import Field

from scorecard.language import NC_
from scorecard.registry import Unit
from scorecard.rulebook.model import Strict

Kind = Literal["single", "multiple", "band"]
Weighting = Literal["none", "forms", "strata"]
Mean = Literal["simple", "households", "pooled"]


class Option(Strict):
    """One answer. `score` enters 满意度, `satisfied` 满意率; `in_base` false leaves the valid sample.

    A band has bounds: from `at_least` on, up to and with `at_most`, or up to and without `below`.
    """

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    score: Decimal | None = None
    satisfied: bool = False
    dont_know: bool = False
    in_base: bool = True
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    below: Decimal | None = None

    @property
    def is_band(self) -> bool:
        """Whether it has bounds."""
        return any(bound is not None for bound in (self.at_least, self.at_most, self.below))

    def holds(self, value: Decimal) -> bool:
        """Return whether `value` lies within the bounds."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )


class Scale(Strict):
    """Options that several questions share, in print order; first those of the rulebook where it says so."""

    code: str = Field(min_length=1)
    rulebook_levels: bool = False
    options: tuple[Option, ...] = ()


class Stratum(Strict):
    """A part of one kind of respondents that was sampled by itself (普通家庭, 特殊家庭)."""

    code: str = Field(min_length=1)
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    weight: Decimal = Field(gt=0)


class Respondent(Strict):
    """A kind of respondents (居民, 工作人员). Kinds are never added up."""

    code: str = Field(min_length=1)
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    strata: tuple[Stratum, ...] = ()


class Question(Strict):
    """One question. `indicator` takes its satisfied share, as answered by `indicator_from`.

    `target`: the percentage that the mean shall reach, None for none. `weighted`: strata count as the
    survey's `weighting` says; otherwise every form counts as one.
    """

    code: str = Field(min_length=1)
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    kind: Kind = "single"
    weighted: bool = False
    target: Decimal | None = Field(default=None, ge=0, le=100)
    respondents: tuple[str, ...] = Field(min_length=1)
    scale: str = ""
    options: tuple[Option, ...] = ()
    indicator: str = ""
    indicator_from: str = ""


class Definition(Strict):
    """A whole survey, every scale already written out in its questions.

    `weighting`: `none`; `forms`: every form counts as its stratum's weight; `strata`: the shares of the
    strata are averaged by weight, however many forms each has.
    """

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    confidence: Decimal = Field(gt=0)
    decimals: int = Field(ge=0, le=6)  # of percentages and scores as printed
    minimum_sample: int = Field(ge=1)
    mean: Mean
    weighting: Weighting = "none"
    separators: tuple[str, ...] = ()  # between the answers of a multi-select cell
    respondents: tuple[Respondent, ...] = Field(min_length=1)
    scales: tuple[Scale, ...] = ()
    questions: tuple[Question, ...] = Field(min_length=1)
    sha256: str = ""  # of the file; set by the loader

    @cached_property
    def respondent(self) -> Mapping[str, Respondent]:
        """Kinds of respondents by code, in the order of the file."""
        return {r.code: r for r in self.respondents}

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """Questions by code, in the order of the file."""
        return {q.code: q for q in self.questions}


def asked(unit: Unit, respondent: Respondent, question: Question) -> str:
    """Return whose answers to what, for a sentence."""
    return NC_("part", "{who}“{question}”").format(
        who=f"{unit.name}{respondent.name}", question=question.name
    )
