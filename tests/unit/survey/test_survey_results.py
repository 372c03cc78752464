"""From files to rates: worked examples, and the three means that may disagree."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.rulebook import find_rulebook
from scorecard.survey import Report, facts_csv, render_json, render_text
from scorecard.survey.definition import load_definition
from tests.unit.survey.survey_files import (
    COUNTS,
    DEFINITION,
    EAST,
    FORMS,
    NORTH,
    RETURNS,
    SOUTH,
    counts,
    evaluated,
    found,
    registry,
    rulebook,
)

_STRATA = "社区名称,调查对象,分层,题目,选项,份数\n"


def strata(unit: str, **by: tuple[int, int]) -> str:
    """Return rows of residents by stratum: satisfied and not satisfied."""
    return "".join(
        f"{unit},居民,{stratum},Q1,{option},{n}\n"
        for stratum, pair in by.items()
        for option, n in zip(("满意", "不满意"), pair, strict=True)
    )


def test_rate_and_score_are_two_things(tmp_path: Path) -> None:
    """30 of 36 valid are satisfied: 83.33 %; their mean score is 78.89. 4 不了解 leave the base."""
    (result,) = evaluated(tmp_path, COUNTS + counts("城北社区", 10, 20, 3, 2, 1, 4)).results
    assert result.rate == Fraction(30, 36)
    assert result.score == Fraction(10 * 100 + 20 * 80 + 3 * 60 + 2 * 30, 36)
    assert (result.valid, result.dont_know) == (36, 4)
    assert result.interval is not None and (result.interval.low, result.interval.high) == (6811, 9213)


def test_dont_know_may_stay_in_the_base(tmp_path: Path) -> None:
    """Where the survey says so, 不了解 counts as not satisfied: 30 of 40."""
    kept = DEFINITION.replace("dont_know = true, in_base = false", "dont_know = true, score = 0")
    (result,) = evaluated(tmp_path, COUNTS + counts("城北社区", 10, 20, 3, 2, 1, 4), definition=kept).results
    assert (result.rate, result.valid, result.dont_know) == (Fraction(30, 40), 40, 4)


def test_kinds_are_never_pooled(tmp_path: Path) -> None:
    """Residents and staff of one community are two results, whatever the order of the rows."""
    rows = strata("城北社区", 普通=(3, 1), 特殊=(0, 0)) + "城北社区,工作人员,,Q1,满意,5\n"
    results = evaluated(tmp_path, _STRATA + rows).results
    assert [(r.respondent.code, r.valid, r.rate) for r in results] == [
        ("resident", 4, Fraction(3, 4)),
        ("staff", 5, Fraction(1)),
    ]


@given(st.lists(st.integers(0, 9), min_size=6, max_size=6), st.integers(0, 3))
def test_forms_and_counts_agree(numbers: list[int], blank: int) -> None:
    """One row per questionnaire gives the same rates and interval as the counts of the same answers."""
    levels = ("非常满意", "满意", "基本满意", "不满意", "非常不满意", "不了解", "")
    answers = [level for level, n in zip(levels, [*numbers, blank], strict=True) for _ in range(n)]
    rows = "".join(f"{n},城北社区,社工,{answer},30,停车\n" for n, answer in enumerate(answers))
    with TemporaryDirectory() as name:
        by_count = evaluated(Path(name), COUNTS + counts("城北社区", *numbers)).results[0]
        by_form = [r for r in evaluated(Path(name), FORMS + rows).results if r.question.code == "Q1"]
    if not answers:
        assert by_form == []
        return
    (one,) = by_form
    assert (one.valid, one.rate, one.score, one.interval) == (
        by_count.valid,
        by_count.rate,
        by_count.score,
        by_count.interval,
    )
    assert (one.blank, one.returned) == (blank, len(answers))


def test_bands_and_several_answers(tmp_path: Path) -> None:
    """An age falls into its band; of several answers each counts; a form is valid if one of them is."""
    answers = ("满意,35,停车；卫生", "满意,36,卫生", ",69,都不要", ",,")
    forms = "".join(f"{n},城北社区,社工,{answer}\n" for n, answer in enumerate(answers))
    _, age, wishes = evaluated(tmp_path, FORMS + forms).results
    assert dict(age.counts) == {"35以下": 1, "36到50": 1, "50以上": 1}
    assert (dict(wishes.counts), wishes.valid, wishes.blank) == ({"停车": 1, "卫生": 2, "都不要": 1}, 2, 1)
    assert wishes.rate is wishes.score is wishes.interval is None


def test_issued_returned_refused(tmp_path: Path) -> None:
    """The table of returns travels with the result; who gave no answer follows from it."""
    report = evaluated(tmp_path, COUNTS + counts("城北社区", 3, 3), RETURNS + "城北社区,社工,12,8,2\n")
    (result,) = report.results
    assert (result.issued, result.returned, result.refused, result.blank) == (12, 8, 2, 2)
    assert report.findings == ()


@pytest.mark.parametrize(
    ("weighting", "rate", "base", "effective"),
    [
        ("none", Fraction(18, 30), 30, 30),
        ("forms", Fraction(4 * 9 + 9, 4 * 10 + 20), 60, Fraction(60**2, 16 * 10 + 20)),
        ("strata", Fraction(4, 5) * Fraction(9, 10) + Fraction(1, 5) * Fraction(9, 20), 30, None),
    ],
)
def test_weights(
    weighting: str, rate: Fraction, base: int, effective: Fraction | int | None, tmp_path: Path
) -> None:
    """普通 9 of 10, 特殊 9 of 20, 4 to 1: unweighted 60 %, by forms 75 %, by strata 81 %."""
    weighted = DEFINITION.replace('"none"', f'"{weighting}"')
    if weighting != "none":
        weighted = weighted.replace("target = 90", "weighted = true")
    rows = _STRATA + strata("城北社区", 普通=(9, 1), 特殊=(9, 11))
    (result,) = evaluated(tmp_path, rows, definition=weighted).results
    assert (result.rate, result.base, result.valid) == (rate, base, 30)
    assert result.effective <= 30
    assert effective is None or result.effective == effective


def three(*pairs: tuple[int, int]) -> str:
    """Return staff answers of the three communities: satisfied and not satisfied."""
    names = ("城北社区", "城南社区", "城东社区")
    return COUNTS + "".join(counts(n, 0, yes, 0, no) for n, (yes, no) in zip(names, pairs, strict=True))


@pytest.mark.parametrize(
    ("pairs", "homes", "simple", "households", "pooled"),
    [
        (((50, 0), (50, 0), (35, 15)), (100, 100, 900), True, False, True),
        (((10, 0), (10, 0), (70, 30)), (900, 900, 10), True, True, False),
        (((80, 0), (40, 10), (8, 2)), (900, 50, 50), False, True, True),
        (((50, 0), (50, 0), (35, 15)), (1, 1, 1), True, True, True),
    ],
)
def test_three_means_on_different_sides(
    pairs: tuple[tuple[int, int], ...],
    homes: tuple[int, ...],
    simple: bool,
    households: bool,
    pooled: bool,
    tmp_path: Path,
) -> None:
    """“平均达到90%以上” depends on the mean that is taken; exactly 90 reaches it."""
    (one,) = evaluated(tmp_path, three(*pairs), units=registry(households=homes)).districts
    assert [one.reaches("simple"), one.reaches("households"), one.reaches("pooled")] == [
        simple,
        households,
        pooled,
    ]
    assert one.undecided is (len({simple, households, pooled}) > 1)


def test_one_unknown_number_of_households(tmp_path: Path) -> None:
    """Without a community's 户数 there is no mean by households: unknown is not 0, and the page says so."""
    units = registry(households=(1000, None, 3000))
    report = evaluated(tmp_path, three((9, 1), (8, 2), (10, 0)), units=units)
    (one,) = report.districts
    assert one.households is None and one.reaches("households") is None
    assert (one.simple, one.pooled, one.reached) == (Fraction(9, 10), Fraction(27, 30), (NORTH, EAST))
    assert "户数不全" in render_text(report)


