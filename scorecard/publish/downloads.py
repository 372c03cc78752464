"""The tables of the pages as files: CSV for any program, JSON for scripts, a formatted workbook for offices.

A table is made once, of the rows that its page shows, and written in every form; numbers stay exact.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from scorecard.exact import FACT_SCALE, SCORE_SCALE, VALUE_SCALE, unscaled
from scorecard.publish.book import Book
from scorecard.publish.editions import WITHHELD
from scorecard.publish.glyphs import OPEN_WORDS, grade_level
from scorecard.publish.model import Page, Row
from scorecard.publish.waiting import wait
from scorecard.sheets.book import Book as Workbook
from scorecard.sheets.book import width_of
from scorecard.sheets.text import is_risky, shown

Cell = str | int | Decimal | None
FOLDER = "data"
WAITS, OUTSIDE = "待更正，暂不排名", "未参评"  # how the remark on a community without a rank begins
_BOM = "\ufeff"  # Excel and WPS take a CSV without it for GBK
_REMEMBERED = 1 << 14  # numbers that repeat from table to table
_WIDEST = 40  # half-width characters of a column
_STATES = {
    "observed": "已报",
    "zero": "真零",
    "missing": "缺报",
    "not_applicable": "不涉及",
    "disputed": "待核",
}
_HEAD = {"bold": True, "border": 1, "bg_color": "#F5F7F9", "text_wrap": True, "valign": "vcenter"}
_LOOK = {"font_name": "宋体", "font_size": 11, "border": 1}
_TITLE = {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the name of its files, its title, its columns and rows. None: there is nothing to say."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def files(book: Book, further: Iterable[Table] = ()) -> Iterator[Page]:
    """Yield the downloads of district and streets: CSV and JSON of each table, one workbook of the whole.

    `further` are tables of other pages.
    """
    ranked = ranking(book, "ranking", tuple(book.units.values()))
    whole = [ranked, streets(book), indicators(book), *further]
    origins = sources(book)
    of_streets = (ranking(book, f"street-{code}", rows) for code, rows in book.by_street.items())
    for table in chain(whole, (origins,), of_streets):
        yield from _both(book, table)
    yield Page(f"{FOLDER}/district.xlsx", "", as_workbook(book, whole))


def of_unit(book: Book, unit_code: str) -> Iterator[Page]:
    """Yield the downloads of one community, none where it has no items."""
    if unit_code in book.items:
        yield from _both(book, items(book, unit_code))


def _both(book: Book, table: Table) -> Iterator[Page]:
    yield Page(f"{FOLDER}/{table.name}.csv", as_csv(table))
    yield Page(f"{FOLDER}/{table.name}.json", as_json(book, table))


def ranking(book: Book, name: str, rows: Sequence[Row]) -> Table:
    """Return communities as a table: the ranked first, then who waits or is not assessed, with the reason."""
    dimensions = book.rulebook.dimensions
    columns = ("名次", "社区编码", "社区", "街道", "类型", *(d.name_zh for d in dimensions))
    columns += ("加分", "扣分", "总分", "等次", "名次变化", "区间起", "区间止")
    columns += ("缺报项数", "待核项数", "不涉及项数", "说明")
    return Table(name, "得分排序", columns, tuple(_community(book, row) for row in rows))


def _community(book: Book, row: Row) -> tuple[Cell, ...]:
    code = row["unit_code"]
    held, found = book.dimensions.get(code, {}), book.ranges.get(code)
    level = grade_level(book, row["grade_code"])
    settled = not (book.waits(row) or book.silent(row) or book.unnamed(row))

    def points(value_e2: int | None) -> Cell:
        return unscaled(value_e2, SCORE_SCALE) if settled and value_e2 is not None else None

    return (
        row["rank_overall"],
        code,
        book.name(code),
        book.name(row["street_code"]),
        row["unit_type"],
        *(points(held[d.code]["points_e2"]) if d.code in held else None for d in book.rulebook.dimensions),
        points(row["bonus_e2"]),
        points(row["deduction_e2"]),
        points(row["total_e2"]),
        None if level is None else book.grade_order[level].name_zh,
        book.moved.get(code),
        found.low if found else None,
        found.high if found else None,
        row["missing_count"] - book.unreported(row),
        row["disputed_count"],
        row["not_applicable_count"],
        _remark(book, row),
    )


def _remark(book: Book, row: Row) -> str:
    if book.waits(row):
        return f"{WAITS}：{wait(book, row).reason}"
    if book.unnamed(row):
        return "公示版不列名次和得分"
    return "" if row["assessed"] else f"{OUTSIDE}：{book.reason(row['unit_code'])}"


def streets(book: Book) -> Table:
    """Return the streets by rank; a street without a rank has no points either."""
    columns = (
        "名次",
        "街道编码",
        "街道",
        "街道得分",
        "等次",
        *(i.name_zh for i in book.rulebook.street.indicators),
    )
    columns += ("加分", "扣分", "已排名社区", "社区平均分", "缺报项数")
    return Table("streets", "街道", columns, tuple(_street(book, row) for row in book.streets.values()))


def _street(book: Book, row: Row) -> tuple[Cell, ...]:
    code, placed = row["street_code"], row["rank_overall"] is not None
    held, level = book.items.get(code, {}), grade_level(book, row["grade_code"])
    return (
        row["rank_overall"],
        code,
        book.name(code),
        _points(row["total_e2"]) if placed else None,
        None if level is None else book.grade_order[level].name_zh,
        *(
            _points(held[i.code]["points_e2"]) if i.code in held else None
            for i in book.rulebook.street.indicators
        ),
        _points(row["bonus_e2"]) if placed else None,
        _points(row["deduction_e2"]) if placed else None,
        row["assessed_count"],
        _points(row["mean_e2"]),
        row["missing_count"],
    )


def indicators(book: Book) -> Table:
    """Return the indicators in printed order with what the ranked units came to."""
    columns: tuple[str, ...] = (
        "指标编码",
        "指标",
        "维度",
        "权重",
        "单位",
        "平均得分",
        "平均值",
        "中位数",
        "最小值",
        "最大值",
    )
    columns += ("满分个数", "零分个数", "缺报个数", "待核个数", "不涉及个数", "数据责任单位")
    rows = []
    for dimension in (*book.rulebook.dimensions, book.rulebook.street):
        for indicator in dimension.indicators:
            row = book.indicators.get(indicator.code, {})
            values = (row.get(f"{key}_e10") for key in ("mean_value", "median", "minimum", "maximum"))
            counts = (
                row.get(f"{key}_count") for key in ("full", "zero", "missing", "disputed", "not_applicable")
            )
            rows.append(
                (
                    indicator.code,
                    indicator.name_zh,
                    dimension.name_zh,
                    indicator.weight,
                    indicator.unit,
                    _points(row.get("mean_points_e2")),
                    *(_value(value) for value in values),
                    *counts,
                    indicator.owner,
                )
            )
    return Table("indicators", "指标", columns, tuple(rows))


def sources(book: Book) -> Table:
    """Return what a fingerprint of another table stands for: a file with its receipt, or a decision."""
    columns = ("指纹", "文件", "报送单位", "回执号", "决定")
    files = [(f.sha256, f.file_name, f.sender, f.receipt_no, None) for f in book.files.values()]
    decided = [(sha256, None, None, None, n) for sha256, numbers in book.decisions.items() for n in numbers]
    return Table("sources", "来源文件和决定", columns, (*files, *decided))


def items(book: Book, unit_code: str) -> Table:
    """Return a community's items with the cell that each came from; what waits has no points."""
    columns: tuple[str, ...] = (
        "指标编码",
        "指标",
        "维度",
        "状态",
        "分子",
        "分母",
        "数值",
        "等级或分解",
        "值",
        "单位",
    )
    columns += ("得分", "权重", "失分", "名次", "有值个数", "文件指纹", "工作表", "行", "列")
    row, held = book.units[unit_code], book.items[unit_code]
    opens = book.opens(row) | ({"missing"} if book.silent(row) else frozenset())
    rows = tuple(
        _item(book, held[i.code], opens) for i in book.rulebook.community_indicators if i.code in held
    )
    return Table(f"community-{unit_code}", f"{book.name(unit_code)}各项得分", columns, rows)


