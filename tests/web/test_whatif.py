"""测算 in a real Chromium: the page's own script must come to what `scorecard.scoring` comes to."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from scorecard import scoring
from scorecard.decisions.model import Cap
from scorecard.publish import ReportInputs, book, publish, whatif
from scorecard.publish.book import Book
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import AvgDev, Best, Chk, Ded, Indicator, Mm, Pp, RankRule, Rng, Rule, Rulebook
from scorecard.scoring import Decisions, Event, Reported, Unit
from tests.golden import fake
from tests.golden.smallbook import small_rulebook

pytestmark = pytest.mark.browser
D = Decimal
BARRED = "990101001001"


def relative() -> Rulebook:
    """The small rulebook with every rule that compares, other policies, other rounding, quotas by type."""
    rules: dict[str, Rule] = {
        "AA01": Mm(type="MM", sense="higher"),
        "AA02": RankRule(type="RANK", shares=(D(1), D("0.9"), D("0.7"))),
        "BB02": AvgDev(type="AVGDEV", per=D("0.05"), sense="above"),
        "BB04": Best(type="BEST"),
    }
    small = small_rulebook()
    dimensions = tuple(
        d.model_copy(
            update={
                "indicators": tuple(
                    i.model_copy(update={"rule": rules.get(i.code, i.rule)}) for i in d.indicators
                )
            }
        )
        for d in small.dimensions
    )
    return small.model_copy(
        update={
            "dimensions": dimensions,
            "missing": small.missing.model_copy(
                update={"not_applicable": "reweight", "disputed": "peer_mean"}
            ),
            "rounding": small.rounding.model_copy(update={"mode": "half_even", "item_decimals": 1}),
            "quota": small.quota.model_copy(update={"scope": "peer_group", "minimum_one": True}),
        }
    )


@dataclass
class Case:
    """A published site with its page open, and what scoring needs to know of the same district."""

    page: Page
    held: Book

    def browser(self, weights: list[int], items: list[Any]) -> list[dict[str, int]]:
        """Return total, rank and grade of every ranked unit as the page's script works them out."""
        found: list[dict[str, int]] = self.page.evaluate(
            "([weights, items]) => WHATIF_SCORE(weights, items)", [weights, items]
        )
        return found

    def ours(self, weights: list[int], changed: dict[tuple[str, str], Reported]) -> list[dict[str, int]]:
        """Return the same by `scorecard.scoring`, the rulebook's weights and points scaled."""
        held, rules = self.held, scaled(self.held.rulebook, weights)
        units = [
            Unit(r["unit_code"], r["street_code"], r["unit_type"], bool(r["assessed"]), held.waits(r))
            for r in held.units.values()
            if r["in_population"]
        ]
        reported = {
            (u.code, c): given(rules.indicators[c], item)
            for u in units
            for c, item in held.items[u.code].items()
        }
        made = scoring.score(rules, units, [], reported | changed, decided(held))
        level = {g.code: n for n, g in enumerate(held.grade_order)}
        return [
            {
                "total": made.totals[r["unit_code"]].total_e2,
                "rank": made.places[r["unit_code"]].overall,
                "grade": level[made.places[r["unit_code"]].grade],
            }
            for r in held.assessed
        ]


def scaled(rules: Rulebook, weights: list[int]) -> Rulebook:
    """Return the rulebook with other weights of dimensions, and all that is in points with them, exactly."""

    def card(dimension: Any, factor: Fraction) -> Any:
        inside = tuple(
            i.model_copy(update={"weight": Fraction(i.weight) * factor, "rule": grown(i.rule, factor)})
            for i in dimension.indicators
        )
        return dimension.model_copy(update={"indicators": inside})

    factors = [Fraction(w, int(d.weight * 100)) for w, d in zip(weights, rules.dimensions, strict=True)]
    made = tuple(card(d, f) for d, f in zip(rules.dimensions, factors, strict=True))
    empty = rules.street.model_copy(update={"indicators": ()})
    return rules.model_copy(update={"dimensions": made, "street": empty})


