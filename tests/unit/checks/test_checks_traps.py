"""The ways in which other readers lose a value in silence, each by name: here it is read or told."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from checks_files import CODES, NAMES, codes, context, run

from scorecard.checks import CheckResult, check
from scorecard.intake import read_bytes

A, B = NAMES[:2]
COUNT = "两校开课次数"
HEADER = ["社区名称", "社区编码", COUNT]


def book(fill: Callable[[Any], None]) -> CheckResult:
    """Check a workbook with the header and two communities, changed by `fill`."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("填报")
        for number, row in enumerate([HEADER, [A, CODES[0], 3], [B, CODES[1], 4]]):
            sheet.write_row(number, 0, row)
        fill(sheet)
    return check(read_bytes("报表.xlsx", stream.getvalue()), context())


def cell(text: str) -> CheckResult:
    """Check a text file with `text` as the first count."""
    return run([HEADER, [A, CODES[0], text], [B, CODES[1], "4"]])


def error_cell(sheet: Any) -> None:
    """An error that a reader turns into nothing."""
    sheet.write_formula("C2", "=1/0", None, "#DIV/0!")


def uncached(sheet: Any) -> None:
    """A formula whose value nobody saved."""
    sheet.write_formula("C2", "=1+2", None, "")


def hidden_row(sheet: Any) -> None:
    """A row that nobody sees."""
    sheet.set_row(1, None, None, {"hidden": True})


def filtered(sheet: Any) -> None:
    """A row that a filter hides."""
    sheet.autofilter("A1:C3")
    sheet.set_row(2, None, None, {"hidden": True})


def merged(sheet: Any) -> None:
    """One number over two communities."""
    sheet.merge_range("C2:C3", 3)


def float_code(sheet: Any) -> None:
    """A code of twelve digits kept as a number."""
    sheet.write_number("B2", int(CODES[0]))


def boolean(sheet: Any) -> None:
    """A truth value where a number belongs."""
    sheet.write_boolean("C2", True)


def far(sheet: Any) -> None:
    """A cell in the last row of the sheet."""
    sheet.write_number(1_048_575, 0, 1)


def spaced(sheet: Any) -> None:
    """A third community below two blank rows."""
    sheet.write_row(5, 0, [NAMES[2], CODES[2], 5])


TRAPS = [  # name, what is done, the codes, the counts × 10^4 in the order of units
    ("error cell", lambda: book(error_cell), ["C407"], [40_000]),
    ("formula without a value", lambda: book(uncached), ["C407"], [40_000]),
    ("hidden row", lambda: book(hidden_row), ["S308"], [30_000, 40_000]),
    ("filtered row", lambda: book(filtered), ["S308"], [30_000, 40_000]),
    ("merged cells of data", lambda: book(merged), ["S312", "S320"], []),
    ("code as a number", lambda: book(float_code), [], [30_000, 40_000]),
    ("truth value", lambda: book(boolean), ["C402"], [40_000]),
    ("cell in the last row", lambda: book(far), ["S301"], []),
    ("blank rows", lambda: book(spaced), [], [30_000, 40_000, 50_000]),
    ("nan", lambda: cell("nan"), ["C411"], [40_000]),
    ("inf", lambda: cell("-inf"), ["C411"], [40_000]),
    ("1e999", lambda: cell("1e999"), ["C411"], [40_000]),
    ("underscores", lambda: cell("1_000"), ["C411"], [40_000]),
    ("superscript", lambda: cell("12²"), ["C403"], [40_000]),
    ("circled digit", lambda: cell("12①"), ["C403"], [40_000]),
    ("half", lambda: cell("3½"), ["C403"], [40_000]),
    ("Roman numeral", lambda: cell("Ⅻ"), ["C434"], [40_000]),
    ("other scripts' digits", lambda: cell("٣٤"), ["C402"], [40_000]),
    ("full-width digits", lambda: cell("１２"), [], [120_000, 40_000]),
    ("no-break space", lambda: cell("\u00a012\u200b"), [], [120_000, 40_000]),
    ("a true zero", lambda: cell("0.00"), [], [0, 40_000]),
    ("an empty cell", lambda: cell(""), [], [40_000]),
]


@pytest.mark.parametrize(("make", "wanted", "counts"), [t[1:] for t in TRAPS], ids=[t[0] for t in TRAPS])
def test_a_trap_gives_its_value_or_its_finding(
    make: Callable[[], CheckResult], wanted: list[str], counts: list[int]
) -> None:
    """No value changes, none vanishes, none is invented."""
    result = make()
    assert codes(result) == wanted
    assert result.facts["value_e4"].to_list() == counts


def test_blank_rows_do_not_shift_the_row_that_is_named() -> None:
    """Excel's row number is said, blank rows counted."""
    result = run([HEADER, [A, CODES[0], "3"], ["", "", ""], ["", "", ""], [B, CODES[1], "约4"]])
    assert [f.cell for f in result.findings if f.code == "C404"] == ["C5"]


def test_a_long_row_in_a_quoted_cell_counts_once() -> None:
    """A line break in a cell is no row of its own."""
    result = run([HEADER, [f"{A}\n", CODES[0], "3"], [B, CODES[1], "约4"]])
    assert [f.cell for f in result.findings if f.code == "C404"] == ["C3"]
