"""Properties are tried on the same examples everywhere, and a slow machine is no failure."""

import gc

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


def pytest_collection_finish() -> None:
    """Spare the tests themselves the search for garbage: a build looks for it three times, 0.3 s each."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Let libraries put away at the end what they hold."""
    gc.unfreeze()
