"""Wrong usage in Chinese: what argparse says of a command line, for people who read no English."""

import argparse
import re
import sys
from typing import NoReturn

_SENTENCES = (
    (r"the following arguments are required: (.+)", "缺少 {}。"),
    (r"one of the arguments (.+) is required", "{} 要写其中一个。"),
    (r"argument (.+): not allowed with argument (.+)", "{} 和 {} 只能写一个。"),
    (r"argument (.+): invalid choice: '?(.*?)'? \(choose from (.+)\)", "{} 不能是「{}」，可以是：{}。"),
    (r"argument (.+): invalid int value: '(.*)'", "{} 应为整数，现为「{}」。"),
    (r"argument (.+): expected .*argument.*", "{} 后面缺少内容。"),
    (r"unrecognized arguments: (.+)", "不认识「{}」。"),
    (r"ambiguous option: (\S+) could match (.+)", "「{}」可以是几个选项：{}，请写全。"),
    (r"argument (.+): ignored explicit argument '(.*)'", "{} 后面不写内容，现为「{}」。"),
    (r"argument (\S+): ([^a-z].*)", "{}：{}"),  # what our own types say
)


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are Chinese and do not repeat the whole usage."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and leave with 2."""
        print(f"错误：{chinese(message)}用法见 {self.prog} --help。", file=sys.stderr)
        sys.exit(2)


def chinese(message: str) -> str:
    """Return argparse's message in Chinese; what is not known is said in general."""
    for pattern, sentence in _SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return sentence.format(*(_words(part) for part in found.groups()))
    return "命令写得不对。"


def _words(text: str) -> str:
    """Return what argparse lists, parted as Chinese is."""
    return re.sub(r"'?, '?", "、", text.strip("'"))
