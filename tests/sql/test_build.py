"""The build: same result whatever the circumstances, whole or not at all, and never from another file."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import polars as pl
import pytest

from scorecard.errors import IntegrityError, RulebookError
from scorecard.rulebook.model import Dimension, Grade
from scorecard.scoring import Reported
from scorecard.warehouse import GradeCap, ModifierEvent, Tables, build
from scorecard.warehouse.models import load_checks, load_models, published
from scorecard.warehouse.reference import reference
from scorecard.warehouse.units import number_units
from tests.sql import sample
from tests.sql.sample import YEAR, community, indicator, registry, rulebook, street
from tests.sql.test_agreement import YEARS, District, district, events_of

ROOT = Path(__file__).resolve().parents[2]
OLD_DUCKDB = ROOT / "build" / "duckdb15"


@pytest.fixture(scope="module")
def drawn() -> District:
    """A district of a dozen communities, four years, every state."""
    return district(Random(7))


def build_drawn(folder: Path, drawn: District, frames: Sequence[pl.DataFrame], **more: Any) -> str:
    """Return the result hash of the district built from `frames`, one file each."""
    folder.mkdir(exist_ok=True)
    report = build(
        folder / "warehouse.duckdb",
        rulebook=rulebook(),
        registry_units=drawn.registry,
        years=YEARS,
        assessed_year=YEARS[-1],
        facts=sample.write_facts(folder, frames),
        modifiers=more.pop("modifiers", events_of(drawn)),
        **more,
    )
    return report.result_hash


def test_the_result_does_not_depend_on_circumstances(tmp_path: Path, drawn: District) -> None:
    """Threads, memory, order of rows, files and units, and how rows are spread over files change no bit."""
    whole = sample.fact_frame(drawn.facts)
    mixed = whole.sample(fraction=1, shuffle=True, seed=5)
    hashes = {
        build_drawn(tmp_path / "a", drawn, [whole], threads=1),
        build_drawn(tmp_path / "b", drawn, [whole], threads=2, memory_limit="200MB"),
        build_drawn(tmp_path / "c", drawn, [mixed[i::5] for i in range(5)], threads=2),
        build_drawn(tmp_path / "d", drawn, [whole], modifiers=events_of(drawn)),
    }
    assert len(hashes) == 1


def test_the_result_depends_on_every_number(tmp_path: Path, drawn: District) -> None:
    """A numerator one ten-thousandth higher is another result."""
    whole = sample.fact_frame(drawn.facts)
    changed = whole.with_columns(
        pl.when(pl.int_range(pl.len()) == pl.col("numerator_e4").is_not_null().arg_max())
        .then(pl.col("numerator_e4") + 1)
        .otherwise("numerator_e4")
        .alias("numerator_e4")
    )
    assert build_drawn(tmp_path / "a", drawn, [whole]) != build_drawn(tmp_path / "b", drawn, [changed])


def test_the_previous_duckdb_agrees(tmp_path: Path) -> None:
    """DuckDB 1.5 gives the same hashes as the one installed, from the same SQL text."""
    if not OLD_DUCKDB.is_dir():
        pytest.skip("build/duckdb15 is made by make test")

    def run(path: str) -> list[str]:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in (path, str(ROOT)) if p)}
        command = [sys.executable, "-m", "tests.sql.run_on"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.split()

    new, old = run(""), run(str(OLD_DUCKDB))
    assert new[0] == duckdb.__version__ != old[0]
    assert new[1:] == old[1:]


def test_a_failed_build_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """Two facts of one item stop the build; the finished file and the folder keep every byte."""
    people = registry(street(1), community(1))
    facts = {(YEAR, "990100001001", "AA01"): Reported(numerator=1, denominator=2)}
    sample.make(tmp_path, rulebook(), people, facts).tables.close()
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    twice = sample.write_facts(tmp_path, [sample.fact_frame(facts)])
    (tmp_path / "0001").write_bytes(twice[0].read_bytes())
    with pytest.raises(IntegrityError, match="item: 2 rows for"):
        build(
            tmp_path / "warehouse.duckdb",
            rulebook=rulebook(),
            registry_units=people,
            years=(YEAR,),
            assessed_year=YEAR,
            facts=[tmp_path / "0000", tmp_path / "0001"],
        )
    (tmp_path / "0001").unlink()
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("unit", "code"), [("990100001999", "AA01"), ("990100001001", "ZZ99"), ("990100001001", "CC06")]
)
def test_a_fact_that_cannot_be_scored_is_not_dropped_silently(tmp_path: Path, unit: str, code: str) -> None:
    """A fact of an unknown unit, an unknown indicator, or the other level's indicator stops the build."""
    facts = {(YEAR, unit, code): Reported(numerator=1, denominator=2)}
    with pytest.raises(IntegrityError, match="every_fact_is_scored"):
        sample.make(tmp_path, rulebook(), registry(street(1), community(1)), facts)


