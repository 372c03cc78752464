"""Units that people write behind a number or in the brackets of a header; folded."""

from collections.abc import Mapping

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
_MEASURES = ("平方米", "万平方米", "m2", "亩", "公里", "千米", "米", "吨", "千克", "km", "kg")
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
    (*MONEY, *_SHARES, *_PEOPLE, *_THINGS, *_EVENTS, *_TIMES, *_MEASURES, *_RATES)
)
