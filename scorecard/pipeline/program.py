"""Which program this is: what is kept of earlier runs is used by the very same program only."""

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

import scorecard
from scorecard.settings import resource

# What decides between bytes and results or pages besides our own files.
_LIBRARIES = (
    "babel",
    "duckdb",
    "jinja2",
    "markupsafe",
    "numpy",
    "pandera",
    "polars",
    "pypinyin",
    "python-calamine",
    "xlsxwriter",
)
_OURS = ("indicators", "sql", "reports")
_PASSING = frozenset(("__pycache__",))


@cache
def program() -> str:
    """Return the SHA-256 over every file of the program, and the versions of Python and of what it uses.

    The version alone would not do: between two releases a correction changes results as well.
    """
    digest = hashlib.sha256(platform.python_version().encode())
    for name in _LIBRARIES:
        digest.update(f"\n{name} {version(name)}".encode())
    code = Path(scorecard.__file__).parent
    for root in (code, *map(resource, _OURS)):
        for path in sorted(p for p in root.rglob("*") if _PASSING.isdisjoint(p.parts) and p.is_file()):
            content = path.read_bytes()
            digest.update(f"\n{path.relative_to(root).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()
