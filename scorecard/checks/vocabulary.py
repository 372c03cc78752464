"""Every header that a submission may have, and what it stands for."""

from collections.abc import Collection, Iterator
from typing import Final, Literal

from scorecard.checks.asks import Asks
from scorecard.intake.header import Label, Vocabulary
from scorecard.names import fold

Shape = Literal["wide", "long", "canonical", "list"]  # list: a row an entry; never a form

# Canonical form: what machines send and the store keeps.
CANONICAL: Final = ("year", "unit_code", "indicator_code", "numerator", "denominator", "value", "text")

IDENTITY: Final = (
    Label("street", "街道", ("街道名称", "所属街道", "街道办事处", "镇街", "镇（街道）")),
    Label(
        "unit_name",
        "社区名称",
        ("社区", "居委会", "社区居委会", "社区（居委会）", "单位名称", "被考核单位", "填报单位"),
    ),
    Label("street_code", "街道编码", ("街道代码", "镇街编码", "镇街代码", "所属街道编码", "所属街道代码")),
    Label(
        "unit_code",
        "社区编码",
        ("编码", "单位编码", "社区代码", "社区编号", "行政区划代码", "区划代码", "unit_code"),
    ),
    Label("year", "年度", ("考核年度", "年份", "year")),
)
ROW: Final = (
    Label("indicator_code", "指标编码", ("指标代码", "indicator_code")),
    Label("indicator_name", "指标名称", ("指标", "考核指标")),
)
FIELDS: Final = (
    Label("numerator", "分子", ("numerator",)),
    Label("denominator", "分母", ("denominator",)),
    Label("value", "数值", ("指标值", "原值", "完成值", "value")),
    Label("text", "等级", ("text",)),
)
# Columns of a template that explain; nothing is read from them but the note.
ASIDE: Final = (
    Label("note", "备注", ("说明", "情况说明")),
    Label("number", "序号", ("编号",)),
    Label("aside:unit", "计量单位", ("单位",)),
    Label("aside:definition", "指标定义", ("定义",)),
    Label("aside:owner", "数据责任单位", ("责任单位",)),
    Label("aside:evidence", "佐证材料"),
    Label("aside:previous", "上年值", ("上年数",)),
)
LAST_YEAR: Final = "previous:"  # and the code of an indicator: its value of last year
LAST_PART: Final = "@"  # behind it: of a count that a rate is made of, and its key
_LAST_YEAR: Final = ("上年{}", "{}上年数", "{}（上年）", "{}（上年数）", "{}上年", "去年{}")
_THIS_YEAR: Final = ("{}本年数", "{}本年", "本年{}", "{}（本年）")
KEYS: Final = frozenset(label.key for label in (*IDENTITY, *ROW, *FIELDS, *ASIDE))


def vocabulary(asks: Asks) -> Vocabulary:
    """Return the labels of all shapes and of every indicator, whoever reports it."""
    return Vocabulary.build((*IDENTITY, *ROW, *FIELDS, *ASIDE, *_asked(asks), *_last_year(asks)))


def key_name(key: str, asks: Asks) -> str:
    """Return what a column that is no input is called in print, "" for an unknown key."""
    if key.startswith(LAST_YEAR):
        of = key.removeprefix(LAST_YEAR)
        part = asks.by_key.get(of.removeprefix(LAST_PART)) if of.startswith(LAST_PART) else None
        return f"上年{part.name if part else asks.rulebook.indicators[of].name_zh}"
    return next((label.name for label in (*IDENTITY, *ROW, *FIELDS, *ASIDE) if label.key == key), "")


def shape_of(keys: Collection[str], headers: Collection[str]) -> Shape:
    """Return the shape that a header has: a row that names its indicator makes a long form."""
    if {fold(h) for h in headers} == set(CANONICAL):
        return "canonical"
    return "long" if {"indicator_code", "indicator_name"} & set(keys) else "wide"


def _last_year(asks: Asks) -> Iterator[Label]:
    """Yield a label for last year's value of each indicator that has a number; it is compared, never used."""
    for ask in asks.valued.values():
        code = ask.slots[0].indicator.code
        name, *others = dict.fromkeys((ask.slots[0].indicator.name_zh, ask.name, *ask.aliases))
        words = [form.format(word) for word in (name, *others) for form in _LAST_YEAR]
        yield Label(f"{LAST_YEAR}{code}", words[0], tuple(words[1:]))
    yield from _last_counts(asks)


def _last_counts(asks: Asks) -> Iterator[Label]:
    """Yield a label for last year's number of each count of a rate, and of each that is compared by itself.

    Names of this year go first.
    """
    taken = {fold(word) for ask in asks.by_key.values() for word in (ask.name, *ask.aliases)}
    whole = set(map(id, asks.valued.values()))
    counts = (ask for pair in asks.quotients.values() for ask in pair)
    parts = {ask.key: ask for ask in (*counts, *(a for _, a in asks.apart)) if id(ask) not in whole}
    for ask in parts.values():
        words = [form.format(word) for word in (ask.name, *ask.aliases) for form in _LAST_YEAR]
        free = [word for word in words if fold(word) not in taken]
        if free:
            yield Label(f"{LAST_YEAR}{LAST_PART}{ask.key}", free[0], tuple(free[1:]))


def _asked(asks: Asks) -> Iterator[Label]:
    """Yield a label for each ask; a word that an input has already is not a rate or context value again."""
    taken: set[str] = {
        fold(w) for label in (*IDENTITY, *ROW, *FIELDS, *ASIDE) for w in (label.name, *label.aliases)
    }
    for ask in asks.by_key.values():
        words = [w for w in (ask.name, *ask.aliases) if ask.is_input or fold(w) not in taken]
        if ask in asks.valued.values():  # 本年数 beside 上年数 below one title
            words += [s for w in words for form in _THIS_YEAR if fold(s := form.format(w)) not in taken]
        taken.update(map(fold, words))
        if words:
            yield Label(ask.key, words[0], tuple(words[1:]))
