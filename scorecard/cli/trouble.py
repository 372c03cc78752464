"""Ordinary trouble (a full disk, no permission, a lost file) as one Chinese sentence.

What the operating system or an engine says in English never reaches a user; what is none of this is a fault
of the program and gets None here.
"""

import os
import re
import sys

from scorecard.messages.trouble import REASONS

_ENGINES = ("duckdb", "_duckdb", "polars", "xlsxwriter")  # they pass on what the system said, as text


def explained(error: BaseException) -> str | None:
    """Return what happened, where and why; None where the program itself is at fault."""
    cause: BaseException | None = error
    while cause is not None:
        if said := _of(cause):
            return said
        cause = cause.__cause__
    return None


def _of(error: BaseException) -> str | None:
    if isinstance(error, MemoryError):
        return "内存不足，请关掉别的程序或换一台内存更大的电脑。"
    if isinstance(error, UnicodeEncodeError):
        return _of_name(error.object)
    if isinstance(error, OSError):
        return _of_system(error)
    if type(error).__module__.partition(".")[0] in _ENGINES:
        return _of_engine(str(error))
    return None


def _of_name(text: str) -> str | None:
    """Return the sentence about a file name within `text` whose bytes are not UTF-8."""
    found = re.search(r"""[^\s/\\"'<>「」]*[\udc80-\udcff][^\s/\\"'<>「」]*""", text)
    if found is None:
        return None
    name = found[0].encode("utf-8", "surrogateescape").decode("gb18030", "replace")
    return f"文件名「{_printable(name)}」不是 UTF-8 编码（多半是从 Windows 压缩包解出来的），请改名后再试。"


def _of_system(error: OSError) -> str | None:
    if error.errno is None:
        return None
    reason = REASONS.get(error.errno, f"系统不允许（错误号{error.errno}）")
    if error.filename is not None:
        return _sentence(os.fsdecode(error.filename), reason)
    if _was_printing(error):
        return f"结果写不到标准输出：{reason}。"
    return f"读写文件时出错：{reason}。"


def _of_engine(text: str) -> str | None:
    """Return the sentence where the engine only passes on the system's complaint or lacks memory."""
    if "out of memory" in text.lower():
        return "内存不足，请关掉别的程序或换一台内存更大的电脑。"
    for number, reason in REASONS.items():
        if os.strerror(number) in text:
            path = re.search(r"[\"']([^\"'\n]*/[^\"'\n]*)[\"']", text)
            return _sentence(path[1], reason) if path else f"读写文件时出错：{reason}。"
    return None


def _sentence(path: str, reason: str) -> str:
    return f"「{_printable(path)}」打不开或写不进去：{reason}。"


def _printable(text: str) -> str:
    """Return `text` on one line, without bytes that no encoding can carry."""
    return "".join(c if c.isprintable() else "�" for c in text)


def _was_printing(error: OSError) -> bool:
    """Whether it came from printing, which we do in this room only; files are written by libraries."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_globals["__name__"].startswith("scorecard.cli")


def forget_stdout() -> None:
    """Let what could not be printed go nowhere: Python would try again at the end, and complain itself."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