def with_fact() -> str:
    """Return the definition with the question feeding an indicator, as residents answer it."""
    fed = 'indicator = "TH01"\nindicator_from = "resident"\n'
    return DEFINITION.replace("target = 90\n", f"target = 90\n{fed}")


def test_facts_are_canonical(tmp_path: Path) -> None:
    """Residents' satisfied and valid forms, by unit; not staff, and no community without a valid answer."""
    rows = (
        _STRATA + strata("城南社区", 普通=(9, 1), 特殊=(1, 0)) + strata("城北社区", 普通=(3, 0), 特殊=(0, 0))
    )
    rows += "城东社区,居民,普通,Q1,不了解,4\n城北社区,工作人员,,Q1,满意,5\n"
    report = evaluated(tmp_path, rows, definition=with_fact())
    assert facts_csv(report.facts) == (
        "year,unit_code,indicator_code,numerator,denominator,value,text\n"
        f"2025,{NORTH},TH01,3.00,3.00,,\n2025,{SOUTH},TH01,10.00,11.00,,\n"
    )
    assert [f.unit_code for f in found(report, "Q938")] == [EAST]


def test_two_files_about_the_same_answers(tmp_path: Path) -> None:
    """The same group in two files is an error that names both, and the unit waits."""
    one = COUNTS + counts("城北社区", 1, 2)
    report = evaluated(tmp_path, one, one)
    (finding,) = found(report, "Q916")
    assert "《1.csv》第2行、《2.csv》第2行" in finding.message
    assert report.results == ()


