"""What people write where a document number should stand, and there is none."""

from typing import Final

from scorecard.names import fold

# Folded, letters and digits only: 「N/A」 is na, 「——」 is nothing at all.
_NO_NUMBER: Final = frozenset(
    {
        "",
        "无",
        "没有",
        "暂无",
        "暂缺",
        "待定",
        "待补",
        "待补充",
        "待发",
        "待发文",
        "待编",
        "待编号",
        "未定",
        "未编号",
    }
    | {
        "空",
        "略",
        "缺",
        "不详",
        "无文号",
        "没有文号",
        "暂无文号",
        "文号待定",
        "na",
        "none",
        "null",
        "nil",
        "tbd",
    }
)


def numbered(text: str) -> str:
    """Return a document number as it was typed, "" where the text says that there is none (无, 待定, -)."""
    plain = "".join(letter for letter in fold(text) if letter.isalnum())
    return "" if plain in _NO_NUMBER else text
