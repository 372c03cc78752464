"""`make audit`: known faults in the exact versions that a district runs.

A fault that is known fails. A service that does not answer for a package is said, and does not fail: what we
depend on has not changed by it, and a check that is red for a network's sake is soon ignored.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

LOCKED: Final = ("requirements/run.txt",)
_ASK: Final = ("--disable-pip", "--progress-spinner", "off", "--format", "json")


def verdict(report: dict[str, Any]) -> tuple[int, list[str]]:
    """Return the exit code and the lines to print for pip-audit's report in JSON."""
    asked = report["dependencies"]
    faults = [(p, fault) for p in asked for fault in p.get("vulns", ())]
    silent = [p["name"] for p in asked if "skip_reason" in p]
    lines = [
        f"{p['name']} {p['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or '-'}"
        for p, fault in faults
    ]
    lines.append(
        f"audit: {len(asked) - len(silent)} of {len(asked)} packages asked about, {len(faults)} faults known"
    )
    if silent:
        lines.append(f"audit: NOT ASKED ABOUT, the service has no answer: {', '.join(silent)}")
    return (1 if faults else 0), lines


def asked(lock: str) -> dict[str, Any] | None:
    """Return pip-audit's report of a lock file, None where its service cannot be reached."""
    command = [str(Path(sys.executable).with_name("pip-audit")), "--requirement", lock, *_ASK]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    try:
        return dict(json.loads(done.stdout))
    except ValueError:
        print(f"audit: NOTHING ASKED, pip-audit gave no report: {done.stderr.strip()[-300:]}")
        return None


def main() -> int:
    """Audit every lock file; return the exit code."""
    worst = 0
    for lock in LOCKED:
        report = asked(lock)
        if report is not None:
            code, lines = verdict(report)
            print("\n".join(lines))
            worst = max(worst, code)
    return worst


if __name__ == "__main__":
    sys.exit(main())
