"""What the files of a survey say, before anything is calculated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from scorecard.registry import Unit
from scorecard.survey.model import Definition, Question, Respondent, asked
from scorecard.survey.vocabulary import Shape

WHOLE = ""  # the stratum of respondents that have none


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one kind of respondents in one unit to one question.

    `counts`: forms by stratum and option, as many entries as were reported. `bases`: valid forms by stratum,
    those whose answer counts. `forms`: questionnaires, `blank`: those without an answer; None where the file
    cannot tell.
    """

    unit: Unit
    respondent: Respondent
    question: Question
    counts: Mapping[str, Mapping[str, int]]
    bases: Mapping[str, int]
    forms: int | None
    blank: int | None
    file: str
    row: int

    @property
    def key(self) -> tuple[str, str, str]:
        """Unit, kind of respondents and question."""
        return self.unit.code, self.respondent.code, self.question.code

    @property
    def who(self) -> str:
        """Whose answers they are, for a sentence."""
        return asked(self.unit, self.respondent, self.question)

    def total(self, option: str) -> int:
        """Return the forms with this option, in all strata."""
        return sum(counts.get(option, 0) for counts in self.counts.values())


@dataclass(frozen=True, slots=True)
class Returned:
    """How many forms were handed out, came back and were refused; None: not reported."""

    unit: Unit
    respondent: Respondent
    issued: int | None
    returned: int | None
    refused: int | None
    file: str
    row: int


@dataclass(frozen=True, slots=True)
class Share:
    """One published percentage and the base that was stated for it, None if none was."""

    unit: Unit
    respondent: Respondent
    question: Question
    option: str
    percent: Decimal
    base: int | None
    file: str
    sheet: str
    row: int
    column: str
    header: str


@dataclass(slots=True)
class Content:
    """What one file holds. `forms`: questionnaires by unit and kind of respondents."""

    file: str
    sha256: str
    shape: Shape | None = None
    rows: int = 0
    answers: list[Answers] = field(default_factory=list)
    returned: list[Returned] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    forms: dict[tuple[str, str], int] = field(default_factory=dict)


def bases_of(question: Question, counts: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Return the valid forms of a question with one answer a form: its options that stay in the base."""
    inside = {option.name for option in question.options if option.in_base}
    return {s: sum(n for o, n in of.items() if o in inside) for s, of in counts.items()}


def strata_in_order(respondent: Respondent) -> tuple[str, ...]:
    """Return the codes of the strata as defined; the whole where there are none."""
    return tuple(stratum.code for stratum in respondent.strata) or (WHOLE,)


def position(definition: Definition, key: tuple[str, str, str]) -> tuple[str, int, int]:
    """Return the sort key of a result: unit code, then as the survey's definition orders the rest."""
    unit, respondent, question = key
    return unit, list(definition.respondent).index(respondent), list(definition.question).index(question)
