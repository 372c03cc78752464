"""The example data: published totals, invented codes, and bytes that the generator makes again."""

import csv
import io
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from scorecard.checks import CheckResult
from scorecard.findings import Severity
from scorecard.pipeline.check import CheckRequest, check_files
from scorecard.pipeline.folder import DataFolder
from scorecard.registry import Registry, load_registry
from scorecard.rulebook import Rulebook, find_rulebook, load_rulebook

ROOT = Path(__file__).resolve().parents[2]
DISTRICT = ROOT / "examples" / "district-xx"
YUHUAZHAI = ROOT / "examples" / "yuhuazhai"
YEARS = (2024, 2025)


@pytest.fixture(scope="module")
def generator() -> Iterator[ModuleType]:
    """The generator, imported as its command does."""
    sys.path.insert(0, str(ROOT / "tools"))
    yield import_module("make_examples")
    sys.path.remove(str(ROOT / "tools"))


@pytest.fixture(scope="module")
def registry() -> Registry:
    """The district's registry."""
    return load_registry(DISTRICT / "registry.csv")


@pytest.fixture(scope="module")
def book() -> Rulebook:
    """The rulebook that the examples are made for."""
    return load_rulebook(find_rulebook(None, YEARS[-1]))


@pytest.fixture(scope="module")
def checked() -> dict[int, list[tuple[str, CheckResult]]]:
    """What the checks say of every file, by year, with the file's path in the folder."""
    found: dict[int, list[tuple[str, CheckResult]]] = {}
    for year in YEARS:
        files = DataFolder.open(DISTRICT).files(year)
        results = check_files(CheckRequest([file.path for file in files], DISTRICT, year))
        found[year] = [(file.relative, result) for file, result in zip(files, results, strict=True)]
    return found


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV with the header in its first row, UTF-8 or GB18030."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def source(year: int, owner: str, kind: str) -> Path:
    """Return the file of a department."""
    return DISTRICT / "sources" / str(year) / f"{owner.replace('/', '、')}（{kind}）.csv"


# ── the generator ──


def test_every_committed_file_is_what_the_generator_makes(generator: ModuleType) -> None:
    """No file of the example is edited by hand, missing or left over."""
    assert generator.differences(generator.generated()) == []


