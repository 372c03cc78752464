"""What the operating system complains of, in Chinese."""

import errno
from typing import Final

REASONS: Final[dict[int, str]] = {
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
