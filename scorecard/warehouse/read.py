"""Read a finished warehouse: published relations only, in the order of their grain."""

from pathlib import Path
from typing import Any, Literal

import duckdb

from scorecard.errors import IntegrityError
from scorecard.warehouse.models import Model, load_models, published
from scorecard.warehouse.packed import Packed

Format = Literal["csv", "parquet", "json"]

_AT_ONCE = 20_000  # rows that are taken from the database together

_OPTIONS = {
    "csv": "format csv, header true",
    "parquet": "format parquet, compression zstd",
    "json": "format json, array true",
}


class Tables:
    """The published relations of one warehouse file, opened read-only."""

    def __init__(self, path: Path) -> None:
        """Open `path`.

        Raises:
            IntegrityError: It is not there or is no warehouse.
        """
        try:
            self._con = duckdb.connect(str(path), read_only=True, config={"threads": 2})
        except duckdb.Error as error:
            raise IntegrityError(f"{path.name} cannot be opened: {error}") from error
        self._models = {model.name: model for model in published(load_models())}
        self._packed: dict[tuple[object, ...], Packed] = {}

    def rows(self, relation: str, **equals: Any) -> list[dict[str, Any]]:
        """Return the rows whose columns equal `equals`, ordered by the relation's grain."""
        cursor = self._con.cursor().execute(self._query(relation, equals), list(equals.values()))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def packed(self, relation: str, **equals: Any) -> Packed:
        """Return the same rows by the last two codes of the grain, kept small and read only once."""
        key = (relation, *sorted(equals.items()))
        if key not in self._packed:
            cursor = self._con.cursor().execute(self._query(relation, equals), list(equals.values()))
            names = [column[0] for column in cursor.description]
            outer, inner = self._model(relation).grain[-2:]
            blocks = iter(lambda: cursor.fetchmany(_AT_ONCE), [])
            self._packed[key] = Packed(names, (outer, inner), blocks)
        return self._packed[key]

    def columns(self, relation: str, names: tuple[str, ...], **equals: Any) -> dict[str, Any]:
        """Return the columns `names` of the same rows as numpy arrays; null is masked."""
        query = self._query(relation, equals, names)
        return dict(self._con.cursor().execute(query, list(equals.values())).fetchnumpy())

    def export(self, relation: str, path: Path, fmt: str, names: tuple[str, ...] = (), **equals: Any) -> None:
        """Write the same rows to `path` as `csv`, `parquet` or `json`; of `names` only these columns."""
        if fmt not in _OPTIONS:
            raise IntegrityError(f"unknown format {fmt!r}")
        place = "'" + str(path).replace("'", "''") + "'"
        query = f"copy ({self._query(relation, equals, names)}) to {place} ({_OPTIONS[fmt]})"
        self._con.cursor().execute(query, list(equals.values()))

    def close(self) -> None:
        """Close the file and forget what was read."""
        self._packed.clear()
        self._con.close()

    def _query(self, relation: str, equals: dict[str, Any], names: tuple[str, ...] = ()) -> str:
        """Return the query of `names`, of all columns if none are given; they
        come from the models and the file, values are bound.

        Raises:
            IntegrityError: There is no such relation or column.
        """
        model = self._model(relation)
        columns = [row[0] for row in self._con.cursor().execute(f"describe {model.name}").fetchall()]
        unknown = sorted({*equals, *names}.difference(columns))
        if unknown:
            raise IntegrityError(f"{relation} has no column {unknown[0]}")
        where = " and ".join(f"{name} = ?" for name in equals) or "true"
        order = ", ".join(model.grain)
        return f"select {', '.join(names or columns)} from {model.name} where {where} order by {order}"  # noqa: S608

    def _model(self, relation: str) -> Model:
        if relation not in self._models:
            raise IntegrityError(f"no published relation is called {relation!r}")
        return self._models[relation]
