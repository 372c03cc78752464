"""How long to search: the same few examples in every run, or for `FUZZ_SECONDS` with seeds that are printed.

`FUZZ_SEED=n` repeats the round that a run printed.
"""

import os
import secrets
import time
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))
_SEED = os.environ.get("FUZZ_SEED", "")


def quiet(examples: int, **more: int) -> settings:
    """Return settings under which nothing but a claim that does not hold fails a test."""
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=not (SECONDS or _SEED),
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        **more,  # type: ignore[arg-type]
    )


def search(claim: Callable[..., None], examples: int, *strategies: st.SearchStrategy[Any]) -> None:
    """Hold a claim against drawn values: once, or again and again until the time is over."""
    for number in _seeds():
        wrapped = quiet(examples)(given(st.tuples(*strategies))(lambda drawn: claim(*drawn)))
        if number is not None:
            print(f"FUZZ_SEED={number}")
            wrapped = seed(number)(wrapped)
        wrapped()


def walk(machine: Any, examples: int, steps: int) -> None:
    """Run a state machine once, or again and again until the time is over."""
    for number in _seeds():
        if number is not None:
            print(f"FUZZ_SEED={number}")
            machine = seed(number)(machine)
        run_state_machine_as_test(machine, settings=quiet(examples, stateful_step_count=steps))


def _seeds() -> Iterator[int | None]:
    if _SEED or not SECONDS:
        yield int(_SEED) if _SEED else None
        return
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        yield secrets.randbelow(1 << 32)
