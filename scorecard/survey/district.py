"""“平均达到90%以上”: three means over the communities, which may fall on different sides of the target."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorecard.registry import Registry
from scorecard.survey.measure import Result
from scorecard.survey.model import Definition, Mean, Question, Respondent


@dataclass(frozen=True, slots=True)
class District:
    """One kind of respondents and question over the assessed communities that have a rate.

    `simple`: every community counts alike. `households`: by the registry's 户数; None where one has none.
    `pooled`: all valid forms together, which is the mean weighted by respondents. Shares, 0 to 1.
    """

    respondent: Respondent
    question: Question
    expected: int
    units: int
    reached: tuple[str, ...]
    simple: Fraction
    households: Fraction | None
    pooled: Fraction
    target: Fraction | None

    def mean(self, which: Mean) -> Fraction | None:
        """Return one of the three."""
        return {"simple": self.simple, "households": self.households, "pooled": self.pooled}[which]

    def reaches(self, which: Mean) -> bool | None:
        """Return whether that mean, unrounded, is the target or more; None where there is no such thing."""
        mean = self.mean(which)
        return None if mean is None or self.target is None else mean >= self.target

    @property
    def undecided(self) -> bool:
        """Whether it depends on the mean that is chosen."""
        means: tuple[Mean, ...] = ("simple", "households", "pooled")
        return len({self.reaches(which) for which in means} - {None}) > 1


def district(results: Sequence[Result], survey: Definition, registry: Registry, year: int) -> list[District]:
    """Return the means of every kind of respondents and question that has a rate, in print order."""
    population = {unit.code for unit in registry.assessed(year)}
    made = []
    for question in survey.questions:
        for respondent in survey.respondents:
            of = (r for r in results if r.question is question and r.respondent is respondent)
            rated = [(r, r.rate) for r in of if r.rate is not None and r.unit.code in population]
            if rated:
                made.append(_means(rated, len(population)))
    return made


def _means(rated: Sequence[tuple[Result, Fraction]], expected: int) -> District:
    first = rated[0][0]
    target = None if first.question.target is None else Fraction(first.question.target) / 100
    return District(
        respondent=first.respondent,
        question=first.question,
        expected=expected,
        units=len(rated),
        reached=tuple(sorted(r.unit.code for r, rate in rated if target is not None and rate >= target)),
        simple=sum((rate for _, rate in rated), Fraction()) / len(rated),
        households=_by_households(rated),
        pooled=sum((r.satisfied for r, _ in rated), Fraction()) / sum((r.base for r, _ in rated), Fraction()),
        target=target,
    )


def _by_households(rated: Sequence[tuple[Result, Fraction]]) -> Fraction | None:
    """Return the mean weighted by households; None as soon as one community's are not known."""
    homes = [result.unit.households for result, _ in rated]
    if any(not home for home in homes):
        return None
    weights = [home or 0 for home in homes]
    return sum((rate * w for (_, rate), w in zip(rated, weights, strict=True)), Fraction()) / sum(weights)