def test_the_comparison_sees_a_changed_a_missing_and_a_foreign_file(
    generator: ModuleType, tmp_path: Path
) -> None:
    """`--check` names each kind of difference; a README and a build's products are none."""
    for name, data in {
        "a/x.csv": b"1",
        "a/y.csv": b"2",
        "a/README.md": b"",
        "a/evidence/z": b"",
        "a/new.csv": b"",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    wanted = {"a/x.csv": b"1", "a/y.csv": b"3", "a/gone.csv": b""}
    assert generator.differences(wanted, tmp_path) == [
        "missing: a/gone.csv",
        "different: a/y.csv",
        "not generated: a/new.csv",
    ]


@given(st.integers(0, 5000), st.lists(st.fractions(Fraction(1, 10), 10), min_size=1, max_size=90))
def test_portions_add_up_and_are_fair(total: int, weights: list[Fraction]) -> None:
    """Largest remainder: the parts add up to the total and each is within one of its exact share."""
    sys.path.insert(0, str(ROOT / "tools"))
    parts = import_module("exampledata.seed").portions(total, weights)
    assert sum(parts) == total
    assert all(abs(part - total * w / sum(weights)) < 1 for part, w in zip(parts, weights, strict=True))


# ── the registry ──


def test_published_totals(registry: Registry) -> None:
    """56 assessed communities, 28 城中村, 635 grids, 2312 groups, 35 rebuilt offices."""
    assessed = registry.assessed(2025)
    assert len(assessed) == 56
    assert {reason for _, reason in registry.excluded(2025)} == {"城中村另行考核，单列"}
    assert len(registry.excluded(2025)) == 28
    assert sum(unit.grids or 0 for unit in assessed) == 635
    assert sum(unit.groups or 0 for unit in assessed) == 2312
    assert sum("办公场地已改扩建或新建" in unit.note for unit in assessed) == 35


def test_codes_and_names_are_invented_and_unambiguous(registry: Registry) -> None:
    """Codes begin with 99, which no real place has; no two units share a name."""
    assert all(code.startswith("99") for code in registry.units)
    names = [unit.name for unit in registry.units.values()]
    assert len(names) == len(set(names))
    assert all(unit.note.startswith("示例") for unit in registry.units.values())


def test_sizes_are_plausible(registry: Registry) -> None:
    """About 400 households a grid and 2.2 to 3.6 persons a household, every community on its own."""
    assessed = registry.assessed(2025)
    grids = sum(unit.grids or 0 for unit in assessed)
    assert 390 <= sum(unit.households or 0 for unit in assessed) / grids <= 410
    for unit in assessed:
        assert unit.households and unit.population and unit.grids
        assert Fraction(22, 10) <= Fraction(unit.population, unit.households) <= Fraction(36, 10)
        assert 150 <= Fraction(unit.households, unit.grids) <= 800


def test_types_are_those_of_the_rulebook(registry: Registry, book: Rulebook) -> None:
    """Every assessed community is of a type that the rulebook assesses; no 城中村 is."""
    assert {unit.type for unit in registry.assessed(2025)} == set(book.population_types)
    assert not {unit.type for unit, _ in registry.excluded(2025)} & set(book.population_types)


def test_merger_and_renaming(registry: Registry) -> None:
    """A community of 2025 came from two that 2024 still had; a renamed one is found by its old name."""
    merged = next(unit for unit in registry.assessed(2025) if unit.predecessors)
    before = registry.crosswalk(merged.code, 2024)
    assert [unit.assessed for unit in before] == [True, False]
    assert not any(unit.exists(2025) for unit in before)
    assert len(registry.assessed(2024)) == 56
    renamed = next(unit for unit in registry.assessed(2025) if "原名" in unit.note)
    assert registry.match(renamed.note.partition("原名")[2].partition("；")[0]).unit == renamed


# ── what departments and decisions say ──


@pytest.mark.parametrize("year", YEARS)
def test_funds_add_up_to_the_published_total(year: int, book: Rulebook) -> None:
    """27 万元 for each of 56 communities are 1512 万元, owed and paid."""
    share = next(
        i for i in book.street.indicators if any(item.unit == book.funding.unit for item in i.inputs)
    )
    rows = table(source(year, share.owner, "街道"))
    totals = {item.name: sum(Decimal(row[item.name]) for row in rows) for item in share.inputs}
    assert set(totals.values()) == {Decimal(1512)} == {56 * book.funding.per_community}


def test_simple_and_weighted_satisfaction_differ(registry: Registry, book: Rulebook) -> None:
    """The simple mean of 2025 reaches the target of 90 and the mean by households does not."""
    indicator = book.indicators[book.satisfaction.indicator]
    satisfied, valid = (item.name for item in indicator.inputs)
    rows = table(source(2025, indicator.owner, "社区"))
    rates = [(Fraction(row[satisfied]) * 100 / Fraction(row[valid]), row["社区编码"]) for row in rows]
    homes = [Fraction(registry.units[code].households or 0) for _, code in rates]
    simple = sum(rate for rate, _ in rates) / len(rates)
    weighted = sum(rate * home for (rate, _), home in zip(rates, homes, strict=True)) / sum(homes)
    assert weighted < book.satisfaction.target <= simple
    assert all(49 <= Fraction(row[valid]) <= 61 for row in rows)


@pytest.mark.parametrize("year", YEARS)
def test_each_department_reports_every_assessed_community(year: int, registry: Registry) -> None:
    """A department's file has each community of that year once, in the order of the registry."""
    wanted = [unit.code for unit in registry.assessed(year)]
    for path in (DISTRICT / "sources" / str(year)).glob("*（社区）.csv"):
        assert [row["社区编码"] for row in table(path)] == wanted, path.name


def test_approvals_name_real_units_and_indicators(registry: Registry, book: Rulebook) -> None:
    """An approval carries a document number, and leads to a community of its year and to an indicator."""
    rows = table(DISTRICT / "decisions" / "不涉及.csv")
    assert rows
    for row in rows:
        assert row["文号"]
        assert row["指标编码"] in book.indicators
        assert registry.units[row["社区编码"]].name == row["社区名称"]
        assert registry.units[row["社区编码"]].exists(int(row["年度"]))


# ── what streets sent ──


@pytest.mark.parametrize("year", YEARS)
def test_streets_send_in_six_different_ways(year: int, registry: Registry) -> None:
    """GBK, UTF-16, UTF-8 with and without BOM, two workbooks; each street in its own way."""
    found = {street.name: "" for street in registry.streets(year)}
    for path in (DISTRICT / "submissions" / str(year)).rglob("*"):
        if path.is_file():
            street = next(name for name in found if name in path.name)
            found[street] = _kind(path)
    assert sorted(found.values()) == ["gb18030", "utf-16", "utf-8", "utf-8-sig", "xlsx", "xlsx"]


def _kind(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith(b"PK"):
        assert path.suffix == ".xlsx"
        return "xlsx"
    if data.startswith(b"\xff\xfe"):
        return "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        data.decode("gb18030")
        return "gb18030"
    return "utf-8"


def test_one_street_has_five_of_seven_provincial(book: Rulebook) -> None:
    """Five of seven communities hold 省级 or higher: 71.43 %, as published of another street."""
    path = next((DISTRICT / "submissions" / "2025").glob("*第2版*.csv"))
    _title, *lines = path.read_text("utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    rule = next(i.derive for i in book.street.indicators if i.derive and i.derive.kind == "share_in_category")
    award = book.indicators[rule.of]
    assert award.rule.type == "CAT"
    line = next(c.level for c in award.rule.categories if c.name == rule.category)
    high = {c.name for c in award.rule.categories if c.level <= line}
    held = [row[award.inputs[0].name] for row in rows]
    assert (sum(level in high for level in held), len(held)) == (5, 7)


def test_the_year_before_is_clean(checked: dict[int, list[tuple[str, CheckResult]]]) -> None:
    """2024 has no blocking finding: every file is accepted for all of its units."""
    assert [(name, result.waiting_units) for name, result in checked[2024] if result.blocked] == []


def test_only_five_communities_wait(
    checked: dict[int, list[tuple[str, CheckResult]]], registry: Registry
) -> None:
    """In 2025 five communities wait for corrections: four with blocked cells, one under a name nobody has."""
    latest = [result for name, result in checked[2025] if "第1版" not in name]
    waiting = [code for result in latest for code in result.waiting_units]
    accepted = {code for result in latest if result.form == "A" for code in result.accepted_units}
    names = [registry.units[code].name for code in waiting]
    assert sorted(names) == sorted(["水厂社区", "学府社区", "机务段社区", "科苑社区"])
    lost = {unit.name for unit in registry.assessed(2025)} - {registry.units[code].name for code in accepted}
    assert lost - set(names) == {"林场路社区"}


def test_every_mistake_is_found(checked: dict[int, list[tuple[str, CheckResult]]]) -> None:
    """Each planted mistake gives one error with what was typed, or one for each of two rows; none besides."""
    errors = [
        (finding.code, finding.raw)
        for name, result in checked[2025]
        for finding in result.findings
        if finding.severity is Severity.ERROR and "第1版" not in name
    ]
    typed = dict(errors)
    assert (len(errors), len(typed)) == (7, 6)
    assert [code for code, _ in errors].count("K509") == 2
    assert {typed["C404"], typed["C423"], typed["K502"]} == {"约400", "270000", "林厂路社区"}
    assert typed["C410"].endswith("%")
    assert {"X601", "K509"} < set(typed)


def test_the_corrected_version_is_read_later_and_accepted(
    checked: dict[int, list[tuple[str, CheckResult]]],
) -> None:
    """The first version comes first in natural order and is blocked; the correction is free of errors."""
    files = [file.relative for file in DataFolder.open(DISTRICT).files(2025) if "锦园街道" in file.relative]
    assert [("第1版" in name, "第2版" in name) for name in files] == [(True, False), (False, True)]
    blocked = {name: result.blocked for name, result in checked[2025] if name in files}
    assert [blocked[name] for name in files] == [True, False]


def test_the_four_states_occur(checked: dict[int, list[tuple[str, CheckResult]]]) -> None:
    """True zero, missing, not applicable and disputed all occur among the accepted facts of 2025."""
    states = {state for _, result in checked[2025] for state in result.facts["state"]}
    noted = {finding.code for _, result in checked[2025] for finding in result.findings}
    assert {"observed", "zero", "not_applicable", "disputed"} <= states
    assert {"W801", "W802", "W803", "W804"} <= noted


# ── 鱼化寨街道 ──


def test_yuhuazhai_says_of_every_value_where_it_comes_from() -> None:
    """A row has a value if and only if its note says 来源 or 推算; all else is marked as missing."""
    with python_calamine.CalamineWorkbook.from_path(
        YUHUAZHAI / "submissions" / "2025" / "鱼化寨街道.xlsx"
    ) as book:
        rows = book.get_sheet_by_index(0).to_python()[2:]
    for *_, numerator, denominator, value, text, note in rows:
        filled = any((numerator, denominator, value, text))
        assert str(note).startswith(("来源：", "推算：") if filled else "缺报：")
    levels = [row[8] for row in rows if row[8]]
    assert (levels.count("省级"), len(levels)) == (5, 7)


def test_yuhuazhai_registry_invents_no_figure() -> None:
    """Names are real, codes are marked as invented, sizes are unknown; old names lead to 金域牟家社区."""
    registry = load_registry(YUHUAZHAI / "registry.csv")
    units = registry.communities(2025)
    assert len(units) == 7
    assert all(unit.households is None and unit.population is None and unit.grids is None for unit in units)
    found = {registry.match(name).unit for name in ("金域牟家社区", "牟家村回迁社区", "金域牟家")}
    assert found == {registry.match("金域牟家").unit} and None not in found
