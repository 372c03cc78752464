"""Build a fixed district on the DuckDB that is importable and print its version and the result hash.

Run with another DuckDB on PYTHONPATH, it must print the same hash:
`PYTHONPATH=build/duckdb15 python -m tests.sql.run_on`.
"""

import tempfile
from pathlib import Path
from random import Random

import duckdb

from tests.sql import sample
from tests.sql.test_agreement import YEARS, decided, district

SEEDS = (7, 23592230, 1195)


def main() -> None:
    """Print `version hash`; the hash is over every published relation of several random districts."""
    hashes = []
    for seed in SEEDS:
        drawn = district(Random(seed))
        with tempfile.TemporaryDirectory() as folder:
            built = sample.make(
                Path(folder),
                sample.rulebook(),
                drawn.registry,
                drawn.facts,
                YEARS,
                **decided(drawn),
            )
            built.tables.close()
        hashes.append(built.result_hash)
    print(duckdb.__version__, *hashes)


if __name__ == "__main__":
    main()
