"""The template's cells: which are open, what they accept, what identifies the file."""

import io
from dataclasses import replace
from functools import cache

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scorecard.checks.asks import Asks, asked_codes
from scorecard.checks.own import CHOICES_MARK, GUIDE_MARK, LAST_YEAR_MARK
from scorecard.checks.vocabulary import vocabulary
from scorecard.registry import Registry, Unit
from scorecard.rulebook import Rulebook, load_rulebook
from scorecard.settings import resource
from scorecard.sheets import Template, template
from scorecard.sheets.template import HEADER_ROW, form_columns
from scorecard.sheets.validation import formula

CODES = ("A", "B", "C", "D", "P")
STREET = "990100001"


@cache
def book() -> Rulebook:
    """Return the example rulebook."""
    return load_rulebook(resource("indicators") / "wujiang-wubi" / "2025")


def registry(*names: str) -> Registry:
    """Return a district with one street and its communities."""
    units = [Unit("990100", "某区", "区"), Unit(STREET, "鱼化寨街道", "街道", "990100")]
    units += [Unit(f"{STREET}{n:03d}", name, "社区", STREET) for n, name in enumerate(names, 1)]
    units.append(Unit(f"{STREET}900", "城中村", "社区", STREET, assessed=False, reason="另行考核"))
    return Registry({unit.code: unit for unit in units})


def wanted(code: str = "A", *names: str, previous: dict[tuple[str, str], str] | None = None) -> Template:
    """Return the request for a form of the one street."""
    (form,) = [f for f in book().forms if f.code == code]
    known = registry(*(names or ("甲社区", "乙社区")))
    return Template(book(), known, 2025, form, known.units[STREET], previous or {})


def opened(request: Template) -> openpyxl.Workbook:
    """Return the template as another program opens it."""
    return openpyxl.load_workbook(io.BytesIO(template(request)))


def rules(sheet: Worksheet) -> dict[str, DataValidation]:
    """Return the data validations by their range."""
    return {str(valid.sqref): valid for valid in sheet.data_validations.dataValidation}


@pytest.mark.parametrize("code", CODES)
def test_every_header_means_its_own_column(code: str) -> None:
    """Of every form each header leads to its ask and to no other, and no input of the form is left out."""
    asks = Asks(book())
    columns = form_columns(wanted(code), asks)
    words = vocabulary(asks)
    assert [words.match(header).key for _, header in columns] == [ask.key for ask, _ in columns]
    fed = {slot.indicator.code for ask, _ in columns for slot in ask.slots}
    assert asked_codes(wanted(code).form, book()) <= fed


def test_the_form_comes_first_and_the_lists_are_hidden() -> None:
    """Who saves as CSV saves the form; a sheet of last year is there only with last year's values."""
    plain, full = opened(wanted()), opened(wanted(previous={(f"{STREET}001", "input:持证人数"): "5"}))
    assert plain.sheetnames == ["填报", "填报说明", "下拉选项"]
    assert full.sheetnames == ["填报", "上年数", "填报说明", "下拉选项"]
    assert [s.sheet_state for s in full.worksheets] == ["visible", "visible", "visible", "hidden"]
    marks = [s["A1"].value for s in full.worksheets[1:]]
    assert marks == [LAST_YEAR_MARK, GUIDE_MARK, CHOICES_MARK]


