#!/usr/bin/env python3
"""Write the example data folders, or compare the committed ones with what would be written.

Usage: make_examples.py            write examples/
       make_examples.py --check    change nothing; exit 1 if a file is missing, different or too many

The README.md of each folder is written by hand. The same sources give the same bytes on every machine.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from exampledata.district import district_files
from exampledata.yuhuazhai import yuhuazhai_files

from scorecard.rulebook import load_rulebook
from scorecard.settings import resource

ROOT = Path(__file__).resolve().parent.parent / "examples"
RULEBOOK = "wujiang-wubi/2025"
_BY_HAND = "README.md"
_PUBLISHED = "shapingba"  # figures of a publication, typed as they stand there: nothing to generate
_MADE = ("evidence", "products")  # what a build leaves in a data folder


def generated() -> dict[str, bytes]:
    """Return every generated file by its path under `examples/`."""
    book = load_rulebook(resource("indicators") / RULEBOOK)
    return district_files(book) | yuhuazhai_files(book)


def differences(wanted: Mapping[str, bytes], root: Path = ROOT) -> list[str]:
    """Return a line for each committed file that is not what the generator makes."""
    present = {path: (root / path).read_bytes() for path in _present(root)}
    lines = [f"missing: {path}" for path in wanted if path not in present]
    lines += [f"different: {path}" for path, data in present.items() if data != wanted.get(path, data)]
    return lines + [f"not generated: {path}" for path in present if path not in wanted]


def _present(root: Path) -> list[str]:
    found = sorted(path.relative_to(root) for path in root.rglob("*") if path.is_file())
    kept = (p for p in found if p.name != _BY_HAND and p.parts[0] != _PUBLISHED)
    return [p.as_posix() for p in kept if p.parts[1:2] not in [(m,) for m in _MADE]]


def _write(wanted: Mapping[str, bytes]) -> None:
    for path in _present(ROOT):
        if path not in wanted:
            (ROOT / path).unlink()
    for path, data in wanted.items():
        target = ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def main(arguments: list[str]) -> int:
    """Write or compare; return the exit code."""
    wanted = generated()
    if arguments != ["--check"]:
        _write(wanted)
        print(f"{len(wanted)} files in {ROOT}")
        return 0
    lines = differences(wanted)
    print("\n".join(lines) or f"{len(wanted)} files as generated")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
