"""Units that people write behind a number or in the brackets of a header; folded."""

import re
from collections.abc import Mapping

from scorecard.names import fold

MONEY: Mapping[str, int] = {  # powers of ten
    "元": 0,
    "千元": 3,
    "万": 4,
    "万元": 4,
    "百万元": 6,
    "亿": 8,
    "亿元": 8,
}
_SHARES = ("%", "‰", "百分点", "个百分点", "倍")
_PEOPLE = ("人", "万人", "名", "位", "户", "万户", "家", "人次", "户次")
_THINGS = (
    "个",
    "件",
    "起",
    "条",
    "项",
    "篇",
    "份",
    "页",
    "处",
    "间",
    "套",
    "面",
    "台",
    "辆",
    "支",
    "张",
    "本",
    "册",
)
_EVENTS = ("次", "场", "场次", "期", "批", "分", "所", "只", "栋", "千", "百")
_TIMES = ("岁", "年", "月", "个月", "天", "日", "小时", "学时", "课时", "分钟", "h")
_MEASURES = ("公里", "千米", "米", "吨", "千克", "km", "kg", "斤", "公斤")
_AREAS = ("平方米", "平米", "万平方米", "万平米", "m2", "亩", "公顷", "平方公里", "平方千米", "km2", "hm2")
_RATES = (
    "元/吨",
    "学时/人",
    "元/人",
    "户/人",
    "人/户",
    "元/户",
    "次/人",
    "平方米/户",
    "平方米/百户",
    "m2/百户",
)
UNITS: frozenset[str] = frozenset(
    (*MONEY, *_SHARES, *_PEOPLE, *_THINGS, *_EVENTS, *_TIMES, *_MEASURES, *_AREAS, *_RATES)
)

# Units that measure, by what one of them is: two of different names here are never the same number. Units
# that count (个, 件, 起, 人) are not: whoever counts 起 counts 件.
_SAME = (
    ("平方米", "平米", "m2"),
    ("万平方米", "万平米"),
    ("亩",),
    ("公顷", "hm2"),
    ("平方公里", "平方千米", "km2"),
    ("米",),
    ("公里", "千米", "km"),
    ("千克", "公斤", "kg"),
    ("斤",),
    ("吨",),
    ("分钟",),
    ("小时", "h", "学时", "课时"),
    ("天", "日"),
    ("月", "个月"),
    ("年",),
)
_MEASURED: Mapping[str, int] = {unit: number for number, units in enumerate(_SAME) for unit in units}
_LINE = re.compile(r"(?:计量)?单位:(.+)")


def contradict(typed: str, wanted: str) -> bool:
    """Whether a column headed with the unit `typed` cannot hold numbers in `wanted`; both folded."""
    return typed in _MEASURED and _MEASURED[typed] != _MEASURED.get(wanted)


def same(typed: str, wanted: str) -> bool:
    """Whether two units, both folded, are two ways to write one: 平方米, 平米 and m2."""
    return typed == wanted or (typed in _MEASURED and _MEASURED[typed] == _MEASURED.get(wanted))


def unit_line(text: str) -> tuple[str, ...]:
    """Return the units, folded, of a line such as 单位：万元、%、人; none of any other text."""
    found = _LINE.fullmatch(fold(text).strip("()"))
    return tuple(re.split("[、,;/]", found[1])) if found else ()
