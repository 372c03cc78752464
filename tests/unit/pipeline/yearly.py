"""A small district and its year, for the tests of the cycle."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from scorecard.cycle import Act, Role, State
from scorecard.pipeline.basis import Request
from scorecard.pipeline.year import Advanced, advance

ROOT = Path(__file__).parents[3]
NOW = "2026-11-29T00:00:00+00:00"
YEAR = 2025

# A whole year without a hitch: state, role, person, day, document.
WALK = (
    (State.ISSUED, Role.OFFICE, "张三", "2025-03-01", "示例〔2025〕1号"),
    (State.OPEN, Role.OFFICE, "张三", "2025-11-20", ""),
    (State.MEASURED, Role.OFFICE, "张三", "2026-01-15", ""),
    (State.FROZEN, Role.OFFICE, "张三", "2026-01-30", ""),
    (State.COMPUTED, Role.OFFICE, "张三", "2026-01-30", ""),
    (State.CONSULT, Role.OFFICE, "张三", "2026-02-02", ""),
    (State.PROPOSED, Role.OFFICE, "张三", "2026-02-10", ""),
    (State.DELIBERATED, Role.GROUP, "李四", "2026-02-25", "示例纪要〔2026〕2号"),
    (State.PUBLICISED, Role.OFFICE, "张三", "2026-03-02", ""),
    (State.FINAL, Role.OFFICE, "张三", "2026-03-11", "示例〔2026〕3号"),
    (State.ARCHIVED, Role.OFFICE, "张三", "2026-03-20", ""),
)


def copy_example(place: Path, name: str = "yuhuazhai") -> Path:
    """Return a copy of an example that a test may change."""
    ignored = shutil.ignore_patterns("evidence", "products")
    return Path(shutil.copytree(ROOT / "examples" / name, place / "data", ignore=ignored))


def act_of(state: State) -> Act:
    """Return who takes the step to `state` in the walk, when and by which document."""
    _, role, actor, day, document = next(step for step in WALK if step[0] is state)
    return Act(actor, role, date.fromisoformat(day), document)


def walk(data: Path, until: State, since: State = State.NONE, **more: object) -> Advanced:
    """Take the walk's steps after `since` up to `until`, and return the last."""
    states = [State.NONE, *(step[0] for step in WALK)]
    for state in states[states.index(since) + 1 : states.index(until) + 1]:
        done = take(data, state, **more)
    return done


def take(data: Path, state: State, *, rulebook: str | None = None, **other: object) -> Advanced:
    """Take one step of the walk, something of it otherwise."""
    act = replace(act_of(state), **other)
    return advance(Request(data, YEAR, None, rulebook=rulebook), state, act, now=NOW)