def grown(rule: Rule, factor: Fraction) -> Rule:
    """Return a rule with what it states in points scaled."""
    match rule:
        case Pp() | Ded() | AvgDev():
            return rule.model_copy(update={"per": Fraction(rule.per) * factor})
        case Rng():
            per = {k: Fraction(getattr(rule, k)) * factor for k in ("per_below", "per_above")}
            return rule.model_copy(update=per)
        case Chk():
            parts = tuple(p.model_copy(update={"points": Fraction(p.points) * factor}) for p in rule.parts)
            return rule.model_copy(update={"parts": parts})
    return rule


def given(indicator: Indicator, item: dict[str, Any] | Any) -> Reported:
    """Return an item as it was reported."""
    numbers = {
        field: None if item[f"{field}_e4"] is None else D(item[f"{field}_e4"]).scaleb(-4)
        for field in ("numerator", "denominator", "value")
    }
    category = item["category"] if indicator.measure == "category" else None
    return Reported(item["state"], **numbers, category=category)


def decided(held: Book) -> Decisions:
    """Return bonus, deduction and the barred unit as decisions."""
    of = {
        kind: next(m.code for m in held.rulebook.modifiers if m.kind == kind)
        for kind in ("bonus", "deduction")
    }
    events = [
        Event(row["unit_code"], of[kind], kind, D(row[f"{kind}_e2"]) / 100)
        for row in held.assessed
        for kind in of
        if row[f"{kind}_e2"]
    ]
    return Decisions(events, {BARRED: held.grade_order[1].code})


