"""Damaged, odd and hostile files: Chinese sentences, in bounded time and memory, and never an exception."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from scorecard.checks import CheckContext, check, render_json, render_text
from scorecard.errors import UserError
from scorecard.intake import read_bytes
from scorecard.registry import load_registry
from scorecard.rulebook import load_rulebook
from scorecard.settings import resource as folder
from scorecard.sheets import annotated
from tests.fuzz.files import EXAMPLES, noise, texts, workbooks
from tests.fuzz.rounds import search

_ENGINE = re.compile(r"Traceback|Error\b|Exception|polars|calamine|zipfile|openpyxl|0x[0-9a-f]{6}")
_SECONDS, _MEGABYTES = 10, 300  # a judgement of these small files takes a fraction


@cache
def _context() -> CheckContext:
    return CheckContext(
        rulebook=load_rulebook(folder("indicators") / "wujiang-wubi" / "2025"),
        registry=load_registry(EXAMPLES / "district-xx" / "registry.csv"),
        year=2025,
        party="street",
    )


def _held(name: str, data: bytes) -> None:
    """Judge a file as the command does, print it, mark it; hold what is said to what a user may be shown."""
    begun = time.process_time()
    result = check(read_bytes(name, data), _context())
    assert render_text(result) and json.dumps(render_json(result))
    for finding in result.findings:
        for sentence in (finding.message, finding.fix):
            assert re.search("[一-鿿]", sentence) and sentence.endswith(("。", "？", "”", "）")), finding
        said = finding.message.replace(finding.raw, "") if finding.raw else finding.message
        assert not _ENGINE.search(said), finding
    if not result.header_row:
        assert result.findings and result.facts.is_empty()
    try:
        assert annotated(result, data).startswith(b"PK")
    except UserError as error:
        assert re.search("[一-鿿]", str(error)) and not _ENGINE.search(str(error))
    assert time.process_time() - begun < _SECONDS


@contextmanager
def _within_memory() -> Iterator[None]:
    """Hold what this process needs at most beyond what it has already, whatever ran in it before.

    The child that parses has its own limit, which it is started with.
    """
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = _memory("VmRSS")
    yield
    assert _memory("VmHWM") - before < _MEGABYTES * 1024


def _memory(name: str) -> int:
    """Return a figure of this process in KiB."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith(f"{name}:")).split()[1])


def test_whatever_happened_to_a_table_of_text() -> None:
    """Every encoding, wrong cells, headers and lines, bytes flipped and cut."""
    search(lambda file: _held(file.name, file.data), 60, texts())


def test_whatever_happened_to_a_workbook() -> None:
    """Members flipped, cut, doubled, missing, under a hostile name, exchanged for a bomb."""
    with _within_memory():
        search(lambda file: _held(file.name, file.data), 40, workbooks())


def test_what_is_no_table_at_all() -> None:
    """Noise behind every kind of beginning that a file may pretend with."""

    search(
        lambda name, begin, number, size: _held(name, begin + noise(number, size)),
        30,
        st.sampled_from(("a.csv", "b.xlsx", "c.xls", "d", "e.pdf\n.csv")),
        st.sampled_from(
            (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"%PDF", b"<html>")
        ),
        st.integers(0, 1 << 16),
        st.integers(0, 3_000),
    )
