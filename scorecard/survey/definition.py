"""Load a survey's definition: linted, its scales written out, fingerprinted."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from scorecard.errors import RulebookError
from scorecard.names import fold
from scorecard.rulebook.model import Rulebook
from scorecard.rulebook.problem import ERROR, Problem
from scorecard.rulebook.source import read_table, readable_key
from scorecard.rulebook.structure import quoted, sentence, validate
from scorecard.survey.model import Definition, Option, Question, Respondent, Scale

FILE = "survey.toml"

# A [[table]] is written in the singular, as in a rulebook; the model's tuple has the plural.
_PLURAL = {"respondent": "respondents", "scale": "scales", "question": "questions"}
_SINGULAR = {plural: singular for singular, plural in _PLURAL.items()}


def load_definition(path: Path, rulebook: Rulebook) -> Definition:
    """Return the survey in the file `path`.

    What it leaves out of `mean`, `minimum_sample` and the target of the question that feeds the satisfaction
    indicator is as the rulebook's satisfaction policy says.

    Raises:
        RulebookError: The file cannot be used; the text lists every problem as `file: key: reason`.
    """
    problems: list[Problem] = []
    table = read_table(path.parent, path.name, problems)
    definition = None if problems else _typed(path.name, table, rulebook, problems)
    if definition is not None:
        problems += [Problem(path.name, key, ERROR, text) for key, text in _lint(definition, rulebook)]
    if definition is None or problems:
        lines = [f"问卷定义「{path.name}」有{len(problems)}处错误，不能使用：", *map(str, problems)]
        raise RulebookError("\n  ".join(lines))
    return definition.model_copy(update={"sha256": hashlib.sha256(path.read_bytes()).hexdigest()})


def _typed(
    name: str, table: dict[str, Any], rulebook: Rulebook, problems: list[Problem]
) -> Definition | None:
    """Return the typed definition with its scales written out, or None and what is wrong."""
    policy = rulebook.satisfaction
    default = {"mean": policy.mean, "minimum_sample": policy.minimum_sample}
    raw = default | {_PLURAL.get(key, key): value for key, value in table.items()}
    made = validate(Definition, raw)
    if isinstance(made, Definition):
        found = list(quoted(raw, made, ()))
    else:
        found = [(error["loc"], sentence(error)) for error in made]
    for (head, *rest), text in found:
        loc = (_SINGULAR.get(str(head), head), *rest)
        problems.append(Problem(name, readable_key(table, loc), ERROR, text))
    return _written_out(made, rulebook) if isinstance(made, Definition) and not found else None


def _written_out(definition: Definition, rulebook: Rulebook) -> Definition:
    scales = {scale.code: _options(scale, rulebook) for scale in definition.scales}
    policy = rulebook.satisfaction
    questions = []
    for q in definition.questions:
        target = policy.target if q.target is None and q.indicator == policy.indicator else q.target
        options = (*scales.get(q.scale, ()), *q.options)
        questions.append(q.model_copy(update={"options": options, "target": target}))
    return definition.model_copy(update={"questions": tuple(questions)})


def _options(scale: Scale, rulebook: Rulebook) -> tuple[Option, ...]:
    levels = rulebook.satisfaction.levels if scale.rulebook_levels else ()
    ours = (Option(name=v.name, score=v.score, satisfied=v.satisfied) for v in levels)
    return (*ours, *scale.options)


def _lint(definition: Definition, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Yield key and reason of everything that no single value shows."""
    if definition.confidence >= 100:
        yield "confidence", f"应小于 100，现为「{definition.confidence}」"
    for kind, entries in (("respondent", definition.respondents), ("question", definition.questions)):
        yield from _repeated(kind, [(e.code, e.name, *e.aliases) for e in entries])
    yield from _repeated("scale", [(s.code,) for s in definition.scales])
    for respondent in definition.respondents:
        yield from _strata(respondent, definition)
    for question in definition.questions:
        for key, text in _question(question, definition, rulebook):
            yield f"question[{question.code}]{key}", text


