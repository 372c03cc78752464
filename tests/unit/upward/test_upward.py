"""Communities rate departments: exact means, nothing shown of few, and suggestions that act on nobody."""

import random
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.findings import Finding
from scorecard.intake import read_bytes
from scorecard.messages.lists import LISTS
from scorecard.privacy import mask
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.upward import Upward, lint
from scorecard.upward import TRANSITIONS, Context, Result, Source, Suggestion, Taken, take

REGISTRY = load_registry(Path(__file__).parents[3] / "examples" / "district-xx" / "registry.csv")
RULEBOOK = load_rulebook(find_rulebook(None, 2025))
assert RULEBOOK.upward is not None
UPWARD: Upward = RULEBOOK.upward
UNITS = REGISTRY.assessed(2025)
A, B, C = (item.name for item in UPWARD.items)
LIST = "被评单位,类别,应评社区,别名\n区城管局,部门,,城管局\n区民政局,部门,,\n市五中,辖区单位,{},\n"
RATED = LIST.format("、".join(u.name for u in UNITS[:6]))
RATES = f"社区名称,被评单位,{A},{B},{C},意见\n"
STEPS = "建议编号,社区名称,被建议单位,建议种类,环节,结论,日期,级别,文号,事由\n"
File = tuple[str, str]
NAMES: File = ("upward/2025/被评单位.csv", RATED)


def rates(*rows: str, name: str = "upward/2025/评议.csv") -> File:
    """Return a rating table."""
    return name, RATES + "".join(row + "\n" for row in rows)


def steps(*rows: str) -> File:
    """Return a table of suggestions."""
    return "upward/2025/建议.csv", STEPS + "".join(row + "\n" for row in rows)


def taken(*files: File, as_of: date = date(2025, 12, 31), upward: Upward = UPWARD) -> Taken:
    """Take files as (path, text); a path with 更正 is a correction."""
    sources = [
        Source(path, read_bytes(path, text.encode()), order, "更正" in path)
        for order, (path, text) in enumerate(files)
    ]
    levels = RULEBOOK.veto.effective_levels
    return take(sources, Context(upward, levels, REGISTRY, 2025, as_of, mask))


def findings(result: Taken) -> list[Finding]:
    """Return every finding."""
    return [f for read in result.reads for f in read.notes.findings] + list(result.findings)


def of(result: Taken, name: str) -> Result:
    """Return one rated unit's result."""
    return next(r for r in result.ratings.results if r.name == name)


def good(n: int, name: str = "区城管局", answers: str = "很好,较好,一般") -> list[str]:
    """Return ratings of the first n communities."""
    return [f"{unit.name},{name},{answers}," for unit in UNITS[:n]]


def test_a_mean_by_hand() -> None:
    """Four at (100+80+60)/3 = 80, one at (30+60)/2 = 45 beside 不了解: (4×80+45)/5 = 73.00."""
    result = of(taken(NAMES, rates(*good(4), f"{UNITS[4].name},城管局,较差,不了解,一般,太慢")), "区城管局")
    assert (result.asked, result.responded, result.valid) == (56, 5, 5)
    assert result.mean_e2 == 7300
    assert result.response_e2 == 893  # 5 ÷ 56 = 8.928… %
    first, second, third = result.items
    assert (first.mean_e2, first.counts) == (
        8600,
        {"很好": 4, "较好": 0, "一般": 0, "较差": 1, "不了解": 0},
    )
    assert second.counts is None and second.mean_e2 is None  # four scored answers are too few to show
    assert third.mean_e2 == 6000
    assert result.comments == ("太慢",)


@pytest.mark.parametrize("count", [1, 4])
def test_nothing_is_shown_of_few(count: int) -> None:
    """Fewer than five: no count, no mean, no distribution, no rank, no comment, no name."""
    rows = [row + "意见" for row in good(count)]
    result = taken(NAMES, rates(*rows))
    found = of(result, "区城管局")
    assert not found.shown
    assert (found.responded, found.valid, found.response_e2, found.mean_e2, found.rank) == (None,) * 5
    assert all(i.counts is None and i.valid is None and i.mean_e2 is None for i in found.items)
    assert found.comments == ()


def test_nobody_learns_who_said_what() -> None:
    """No result, suppressed or not, and no finding about a rating names the community that wrote it."""
    rows = [*good(6), f"{UNITS[6].name},区民政局,很坏,,,", f"{UNITS[7].name},区民政局,,,,"]
    rows += [f"{UNITS[8].name},市五中,很好,,,", f"{UNITS[0].name},区城管局,较差,,,"]
    result = taken(NAMES, rates(*rows))
    said = repr(result.ratings.results) + "".join(f.message + f.fix + f.raw for f in findings(result))
    assert {f.code for f in findings(result)} == {"W983", "W984", "W985", "W986"}
    assert not [u.name for u in UNITS[:9] if u.name in said]
    assert not [f.unit_code for f in findings(result) if f.unit_code]


