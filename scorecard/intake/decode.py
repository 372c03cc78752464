"""Bytes to text. GB18030 is never tried first: it accepts almost everything.

Order: byte order mark, UTF-16 by its NULs, strict UTF-8, strict GB18030 with a plausibility score against
Big5; otherwise nobody guesses and the user is asked.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scorecard.language import NC_
from scorecard.messages.encodings import EVIDENCE

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# What a user may name. GBK and GB2312 are subsets of GB18030, which also has the rare characters of names.
OVERRIDES: Mapping[str, str] = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5",
}

NAMES: Mapping[str, str] = {  # as a Chinese sentence calls them
    "ascii": "ASCII",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": NC_("part", "UTF-16（小端）"),
    "utf-16-be": NC_("part", "UTF-16（大端）"),
    "utf-32-le": NC_("part", "UTF-32（小端）"),
    "utf-32-be": NC_("part", "UTF-32（大端）"),
    "gb18030": "GB18030",
    "big5": NC_("part", "大五码"),
}


def _level_1() -> frozenset[str]:
    """Return the 3,755 most frequent hanzi: rows 16 to 55 of GB 2312 (the last row has 89)."""
    rows = (bytes((0xA0 + row, 0xA0 + cell)) for row in range(16, 56) for cell in range(1, 95))
    return frozenset(b"".join(rows).decode("gb2312", "ignore"))


_PUNCTUATION = "，。、；：？！（）《》〈〉【】〔〕「」“”‘’—…·％～＋－＝／×÷℃№〇○●□■△√①②③④⑤⑥⑦⑧⑨⑩\u3000"
_FULL_WIDTH = "".join(map(chr, range(0xFF01, 0xFF5F)))
_LEVEL_1 = _level_1()
_COMMON = _LEVEL_1 | frozenset(_PUNCTUATION + _FULL_WIDTH)
_BROKEN = "\ufffd"  # what a decoder leaves of bytes that are no character
_FOREIGN = re.compile("[^\x00-\x7f]")

# Chosen on 181 labelled byte strings; frozen.
_PLAUSIBLE = 70  # percent of the non-ASCII characters that are common Chinese
_BIG5_MARGIN = 5
_BIG5_FLOOR = 40  # traditional forms are outside level 1, so real Big5 scores about 50
_FEW_NULS = 8  # a NUL in fewer than each eighth byte; commas and digits of real UTF-16 leave more
_SOUND = 20  # characters of Chinese for each broken one: fewer are no text with a flaw, but another encoding
_GARBLED = 40  # percent; two thirds come back from a wholly garbled text, almost nothing from a sound one


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text without its byte order mark, the codec, and why this codec (Chinese, for the receipt)."""

    text: str
    encoding: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The code of the finding, and the parameters of its sentence."""

    code: str
    params: Mapping[str, Any]


def decode(data: bytes, override: str | None = None) -> Decoded | Refused:
    """Return the text of `data`, or why nobody can tell what it says.

    Args:
        data: The bytes of a file that is not a workbook.
        override: An encoding that the user named; one of `OVERRIDES`. It is then strict, too.
    """
    if override:
        return _named(data, override)
    result = _marked(data) or _utf16(data) or _utf8(data) or _chinese(data)
    if result is None:
        return _flawed(data, ("utf-8", "gb18030")) or Refused("F112", {"line": _first_bad_line(data)})
    return result if isinstance(result, Refused) else _sound(result)


def garbled(text: str) -> str:
    """Return a sample of `text` if it is UTF-8 that was read as GBK (绀惧尯 for 社区), else "".

    The way back is tried: such a text gives Chinese again when its GBK bytes are read as UTF-8.
    """
    foreign = _FOREIGN.findall(text)
    if not foreign:
        return ""
    back = "".join(foreign).encode("gb18030", "ignore").decode("utf-8", "ignore")
    recovered = sum(character in _LEVEL_1 for character in back)
    if "锟斤拷" in text or (recovered >= 2 and 100 * recovered >= _GARBLED * len(foreign)):
        return "".join(foreign[:8])
    return ""


def _named(data: bytes, override: str) -> Decoded | Refused:
    codec = OVERRIDES.get(override.strip().lower().replace("_", "-"))
    text = _strict(data, codec) if codec else None
    if codec is None or text is None:
        flawed = _flawed(data, (codec,)) if codec in ("utf-8", "gb18030") else None
        return flawed or Refused("F113", {"encoding": override})
    return _sound(Decoded(text.removeprefix("\ufeff"), codec, EVIDENCE["given"]))


def _marked(data: bytes) -> Decoded | Refused | None:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], codec)
            if text is not None:
                return Decoded(text, codec, EVIDENCE["mark"])
            flawed = _flawed(data, (codec,)) if codec == "utf-8" else None
            return flawed or Refused("F113", {"encoding": NAMES[codec]})
    return None


def _utf16(data: bytes) -> Decoded | None:
    """Commas, digits and line ends leave NULs on one side; 一 (U+4E00) alone leaves them on the other.

    A few NULs in a text of another encoding are damage: it then reads better without them.
    """
    if b"\x00" not in data or len(data) % 2:
        return None
    even, odd = data[::2].count(0), data[1::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    text = _strict(data, codec)
    if text is None or "\x00" in text or (max(even, odd) * _FEW_NULS < len(data) and _damaged(data, text)):
        return None
    return Decoded(text, codec, EVIDENCE["zeros"])


def _damaged(data: bytes, wide: str) -> bool:
    """Whether the bytes say more in UTF-8 or GB18030 than as the UTF-16 text `wide`; plain ASCII always."""
    rest = data.replace(b"\x00", b"")
    others = (_strict(rest, codec) for codec in ("utf-8", "gb18030"))
    return rest.isascii() or any(_plausibility(text) > _plausibility(wide) for text in others)


def _utf8(data: bytes) -> Decoded | None:
    text = _strict(data, "utf-8")
    if text is None:
        return None
    return (
        Decoded(text, "ascii", EVIDENCE["ascii"])
        if text.isascii()
        else Decoded(text, "utf-8", EVIDENCE["utf-8"])
    )


def _chinese(data: bytes) -> Decoded | None:
    """GB18030 if plausible and not clearly worse than Big5; Big5 if it is better; else nobody knows."""
    mainland, taiwan = _strict(data, "gb18030"), _strict(data, "big5")
    score, rival = _plausibility(mainland), _plausibility(taiwan)
    if mainland is not None and score >= _PLAUSIBLE and score >= rival - _BIG5_MARGIN:
        return Decoded(mainland, "gb18030", EVIDENCE["gb18030"].format(share=score))
    if mainland is not None and garbled(mainland):
        return Decoded(mainland, "gb18030", "乱码")  # refused as such: a clearer word than "which encoding?"
    if taiwan is not None and rival > score and rival >= _BIG5_FLOOR:
        return Decoded(taiwan, "big5", EVIDENCE["big5"].format(share=rival))
    return None


def _sound(decoded: Decoded) -> Decoded | Refused:
    """Refuse a decoded text that no spreadsheet wrote: with NULs, or garbled before it was saved."""
    if "\x00" in decoded.text:
        return Refused("F111", {"line": decoded.text.count("\n", 0, decoded.text.index("\x00")) + 1})
    sample = garbled(decoded.text)
    return Refused("F115", {"sample": sample}) if sample else decoded


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _plausibility(text: str | None) -> int:
    """Return the percentage of the non-ASCII characters of `text` that are common Chinese."""
    counts = Counter(text or "")
    foreign = sum(number for character, number in counts.items() if not character.isascii())
    common = sum(number for character, number in counts.items() if character in _COMMON)
    return 100 * common // foreign if foreign else 0


def _flawed(data: bytes, codecs: Sequence[str]) -> Refused | None:
    """Return where a Chinese text of one of `codecs` is broken, None if it is plausibly in none of them.

    Of several, the codec that breaks least. Nothing is mended: which character it was, nobody knows.
    """
    found = []
    for codec in codecs:
        text = data.decode(codec, "replace")
        broken = text.count(_BROKEN)
        foreign = len(_FOREIGN.findall(text)) - broken
        if broken * _SOUND <= foreign and _plausibility(text.replace(_BROKEN, "")) >= _PLAUSIBLE:
            found.append((broken, codec))
    if not found:
        return None
    broken, codec = min(found)
    return Refused("F122", {"encoding": NAMES[codec], "line": _first_bad_line(data, codec), "count": broken})


def _first_bad_line(data: bytes, codec: str = "utf-8") -> int:
    """Return the 1-based line of the first byte that is not of `codec`."""
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1