def _item(book: Book, item: Row, opens: frozenset[str]) -> tuple[Cell, ...]:
    indicator, settled = book.indicator(item["indicator_code"]), item["state"] not in opens
    return (
        indicator.code,
        indicator.name_zh,
        book.dimension_of[item["dimension_code"]].name_zh,
        WITHHELD if item.get("withheld") else _state(item, opens),
        *(_fact(item[f"{field}_e4"]) for field in ("numerator", "denominator", "value")),
        item["category"],
        _value(item["value_e10"]),
        indicator.unit,
        _points(item["points_e2"]) if settled else None,
        _points(item["weight_e2"]),
        _points(item["lost_e2"]) if settled else None,
        item["rank_value"],
        item["rank_count"],
        item["sha256"],
        f"{item['sheet']}{book.decision_of(item)}" if item["sheet"] else item["sheet"],
        item["source_row"],
        item["source_columns"],
    )


def _state(item: Row, opens: frozenset[str]) -> str:
    """Return the word of a state; what never came is not 缺报."""
    return OPEN_WORDS[item["state"]] if item["state"] in opens else _STATES[item["state"]]


@lru_cache(_REMEMBERED)
def _points(value_e2: int | None) -> Cell:
    return None if value_e2 is None else unscaled(value_e2, SCORE_SCALE)


