"""The runner of the models: what it asks of the engine."""

import importlib
from pathlib import Path

import duckdb
import pytest

from scorecard.warehouse.models import Model

runner = importlib.import_module("scorecard.warehouse.build")
SETTING = "-- What is asked.\n-- grain: asked\n{}select current_setting('disabled_optimizers') as asked"


def test_sides_of_joins_are_the_engines_choice_but_where_a_model_says_so(tmp_path: Path) -> None:
    models = [
        Model("one", "10_staging", SETTING.format("")),
        Model("two", "10_staging", SETTING.format("-- sides as written\n")),
        Model("three", "10_staging", SETTING.format("")),
    ]
    with runner._engine(tmp_path, 1, "100MB") as con:
        runner._run(con, models, {})
        asked = [con.execute(f"select asked from {m.name}").fetchone() for m in models]
        assert asked == [("",), ("build_side_probe_side",), ("",)]
        with pytest.raises(duckdb.Error, match="locked"):
            con.execute("set threads = 1")