@pytest.fixture(scope="module", params=["whole", "relative"])
def case(request: Any, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """The example rulebook, and one of relative rules; two types of communities, one barred, one waiting."""
    rules = load_rulebook(find_rulebook(None, 2025)) if request.param == "whole" else small_rulebook()
    made = fake.inputs(rules, fake.LARGE, waiting=frozenset({"990101002003"}))
    made = made if request.param == "whole" else replace(made, rulebook=relative())
    for row in made.tables.rows("report_unit"):
        row["unit_type"] = ("城市社区", "老旧社区")[int(row["unit_code"][-2:]) // 3 % 2]
    made = replace(made, caps=(Cap(2025, BARRED, made.rulebook.grades[1].code),))
    page = browser.new_context(viewport={"width": 1366, "height": 900}).new_page()
    release = publish(made, tmp_path_factory.mktemp("whatif")).release
    page.goto((release / "whatif.html").as_uri())
    yield Case(page, book.read(made))
    page.context.close()


def base(case: Case) -> tuple[list[int], list[Any]]:
    """Return weights and items as published."""
    held = json.loads(whatif.data(case.held).text.removeprefix("window.WHATIF="))
    return [d["weight_e2"] for d in held["dimensions"]], [u["items"] for u in held["units"]]


def test_nothing_changed_is_what_scoring_says(case: Case) -> None:
    """Total, rank and grade of everybody, ties and quotas among them."""
    weights, items = base(case)
    ours = case.ours(weights, {})
    assert case.browser(weights, items) == ours
    assert len({r["rank"] for r in ours}) < len(ours)  # there is a tie
    assert len({r["grade"] for r in ours}) > 1


def test_other_weights(case: Case) -> None:
    """Whole, odd and next to no weights: each item scaled, then rounded, as if the rulebook said so."""
    weights, items = base(case)
    shift = [0] * (len(weights) - 2)
    for other in (
        [weights[0] + 300, weights[1] - 300, *weights[2:]],
        [weights[0] - 333, weights[1] + 333, *weights[2:]],
        [weights[0] + 1, *weights[1:]],
        [1, weights[0] + weights[1], *(w + s for w, s in zip(weights[2:], shift, strict=True))],
    ):
        assert case.browser(other, items) == case.ours(other, {}), other


def test_other_values(case: Case) -> None:
    """Every indicator twice with seeded numbers: up, down, nothing, another category; a dozen at a time."""
    weights, items = base(case)
    pick = random.Random(5)
    indicators = case.held.rulebook.community_indicators
    asked = [place for place in range(len(indicators)) for _ in range(2)]
    pick.shuffle(asked)
    for start in range(0, len(asked), 26):
        trial = [list(own) for own in items]
        changed: dict[tuple[str, str], Reported] = {}
        for place in asked[start : start + 26]:
            unit = pick.randrange(len(items))
            trial[unit][place], reported = another(pick, indicators[place])
            changed[case.held.assessed[unit]["unit_code"], indicators[place].code] = reported
        assert case.browser(weights, trial) == case.ours(weights, changed), sorted(changed)


def another(pick: random.Random, indicator: Indicator) -> tuple[list[Any], Reported]:
    """Return other numbers of an item, as the page's script and as scoring take them."""
    first, second = pick.choice([0, 1, 7, 48, 120]), pick.choice([0, 1, 9, 52, 121])
    if indicator.measure == "category":
        names = [c.name for c in indicator.rule.categories]  # type: ignore[union-attr]
        at = pick.randrange(len(names))
        return ["o", at], Reported("observed", category=names[at])
    if indicator.measure == "parts":
        return ["o", first * 10**4, second * 10**4], Reported("observed", numerator=first, value=second)
    if indicator.measure in ("ratio", "change"):
        return ["o", first * 10**4, second * 10**4], Reported("observed", first, second)
    return ["o", first * 5_000], Reported("observed", value=D(first) / 2)


def test_half_a_hundredth_goes_up(browser: Browser, tmp_path: Path) -> None:
    """48003÷80000 is worth exactly half a hundredth of a point; a float would not know."""
    rules = small_rulebook()
    made = fake.inputs(rules, fake.SMALL)
    case = Case(browser.new_page(), book.read(made))
    case.page.goto((publish(made, tmp_path).release / "whatif.html").as_uri())
    weights, items = base(case)
    code = case.held.assessed[0]["unit_code"]
    for numerator in (48_003, 48_002):
        trial = [[["o", numerator * 10**4, 80_000 * 10**4], *items[0][1:]], *items[1:]]
        ours = case.ours(weights, {(code, "AA01"): Reported("observed", numerator, 80_000)})
        assert case.browser(weights, trial) == ours
    case.page.close()


def test_the_page_tells_and_keeps_nothing(case: Case) -> None:
    """Typing changes the table and the sentence at once; 恢复 brings the published numbers back."""
    page = case.page
    page.reload()
    rows = (
        "[...document.querySelectorAll('table.what tbody tr')].map(r => [...r.cells].map(c => c.textContent))"
    )
    before = page.evaluate(rows)
    assert all(row[-2].isdigit() for row in before)
    page.get_by_role("textbox").first.fill("20")
    after = page.evaluate(rows)
    assert after != before
    assert [row[:-3] for row in after] == [row[:-3] for row in before]  # the published part stays
    assert "测算，不是考核结果" in page.locator("#whatif [role=status]").inner_text()
    page.get_by_role("textbox").first.fill("20.555")
    assert "请填不小于0的数" in page.locator("#whatif [role=status]").inner_text()
    page.get_by_role("button", name="恢复").click()
    assert page.evaluate(rows) == before
    page.locator("#whatif select").first.select_option(index=2)
    page.locator("#whatif input").last.fill("1")
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert page.evaluate(rows) == before


def test_it_is_small_and_only_on_its_page(site: Path) -> None:
    """The script has at most 12 KB, and no other page asks for it or its data."""
    assert (site / "assets" / "whatif.js").stat().st_size <= 12_000
    asking = {p.name for p in site.rglob("*.html") if "whatif.js" in p.read_text("utf-8")}
    assert asking == {"whatif.html"}


def test_the_public_edition_has_none(tmp_path: Path) -> None:
    """It would need the values that are kept back."""
    made = replace(fake.inputs(small_rulebook(), fake.SMALL), edition="公示版")
    names = {p.name for p in publish(made, tmp_path).release.rglob("*") if p.is_file()}
    assert not [name for name in names if "whatif" in name]


def test_inputs_stay_plain(case: Case) -> None:
    """No name can end the script that carries the data."""
    assert isinstance(case.held.inputs, ReportInputs)
    assert "<" not in whatif.data(case.held).text