@lru_cache(_REMEMBERED)
def _value(value_e10: int | None) -> Cell:
    return None if value_e10 is None else _short(unscaled(value_e10, VALUE_SCALE))


@lru_cache(_REMEMBERED)
def _fact(value_e4: int | None) -> Cell:
    return None if value_e4 is None else _short(unscaled(value_e4, FACT_SCALE))


def _short(value: Decimal) -> Decimal:
    """Return the number without trailing zeros: 48.0000 as 48."""
    return Decimal(format(value.normalize(), "f"))


def as_csv(table: Table) -> str:
    """Return UTF-8 text with a BOM; a text that a spreadsheet would take for a formula has an apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return _BOM + stream.getvalue()


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and is_risky(cell) else cell


def as_json(book: Book, table: Table) -> str:
    """Return the table with year, status and snapshot; decimals are texts, so that none is rounded."""
    inputs = book.inputs
    body = {
        "title": table.title,
        "year": inputs.year,
        "status": inputs.status,
        "edition": inputs.edition,
        "snapshot": inputs.snapshot,
        "columns": table.columns,
        "rows": table.rows,
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str) + "\n"


def as_workbook(book: Book, tables: Sequence[Table]) -> bytes:
    """Return one workbook: a sheet a table, title in 黑体, body in 宋体, A4 across, heads on each page."""
    inputs = book.inputs
    stamp = f"{inputs.status}，{inputs.edition}"
    made = Workbook(f"{inputs.year}年度社区考核结果（{stamp}）")
    for table in tables:
        _sheet(made, table, f"{inputs.year}年度{table.title}（{stamp}）")
    return made.done()


def _sheet(made: Workbook, table: Table, title: str) -> None:
    sheet, last = made.sheet(table.title), len(table.columns) - 1
    sheet.merge_range(0, 0, 0, last, shown(title), made.format(_TITLE))
    sheet.set_row(0, 30)
    for column, head in enumerate(table.columns):
        made.put(sheet, 2, column + 1, head, _LOOK | _HEAD)
        texts = [str(row[column]) for row in table.rows if row[column] is not None]
        sheet.set_column(column, column, min(_WIDEST, max(map(width_of, [head, *texts])) + 2))
    for number, row in enumerate(table.rows, start=3):
        for column, cell in enumerate(row, start=1):
            _cell(made, sheet, number, column, cell)
    sheet.freeze_panes(2, 3)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)


def _cell(made: Workbook, sheet: object, row: int, column: int, cell: Cell) -> None:
    """Write numbers as numbers with the decimals that they are published with, texts as texts."""
    if isinstance(cell, int | Decimal):
        exponent = cell.as_tuple().exponent if isinstance(cell, Decimal) else 0
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        looks = _LOOK | {"num_format": "0." + "0" * places if places else "0"}
        sheet.write_number(row - 1, column - 1, float(cell), made.format(looks))  # type: ignore[attr-defined]
    else:
        made.put(sheet, row, column, cell or "", _LOOK)
