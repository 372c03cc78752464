"""The least that a build with evidence has to do: bench_floor.py DATA WAREHOUSE.

Each step is done once, by itself, with nothing of this program in it: no rulebook, no check, no score. Prints
wall and CPU seconds of each as JSON. What lies in memory before a step is not part of it.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

STARTED = time.perf_counter(), time.process_time()
import duckdb  # noqa: E402  the imports are one of the steps
import polars  # noqa: E402, F401

COLUMNS = "year,unit_code,indicator_code,numerator,denominator,value,text"


def main() -> None:
    """Do every step and print what it took."""
    steps = {"import the engines": _since(*STARTED)}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        started = time.perf_counter(), time.process_time()
        result = work()
        steps[name] = _since(*started)
        return result

    [folder, warehouse] = map(Path, sys.argv[1:])
    paths = sorted(folder.iterdir())
    data, names = timed("read and hash the files", lambda: _read(paths))
    with TemporaryDirectory(dir=warehouse.parent) as temporary:
        room = Path(temporary)
        timed("keep a copy of each, one sync", lambda: _keep(room, data, names))
        con = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
        timed("parse the same files", lambda: con.execute(_parsing(folder)).fetchone())
        con.execute(f"attach '{warehouse}' as made (read_only); attach '{room / 'lines'}' as out")
        con.execute("create table lines as from made.item_line")
        timed(
            "write the item lines",
            lambda: con.execute("create table out.lines as from lines; checkpoint out"),
        )
        timed("hash them", lambda: con.execute(_hashing(con)).fetchone())
    print(json.dumps(steps))


def _since(wall: float, cpu: float) -> tuple[float, float]:
    return time.perf_counter() - wall, time.process_time() - cpu


def _read(paths: list[Path]) -> tuple[list[bytes], list[str]]:
    data = [path.read_bytes() for path in paths]
    return data, [sha256(one).hexdigest() for one in data]


def _keep(room: Path, data: list[bytes], names: list[str]) -> None:
    """Write every file beside, sync once, and only then give each its name."""
    for name, one in zip(names, data, strict=True):
        (room / f".{name}").write_bytes(one)
    os.sync()
    for name in names:
        (room / f".{name}").rename(room / name)


def _parsing(folder: Path) -> str:
    columns = ", ".join(f"'{name}': 'varchar'" for name in COLUMNS.split(","))
    read = f"read_csv('{folder}/*.csv', header = true, auto_detect = false, columns = {{{columns}}})"
    return f"select count(*), max(length(value)) from {read}"  # noqa: S608


def _hashing(con: duckdb.DuckDBPyConnection) -> str:
    columns = [row[0] for row in con.execute("describe out.lines").fetchall()]
    text = f"concat({', chr(31), '.join(columns)})"
    return f"select sum(cast(md5_number({text}) >> 64 as ubigint)) from out.lines"  # noqa: S608


if __name__ == "__main__":
    main()