def test_ranks_are_within_a_kind_and_of_what_is_shown() -> None:
    """Departments 1, 2; 市五中 alone in its kind; equal means share a rank."""
    rows = [*good(6), *good(6, "区民政局", "很好,很好,很好"), *good(5, "市五中", "一般,一般,一般")]
    result = taken(NAMES, rates(*rows))
    assert [(r.name, r.rank, r.ranked) for r in result.ratings.results] == [
        ("区城管局", 2, 2),
        ("区民政局", 1, 2),
        ("市五中", 1, 1),
    ]
    tied = taken(NAMES, rates(*good(6), *good(6, "区民政局")))
    assert [r.rank for r in tied.ratings.results] == [1, 1, None]


@given(st.lists(st.lists(st.sampled_from(UPWARD.options), min_size=3, max_size=3), min_size=5, max_size=30))
def test_the_mean_is_the_mean_of_means(answers: list[list[object]]) -> None:
    """Whatever is answered: half-up of the exact mean over communities with a score, or nothing."""
    rows = [
        f"{u.name},区城管局,{','.join(o.name for o in own)}," for u, own in zip(UNITS, answers, strict=False)
    ]
    own = [[Fraction(o.score) for o in row if o.score is not None] for row in answers]
    means = [sum(row) / len(row) for row in own if row]
    found = of(taken(NAMES, rates(*rows)), "区城管局")
    if len(means) < UPWARD.minimum:
        assert found.mean_e2 is None
    else:
        exact = sum(means, Fraction(0)) / len(means) * 100
        assert found.mean_e2 is not None
        assert abs(found.mean_e2 - exact) <= Fraction(1, 2)


def test_the_order_of_rows_never_matters() -> None:
    """Ratings and suggestions shuffled give the same results."""
    rows = [*good(8), *good(7, "区民政局", "一般,较差,很好"), f"{UNITS[0].name},区民政局,很好,很好,很好,"]
    told = [
        f"J1,{UNITS[0].name},市五中,黄牌,建议,,2025-03-01,社区,,不配合",
        "J1,,,,街道意见,同意,2025-03-10,街道,街〔2025〕1号,",
        "J1,,,,区级决定,采纳,2025-04-01,区级,区〔2025〕2号,",
        f"J2,{UNITS[1].name},市五中,一票否决,建议,,2025-03-01,社区,,",
    ]
    lots = random.Random(3)
    wanted = taken(NAMES, rates(*rows), steps(*told)).ratings
    for _ in range(20):
        lots.shuffle(rows)
        lots.shuffle(told)
        assert taken(NAMES, rates(*rows), steps(*told)).ratings == wanted


def walk(*rows: str, as_of: date = date(2025, 12, 31)) -> tuple[Suggestion | None, list[str]]:
    """Return the only suggestion and the codes of the findings."""
    result = taken(NAMES, steps(*rows), as_of=as_of)
    found = result.ratings.suggestions
    return (found[0] if found else None), sorted(f.code for f in findings(result))


PROPOSE = f"J1,{UNITS[0].name},市五中,黄牌,建议,,2025年3月1日,社区,,不配合"
STREET = "J1,,,,街道意见,同意,2025-03-10,街道,街〔2025〕1号,"
DECLINE = "J1,,,,街道意见,不同意,2025-03-10,街道,街〔2025〕1号,"
DECIDE = "J1,,,,区级决定,采纳,2025-04-01,区级,区〔2025〕2号,"
WITHDRAW = "J1,,,,撤回,,2025-03-20,社区,,"


@pytest.mark.parametrize(
    ("rows", "state", "taken_steps", "said"),
    [
        ((PROPOSE,), "proposed", 1, []),
        ((PROPOSE, STREET), "supported", 2, []),
        ((PROPOSE, DECLINE), "declined", 2, []),
        ((PROPOSE, DECLINE, DECIDE), "adopted", 3, []),
        ((PROPOSE, STREET, DECIDE), "adopted", 3, []),
        ((PROPOSE, STREET, DECIDE.replace("采纳", "不采纳")), "rejected", 3, []),
        ((PROPOSE, STREET, WITHDRAW), "withdrawn", 3, []),
        ((PROPOSE, DECIDE), "proposed", 1, ["W987"]),
        ((PROPOSE, STREET, DECLINE), "declined", 2, ["W987"]),
        ((PROPOSE, PROPOSE, STREET), "supported", 2, ["W987"]),
        ((PROPOSE, STREET, WITHDRAW, DECIDE), "withdrawn", 3, ["W987"]),
        ((PROPOSE, STREET.replace("03-10", "02-10")), "proposed", 1, ["W987"]),
        ((PROPOSE, STREET, DECIDE.replace("区级,区", "街道,区")), "supported", 2, ["W988"]),
        ((PROPOSE, STREET, DECIDE.replace("区〔2025〕2号", "")), "supported", 2, ["W988"]),
        ((PROPOSE, STREET.replace("同意", "看看")), "proposed", 1, ["W988"]),
        ((PROPOSE, STREET, DECIDE.replace("2025-04-01", "2026-04-01")), "supported", 2, ["W964"]),
        ((PROPOSE, STREET.replace("2025-03-10", "3月10日")), "proposed", 1, ["W974"]),
    ],
)
def test_steps_follow_the_table(rows: tuple[str, ...], state: str, taken_steps: int, said: list[str]) -> None:
    """建议 → 街道意见 → 区级决定, with document and level; a jump is said and not taken."""
    found, codes = walk(*rows)
    assert found is not None
    assert (found.state, len(found.steps), codes) == (state, taken_steps, said)


