"""Files that a command writes where a person said."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from scorecard.errors import UserError

# What a file of each format may end with, the usual one first. A report in words must not look like a table.
_ENDINGS = {"xlsx": (".xlsx",), "json": (".json",), "csv": (".csv",), "text": (".txt", ".md", ".log", "")}


def format_of(given: str | None, out: Path | None, offered: Iterable[str]) -> str:
    """Return the format that is `given`, else the offered one that the ending of `out` says, else text."""
    said = out.suffix.lower().removeprefix(".") if out else ""
    return given or (said if said in offered else "text")


def refuse_out(out: Path | None, fmt: str, originals: Iterable[Path] = ()) -> None:
    """Refuse to write over a file that is being read, or under an ending that says another format.

    Raises:
        UserError: One of the two. Devices, pipes and folders are left to whoever writes.
    """
    if out is None or (out.exists() and not out.is_file()):
        return
    right = _ENDINGS[fmt]
    if out.exists() and any(path.exists() and out.samefile(path) for path in originals):
        raise UserError(f"--out「{out}」就是要读取的原文件，写上去原件就没有了，请换一个文件名。")
    if out.suffix.lower() not in right:
        better = out.with_suffix(right[0]).name
        raise UserError(
            f"--out「{out}」的扩展名与写出的内容不符，请改为「{better}」这样的文件名，"
            "或者用 --format 写明格式。"
        )


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
