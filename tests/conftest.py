"""Properties are tried on the same examples everywhere, and a slow machine is no failure."""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
