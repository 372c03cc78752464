"""What can be downloaded: the page's own numbers, exact, harmless, the same every time."""

import csv
import io
import json
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from scorecard.publish import ReportInputs, book, downloads
from scorecard.publish.book import Book
from scorecard.publish.formats import points
from tests.golden import fake
from tests.golden.smallbook import small_rulebook

HOSTILE = '=HYPERLINK("http://x","点这里")社区'


@pytest.fixture
def held() -> Book:
    """A small district: a hostile name, one community that waits, one that is not assessed."""
    inputs = fake.inputs(
        small_rulebook(), fake.SMALL, strange={0: HOSTILE}, waiting=frozenset({"990101001003"})
    )
    return book.read(inputs)


def read_csv(text: str) -> list[dict[str, str]]:
    """Return a download's rows by column, as Excel would see them."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_the_ranking_has_every_community_with_the_printed_numbers(held: Book) -> None:
    """Totals are those of the page; who waits or is not assessed is there with the reason and no total."""
    table = downloads.ranking(held, "ranking", tuple(held.units.values()))
    rows = {row["社区编码"]: row for row in read_csv(downloads.as_csv(table))}
    assert set(rows) == set(held.units)
    for unit in held.assessed:
        row = rows[unit["unit_code"]]
        assert (row["总分"], row["名次"]) == (points(unit["total_e2"]), str(unit["rank_overall"]))
        parts = [Decimal(row[d.name_zh]) for d in held.rulebook.dimensions]
        assert sum(parts) + Decimal(row["加分"]) - Decimal(row["扣分"]) == Decimal(row["总分"])
    waits = rows["990101001003"]
    assert (waits["总分"], waits["名次"], waits["说明"]) == (
        "",
        "",
        "待更正，暂不排名：开课次数：部分大于总数",
    )
    assert rows["990101001004"]["说明"].startswith("未参评：")


def test_what_never_came_is_not_called_missing(held: Book) -> None:
    """A community outside the population that sent nothing has no 缺报 and no points, in any table."""
    unit = held.units["990101001004"]
    for item in held.items[unit["unit_code"]].values():
        item |= {"state": "missing", "fill": "missing_zero", "points_e2": 0}
    unit |= {"missing_count": unit["item_count"]}  # type: ignore[operator]
    table = downloads.ranking(held, "ranking", (unit,))
    assert read_csv(downloads.as_csv(table))[0]["缺报项数"] == "0"
    rows = read_csv(downloads.as_csv(downloads.items(held, unit["unit_code"])))
    assert {(row["状态"], row["得分"]) for row in rows} == {("没有报送", "")}


def test_no_text_becomes_a_formula(held: Book) -> None:
    """A name that begins with = is text in CSV and in the workbook, and unchanged in JSON."""
    table = downloads.ranking(held, "ranking", tuple(held.units.values()))
    assert f"'{HOSTILE}" in {row["社区"] for row in read_csv(downloads.as_csv(table))}
    assert HOSTILE in {row[2] for row in json.loads(downloads.as_json(held, table))["rows"]}
    sheet = load_workbook(io.BytesIO(downloads.as_workbook(held, [table]))).worksheets[0]
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert cells[HOSTILE] == "s" and "f" not in cells.values()


def test_the_workbook_has_the_numbers_as_numbers(held: Book) -> None:
    """Cells of the workbook are the table's, numbers with two decimals, empty where there is nothing."""
    table = downloads.ranking(held, "ranking", tuple(held.units.values()))
    sheet = load_workbook(io.BytesIO(downloads.as_workbook(held, [table]))).worksheets[0]
    heads = [cell.value for cell in sheet[2]]
    assert heads == list(table.columns)
    for number, row in enumerate(table.rows, start=3):
        for cell, wanted in zip(sheet[number], row, strict=True):
            if isinstance(wanted, Decimal):
                assert (Decimal(str(cell.value)).quantize(wanted), cell.number_format) == (wanted, "0.00")
            else:
                assert (cell.value or None) == (wanted if wanted != "" else None) or cell.value == wanted


def test_items_lead_to_their_cells_and_keep_four_states(held: Book) -> None:
    """Each item has its state in words and the cell that it came from; what waits has no points."""
    code = "990101001003"
    rows = read_csv(downloads.as_csv(downloads.items(held, code)))
    assert len(rows) == len(held.items[code])
    assert {row["状态"] for row in rows} <= {"已报", "真零", "缺报", "不涉及", "待核"}
    waiting = [row for row in rows if row["状态"] == "待核"]
    assert waiting and all(row["得分"] == "" and row["失分"] == "" for row in waiting)
    assert all(row["行"] and row["列"] for row in rows if row["状态"] == "已报")


def test_the_same_inputs_give_the_same_bytes(inputs: ReportInputs) -> None:
    """Every download is made again byte for byte, the workbook too."""
    once, again = (
        {page.path: page.raw or page.text for page in downloads.files(book.read(inputs))} for _ in range(2)
    )
    assert once == again
    assert {"data/ranking.csv", "data/ranking.json", "data/district.xlsx", "data/streets.csv"} <= set(once)
