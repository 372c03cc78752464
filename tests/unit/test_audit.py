"""The audit of what we depend on: a known fault fails, silence is said."""

from tools.audit import verdict

SOUND = {"name": "polars", "version": "2.1.0", "vulns": []}
FAULTY = {"name": "h11", "version": "0.1", "vulns": [{"id": "GHSA-x", "fix_versions": ["0.16.0"]}]}
SILENT = {"name": "tqdm", "skip_reason": "Dependency not found"}


def test_a_known_fault_fails_and_says_what_mends_it() -> None:
    code, lines = verdict({"dependencies": [SOUND, FAULTY]})
    assert code == 1
    assert lines[0] == "h11 0.1: GHSA-x, mended in 0.16.0"


def test_what_nobody_answered_for_is_said_and_does_not_fail() -> None:
    code, lines = verdict({"dependencies": [SOUND, SILENT]})
    assert code == 0
    assert lines == [
        "audit: 1 of 2 packages asked about, 0 faults known",
        "audit: NOT ASKED ABOUT, the service has no answer: tqdm",
    ]
