"""Files that a command writes where a person said."""

from contextlib import suppress
from pathlib import Path


def save(data: bytes, out: Path) -> None:
    """Write a file as a whole or not at all; what is no plain file (a device, a pipe) is written into."""
    beside = out.with_name(f".{out.name}.new")
    try:
        if out.exists() and not out.is_file():
            out.write_bytes(data)
        else:
            beside.write_bytes(data)
            beside.replace(out)
    except OSError as error:
        with suppress(OSError):  # it may not be there, and the first trouble is the one to tell
            beside.unlink()
        error.filename, error.filename2 = str(out), None
        raise
