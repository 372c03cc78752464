"""`scorecard appeal`, `seal` and `verify`: call the pipeline, print, return the exit code."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from scorecard.errors import Exit

_DATA: Final = ("data", "home")


def appeal_open(arguments: argparse.Namespace) -> Exit:
    """Lodge an appeal; print its number."""
    from scorecard.pipeline.appeal_text import lodged_text
    from scorecard.pipeline.lodge import Lodged, lodge

    names = [*_DATA, "year", "unit", "indicator", "receipt", "sheet", "cell"]
    names += ["ground", "statement", "evidence", "actor", "on"]
    appeal, checked = lodge(Lodged(**{name: getattr(arguments, name) for name in names}), now=_now())
    print(lodged_text(appeal, checked))
    return Exit.OK


def appeal_decide(arguments: argparse.Namespace) -> Exit:
    """Uphold or reject an appeal; print what changes."""
    from scorecard.pipeline.appeal_text import decided_text
    from scorecard.pipeline.decide import Ruling, decide

    names = [*_DATA, "outcome", "decision_no", "decider", "reason", "document", "on"]
    given = {name: getattr(arguments, name) for name in names}
    ruling = Ruling(**given, appeal_no=arguments.appeal, changes=arguments.set)
    print(decided_text(decide(ruling, now=_now())))
    return Exit.OK


def appeal_show(arguments: argparse.Namespace) -> Exit:
    """List appeals, or show one with the effect of its decision."""
    from scorecard.pipeline.appeal_text import effect_text, list_text
    from scorecard.pipeline.effect import effect, listed

    if arguments.appeal is None:
        appeals = listed(arguments.data, arguments.home)
        as_json = arguments.format == "json"
        sys.stdout.write(_json([asdict(a) for a in appeals]) if as_json else list_text(appeals))
        return Exit.OK
    found = effect(arguments.data, arguments.home, arguments.appeal, now=_now())
    sys.stdout.write(_json(found.record()) if arguments.format == "json" else effect_text(found))
    return Exit.OK


def _now() -> str:
    """Return the time for the ledger; no output depends on it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