@pytest.mark.parametrize(
    "row",
    [
        PROPOSE.replace("市五中", "火星"),
        PROPOSE.replace("黄牌", "红牌"),
        PROPOSE.replace(UNITS[0].name, ""),
        PROPOSE.replace("建议,,", "上访,,"),
        PROPOSE.replace("J1", ""),
    ],
)
def test_what_is_no_proposal(row: str) -> None:
    """Without who, against whom, what and a number there is no suggestion."""
    assert walk(row) == (None, ["W988"])


def test_final_states_lead_nowhere() -> None:
    """After the district's decision, or a withdrawal, nothing follows."""
    before = {state for t in TRANSITIONS.values() for state in t.before}
    assert before == {None, "proposed", "supported", "declined"}


def test_a_correction_replaces_a_rating() -> None:
    """The corrected row counts, and nothing is said against it."""
    fixed = rates(f"{UNITS[0].name},区城管局,很好,很好,很好,", name="upward/2025/评议（更正）.csv")
    result = taken(NAMES, rates(*good(5)), fixed)
    assert of(result, "区城管局").mean_e2 == 8400
    assert findings(result) == []


def test_scopes() -> None:
    """应评社区 may name streets; an unknown one refuses the row of the list."""
    street = REGISTRY.streets(2025)[0]
    names = (
        "upward/2025/a.csv",
        f"被评单位,类别,应评社区\n供水公司,服务单位,{street.name}\n某局,部门,火星\n",
    )
    result = taken(names)
    assert of(result, "供水公司").asked == sum(REGISTRY.street_of(u.code) == street for u in UNITS)
    assert [f.code for f in findings(result)] == ["W988"]


SCENARIOS: dict[str, tuple[File, ...]] = {
    "W981": (NAMES, rates(f"{UNITS[0].name},区火星局,很好,,,")),
    "W982": (rates(f"{UNITS[0].name},区城管局,很好,,,"),),
    "W983": (NAMES, rates(f"{UNITS[0].name},区城管局,坏,,,")),
    "W984": (NAMES, rates(f"{UNITS[0].name},区城管局,,,,")),
    "W985": (NAMES, rates(f"{UNITS[9].name},市五中,很好,,,")),
    "W986": (NAMES, rates(f"{UNITS[0].name},区城管局,很好,,,", f"{UNITS[0].name},区城管局,较差,,,")),
    "W987": (NAMES, steps(STREET)),
    "W988": (("upward/2025/a.csv", "被评单位,类别\n某局,衙门\n"),),
    "W989": (("upward/2025/a.csv", "社区名称,建议编号\n某,1\n"),),
}


@pytest.mark.parametrize("code", SCENARIOS)
def test_every_finding_comes(code: str) -> None:
    """The finding comes with a sentence and a fix; an invalid value is quoted."""
    found = [f for f in findings(taken(*SCENARIOS[code])) if f.code == code]
    assert found
    for finding in found:
        assert finding.message.endswith("。") and finding.fix.endswith("。")
        assert not finding.raw or f"「{finding.raw}」" in finding.message


def test_every_sentence_has_a_scenario() -> None:
    """W980, a rulebook without the chapter, is the build's."""
    assert {code for code in LISTS if "W980" <= code < "W990"} == {*SCENARIOS, "W980"}


@pytest.mark.parametrize("text", ["<b>坏</b>", "=1+1", "电话13812345678", "长" * 1900])
def test_hostile_comments(text: str) -> None:
    """A comment is kept as text, masked and capped; the numbers do not change."""
    result = taken(NAMES, rates(*good(4), f"{UNITS[4].name},区城管局,很好,较好,一般,{text}"))
    found = of(result, "区城管局")
    assert found.mean_e2 == 8000
    assert len(found.comments[0]) <= 301 and "13812345678" not in found.comments[0]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"kinds": ("部门", "部 门")}, "kinds"),
        ({"options": (*UPWARD.options, UPWARD.options[0])}, "options"),
        ({"options": UPWARD.options[-1:] + UPWARD.options[:1]}, "options"),
        ({"items": (*UPWARD.items, UPWARD.items[0])}, "items"),
    ],
)
def test_lint_of_the_chapter(change: dict[str, object], key: str) -> None:
    """Names twice, and a scale that cannot tell good from bad, are named; the shipped one is clean."""
    assert not list(lint(UPWARD))
    assert key in {where for where, _ in lint(UPWARD.model_copy(update=change))}
