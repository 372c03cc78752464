"""Properties are tried on the same examples everywhere, and a slow machine is no failure."""

import gc
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import settings

from tests.remembered import rulebooks_read_once

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main() -> Generator[None, Any, Any]:
    """Read every rulebook once, from collecting on; nothing that is collected is garbage."""
    gc.disable()
    with rulebooks_read_once():
        return (yield)


def pytest_collection_finish() -> None:
    """Spare the tests themselves the search for garbage: a build looks for it three times, 0.3 s each."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the browser's walks: the longest, and one that comes last would leave other workers idle."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_sessionfinish() -> None:
    """Let libraries put away at the end what they hold."""
    gc.unfreeze()