def test_a_category_that_the_rule_does_not_know_is_not_zero(tmp_path: Path) -> None:
    """An unknown award level stops the build instead of scoring nothing."""
    facts = {(YEAR, "990100001001", "AA05"): Reported(category="宇宙级")}
    with pytest.raises(IntegrityError):
        sample.make(tmp_path, rulebook(), registry(street(1), community(1)), facts)


def test_a_folder_name_is_never_a_pattern(tmp_path: Path) -> None:
    """In a data folder called `[ab]` the facts of folder `a` are not read."""
    facts = {(YEAR, "990100001001", "AA01"): Reported(numerator=9, denominator=10)}
    other = {(YEAR, "990100001001", "AA01"): Reported(numerator=1, denominator=10)}
    for name, content in (("[ab]", facts), ("a", other), ("b", other)):
        (tmp_path / name).mkdir()
        sample.write_facts(tmp_path / name, [sample.fact_frame(content)])
    built = sample.make(tmp_path / "[ab]", rulebook(), registry(street(1), community(1)), facts)
    [row] = built.tables.rows("report_item", unit_code="990100001001", indicator_code="AA01")
    assert row["numerator_e4"] == 90_000


@pytest.mark.parametrize(
    "event",
    [
        ModifierEvent(YEAR, "990100001001", "JF99", "甲", 100),
        ModifierEvent(YEAR, "990100001999", "JF01", "甲", 100),
        ModifierEvent(YEAR, "990100001001", "JF01", "甲", -100),
        ModifierEvent(YEAR, "990100001001", "JF01", "", 100),
        ModifierEvent(YEAR, "990100001001", "KF02", "甲", 100, "ZZ99"),
    ],
)
def test_an_event_that_fits_nothing_is_refused(tmp_path: Path, event: ModifierEvent) -> None:
    """An event of an unknown unit, modifier or indicator is not left out without a word."""
    with pytest.raises(IntegrityError, match="modifier event 1"):
        sample.make(tmp_path, rulebook(), registry(street(1), community(1)), {}, modifiers=[event])


def test_a_cap_that_fits_nothing_is_refused(tmp_path: Path) -> None:
    """So is a decision about a grade that the rulebook does not have."""
    with pytest.raises(IntegrityError, match="grade cap"):
        sample.make(
            tmp_path,
            rulebook(),
            registry(street(1), community(1)),
            {},
            caps=[GradeCap(YEAR, "990100001001", "Z")],
        )


def _graded(*quotas: int | None) -> tuple[Grade, ...]:
    return tuple(
        sample.grade(code, 90 - 10 * n, quota)
        for n, (code, quota) in enumerate(zip("ABC", quotas, strict=True))
    )


def _only(measure: str, weight: str) -> tuple[Dimension, ...]:
    return (sample.dimension("AA", indicator("AA01", measure, weight, {"type": "MM"})),)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rounding": rulebook().rounding.model_copy(update={"item_decimals": 3})}, "最多 2 位"),
        ({"grades": _graded(10, 20, None)}, "名额"),
        ({"grades": _graded(None, None, 20)}, "名额"),
        (
            {"dimensions": _only("parts", "2")},
            "没有单一数值",
        ),
        (
            {"dimensions": _only("count", "0.125")},
            "最多 2 位小数",
        ),
        (
            {
                "street": sample.dimension(
                    "CC", indicator("CC01", "derived", "5", {"type": "MM"}, derive={"kind": "mean_total"})
                )
            },
            "不能用 MM 规则",
        ),
        (
            {
                "dimensions": _only("count", "0.25"),
                "rounding": rulebook().rounding.model_copy(update={"item_decimals": 1}),
            },
            "小数位数更细",
        ),
    ],
)
def test_a_rulebook_that_cannot_be_worked_out_is_refused(tmp_path: Path, changes: Any, words: str) -> None:
    """What the tables cannot hold is said in Chinese, and nothing is built."""
    with pytest.raises(RulebookError, match=words):
        sample.make(tmp_path, rulebook(**changes), registry(street(1), community(1)), {})
    assert not list(tmp_path.iterdir())


