"""The shipped rulebook says what the catalogue of indicators says."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

from scorecard.names import fold
from scorecard.rulebook import Rulebook
from scorecard.rulebook.lint import lint
from scorecard.rulebook.model import Cat, Chk, Ded, Lad, Lin, Pp, Rng

WEIGHTS = {
    "ZC": [3, 2, 2, 2, 2, 2, 2],
    "XN": [3, 2, 2, 1, 1, 1, 2, 1, 2],
    "XZ": [3, 3, 3, 2, 1, 1, 1, 2, 2, 2],
    "FY": [4, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 3, 1, 1],
    "TH": [12, 2, 2, 1, 1, 2, 1, 1, 1, 1, 1],
    "SJ": [50, 10, 5, 15, 5, 5, 5, 5],
}


def test_the_lint_is_silent(real: Path) -> None:
    """The shipped rulebook has neither an error nor a warning."""
    assert lint(real) == []


def test_weights(book: Rulebook) -> None:
    """7 + 9 + 10 + 14 + 11 = 51 community and 8 street indicators, in printed order, with their weights."""
    cards = {d.code: [int(i.weight) for i in d.indicators] for d in (*book.dimensions, book.street)}
    assert cards == WEIGHTS
    assert [d.weight for d in book.dimensions] == [15, 15, 20, 25, 25]
    assert len(book.community_indicators) == 51


def test_codes_are_numbered_in_order(book: Rulebook) -> None:
    """Codes run 01, 02, … within each dimension."""
    for dimension in (*book.dimensions, book.street):
        numbers = [f"{dimension.code}{n:02d}" for n in range(1, len(dimension.indicators) + 1)]
        assert [i.code for i in dimension.indicators] == numbers


def test_opinion_items_weigh_twenty(book: Rulebook) -> None:
    """The opinion-type items weigh 12 + 2 + 1 + 3 + 2 = 20 of 100."""
    opinion = ("TH01", "TH02", "TH10", "XZ03", "ZC07")
    assert sum(book.indicators[code].weight for code in opinion) == 20


def test_rules_with_their_numbers(book: Rulebook) -> None:
    """One indicator of every rule type has the parameters of the catalogue, as exact decimals."""
    rules = {code: indicator.rule for code, indicator in book.indicators.items()}
    assert rules["ZC01"] == Lin(type="LIN", zero_at=Decimal(70), full_at=Decimal(100))
    assert rules["XZ01"] == Pp(type="PP", target=Decimal(100), per=Decimal("0.3"))
    assert rules["TH04"] == Pp(type="PP", target=Decimal(0), per=Decimal("0.05"), sense="above")
    assert rules["ZC06"] == Ded(type="DED", per=Decimal("0.5"))
    fund, ages, steps = rules["FY02"], rules["XN05"], rules["TH05"]
    assert isinstance(fund, Rng) and fund.above == "zero" and fund.per_below == Decimal("0.05")
    assert isinstance(ages, Rng) and (ages.low, ages.high, ages.per_above) == (25, 50, Decimal("0.05"))
    assert isinstance(steps, Lad)
    assert [(r.at_least, str(r.share)) for r in steps.rungs] == [
        (4, "1.0"),
        (3, "0.75"),
        (2, "0.5"),
        (1, "0.25"),
    ]


def test_rule_types(book: Rulebook) -> None:
    """The 51 rules are of seven types, as many of each as in the catalogue."""
    types = Counter(i.rule.type for i in book.community_indicators)
    assert types == {"LIN": 31, "PP": 8, "LAD": 4, "CHK": 3, "DED": 2, "RNG": 2, "CAT": 1}


def test_checklists_and_categories(book: Rulebook) -> None:
    """FY05 has 23 items, FY06 is 10 and X, TH11 is twice and 85%; FY01 has five levels, best first."""
    elements, services, assembly = (book.indicators[c].rule for c in ("FY05", "FY06", "TH11"))
    assert isinstance(elements, Chk) and elements.parts[0].of == 23
    assert isinstance(services, Chk) and [str(p.points) for p in services.parts] == ["1.5", "0.5"]
    assert isinstance(assembly, Chk) and [p.at_least for p in assembly.parts] == [2, 85]
    levels = book.indicators["FY01"].rule
    assert isinstance(levels, Cat)
    assert [(c.level, c.name, c.share) for c in levels.categories] == [
        (1, "国家级", Decimal("1.0")),
        (2, "省级", Decimal("1.0")),
        (3, "市级", Decimal("0.8")),
        (4, "区级", Decimal("0.6")),
        (5, "无", Decimal(0)),
    ]


def test_counts_out_of_a_constant(book: Rulebook) -> None:
    """A constant denominator is the most that can be counted: 23 elements, 5 spots."""
    maxima = {code: book.indicators[code].inputs[0].maximum for code in ("FY05", "FY12")}
    assert maxima == {"FY05": 23, "FY12": 5}


def test_numerators_that_are_parts(book: Rulebook) -> None:
    """Of the ratios only five have a numerator that may exceed its denominator."""
    free = {i.code for i in book.community_indicators if i.measure == "ratio" and not i.part_of_whole}
    assert free == {"XZ06", "FY02", "XN01", "XN07", "FY04"}


def test_the_same_thing_is_asked_once(book: Rulebook) -> None:
    """Staff, grids and households are one column each, described alike wherever they are used."""
    uses = Counter(item.name for i in book.community_indicators for item in i.inputs)
    assert (uses["年末在岗人数"], uses["网格总数"], uses["总户数"]) == (6, 3, 2)
    staff = {item for i in book.community_indicators for item in i.inputs if item.name == "年末在岗人数"}
    assert len(staff) == 1 and next(iter(staff)).unit == "人"


def test_no_header_is_a_bare_word(book: Rulebook) -> None:
    """Words that several surveys share are never a header or an alias of one of them."""
    words = {
        fold(w) for i in book.indicators.values() for item in i.inputs for w in (item.name, *item.aliases)
    }
    assert not words & {"次数", "场次", "等级", "有效样本", "满意样本", "满意率", "满意度"}


def test_nothing_is_asked_twice(book: Rulebook) -> None:
    """Of seventeen context values three need a column of their own, and none of these must be filled in."""
    assert len(book.context) == 17
    asked = [value.name_zh for value in book.context if value.asked]
    assert asked == ["流动人口", "社区解决件数", "街道及上级解决件数"]


def test_cross_checks(book: Rulebook) -> None:
    """The standard of 1500 people, 400 households a grid and 3.64 groups a grid pass; absurd ones do not."""
    ranges = {(c.left, c.right): (c.minimum, c.maximum) for c in book.cross_checks}
    assert ranges["常住人口", "总户数"] == (Decimal("1.5"), Decimal("4.5"))
    assert ranges["总户数", "网格总数"] == (150, 800)
    low, high = ranges["居民小组数", "网格总数"]
    assert low < Decimal(2312) / 635 < high
    funds = next(value for value in book.context if value.name_zh == "核定工作经费")
    assert (funds.minimum, funds.maximum) == (5, 60)


def test_policies(book: Rulebook) -> None:
    """Grades, quota, tie chain, publicity, veto, funds and the note for ±30% are those of the rules."""
    assert [(g.name_zh, g.at_least, g.quota_percent) for g in book.grades] == [
        ("优秀", 90, 30),
        ("良好", 80, None),
        ("合格", 60, None),
        ("不合格", 0, None),
    ]
    assert [(t.kind, t.code) for t in book.ranking.tie_break] == [
        ("indicator", "TH01"),
        ("deductions", ""),
        ("open_cards", ""),
        ("before_bonus", ""),
        ("dimension", "FY"),
    ]
    assert (book.quota.scope, book.quota.minimum_one) == ("district", False)
    assert (book.ranking.new_units, book.total_floor) == ("apart", 0)
    assert (book.publicity.working_days, book.publicity.first_day_counts) == (7, True)
    assert "V3" not in book.veto.kinds and book.veto.v3_override_document == ""
    assert book.funding.per_community * 56 == 1512
    assert book.year_on_year.note_percent == 30


def test_state_words(book: Rulebook) -> None:
    """Every word of the list of dirty cells is one state; 无 stays a category of FY01 as well."""
    states = {fold(word): state for state, words in book.states for word in words}
    expected = {"不涉及": "not_applicable", "/": "not_applicable", "—": "missing", "-": "missing"}
    expected |= {"未统计": "missing", "暂无": "missing", "无": "missing", "0(零报告)": "zero"}
    expected |= {"零报告": "zero", "待核": "disputed", "同上": "refused"}
    assert {word: states[word] for word in expected} == expected


def test_modifiers(book: Rulebook) -> None:
    """Six bonus and five deduction items; an honour earns 0.5, 1, 2, 3 up to 5 points."""
    kinds = Counter(m.kind for m in book.modifiers)
    assert kinds == {"bonus": 6, "deduction": 5}
    honours = book.modifiers[0].rule
    assert list(map(str, honours.points)) == ["3", "2", "1", "0.5"] and honours.cap == 5
    assert {m.code for m in book.modifiers if m.zero_item} == {"KF02", "KF05"}
