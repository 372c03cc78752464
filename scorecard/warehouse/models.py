"""The SQL models: one file, one relation, one grain line; run in the order of what they read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from scorecard.errors import IntegrityError
from scorecard.settings import resource

LAYERS = ("10_staging", "20_validated", "30_scores", "40_ranks", "50_reports")
PUBLISHED = LAYERS[-1]

_GRAIN = re.compile(r"^-- grain: ([a-z0-9_, ]+)$", re.MULTILINE)
_READS = re.compile(r"\b(?:from|join)\s+([a-z_][a-z0-9_.]*)")
_COMMENT = re.compile(r"--[^\n]*")


@dataclass(frozen=True)
class Model:
    """One file of `sql/`. `view` models are not stored: they are read once or are only other names."""

    name: str
    layer: str
    sql: str

    @cached_property
    def grain(self) -> tuple[str, ...]:
        """The columns of which no two rows may agree on all.

        Raises:
            IntegrityError: The file has no grain line.
        """
        found = _GRAIN.search(self.sql)
        if found is None:
            raise IntegrityError(f"{self.layer}/{self.name}.sql has no grain line")
        return tuple(column.strip() for column in found[1].split(","))

    @property
    def view(self) -> bool:
        """Whether the model is a view: its header says so."""
        return "\n-- view\n" in self.sql

    @property
    def sides_as_written(self) -> bool:
        """Whether every join is to hold its right side in memory, whatever the engine estimates."""
        return "\n-- sides as written\n" in self.sql

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """Every relation named after `from` or `join`, sorted, `schema.name` where it has a schema."""
        return tuple(sorted(set(_READS.findall(_COMMENT.sub("", self.sql)))))


def load_models(folder: Path | None = None) -> tuple[Model, ...]:
    """Return the models in the one order in which they can be built: same files, same order.

    Raises:
        IntegrityError: Two files have one name, a file reads what nobody makes, or files read in a circle.
    """
    root = folder or resource("sql")
    found = [_model(path, layer) for layer in LAYERS for path in sorted((root / layer).glob("*.sql"))]
    models = {model.name: model for model in found}
    if len(models) != len(found):
        raise IntegrityError("two SQL models have the same name")
    return _ordered(models)


def load_checks(folder: Path | None = None) -> tuple[Model, ...]:
    """Return the checks by name: queries that must return no row."""
    root = folder or resource("sql")
    return tuple(_model(path, "checks") for path in sorted((root / "checks").glob("*.sql")))


def published(models: Sequence[Model]) -> tuple[Model, ...]:
    """Return the models whose relations are published."""
    return tuple(model for model in models if model.layer == PUBLISHED)


def last_reads(models: Sequence[Model], checks: Sequence[Model]) -> dict[str, list[str]]:
    """Return, by model, the stored relations that nobody reads after it; a view reads when it is read.

    What a check reads, or what is published, is kept to the end.
    """
    stored: dict[str, set[str]] = {}
    last: dict[str, str] = {}
    for model in models:
        below = [name for name in model.reads if "." not in name]
        stored[model.name] = set().union(*(stored[n] if _by_name(models, n).view else {n} for n in below))
        if not model.view:
            last |= dict.fromkeys(stored[model.name], model.name)
    kept = {name for check in checks for name in check.reads} | {m.name for m in published(models)}
    kept |= set().union(*(stored[name] for name in kept if name in stored and _by_name(models, name).view))
    freed: dict[str, list[str]] = {}
    for name, reader in sorted(last.items()):
        if name not in kept:
            freed.setdefault(reader, []).append(name)
    return freed


def _by_name(models: Sequence[Model], name: str) -> Model:
    return next(model for model in models if model.name == name)


def _model(path: Path, layer: str) -> Model:
    return Model(path.stem, layer, path.read_text("utf-8"))


def _ordered(models: dict[str, Model]) -> tuple[Model, ...]:
    """Return the models so that each stands after what it reads; names decide between equals."""
    sorter = TopologicalSorter({name: _own_reads(model, models) for name, model in models.items()})
    try:
        sorter.prepare()
    except CycleError as circle:
        raise IntegrityError(f"SQL models read in a circle: {' → '.join(circle.args[1])}") from None
    order: list[Model] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        order += [models[name] for name in ready]
        sorter.done(*ready)
    return tuple(order)


def _own_reads(model: Model, models: dict[str, Model]) -> list[str]:
    reads = [name for name in model.reads if "." not in name]
    unknown = [name for name in reads if name not in models]
    if unknown:
        raise IntegrityError(f"{model.layer}/{model.name}.sql reads {unknown[0]}, which no file makes")
    return reads
