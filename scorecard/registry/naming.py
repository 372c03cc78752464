"""When two spellings are the same unit: brackets, suffixes, district prefix, traditional characters.

Only spelling is folded here. Another name of a unit (三五零七社区 for 3507社区) is an alias of the registry,
and a similar name is never the same name.
"""

import re
from functools import lru_cache

from scorecard.names import fold

# Other pairs of brackets that clerks type; fold() knows the full-width and the ornamental ones.
_BRACKETS = str.maketrans("[]{}<>〈〉《》「」『』〖〗", "()" * 8)

_WITHDRAWN = "(已撤销)"  # published lists of codes put it behind the name; the dates of the registry decide

# Traditional characters that stand in names of communities and streets: pairs, traditional first.
_PAIRS = (
    "區区會会員员辦办處处東东園园莊庄鎮镇鄉乡廣广華华龍龙橋桥門门陽阳興兴豐丰義义衛卫鐵铁電电廠厂機机"
    "車车馬马灣湾島岛嶺岭樓楼寶宝慶庆長长雲云萬万達达灘滩銀银錦锦鳳凤麗丽樂乐聯联聖圣學学鈔钞遷迁濱滨"
)
_SAME = _BRACKETS | str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))

# Longest first: the first that fits is cut, once. A village keeps its 村, so that 牟家村 is not 牟家.
_SUFFIXES: dict[str, tuple[tuple[str, str], ...]] = {
    "社区": (
        ("社区居民委员会", ""),
        ("社区居委会", ""),
        ("社区居委", ""),
        ("居民委员会", ""),
        ("居委会", ""),
        ("社区", ""),
        ("村村民委员会", "村"),
        ("村民委员会", "村"),
        ("村委会", "村"),
    ),
    "街道": (("街道办事处", ""), ("街道办", ""), ("街办", ""), ("办事处", ""), ("街道", "")),
}

VILLAGE = "村"
STREET_ENDS = ("街道办事处", "街道办", "街办", "街道")  # how a street is written before a community's name
_INSIDE = re.compile(r"\([^()]*\)")


def unit_key(name: str, level: str, district: str = "") -> str:
    """Return the comparison form of a unit's name: equal keys are the same name.

    Args:
        name: As typed or registered.
        level: 区, 街道, 片区 or 社区; decides which suffixes carry no meaning.
        district: The district's registered name; cut where it stands in front.
    """
    text = _plain(name)
    if level != "区":
        text = text.removeprefix(_plain(district)) or text
    for suffix, kept in _SUFFIXES.get(level, ()):
        if text.endswith(suffix) and text != suffix:
            return text.removesuffix(suffix) + kept
    return text


def is_bare(name: str, level: str) -> bool:
    """Return whether a name of a community lacks what says that it is one, as people write in short."""
    text = _plain(name)
    return level == "社区" and not text.endswith((VILLAGE, *(suffix for suffix, _ in _SUFFIXES[level])))


def without_brackets(name: str) -> str:
    """Return a folded name without what stands in brackets: 临河社区（示范） → 临河社区."""
    return _INSIDE.sub("", _plain(name)) or name


@lru_cache(maxsize=1024)  # the district's own name is asked for with every unit
def _plain(name: str) -> str:
    return fold(name).translate(_SAME).removesuffix(_WITHDRAWN)