def test_order_of_files_and_rows_does_not_matter(tmp_path: Path) -> None:
    """Results and facts come in one order, whichever file was named first."""
    a, b = COUNTS + counts("城北社区", 3, 3), COUNTS + counts("城南社区", 4, 4)
    mixed = COUNTS + counts("城南社区", 4, 4) + counts("城北社区", 3, 3)

    def shown(report: Report) -> list[tuple[str, str, Fraction | None]]:
        return [(r.unit.code, r.question.code, r.rate) for r in report.results]

    assert (
        shown(evaluated(tmp_path, a, b))
        == shown(evaluated(tmp_path, b, a))
        == shown(evaluated(tmp_path, mixed))
    )


def test_reports_are_the_same_twice_and_hold_the_same(tmp_path: Path) -> None:
    """Text and JSON are the same bytes twice; JSON has exact fractions, text their rounding."""
    texts = [COUNTS + counts("城北社区", 10, 20, 3, 2, 1, 4), RETURNS + "城北社区,社工,50,40,3\n"]
    first, second = evaluated(tmp_path, *texts), evaluated(tmp_path, *texts)
    record = render_json(first)
    assert (render_text(first), json.dumps(record)) == (render_text(second), json.dumps(render_json(second)))
    (result,) = record["results"]
    assert (result["rate"], result["rate_percent"]) == ("5/6", "83.33")
    assert (result["score"], result["score_printed"], record["survey"]["z"]) == ("710/9", "78.89", "1.959964")
    for shown in ("83.33", "68.11～92.13", "78.89", "不了解4", "50", "40"):
        assert shown in render_text(first)


def test_a_users_text_cannot_start_a_line(tmp_path: Path) -> None:
    """Control characters and line breaks that somebody typed stay inside the line of their finding."""
    report = evaluated(tmp_path, COUNTS + '城北社区,"社工\n【错误】假的\x1b[31m",Q1,满意,3\n')
    assert not any(line.startswith(("【错误】假", "\x1b")) for line in render_text(report).splitlines())
    assert "\x1b" not in render_text(report)


def test_the_shipped_survey_is_the_rulebooks(tmp_path: Path) -> None:
    """The survey beside the rulebook takes levels, target and smallest sample from the rulebook."""
    path = find_rulebook(None, 2025) / "survey.toml"
    survey, policy = load_definition(path, rulebook()), rulebook().satisfaction
    (asked,) = [q for q in survey.questions if q.indicator == policy.indicator]
    levels = [(o.name, o.score, o.satisfied) for o in asked.options if o.score is not None]
    assert levels == [(v.name, v.score, v.satisfied) for v in policy.levels]
    assert (survey.minimum_sample, survey.mean, asked.target) == (
        policy.minimum_sample,
        policy.mean,
        policy.target,
    )
    assert survey.confidence == Decimal(95) and asked.weighted
