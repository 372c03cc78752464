"""Memory between two steps: what one has freed must not stand idle while the next fills its own."""

import ctypes
import gc
import sys


def give_back() -> None:
    """Return freed memory to the system, where its allocator can be asked to (glibc)."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
