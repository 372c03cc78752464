"""A template's round: filled in with an error, returned with it marked, corrected there, and sent again."""

import io
import subprocess
from pathlib import Path
from typing import Any

import openpyxl

from scorecard.findings import Severity
from tests.acceptance.conftest import scorecard
from tests.acceptance.test_template import DISTRICT, STREETS, check, filled

WRONG, RIGHT = "D5", 7
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Clerk"/>
</library:library>"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Clerk"
 script:language="StarBasic">Sub Correct(source As String, target As String, place As String, value As Double)
Dim hidden(0) As New com.sun.star.beans.PropertyValue
hidden(0).Name = "Hidden" : hidden(0).Value = True
document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
document.Sheets.getByName("填报").getCellRangeByName(place).Value = value
Dim kind(0) As New com.sun.star.beans.PropertyValue
kind(0).Name = "FilterName" : kind(0).Value = "Calc MS Excel 2007 XML"
document.storeToURL(ConvertToURL(target), kind())
document.close(True)
End Sub
</script:module>"""


def sent(folder: Path) -> Path:
    """Return a filled template with one wrong number."""
    book = openpyxl.load_workbook(io.BytesIO(filled("A", STREETS[0])))
    book["填报"][WRONG].value = "约400"
    path = folder / "报表.xlsx"
    book.save(path)
    return path


def returned(folder: Path) -> Path:
    """Return what the command gives back for it."""
    out = folder / "退回.xlsx"
    words = ("check", sent(folder), "--data", DISTRICT, "--year", "2025", "--format", "xlsx", "--out", out)
    assert scorecard(*words).code == 1
    return out


def corrected(source: Path, folder: Path) -> Path:
    """Return the workbook as LibreOffice saves it after somebody typed the right number."""
    macros, target = folder / "profile" / "user" / "basic" / "Standard", folder / "改好.xlsx"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _office(profile, "--terminate_after_init")  # makes the profile, and its macros anew
    (macros / "script.xlb").write_text(LIBRARY, "utf-8")
    (macros / "Clerk.xba").write_text(MODULE, "utf-8")
    macro = f'macro:///Standard.Clerk.Correct("{source}","{target}","{WRONG}",{RIGHT})'
    _office(profile, macro)
    return target


def _office(*words: str) -> None:
    subprocess.run(["soffice", *words, "--headless"], check=True, capture_output=True, timeout=120)


def equipment(path: Path) -> dict[str, Any]:
    """Return what a template has besides its values, as a spreadsheet program finds it."""
    book = openpyxl.load_workbook(path)
    mine = [s for s in book if s.title != "问题清单"]
    return {
        "sheets": [(s.title, s.sheet_state, s.protection.sheet) for s in mine],
        "rules": {
            (str(rule.sqref), rule.type, rule.formula1, rule.prompt, rule.error)
            for rule in book["填报"].data_validations.dataValidation
        },
        "open": {c.coordinate for row in book["填报"]["A1:BG14"] for c in row if not c.protection.locked},
        "widths": {
            (sheet.title, column): round(sheet.column_dimensions[column].width)
            for sheet in mine
            for column in ("A", "D", "H")
        },
        "properties": {p.name: p.value for p in book.custom_doc_props.props},
        "texts": [[c.value for row in sheet for c in row] for sheet in mine[1:]],
    }


def test_the_returned_template_is_the_template(tmp_path: Path) -> None:
    """Drop-downs, prompts, protection, open cells, widths, hidden and other sheets, properties: as before."""
    back = returned(tmp_path)
    assert equipment(back) == equipment(tmp_path / "报表.xlsx")
    book = openpyxl.load_workbook(back)
    assert (book.active.title, book["填报"].freeze_panes) == ("填报", "D4")
    assert "约400" in book["填报"][WRONG].comment.text
    assert len(book["填报"].data_validations.dataValidation) > 50


def test_corrected_in_libreoffice_it_passes(tmp_path: Path) -> None:
    """The right number typed in LibreOffice: no error, no mapping, every rule there, no mark stays."""
    fixed = corrected(returned(tmp_path), tmp_path)
    result = check(fixed, "A")
    assert [f for f in result.findings if f.severity is Severity.ERROR] == []
    assert len(result.accepted_units) == result.row_count > 0
    assert not any(f.code.startswith("H") for f in result.findings)
    kept, first = equipment(fixed), equipment(tmp_path / "报表.xlsx")
    for what in ("sheets", "open", "widths", "properties"):
        assert kept[what] == first[what]
    assert {rule[0] for rule in kept["rules"]} == {rule[0] for rule in first["rules"]}
    again = tmp_path / "再退.xlsx"
    words = ("check", fixed, "--data", DISTRICT, "--year", "2025", "--format", "xlsx", "--out", again)
    assert scorecard(*words).code == 0
    sheet = openpyxl.load_workbook(again)["填报"]
    assert sheet[WRONG].comment is None
    marked = [
        r.formula for rules in sheet.conditional_formatting for r in rules.rules if WRONG in rules.sqref
    ]
    assert marked == []
    assert [s.title for s in openpyxl.load_workbook(again)].count("问题清单") == 1


def test_an_altered_value_of_last_year_is_said(tmp_path: Path) -> None:
    """In the template's own sheet: a warning at its cell, marked there when it goes back, and said again."""
    book = openpyxl.load_workbook(io.BytesIO(filled("A", STREETS[0])))
    before = book["上年数"]["D4"].value
    book["上年数"]["D4"].value = before + 1
    path, back = tmp_path / "报表.xlsx", tmp_path / "退回.xlsx"
    book.save(path)
    words = ("check", path, "--data", DISTRICT, "--year", "2025", "--format", "xlsx", "--out", back)
    assert scorecard(*words).code == 0
    for file in (path, back):
        (said,) = [f for f in check(file, "A").findings if f.code == "T706"]
        assert (said.sheet, said.cell, said.severity) == ("上年数", "D4", Severity.WARNING)
        assert f"填的是「{before + 1}」，上年归档的是{before}，" in said.message
    sheet = openpyxl.load_workbook(back)["上年数"]
    assert f"上年归档的是{before}" in sheet["D4"].comment.text
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["D4"]
