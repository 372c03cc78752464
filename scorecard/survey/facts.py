"""The satisfied shares of a survey as facts of the assessment, in the canonical form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scorecard.exact import round_scaled
from scorecard.survey.book import Book
from scorecard.survey.measure import Result
from scorecard.survey.model import asked
from scorecard.survey.written import exactly, number

HEADER = "year,unit_code,indicator_code,numerator,denominator,value,text"
_SCORED = "社区"  # the level that the assessment ranks


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the canonical form; the numbers are written as the form wants them."""

    year: int
    unit_code: str
    indicator_code: str
    numerator: str
    denominator: str

    @property
    def line(self) -> str:
        """The line, without its end."""
        return ",".join(
            (str(self.year), self.unit_code, self.indicator_code, self.numerator, self.denominator, "", "")
        )


def facts(
    results: Iterable[Result], decimals: Mapping[str, tuple[int, int]], year: int, books: Mapping[str, Book]
) -> list[Fact]:
    """Return a fact for every result that the assessment takes, by unit and indicator.

    Without a valid answer there is no fact: not asked is missing, not zero. Weighted samples are rounded half
    up to the decimals that the indicator's inputs allow; a finding says where that changed something.
    """
    made = []
    for result in results:
        question = result.question
        if not question.indicator or result.respondent.code != question.indicator_from or not result.valid:
            continue
        at = {"row": result.row, "unit_code": result.unit.code}
        who = asked(result.unit, result.respondent, question)
        if result.unit.level != _SCORED:
            books[result.file].add("Q937", **at, who=who, level=result.unit.level)
            continue
        places = decimals[question.indicator]
        for exact, allowed in zip((result.satisfied, result.base), places, strict=True):
            if round_scaled(exact, allowed) != exact * 10**allowed:
                params = {"exact": exactly(exact), "decimals": allowed}
                books[result.file].add("Q936", **at, who=who, **params)
        texts = (number(result.satisfied, places[0]), number(result.base, places[1]))
        made.append(Fact(year, result.unit.code, question.indicator, *texts))
    return sorted(made, key=lambda fact: (fact.unit_code, fact.indicator_code))


def facts_csv(listed: Iterable[Fact]) -> str:
    """Return the facts as a file that can be put into sources/."""
    return "\n".join([HEADER, *(fact.line for fact in listed)]) + "\n"
