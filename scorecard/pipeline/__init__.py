"""The order of the steps; the only room that knows it. A module a command, loaded when it is asked for."""

import os

# Polars keeps freed memory for later, the engine needs it now; its allocator reads this when it is loaded.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:0,muzzy_decay_ms:0")
