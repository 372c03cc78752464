"""A correction that came after the deadline is named from the ledger; what cannot be known is not said."""

from pathlib import Path

import pytest

from scorecard.ledger import Ledger, Record
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.insight import late
from scorecard.rulebook import find_rulebook, load_rulebook

BOOK = load_rulebook(find_rulebook(None, 2025))  # submission closes on 2025-12-31


def receipts(path: Path, *entries: tuple[str, str, str]) -> DataFolder:
    """Return a folder whose ledger received files: name, time, and by which file it was replaced."""
    (path / "registry.csv").write_text("编码\n", "utf-8")
    folder = DataFolder.open(path, None)
    folder.ledger.parent.mkdir(parents=True, exist_ok=True)
    ledger = Ledger.at(folder.ledger)
    for number, (name, at, newer) in enumerate(entries):
        outcome = {"superseded_by": newer, "accepted_units": ["甲", "乙"]}
        ledger.append(
            [
                Record("t", "received", f"R{number}", {"file": name}, f"2025:{number}"),
                Record("t", "checked", f"R{number}", outcome, f"c{number}"),
            ],
            at=at,
        )
    return folder


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("2025-12-20T00:00:00+00:00", "2026-01-05T00:00:00+00:00", 1),
        ("2025-12-20T00:00:00+00:00", "2025-12-31T15:59:59+00:00", 0),
        ("2025-12-20T00:00:00+00:00", "2025-12-31T16:00:00+00:00", 1),  # midnight in Beijing
        ("2026-01-05T00:00:00+00:00", "2026-01-05T00:00:00+00:00", 0),  # taken in together
    ],
)
def test_after_the_last_day(first: str, second: str, found: int, tmp_path: Path) -> None:
    """The day is Beijing's; the last day itself is in time."""
    folder = receipts(tmp_path, ("一.csv", first, "二.csv"), ("二.csv", second, ""))
    findings = late(folder, 2025, BOOK)
    assert len(findings) == found
    if found:
        assert "“二.csv”替代了“一.csv”，于2026-01-0" in findings[0].message
        assert "在“街道审核上报”截止（2025-12-31）之后，涉及2个单位。" in findings[0].message


def test_without_a_ledger_nothing_is_said(tmp_path: Path) -> None:
    """Before the first build there is nothing to know."""
    (tmp_path / "registry.csv").write_text("编码\n", "utf-8")
    assert late(DataFolder.open(tmp_path, None), 2025, BOOK) == []
