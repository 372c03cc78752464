"""A whole survey: read every file, compare them, measure, and keep back what contradicts itself."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from scorecard.findings import Finding, Severity, sort_findings
from scorecard.intake import Document
from scorecard.language import NC_
from scorecard.registry import Registry, Unit
from scorecard.survey.answers import Answers, Content, Returned, position
from scorecard.survey.book import Book
from scorecard.survey.counts import read_counts
from scorecard.survey.credibility import Verdict, judge
from scorecard.survey.definition import overlaps
from scorecard.survey.district import District, district
from scorecard.survey.facts import Fact, facts
from scorecard.survey.forms import FormReader
from scorecard.survey.keys import Keys
from scorecard.survey.measure import Result, answered, empty_strata, measure
from scorecard.survey.model import Definition
from scorecard.survey.printed import read_returns, read_shares
from scorecard.survey.table import open_table
from scorecard.survey.written import bounds

T = TypeVar("T", Answers, Returned)
K = TypeVar("K")


@dataclass(frozen=True)
class Report:
    """What a survey comes to. Nothing of a unit in `waiting` is measured: one of its rows is in error."""

    survey: Definition
    year: int
    contents: tuple[Content, ...]
    findings: tuple[Finding, ...]
    results: tuple[Result, ...]
    verdicts: tuple[Verdict, ...]
    districts: tuple[District, ...]
    facts: tuple[Fact, ...]
    waiting: tuple[Unit, ...] = field(default=())

    @property
    def blocked(self) -> bool:
        """Whether anything is in error."""
        return any(f.severity == Severity.ERROR for f in self.findings)


def evaluate(
    documents: Sequence[Document],
    survey: Definition,
    registry: Registry,
    year: int,
    decimals: Mapping[str, tuple[int, int]],
) -> Report:
    """Return what the files say, every finding at once; bad data never raises.

    Args:
        documents: Files as read; their names must differ.
        survey: The definition.
        registry: Units, and the communities over which means are taken.
        year: The assessed year.
        decimals: By indicator, the decimals of numerator and denominator that the assessment takes.
    """
    books = {document.name: Book(document.name) for document in documents}
    read = _reader(survey, registry, year)
    contents = [read(document, books[document.name]) for document in documents]
    returned = _single(contents, lambda c: c.returned, lambda r: (r.unit.code, r.respondent.code), books)
    answers = _single(contents, lambda c: c.answers, lambda a: a.key, books)
    _bands(books, contents)
    for one in answers.values():
        _compare(one, returned.get((one.unit.code, one.respondent.code)), books[one.file])
    _forms(contents, returned, books)
    verdicts = judge([s for c in contents for s in c.shares], list(returned.values()), books)
    waiting = _waiting(contents, books)
    results = [
        measure(one, returned.get((one.unit.code, one.respondent.code)), survey)
        for key, one in sorted(answers.items(), key=lambda item: position(survey, item[0]))
        if one.unit.code not in waiting
    ]
    for result in results:
        _remark(result, answers[result.key], survey, books[result.file])
    made = facts(results, decimals, year, books)
    return Report(
        survey=survey,
        year=year,
        contents=tuple(contents),
        findings=tuple(sort_findings(f for book in books.values() for f in book.findings)),
        results=tuple(results),
        verdicts=tuple(verdicts),
        districts=tuple(district(results, survey, registry, year)),
        facts=tuple(made),
        waiting=tuple(registry.units[code] for code in sorted(waiting)),
    )


def _reader(survey: Definition, registry: Registry, year: int) -> Callable[[Document, Book], Content]:
    """Return what reads one file into what it holds."""

    def read(document: Document, book: Book) -> Content:
        content = Content(document.name, document.sha256)
        table = open_table(document, survey, book)
        if table is None:
            return content
        keys = Keys(table, survey, registry, year)
        content.shape, content.rows = table.shape, len(table.body.rows)
        if table.shape == "forms":
            FormReader(table, keys, survey).read(content)
        elif table.shape == "counts":
            content.answers += read_counts(table, keys)
        elif table.shape == "shares":
            content.shares += read_shares(table, keys)
        else:
            content.returned += read_returns(table, keys)
        return content

    return read


def _single(
    contents: Iterable[Content],
    listed: Callable[[Content], list[T]],
    key: Callable[[T], K],
    books: Mapping[str, Book],
) -> dict[K, T]:
    """Return entries by key; what two files report is written down and keeps its unit waiting."""
    found: dict[K, list[T]] = defaultdict(list)
    for content in contents:
        for entry in listed(content):
            found[key(entry)].append(entry)
    for entries in found.values():
        if len({entry.file for entry in entries}) > 1:
            last, place = entries[-1], NC_("part", "《{file}》第{row}行")
            who = NC_("part", "{who}的同一项").format(who=f"{last.unit.name}{last.respondent.name}")
            places = "、".join(place.format(file=entry.file, row=entry.row) for entry in entries)
            at = {"row": last.row, "unit_code": last.unit.code}
            books[last.file].add("Q916", **at, who=who, places=places)
    return {place: entries[0] for place, entries in found.items()}


def _bands(books: Mapping[str, Book], contents: Iterable[Content]) -> None:
    """Write down, in the first file that uses it, a question whose bands share a value."""
    told: set[str] = set()
    for content in contents:
        used = [*(a.question for a in content.answers), *(s.question for s in content.shares)]
        for question in {q.code: q for q in used if q.code not in told}.values():
            told.add(question.code)
            for one, other in overlaps(question):
                books[content.file].add("Q923", question=question.name, one=one.name, other=other.name)


def _compare(answers: Answers, returned: Returned | None, book: Book) -> None:
    """Write down answers that do not fit the questionnaires that came back."""
    if returned is None or returned.returned is None:
        return
    at: dict[str, Any] = {"row": answers.row, "unit_code": answers.unit.code, "who": answers.who}
    given = answered(answers)
    count = sum(answers.bases.values()) if given is None else given
    if answers.forms is None and count > returned.returned:
        numbers = {"count": count, "returned": returned.returned}
        book.add("Q930", **at, respondent=answers.respondent.name, **numbers)


def _forms(
    contents: Iterable[Content], returned: Mapping[tuple[str, str], Returned], books: Mapping[str, Book]
) -> None:
    """Write down a file of questionnaires that has more or fewer than came back."""
    for content in contents:
        for key, count in content.forms.items():
            one = returned.get(key)
            if one and one.returned is not None and one.returned != count:
                at = {"unit_code": one.unit.code, "who": one.unit.name + one.respondent.name}
                books[content.file].add("Q931", **at, count=count, returned=one.returned)


def _waiting(contents: Iterable[Content], books: Mapping[str, Book]) -> set[str]:
    """Return the units that wait. A published percentage proves nothing against counts of another file."""
    waiting: set[str] = set()
    for content in contents:
        book = books[content.file]
        if content.shape != "shares":
            units = {a.unit.code for a in content.answers} | {r.unit.code for r in content.returned}
            waiting |= book.waiting | (units if book.file_waits else set())
    return waiting


def _remark(result: Result, answers: Answers, survey: Definition, book: Book) -> None:
    """Write down what a reader of the result must know: a small or empty sample, an empty stratum."""
    at: dict[str, Any] = {"row": result.row, "unit_code": result.unit.code, "who": answers.who}
    for stratum in empty_strata(answers):
        book.add("Q935", **at, stratum=stratum)
    if not result.valid:
        book.add("Q938", **at)
    elif result.small and result.interval:
        low, high = bounds(result.interval)
        numbers = {"count": result.valid, "minimum": survey.minimum_sample, "low": low, "high": high}
        book.add("Q934", **at, level=survey.confidence, **numbers)