def test_only_value_cells_are_open() -> None:
    """Names, codes and headers are locked, without a password; values and notes are not."""
    sheet = opened(wanted())["填报"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    locked = {c.coordinate for row in sheet.iter_rows() for c in row if c.protection.locked}
    data = [c for row in sheet.iter_rows(min_row=HEADER_ROW + 1) for c in row]
    assert {c.coordinate for c in data if c.column <= 3} == {c.coordinate for c in data} & locked
    assert {c.coordinate for c in sheet[HEADER_ROW]} <= locked


def test_units_are_filled_in_and_codes_stay_text() -> None:
    """The assessed communities of the street, in the order of the registry; nobody else."""
    sheet = opened(wanted())["填报"]
    rows = [[c.value for c in row[:3]] for row in sheet.iter_rows(min_row=HEADER_ROW + 1)]
    assert rows == [["鱼化寨街道", "甲社区", f"{STREET}001"], ["鱼化寨街道", "乙社区", f"{STREET}002"]]
    assert sheet["C4"].number_format == "@"


@pytest.mark.parametrize("code", CODES)
def test_every_value_column_has_a_rule_in_chinese(code: str) -> None:
    """Prompt and error alert for each column, within what Excel allows."""
    sheet = opened(wanted(code))["填报"]
    found = rules(sheet)
    assert len(found) == len(form_columns(wanted(code), Asks(book())))
    for valid in found.values():
        assert valid.errorStyle in (None, "stop")
        assert len(valid.promptTitle) <= 32
        assert len(valid.prompt) <= 255
        assert "应填" in valid.error
        assert len(valid.formula1) <= 255


def test_grades_are_chosen_from_the_hidden_list() -> None:
    """A grade's column offers its names, then the words for 不涉及 and 待核."""
    made = opened(wanted("P"))
    source = next(v.formula1 for v in rules(made["填报"]).values() if v.type == "list")
    area = source.replace("$", "").split("!")[1]
    offered = [row[0].value for row in made["下拉选项"][area]]
    names = {c.name for ask in Asks(book()).inputs for c in ask.categories}
    assert set(offered) - names <= {book().states.not_applicable[0], book().states.disputed[0]}
    assert len(set(offered) & names) > 1


def test_the_rule_of_a_number_says_what_the_check_says() -> None:
    """Bounds, decimals and state words of the formula are the rulebook's."""
    ask = replace(next(a for a in Asks(book()).inputs if a.kind == "number"), decimals=2, minimum=None)
    assert formula(replace(ask, maximum=None), "D4", ()) == (
        "=OR(IF(ISNUMBER(D4),AND(ROUND(D4,2)=D4),FALSE))"
    )
    text = formula(ask, "D4", ('不"涉及',))
    assert text.endswith(',D4="不""涉及")')
    assert (f"D4<={ask.maximum}" in text) == (ask.maximum is not None)


def test_the_file_says_what_it_is() -> None:
    """Template and rulebook are properties of the file."""
    properties = {p.name: p.value for p in opened(wanted()).custom_doc_props.props}
    assert properties["模板编号"] == wanted().id == f"{book().id}/{book().edition}/A/2025/{STREET}"
    assert properties["考核办法指纹"] == book().sha256


def test_last_year_stands_at_the_same_cell() -> None:
    """A clerk finds last year's value of 乙社区 in the cell where this year's belongs."""
    made = opened(wanted(previous={(f"{STREET}002", "input:持证人数"): "5"}))
    sheet, last = made["填报"], made["上年数"]
    (cell,) = [c for row in last.iter_rows(min_row=4) for c in row if c.value == 5]
    assert str(sheet.cell(HEADER_ROW, cell.column).value).startswith("持证人数")
    assert sheet.cell(cell.row, 2).value == last.cell(cell.row, 2).value == "乙社区"


def test_a_hostile_name_is_text() -> None:
    """A community called like a formula is written as text, and stays it when edited."""
    sheet = opened(wanted("A", "=1+1"))["填报"]
    assert (sheet["B4"].value, sheet["B4"].data_type, sheet["B4"].quotePrefix) == ("=1+1", "s", True)


def test_the_guide_tells_the_four_states_apart() -> None:
    """真零, 缺报, 不涉及 and 待核 are explained, with every column's definition and owner."""
    sheet = opened(wanted())["填报说明"]
    texts = [str(c.value) for row in sheet.iter_rows() for c in row if c.value]
    for word in ("真零", "缺报", "不涉及", "待核"):
        assert any(word in text for text in texts), word
    columns = form_columns(wanted(), Asks(book()))
    assert {header for _, header in columns} <= set(texts)
    assert any("2025-12-31" in text for text in texts)


def test_the_same_request_gives_the_same_bytes() -> None:
    """No clock, no random order."""
    assert template(wanted()) == template(wanted())
