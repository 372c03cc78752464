"""The six ways in which the example's streets send their form: each as an office really saves it."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from exampledata.forms import Column, Filled
from exampledata.seed import draw
from exampledata.sheets import Grid, Value, csv_bytes, plain, workbook_bytes

Layout = Callable[[Filled], bytes]

_LONG = ("街道", "社区名称", "年度", "指标编码", "指标名称", "分子", "分母", "数值", "等级", "备注")
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_MONEY = "万元"


def gbk_wide(filled: Filled) -> bytes:
    """GBK CSV as WPS saves it: title and unit line above, 填表人 below."""
    rows: list[list[Value]] = [
        [_title(filled)],
        [f"（{filled.year}年度）", "", "单位：万元、%、人"],
        ["街道", "社区名称", *(_with_money(c) for c in filled.columns)],
        *_wide_rows(filled, filled.columns),
        ["填报说明：1、本表数据截至12月31日；2、经费按到账数填写。"],
        ["填表人：张三（示例）", "", "审核人（签章）：", "", f"填报日期：{filled.year}年12月26日"],
    ]
    return csv_bytes(_square(rows), "gb18030")


def merged_workbook(filled: Filled) -> bytes:
    """A workbook with merged title, a header of two rows, one merged street cell and a 合计 row."""
    groups: list[Value] = ["街道", "社区名称", *(c.indicator.name_zh for c in filled.columns)]
    names: list[Value] = ["", "", *(c.name for c in filled.columns)]
    body = _wide_rows(filled, filled.columns)
    for row in body[1:]:
        row[0] = ""
    rows: list[list[Value]] = [[_title(filled)], groups, names, *body, _sums(filled, body)]
    last = len(names) - 1
    first_body = len(rows) - len(body) - 1
    merged = [(0, 0, 0, last), (1, 0, 2, 0), (1, 1, 2, 1), *_runs(groups, 1)]
    merged.append((first_body, 0, first_body + len(body) - 1, 0))
    note: list[list[Value]] = [["填报说明"], ["数据截至12月31日，合计由表格公式算出后粘贴为数值。"]]
    return workbook_bytes([Grid("上报表", _square(rows), merged), Grid("说明", note)])


def unicode_text_long(filled: Filled) -> bytes:
    """Excel's “Unicode 文本”: UTF-16 with tabs, renamed to .csv; one row a unit and indicator."""
    return b"\xff\xfe" + csv_bytes(_long_rows(filled), "utf-16-le", "\t")


def renamed_wide(filled: Filled) -> bytes:
    """UTF-8 with BOM; columns renamed and in another order, separators, wide digits, units in the cells."""
    order = sorted(filled.columns, key=lambda c: draw(filled.street.code, c.name, "order"))
    header: list[Value] = ["序号", "社区名 称", *(c.aliases[0] if c.aliases else c.name for c in order)]
    body = [
        [
            str(number),
            filled.typed[unit.code],
            *(_typed(c, place, filled.cells[unit.code][c.name]) for place, c in enumerate(order)),
        ]
        for number, unit in enumerate(filled.units, 1)
    ]
    return csv_bytes([header, *body], "utf-8-sig")


def long_workbook(filled: Filled) -> bytes:
    """A workbook in the long form, with 备注."""
    return workbook_bytes([Grid(f"{filled.year}年度", _long_rows(filled))])


def state_wide(filled: Filled) -> bytes:
    """UTF-8 CSV without BOM; empty cells, 不涉及, 待核 and true zeros stand as typed."""
    header: list[Value] = ["街道", "社区名称", "社区编码", *(c.name for c in filled.columns)]
    body = [
        [row[0], row[1], unit.code, *row[2:]]
        for row, unit in zip(_wide_rows(filled, filled.columns), filled.units, strict=True)
    ]
    return csv_bytes([[_title(filled), *[""] * (len(header) - 1)], header, *body], "utf-8")


def _with_money(column: Column) -> str:
    return f"{column.name}（{_MONEY}）" if column.unit == _MONEY else column.name


def _title(filled: Filled) -> str:
    return f"{filled.street.name}{filled.year}年度社区考核指标上报表"


def _wide_rows(filled: Filled, columns: Sequence[Column]) -> list[list[Value]]:
    return [
        [filled.street.name, filled.typed[unit.code], *(filled.cells[unit.code][c.name] for c in columns)]
        for unit in filled.units
    ]


def _square(rows: Sequence[Sequence[Value]]) -> list[list[Value]]:
    """Return `rows` filled up to one length, as a spreadsheet saves them."""
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _sums(filled: Filled, body: Sequence[Sequence[Value]]) -> list[Value]:
    """Return the 合计 row: what can be added is added, words and rates stay open."""
    totals: list[Value] = ["合计", ""]
    for place, column in enumerate(filled.columns, 2):
        numbers = [value for row in body if isinstance(value := row[place], Decimal)]
        additive = len(numbers) == len(body) and column.unit != "%"
        totals.append(sum(numbers, Decimal(0)) if additive else "")
    return totals


def _runs(texts: Sequence[Value], row: int) -> list[tuple[int, int, int, int]]:
    """Return the merged areas of equal neighbours in a header row."""
    starts = [place for place in range(2, len(texts)) if texts[place] != texts[place - 1]]
    ends = [*(start - 1 for start in starts[1:]), len(texts) - 1]
    return [(row, start, row, end) for start, end in zip(starts, ends, strict=True) if end > start]


def _typed(column: Column, place: int, value: Value) -> str:
    """Return the cell as this street types it."""
    text = plain(value)
    if not isinstance(value, Decimal):
        return text
    if column.unit == _MONEY:
        return f"{text}{_MONEY}"
    if column.unit == "%":
        return f"{text}%"
    if value >= 1000:
        return f"{value.normalize():,f}"
    return text.translate(_WIDE_DIGITS) if place % 4 == 0 else text


def _long_rows(filled: Filled) -> list[list[Value]]:
    pairs = [(unit.code, indicator.code) for unit in filled.units for indicator in filled.indicators]
    once = [_long_row(filled, code, indicator, filled.cells[code]) for code, indicator in pairs]
    twice = [_long_row(filled, code, indicator, cells) for code, indicator, cells in filled.again]
    return [list(_LONG), *once, *twice]


def _long_row(filled: Filled, code: str, indicator_code: str, cells: dict[str, Value]) -> list[Value]:
    indicator = next(i for i in filled.indicators if i.code == indicator_code)
    by_field: dict[str, Value] = {item.field: cells[item.name] for item in indicator.inputs}
    fields = [by_field.get(field, "") for field in ("numerator", "denominator", "value", "text")]
    note = filled.notes.get((code, indicator_code), "")
    return [
        filled.street.name,
        filled.typed[code],
        str(filled.year),
        indicator.code,
        indicator.name_zh,
        *fields,
        note,
    ]
