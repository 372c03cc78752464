"""Whatever is typed: no fact from a cell with an error, no clean unit lost, never an exception."""

import unicodedata
from decimal import Decimal

import polars as pl
import pytest
from checks_files import CODES, NAMES, run
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.checks import CheckResult, render_json, render_text
from scorecard.checks.cell import CELL_SCHEMA
from scorecard.checks.schema import broken
from scorecard.errors import IntegrityError

HEADER = [
    "社区名称",
    "年末在岗人数",
    "持证人数",
    "两校开课次数",
    "核定工作经费",
    "居民代表大会出席率",
    "居民代表大会次数",
]
MESSY = [
    "约3",
    "12²",
    "=A1",
    "-3",
    "270000",
    "不涉及",
    "待核",
    "—",
    "同上",
    "",
    "0",
    "<b>",
    "6.1E+11",
    "90%",
    "9O",
]

number = st.integers(0, 40).map(str)
# A control character makes a file no text at all, and intake refuses it whole: not a matter of single cells.
letters = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=8)
cell = st.one_of(number, st.sampled_from(MESSY), letters)
row = st.lists(cell, min_size=6, max_size=6)
name = st.one_of(st.sampled_from(NAMES), st.sampled_from(["时尚", "远望社区", "合计", "", "3507"]))


def errors(result: CheckResult) -> list[tuple[int, str]]:
    """Return row and column of every error about a cell."""
    return [(f.row, f.column) for f in result.findings if f.severity == "error" and f.row and f.column]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(name, row), min_size=1, max_size=8))
def test_no_fact_comes_from_a_cell_with_an_error(rows: list[tuple[str, list[str]]]) -> None:
    """Source cells of facts and cells of errors never meet; nor do accepted and waiting units."""
    result = run([HEADER, *([unit, *cells] for unit, cells in rows)])
    wrong = set(errors(result))
    for fact in result.facts.iter_rows(named=True):
        assert not wrong & {(fact["row"], column) for column in fact["columns"].split(",")}
    assert not set(result.accepted_units) & set(result.waiting_units)
    assert set(result.facts["unit_code"]) <= set(result.accepted_units) | set(result.waiting_units)
    assert result.facts.select("unit_code", "indicator_code").is_unique().all()
    assert render_text(result)
    assert render_json(result)["summary"]["facts"] == result.facts.height


@settings(max_examples=20, deadline=None)
@given(st.lists(row, min_size=3, max_size=3), st.integers(0, 3))
def test_a_clean_unit_is_never_lost(rows: list[list[str]], place: int) -> None:
    """Between whatever neighbours, a community without a fault keeps all its facts."""
    clean = [NAMES[3], "8", "5", "12", "27", "90%", "2"]
    others = [[unit, *cells] for unit, cells in zip(NAMES, rows, strict=False)]
    result = run([HEADER, *others[:place], clean, *others[place:]])
    own = result.facts.filter(pl.col("unit_code") == CODES[3])
    assert CODES[3] in result.accepted_units
    assert own["state"].to_list() == ["missing", "observed", "observed", "observed"]
    assert own["indicator_code"].n_unique() == 4


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(-50_000, 3_000_000)), st.sampled_from(["", "C404", "C426"])
        ),
        max_size=30,
    )
)
def test_the_contract_reports_each_broken_cell_once(typed: list[tuple[int | None, str]]) -> None:
    """Index and code of every cell outside [0, 100] or with a problem, and of no other; the problem wins."""
    rows = [
        ("a", "number", "个", "x", problem, value, value, False, 0, 1_000_000, None, False)
        for value, problem in typed
    ]
    wanted = []
    for index, (value, problem) in enumerate(typed):
        if problem:
            wanted.append((index, problem))
        elif value is not None and not 0 <= value <= 1_000_000:
            wanted.append((index, "C422" if value < 0 else "C421"))
    assert broken(pl.DataFrame(rows, schema=CELL_SCHEMA, orient="row")) == wanted


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (pl.col("number_e4").cast(pl.Int32), "number_e4"),
        (pl.lit(None, pl.String).alias("problem"), "problem"),
        (pl.lit(1).alias("more"), "more"),
    ],
)
def test_a_frame_that_is_not_of_the_contract_is_a_fault(fault: pl.Expr, said: str) -> None:
    """Another type, a null where none may be, a column too many: told by the name of the column."""
    row = ("a", "number", "个", "x", "", 5, 5, False, 0, 10, None, False)
    sound = pl.DataFrame([row], schema=CELL_SCHEMA, orient="row")
    assert broken(sound) == []
    with pytest.raises(IntegrityError, match=said):
        broken(sound.with_columns(fault))


VALID = [row.split() for row in ("8 5 12 27 90% 2", "9 3 11 27 85% 3", "7 7 10 26 92% 2")]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2), st.integers(0, 5), cell)
def test_a_changed_cell_is_said_or_counts_as_typed(place: int, column: int, typed: str) -> None:
    """Whatever one cell of a sound file becomes: something is said in its row, or its number is the fact's.

    No other fact moves, unless the whole column or file is in question.
    """
    rows = [list(row) for row in VALID]
    rows[place][column] = typed
    before, after = (
        run([HEADER, *([unit, *row] for unit, row in zip(NAMES, table, strict=False))])
        for table in (VALID, rows)
    )
    excel, letter = place + 2, "BCDEFG"[column]
    old = {(f.code, f.row) for f in before.findings}
    said = {(f.code, f.row) for f in after.findings} - old
    if not any(row == excel for _, row in said):
        numbers = ("numerator_e4", "denominator_e4", "value_e4")
        own = [
            [fact[name] for name in numbers]
            for fact in after.facts.iter_rows(named=True)
            if fact["row"] == excel and letter in fact["columns"].split(",") and fact["state"] != "missing"
        ]
        assert said or all(_e4(typed) in fact for fact in own)
    if not any(row is None or row == 1 for _, row in said):
        others = [r.facts.filter(pl.col("row") != excel).drop("sha256") for r in (before, after)]
        assert others[0].equals(others[1])


def _e4(typed: str) -> int:
    """Return a typed number at four decimals; a share as a number of hundred."""
    plain = unicodedata.normalize("NFKC", typed).strip().replace(",", "").removesuffix("%")
    return int(Decimal(plain) * 10_000)
