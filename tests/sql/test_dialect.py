"""`sql/` keeps its rules: one dialect, one direction, one grain line, no file and no number."""

import re
from pathlib import Path

import pytest

from scorecard.errors import IntegrityError
from scorecard.settings import resource
from scorecard.warehouse.models import LAYERS, Model, last_reads, load_checks, load_models
from tools.sql_lint import layer_problems, problems

SQL = resource("sql")
FILES = sorted(SQL.glob("*/*.sql"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_dialect(path: Path) -> None:
    """Each file is one SELECT in the dialect that every engine reads alike."""
    assert problems(path.read_text("utf-8")) == []


def test_layers() -> None:
    """A model reads its own or earlier layers, and only staging reads what was loaded."""
    assert layer_problems(SQL) == []


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("-- x\nselect a.x::int as x from t as a", "::"),
        ("-- x\nselect a.x as x from t as a qualify rank() over (order by a.x nulls last) = 1", "qualify"),
        ("-- x\nselect a.x as x from t as a inner join u as b using (x)", "using"),
        ("-- x\nselect a.x as x, cast(sum(a.y) as bigint) as y from t as a group by all", "group by all"),
        ("-- x\nselect * from t as a", "never *"),
        ("-- x\nselect a.x as x, x + 1 as y from t as a", "whose column"),
        ("-- x\nselect a.x from t as a", "name of its own"),
        ("-- x\nselect sum(a.x) as x from t as a", "not cast"),
        ("-- x\nselect rank() over (order by a.x nulls last) as r from t as a", "not cast"),
        ("-- x\nselect cast(rank() over (order by a.x desc) as bigint) as r from t as a", "nulls last"),
        ("-- x\nselect round(a.x) as x from t as a", "round"),
        ("-- x\nselect a.x * 0.5 as x from t as a", "0.5e0"),
        ("-- x\nselect a.x as x from t as a where a.code = 'TH01'", "TH01"),
        ("-- x\nselect a.x as x from read_csv('u.csv') as a", "relation"),
        ("-- x\nselect a.x as x from 'u.parquet' as a", "relation"),
        ("-- x\nSELECT a.x AS x FROM t AS a", "upper case"),
        ("select a.x as x from t as a", "first line"),
        ("-- x\nselect a.x as x from t as a; select b.x as x from t as b", "one SELECT"),
    ],
)
def test_the_lint_finds_what_it_forbids(sql: str, word: str) -> None:
    """Every rule of the lint has an example that it catches."""
    assert any(word in problem for problem in problems(sql)), problems(sql)


def test_no_sql_file_reads_a_file() -> None:
    """DuckDB 2.0 makes TRY_CAST over read_csv a hard cast (duckdb#23818): no model reads a file at all."""
    for path in FILES:
        text = re.sub(r"--[^\n]*", "", path.read_text("utf-8"))
        assert not re.search(r"read_|try_cast|glob|copy |attach|\.csv|\.parquet|https?:", text), path.name


def test_every_model_has_a_grain_and_says_what_it_is() -> None:
    """The first line is a sentence, the grain line names columns that the relation has."""
    for model in load_models():
        assert model.sql.startswith("-- ") and not model.sql.startswith("-- grain"), model.name
        for column in model.grain:
            assert re.search(rf"\bas {column}\b", model.sql), f"{model.name} has no {column}"


def test_models_stand_after_what_they_read() -> None:
    """The order is topological, and the same whatever the file system lists first."""
    models = load_models()
    place = {model.name: n for n, model in enumerate(models)}
    for model in models:
        assert all(place[name] < place[model.name] for name in model.reads if "." not in name)
    assert [m.name for m in models] == [m.name for m in load_models(SQL)]


def test_a_relation_is_dropped_only_when_nobody_reads_it_any_more() -> None:
    """No model and no check reads, itself or through a view, what an earlier model freed."""
    models, checks = load_models(), load_checks()
    by_name = {m.name: m for m in models}

    def stored(name: str) -> set[str]:
        model = by_name[name]
        return set().union(*map(stored, _own(model))) if model.view else {name}

    freed = last_reads(models, checks)
    gone: set[str] = set()
    for model in models:
        if not model.view:
            assert not gone & set().union(*map(stored, _own(model))), model.name
        gone |= set(freed.get(model.name, ()))
    for check in checks:
        assert not gone & set().union(*map(stored, _own(check))), check.name
    assert gone


def _own(model: Model) -> list[str]:
    return [name for name in model.reads if "." not in name]


def write(folder: Path, **files: str) -> Path:
    """Write model files, named `layer__name`, and return the folder."""
    for name, sql in files.items():
        layer, _, stem = name.partition("__")
        path = folder / next(item for item in LAYERS if item.endswith(layer)) / f"{stem}.sql"
        path.parent.mkdir(exist_ok=True)
        path.write_text(sql, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ({"scores__a": "select 1 from b as b", "scores__b": "select 1 from a as a"}, "circle"),
        ({"scores__a": "select 1 from nowhere as n"}, "nowhere"),
        ({"scores__a": "select 1", "ranks__a": "select 1"}, "same name"),
    ],
)
def test_a_folder_that_cannot_be_built(tmp_path: Path, files: dict[str, str], word: str) -> None:
    """Circles, reads of nothing, and two files of one name are refused before anything runs."""
    with pytest.raises(IntegrityError, match=word):
        load_models(write(tmp_path, **files))


def test_a_model_without_a_grain(tmp_path: Path) -> None:
    """A relation whose grain nobody wrote down is refused."""
    [model] = load_models(write(tmp_path, scores__a="-- x\nselect 1 as x"))
    with pytest.raises(IntegrityError, match="grain"):
        _ = model.grain