def test_rows_and_export(tmp_path: Path) -> None:
    """Rows come in the order of their grain; values are bound; only published relations and columns exist."""
    people = registry(street(1), *(community(n) for n in (3, 1, 2)))
    tables = sample.make(tmp_path, rulebook(), people, {}).tables
    assert [r["unit_code"][-1] for r in tables.rows("report_unit", year=YEAR)] == ["1", "2", "3"]
    assert tables.rows("report_unit", unit_code="' or true --") == []
    for relation, equals in (
        ("unit_total", {}),
        ("report_unit; --", {}),
        ("report_unit", {"1=1 or x": 1}),
    ):
        with pytest.raises(IntegrityError):
            tables.rows(relation, **equals)
    tables.export("report_unit", tmp_path / "it's.parquet", "parquet", unit_code="990100001002")
    assert pl.read_parquet(tmp_path / "it's.parquet")["unit_code"].to_list() == ["990100001002"]
    tables.export("report_unit", tmp_path / "x.csv", "csv", year=YEAR)
    assert (tmp_path / "x.csv").read_text("utf-8").splitlines()[0].startswith("year,unit_code,street_code")
    with pytest.raises(IntegrityError, match="format"):
        tables.export("report_unit", tmp_path / "x", "xlsx")
    tables.close()


def test_a_file_that_is_no_warehouse(tmp_path: Path) -> None:
    """An absent or foreign file is an integrity error, not an engine's."""
    (tmp_path / "x.duckdb").write_bytes(b"no warehouse at all, but long enough to be looked at" * 100)
    for name in ("x.duckdb", "absent.duckdb"):
        with pytest.raises(IntegrityError, match=name):
            Tables(tmp_path / name)


def test_every_check_can_fail(tmp_path: Path) -> None:
    """Each check finds something in published relations that were tampered with."""
    people = registry(street(1), community(1), community(2))
    facts = {(YEAR, f"99010000100{n}", "AA01"): Reported(numerator=80 + n, denominator=100) for n in (1, 2)}
    facts[YEAR, "990100001001", "AA02"] = Reported("not_applicable")
    sample.make(tmp_path, rulebook(), people, facts).tables.close()
    spoils = {
        "item_has_points": "update item_line set points_e12 = null where fill = 'none'",
        "item_points_in_range": "update item_line set points_e2 = 10000",
        "every_item_is_there": "delete from item_line where indicator_code = 'AA02'",
        "every_fact_is_scored": "update item_line set sha256 = null",
        "dimension_is_sum": "update report_unit_dimension set points_e2 = points_e2 + 1",
        "total_is_sum": "update report_unit set total_e2 = total_e2 + 1",
        "street_is_sum": "update report_street set total_e2 = total_e2 + 1",
        "rank_is_of_assessed": "update report_unit set rank_overall = null",
        "rank_starts_at_one": "update report_unit set rank_overall = rank_overall + 1",
        "states_add_up": "update report_indicator set missing_count = missing_count + 1",
        "grades_add_up": "update report_district set excellent_count = 9, quota = 1",
        "floor_cuts_deductions_only": "update report_unit set deduction_cut_e2 = 1",
        "street_rank_is_of_assessed": "update report_street set grade_code = null",
        "quota_adds_up": "update report_quota set places = places + 1 where unit_level = 'street'",
        "rank_follows_keys": "update report_rank_key set total_e2 = 0 where rank_overall = 1",
        "bounds_hold": "update report_bounds set high_e2 = low_e2 - 1",
        "weights_add_up": "update report_weight set effective_weight_e4 = effective_weight_e4 + 9999",
        "satisfaction_in_range": "update report_district set satisfaction_simple_e4 = 1000000",
    }
    assert set(spoils) == {check.name for check in load_checks()}
    for check in load_checks():
        con = _opened(tmp_path / "warehouse.duckdb", people, facts)
        assert con.execute(check.sql).fetchall() == [], check.name
        con.execute(spoils[check.name])
        assert con.execute(check.sql).fetchall(), check.name
        con.close()


def _opened(path: Path, people: Any, facts: sample.Facts) -> duckdb.DuckDBPyConnection:
    """Return an engine with copies of the published relations and of what checks read besides."""
    book = rulebook()
    con = duckdb.connect()
    con.execute(f"attach '{path}' as built (read_only)")
    for model in published(load_models()):
        source = model.sql if model.view else f"select * from built.{model.name}"
        con.execute(f"create {'view' if model.view else 'table'} {model.name} as {source}")
    con.execute("create schema ref")
    tables = {f"ref.{n}": f for n, f in reference(book, number_units(book, people, (YEAR,))).items()}
    for name, frame in {**tables, "fact": sample.fact_frame(facts)}.items():
        frame.write_parquet(path.with_name("copy.parquet"))
        con.execute(f"create table {name} as select * from read_parquet('{path.with_name('copy.parquet')}')")
    return con
