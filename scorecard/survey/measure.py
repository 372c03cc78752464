"""From counts to rates: 满意率, 满意度, the interval around the rate. Exact fractions throughout.

满意率 is the share of valid answers that count as satisfied; 满意度 is the mean score of the valid answers.
They are two different things: the same answers may give 90 % and 78.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scorecard.registry import Unit
from scorecard.survey.answers import WHOLE, Answers, Returned, strata_in_order
from scorecard.survey.model import Definition, Question, Respondent
from scorecard.survey.wilson import Interval, wilson

PERCENT = 2  # decimals that a percentage moves a share


@dataclass(frozen=True, slots=True)
class Result:
    """One unit, kind of respondents and question.

    `valid` is forms; `satisfied` and `base` are weighted where the survey weights. `rate` (0 to 1),
    `interval` and `score` are None where the question has none or nobody gave a valid answer. `counts`:
    forms by option, weights left out. `small`: fewer valid forms than the survey asks for.
    """

    unit: Unit
    respondent: Respondent
    question: Question
    issued: int | None
    returned: int | None
    refused: int | None
    blank: int | None
    valid: int
    dont_know: int
    counts: Mapping[str, int]
    satisfied: Fraction
    base: Fraction
    effective: Fraction
    rate: Fraction | None
    score: Fraction | None
    interval: Interval | None
    small: bool
    file: str
    row: int

    @property
    def key(self) -> tuple[str, str, str]:
        """Unit, kind of respondents and question."""
        return self.unit.code, self.respondent.code, self.question.code


def measure(answers: Answers, returned: Returned | None, survey: Definition) -> Result:
    """Return what the answers come to.

    The interval of a weighted rate is Wilson's with the effective sample (Σw)² ÷ Σw² (L. Kish, Survey
    Sampling, 1965); of an unweighted one that is the sample itself.
    """
    question = answers.question
    weights = factors(answers, survey)
    valid = sum(answers.bases.values())
    base = sum((weights[s] * n for s, n in answers.bases.items()), Fraction())
    squares = sum((weights[s] ** 2 * n for s, n in answers.bases.items()), Fraction())
    satisfied = _sum(answers, weights, {o.name: Fraction(1) for o in question.options if o.satisfied})
    scores = {o.name: Fraction(o.score) for o in question.options if o.score is not None}
    rated, scored = any(o.satisfied for o in question.options), bool(scores)
    rate = satisfied / base if rated and base else None
    effective = base**2 / squares if squares else Fraction()
    return Result(
        unit=answers.unit,
        respondent=answers.respondent,
        question=question,
        issued=returned.issued if returned else None,
        returned=answers.forms if returned is None or returned.returned is None else returned.returned,
        refused=returned.refused if returned else None,
        blank=_blank(answers, returned),
        valid=valid,
        dont_know=sum(answers.total(o.name) for o in question.options if o.dont_know),
        counts={o.name: answers.total(o.name) for o in question.options if _reported(answers, o.name)},
        satisfied=satisfied,
        base=base,
        effective=effective,
        rate=rate,
        score=_sum(answers, weights, scores) / base if scored and base else None,
        interval=None
        if rate is None
        else wilson(rate, effective, survey.confidence, survey.decimals + PERCENT),
        small=valid < survey.minimum_sample,
        file=answers.file,
        row=answers.row,
    )


def factors(answers: Answers, survey: Definition) -> dict[str, Fraction]:
    """Return by how much a form of each stratum counts.

    `forms`: the stratum's weight. `strata`: weights over forms, scaled so that the weighted base is the
    number of valid forms: Σ W·p ÷ Σ W over the strata that have valid forms.
    """
    strata = answers.respondent.strata
    if not answers.question.weighted or survey.weighting == "none" or not strata:
        return dict.fromkeys(answers.bases, Fraction(1))
    weights = {stratum.code: Fraction(stratum.weight) for stratum in strata}
    if survey.weighting == "forms":
        return {code: weights[code] for code in answers.bases}
    filled = {code: n for code, n in answers.bases.items() if n}
    whole = sum((weights[code] for code in filled), Fraction())
    total = sum(filled.values())
    return {c: weights[c] * total / (whole * n) if n else Fraction() for c, n in answers.bases.items()}


def empty_strata(answers: Answers) -> list[str]:
    """Return the names of the strata without a valid form, where that changes a weighted result."""
    if not answers.question.weighted or not any(answers.bases.values()):
        return []
    names = {stratum.code: stratum.name for stratum in answers.respondent.strata}
    return [names[c] for c in strata_in_order(answers.respondent) if c != WHOLE and not answers.bases.get(c)]


def answered(answers: Answers) -> int | None:
    """Return the forms with an answer, 不了解 included; None where one form may be in several counts."""
    if answers.question.kind == "multiple":
        return None
    return sum(sum(counts.values()) for counts in answers.counts.values())


def _sum(answers: Answers, weights: Mapping[str, Fraction], worth: Mapping[str, Fraction]) -> Fraction:
    """Return Σ weight × count × worth over strata and options."""
    return sum(
        (weights[s] * n * worth[o] for s, of in answers.counts.items() for o, n in of.items() if o in worth),
        Fraction(),
    )


def _reported(answers: Answers, option: str) -> bool:
    return any(option in counts for counts in answers.counts.values())


def _blank(answers: Answers, returned: Returned | None) -> int | None:
    """Return the forms without an answer; None where nothing tells them."""
    given = answered(answers)
    if answers.blank is not None or returned is None or returned.returned is None or given is None:
        return answers.blank
    return returned.returned - given