def _repeated(key: str, entries: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield words that two entries answer to; the words of one entry may be alike."""
    words = Counter(form for entry in entries for form in {fold(word) for word in entry})
    first = {fold(word): word for entry in entries for word in entry}
    yield from ((key, f"「{first[form]}」用了不止一次") for form, count in words.items() if count > 1)


def _strata(respondent: Respondent, definition: Definition) -> Iterator[tuple[str, str]]:
    key = f"respondent[{respondent.code}].strata"
    yield from _repeated(key, [(s.code, s.name, *s.aliases) for s in respondent.strata])
    if definition.weighting != "none" and len(respondent.strata) == 1:
        yield key, "加权至少要有两层"


def _question(question: Question, survey: Definition, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    known = {scale.code for scale in survey.scales}
    if question.scale and question.scale not in known:
        yield ".scale", f"没有名为「{question.scale}」的量表"
    elif len(question.options) < 2:
        yield ".options", "至少要有两个选项"
    for code in question.respondents:
        if code not in survey.respondent:
            yield ".respondents", f"没有名为「{code}」的调查对象"
    yield from _repeated(".options", [(o.name, *o.aliases) for o in question.options])
    if question.weighted and survey.weighting == "none":
        yield ".weighted", "weighting 是 none，没有加权的办法"
    yield from _answers(question)
    if question.indicator or question.indicator_from:
        yield from _indicator(question, rulebook)


def _answers(question: Question) -> Iterator[tuple[str, str]]:
    """Yield options that contradict the kind of the question or each other."""
    scored = [o for o in question.options if o.score is not None]
    if question.kind == "multiple" and (scored or any(o.satisfied for o in question.options)):
        yield ".kind", "多选题没有满意率和满意度，选项不能有 score 或 satisfied"
    for option in question.options:
        if option.satisfied and not option.in_base:
            yield f".options[{option.name}]", "算作满意的选项必须在基数里"
        if option.score is not None and not option.in_base:
            yield f".options[{option.name}]", "有分值的选项必须在基数里"
        if scored and option.in_base and option.score is None:
            yield f".options[{option.name}].score", "留在基数里的选项都要有分值"
        yield from _bounds(question, option)


def _bounds(question: Question, option: Option) -> Iterator[tuple[str, str]]:
    key = f".options[{option.name}]"
    if option.is_band != (question.kind == "band" and option.in_base):
        yield key, "分档题的每一档都要写上下界，其他选项不写"
    if option.at_most is not None and option.below is not None:
        yield key, "上界只写 at_most（含）或 below（不含）之一"
    upper = option.at_most if option.at_most is not None else option.below
    if upper is not None and option.at_least is not None and not option.at_least <= upper:
        yield key, "下界大于上界"


def _indicator(question: Question, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    indicator = rulebook.indicators.get(question.indicator)
    if indicator is None or indicator.measure != "ratio":
        yield ".indicator", f"考核办法里没有比率指标「{question.indicator}」"
    if question.indicator_from not in question.respondents:
        yield ".indicator_from", "应为本题所问的一类调查对象"
    if not any(option.satisfied for option in question.options):
        yield ".options", "计入指标的题至少要有一个 satisfied = true 的选项"


def overlaps(question: Question) -> Iterable[tuple[Option, Option]]:
    """Yield the pairs of bands that share a value: 51到65 and 65以上 both have 65."""
    bands = [option for option in question.options if option.is_band]
    return [(a, b) for i, a in enumerate(bands) for b in bands[i + 1 :] if _meet(a, b) and _meet(b, a)]


def _meet(low: Option, high: Option) -> bool:
    """Return whether `high` begins before `low` has ended."""
    if high.at_least is None:
        return True
    inside = low.at_most is None or high.at_least <= low.at_most
    return inside and (low.below is None or high.at_least < low.below)
