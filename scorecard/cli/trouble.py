"""Ordinary trouble (a full disk, no permission, a lost file) as one Chinese sentence.

What the operating system or an engine says in English never reaches a user; what is none of this is a fault
of the program and gets None here.
"""

import errno
import os
import re
import sys

TYPE_CHECKING = False  # importing typing costs more than all of this
if TYPE_CHECKING:
    from typing import Final

REASONS: "Final[dict[int, str]]" = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘已满，请清理出空间或换一个位置",
    errno.EDQUOT: "磁盘配额已用完，请清理出空间或换一个位置",
    errno.EFBIG: "文件超过系统允许的大小",
    errno.EROFS: "所在的磁盘是只读的",
    errno.ENOTDIR: "路径中有一级是文件，不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "已有同名的文件或文件夹",
    errno.ENOTEMPTY: "文件夹里还有别的东西",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EBUSY: "正被别的程序使用",
    errno.EIO: "磁盘读写出错，请检查磁盘",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ENOMEM: "内存不足",
}
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
