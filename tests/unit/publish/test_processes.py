"""A site is the same however many processes made it, and whether it was written or only hashed."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from scorecard.publish import ReportInputs, inventory, processes, publish


def test_what_is_hashed_is_what_is_written(inputs: ReportInputs, tmp_path: Path) -> None:
    """The list without a site is the manifest of the site."""
    release = publish(inputs, tmp_path / "site").release
    assert inventory(inputs) == (release / "manifest.json").read_bytes()


@pytest.mark.parametrize("number", [2, 3])
def test_processes_change_no_byte(
    inputs: ReportInputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Several processes write and hash what one does, and every page is told of once."""
    alone = inventory(inputs)
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(processes, "PAYS_FROM", 1)
    monkeypatch.setattr(processes, "_AT_ONCE", 7)
    monkeypatch.setattr(processes.os, "cpu_count", lambda: number)
    assert inventory(inputs, lambda _, done, total: told.append((done, total))) == alone
    assert [done for done, _ in told] == list(range(1, told[0][1] + 1))
    release = publish(inputs, tmp_path / "site").release
    assert (release / "manifest.json").read_bytes() == alone
    assert {p.relative_to(release).as_posix() for p in release.rglob("*") if p.is_file()} == {
        *json.loads(alone)["files"],
        "manifest.json",
    }


def test_a_fault_of_another_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong there ends the work here."""
    monkeypatch.setattr(processes, "PAYS_FROM", 1)
    monkeypatch.setattr(processes, "_AT_ONCE", 1)
    monkeypatch.setattr(processes.os, "cpu_count", lambda: 2)

    def work(codes: Sequence[str]) -> dict[str, str]:
        if codes == ["2"]:
            raise ValueError("the second")
        return dict.fromkeys(codes, "")

    with pytest.raises(ValueError, match="the second"), processes.apart(work, ["1", "2", "3"]) as made:
        list(made)
