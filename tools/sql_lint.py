"""Hold `sql/` to the dialect that DuckDB and Spark understand alike; `python tools/sql_lint.py [FOLDER]`.

sqlglot only parses: it never rewrites what runs. Every rule stands here with its reason.
"""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlglot
from sqlglot import exp

LAYERS = ("10_staging", "20_validated", "30_scores", "40_ranks", "50_reports", "checks")
FUNCTIONS = {
    "abs",
    "case",
    "cast",
    "coalesce",
    "count",
    "exists",
    "floor",
    "if",
    "least",
    "max",
    "min",
    "rank",
} | {
    "row_number",
    "sign",
    "sum",
    "and",
    "or",
}
_COMMENT = re.compile(r"--[^\n]*")
_QUOTED = re.compile(r"'[^']*'")
_CODE = re.compile(r"\b[A-Z]{2}\d{2}\b")

Tree = exp.Expression


def problems(sql: str) -> list[str]:
    """Return what is wrong with one file's text; empty if nothing is."""
    bare = _COMMENT.sub("", sql)
    found = list(_text(sql, bare))
    trees = [tree for tree in sqlglot.parse(sql, read="duckdb") if tree is not None]
    if len(trees) != 1 or not isinstance(trees[0], exp.Select | exp.Union):
        return [*found, "one file is one SELECT"]
    orders = sum(1 for _ in trees[0].find_all(exp.Ordered))
    if bare.count("nulls last") != orders:  # the parser writes down the default as if it had been said
        found.append("an order without nulls last: engines put nulls on different sides")
    return found + [problem for rule in _RULES for problem in rule(trees[0])]


def layer_problems(folder: Path) -> list[str]:
    """Return every read against the direction of the layers; only staging reads `raw`."""
    layer = {path.stem: path.parent.name for path in _files(folder)}
    found = []
    for path in _files(folder):
        for table in sqlglot.parse_one(path.read_text("utf-8"), read="duckdb").find_all(exp.Table):
            own = path.parent.name
            if table.db == "raw" and own != LAYERS[0]:
                found.append(f"{own}/{path.name}: only {LAYERS[0]} reads raw.{table.name}")
            if not table.db and LAYERS.index(layer.get(table.name, LAYERS[-1])) > LAYERS.index(own):
                found.append(f"{own}/{path.name}: reads {table.name} of a later layer")
            if not table.db and table.name not in layer:
                found.append(f"{own}/{path.name}: reads {table.name}, which no file makes")
    return found


def _files(folder: Path) -> list[Path]:
    return [path for name in LAYERS for path in sorted((folder / name).glob("*.sql"))]


def _text(sql: str, bare: str) -> Iterator[str]:
    """What the parser no longer shows: spelling, comments, constants."""
    code = _QUOTED.sub("''", bare)
    if "::" in code:
        yield ":: is DuckDB's; write cast"
    if code != code.lower():
        yield "upper case"
    if _CODE.search(bare):
        yield f"names an indicator: {_CODE.findall(bare)[0]}"
    if re.search(r"(?<![\w.])\d+\.\d+(?!e)", code):
        yield "a decimal literal has another type in every engine; write 0.5e0"
    if not sql.startswith("-- "):
        yield "the first line says what the relation is"


def _clauses(tree: Tree) -> Iterator[str]:
    for node, name in (
        (exp.Qualify, "qualify"),
        (exp.Pivot, "pivot"),
        (exp.Lateral, "lateral"),
        (exp.Unnest, "unnest"),
    ):
        if tree.find(node):
            yield f"{name} is not understood everywhere"
    if any(join.args.get("using") for join in tree.find_all(exp.Join)):
        yield "using hides whose column is meant"
    if any(group.args.get("all") for group in tree.find_all(exp.Group)):
        yield "group by all is not understood everywhere"
    if any(not isinstance(star.parent, exp.Count) for star in tree.find_all(exp.Star)):
        yield "columns are listed, never *"


def _names(tree: Tree) -> Iterator[str]:
    """Qualified columns with names of their own: no lateral alias can hide among them."""
    for column in tree.find_all(exp.Column):
        if not column.table:
            yield f"{column.name} does not say whose column it is"
    for select in tree.find_all(exp.Select):
        inside = isinstance(select.parent, exp.Exists | exp.In)
        for projection in select.expressions:
            if (
                not isinstance(projection, exp.Alias)
                and not inside
                and not isinstance(projection, exp.Literal)
            ):
                yield f"{projection.sql()} has no name of its own"


def _types(tree: Tree) -> Iterator[str]:
    """Sums and windows have another type in every engine until they are cast."""
    for node in tree.find_all(exp.Sum, exp.Window):
        select = node.find_ancestor(exp.Select)
        cast = node.find_ancestor(exp.Cast)
        if cast is None or cast.find_ancestor(exp.Select) is not select:
            yield f"{node.sql()} is not cast"


def _functions(tree: Tree) -> Iterator[str]:
    for call in tree.find_all(exp.Func):
        name = call.name if isinstance(call, exp.Anonymous) else call.sql_names()[0]
        if name.lower() not in FUNCTIONS:
            yield f"{name.lower()} is not on the list of functions that all engines agree on"


def _sources(tree: Tree) -> Iterator[str]:
    """A model never reads a file: duckdb#23818, and a user's file name would be a pattern."""
    for table in tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier) or table.this.quoted or not table.alias:
            yield f"{table.sql()} is not a relation with an alias"


_RULES: tuple[Callable[[Tree], Iterator[str]], ...] = (_clauses, _names, _types, _functions, _sources)


def main() -> int:
    """Print every problem; return 1 if there is one."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "sql"
    found = [
        f"{p.parent.name}/{p.name}: {problem}"
        for p in _files(folder)
        for problem in problems(p.read_text("utf-8"))
    ]
    found += layer_problems(folder)
    print("\n".join(found) or f"{len(_files(folder))} files")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
