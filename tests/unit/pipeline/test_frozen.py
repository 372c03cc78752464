"""A frozen year is read back as it was written; a later step may bring outcome documents only."""

from dataclasses import replace
from pathlib import Path

import pytest

from scorecard.errors import DamagedError
from scorecard.ledger import Ledger, Record
from scorecard.pipeline.frozen import (
    ADVANCE,
    Frozen,
    FrozenDocument,
    FrozenFile,
    FrozenRulebook,
    frozen,
    objects,
)

AT = "2026-02-01T00:00:00+00:00"
STEP = {
    "year": 2025,
    "from": "IN_REVIEW",
    "to": "FROZEN",
    "actor": "张",
    "role": "office",
    "on": "2026-01-30",
}
YEAR = Frozen(
    year=2025,
    actor="张",
    role="office",
    on="2026-01-30",
    document_no="示例1号",
    note="",
    as_of="2025-12-31",
    documents_as_of="2025-12-31",
    snapshot="s" * 64,
    result_hash="r" * 32,
    rulebook=FrozenRulebook("x/2025", 1, "b" * 64),
    registry=FrozenDocument("registry.csv", "0" * 64),
    version="2026.1.0",
    years=(2024, 2025),
    files=(FrozenFile(2025, "1" * 64, "street", "submissions/2025/甲.csv"),),
    decisions=(FrozenDocument("不涉及.csv", "2" * 64),),
    others=(FrozenDocument("survey.toml", "3" * 64),),
    unread=(("decisions/备忘.csv", "decision"),),
)


def _step(to: str, **more: object) -> Record:
    payload = {**STEP, "document_no": "示例1号", "note": "", "to": to, **more}
    return Record("张", ADVANCE, "2025", payload, f"cycle:2025:{to}")


def test_nothing_is_frozen_before_the_step(tmp_path: Path) -> None:
    """A year without the step, and any other year, is not frozen."""
    ledger = Ledger.at(tmp_path / "l")
    assert frozen(ledger, 2025) is None
    ledger.append([_step("FROZEN", **YEAR.payload())], at=AT)
    assert frozen(ledger, 2024) is None


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    """The payload holds the whole year, and names every stored object of it."""
    ledger = Ledger.at(tmp_path / "l")
    [entry] = ledger.append([_step("FROZEN", **YEAR.payload())], at=AT)
    assert frozen(ledger, 2025) == replace(YEAR, seq=1)
    assert sorted(objects(entry.payload)) == [digit * 64 for digit in "0123"]


def test_a_later_step_brings_outcome_documents(tmp_path: Path) -> None:
    """Documents of the deliberation stand in place of the earlier ones; files stay as they were frozen."""
    ledger = Ledger.at(tmp_path / "l")
    newer = {
        "decisions": [{"name": "否决.csv", "sha256": "4" * 64}],
        "documents_as_of": "2026-02-27",
        "snapshot": "t" * 64,
        "result_hash": "q" * 32,
    }
    ledger.append([_step("FROZEN", **YEAR.payload()), _step("DELIBERATED", **newer), _step("FINAL")], at=AT)
    read = frozen(ledger, 2025)
    assert read is not None
    assert (read.decisions, read.documents_as_of) == ((FrozenDocument("否决.csv", "4" * 64),), "2026-02-27")
    assert (read.files, read.as_of, read.seq) == (YEAR.files, YEAR.as_of, 2)


def test_an_entry_that_lacks_something_is_damage(tmp_path: Path) -> None:
    """A freeze without its list of files is told, not guessed at."""
    ledger = Ledger.at(tmp_path / "l")
    ledger.append([_step("FROZEN")], at=AT)
    with pytest.raises(DamagedError, match="第1条记录"):
        frozen(ledger, 2025)
