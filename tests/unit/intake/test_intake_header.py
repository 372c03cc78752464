"""Headers: which row, which column, and when to ask."""

import pytest
from intake_files import workbook

from scorecard.findings import Severity
from scorecard.intake import (
    Column,
    Document,
    Header,
    Label,
    Sheet,
    Vocabulary,
    locate,
    pick_sheet,
    read_bytes,
)

LABELS = Vocabulary.build(
    [
        Label("street", "街道", ("所属街道", "街道名称")),
        Label("unit", "社区名称", ("社区",)),
        Label("households", "户数", ("总户数", "常住户数")),
        Label("rate", "满意率", ("群众满意率", "满意情况")),
        Label("score", "满意度", ("满意情况",)),
        Label("funds_approved", "工作经费核定", ("核定经费",)),
        Label("funds_spent", "工作经费(支出)", ("支出经费",)),
        Label("funds_arrived", "工作经费到位"),
    ]
)


def sheet(*rows: list[str], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Sheet:
    """Return a sheet of `rows`, padded."""
    width = max(map(len, rows))
    return Sheet("填报", tuple((*row, *[""] * (width - len(row))) for row in rows), merged=merged)


def found(*rows: list[str], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Header:
    """Return the header of `rows`, which has one."""
    header = locate(sheet(*rows, merged=merged), LABELS)
    assert header is not None
    return header


def keys(header: Header) -> list[str]:
    """Return the keys of the columns in order."""
    return [column.key for column in header.columns]


def codes(header: Header) -> list[tuple[str, str]]:
    """Return code and column of the header's findings."""
    return [(finding.code, finding.column) for finding in header.findings]


def test_title_and_unit_rows_stand_above_the_header() -> None:
    """The row with the most known labels is the header; what is above is handed on as titles."""
    header = found(
        ["2025年度社区考核指标上报表"],
        ["（2025年度）", "", "单位：万元、%、人"],
        [],
        ["街道", "社区名称", "户数"],
        ["a", "b", "1"],
    )
    assert (header.first_row, header.last_row, header.matched) == (4, 4, 3)
    assert header.titles == ("2025年度社区考核指标上报表", "（2025年度）", "单位：万元、%、人")
    assert header.columns[2] == Column(3, "C", "户数", "households", "exact", "")
    assert header.findings == ()


@pytest.mark.parametrize(
    ("text", "key", "how", "unit"),
    [
        ("社区名称", "unit", "exact", ""),
        (" 社区名称\u3000", "unit", "exact", ""),
        ("社区名 称", "unit", "normalised", ""),
        ("社区\n名称：", "unit", "normalised", ""),
        ("*户数（户）", "households", "normalised", "户"),
        ("满意率(%)", "rate", "normalised", "%"),
        ("满意率［单位：％］", "rate", "normalised", "%"),
        ("总户数", "households", "synonym", ""),
        ("常住户数（户）", "households", "synonym", "户"),
        ("满意情况", "", "ambiguous", ""),
        ("户数（常住）", "", "unknown", ""),
        ("工作经费", "", "unknown", ""),
    ],
)
def test_how_a_column_is_recognised(text: str, key: str, how: str, unit: str) -> None:
    """Only units are taken out of brackets; a label of two keys is asked, never guessed."""
    column = found(["街道", "社区", text]).columns[2]
    assert (column.key, column.how, column.unit_text) == (key, how, unit)


def test_a_name_wins_over_another_columns_alias() -> None:
    """The template's own header is never ambiguous, whatever aliases others have."""
    vocabulary = Vocabulary.build([Label("a", "人数"), Label("b", "在岗人数", ("人数",))])
    assert (vocabulary.match("人数").key, vocabulary.match("人数").how) == ("a", "exact")


def test_findings_of_columns() -> None:
    """Duplicates name the other column; ambiguous ones the candidates; unknown and nameless ones are said."""
    header = found(
        ["社区名称", "户数", "总户数（户）", "满意情况", "备忘", "", "街道"],
        ["甲", "1", "2", "3", "无", "x", ""],
        ["乙", "", "", "", "", "y", "z"],
    )
    assert codes(header) == [("H202", "C"), ("H203", "D"), ("H204", "E"), ("H205", "F")]
    duplicate, ambiguous, _, nameless = header.findings
    assert "与B列「户数」是同一项" in duplicate.message
    assert "「满意率」、「满意度」" in ambiguous.message
    assert "2 个单元格有内容（首个在第2行，值为「x」）" in nameless.message
    assert duplicate.severity is ambiguous.severity is Severity.ERROR


def test_two_header_rows_are_joined_in_csv() -> None:
    """A group's text reaches over the empty cells right of it; what stands above alone is its own label."""
    header = found(
        ["街道", "社区名称", "工作经费(万元)", "", "", "户数"],
        ["", "", "核定", "到位", "支出", ""],
        ["a", "b", "1", "2", "3", "4"],
    )
    assert (header.first_row, header.last_row) == (1, 2)
    assert keys(header) == ["street", "unit", "funds_approved", "funds_arrived", "funds_spent", "households"]
    assert [column.unit_text for column in header.columns] == ["", "", "万元", "万元", "万元", ""]
    assert header.findings == ()


def test_two_header_rows_follow_merged_ranges() -> None:
    """In a workbook a group ends where its merged range ends."""
    header = found(
        ["社区名称", "工作经费", "", "户数", ""],
        ["", "核定", "到位", "", "支出"],
        ["a", "1", "2", "3", "4"],
        merged=((1, 1, 2, 1), (1, 2, 1, 3)),
    )
    assert keys(header) == ["unit", "funds_approved", "funds_arrived", "households", ""]


def test_a_data_row_is_never_taken_for_a_second_header_row() -> None:
    """Two rows must recognise more than one alone."""
    assert found(["社区名称", "户数"], ["甲", ""], ["乙", "2"]).last_row == 1


def test_one_label_is_no_header() -> None:
    """A lone word that happens to be a label is not enough, unless the user names the row."""
    text = sheet(["社区"], ["甲"])
    assert locate(text, LABELS) is None
    named = locate(text, LABELS, header_row=1)
    assert named is not None
    assert keys(named) == ["unit"]
    assert locate(text, LABELS, header_row=9) is None
    assert locate(text, LABELS, header_row=0) is None


def test_headers_are_sought_in_the_first_thirty_rows() -> None:
    """Row 30 is found, row 31 is not."""
    blank: list[list[str]] = [[""]] * 29
    assert locate(sheet(*blank, ["社区", "户数"]), LABELS) is not None
    assert locate(sheet(*blank, [""], ["社区", "户数"]), LABELS) is None


def _book(*names: str) -> Document:
    """Return a document whose sheets are small forms; a name with * is hidden, 说明 has only words."""

    def fill(book: object) -> None:
        for position, name in enumerate(names):
            page = book.add_worksheet(name.strip("*"))  # type: ignore[attr-defined]
            page.write_row(
                "A1", ["请先阅读"] if name == "说明" else ["社区", "户数", "街道"][: 2 + position % 2]
            )
            page.write_row("A2", ["甲", 1])
            if "*" in name:
                page.hide()

    return read_bytes("a.xlsx", workbook(fill))


def test_the_best_sheet_is_picked_and_the_others_are_named() -> None:
    """Other sheets with a header and data are findings with the file's name; a page of words is none."""
    picked = pick_sheet(_book("说明", "甲表", "乙表", "底表*"), LABELS)
    assert isinstance(picked, tuple)
    chosen, header = picked
    assert chosen.name == "甲表"
    assert [(f.code, f.sheet, f.file) for f in header.findings] == [
        ("H207", "乙表", "a.xlsx"),
        ("H209", "底表", "a.xlsx"),
    ]


def test_the_user_may_name_sheet_and_row() -> None:
    """A named sheet is taken as it is; a name or a row that is not there is a finding."""
    document = _book("甲表", "乙表")
    picked = pick_sheet(document, LABELS, "甲表", 1)
    assert isinstance(picked, tuple)
    assert (picked[0].name, picked[1].findings) == ("甲表", ())
    for wanted, row, code in (("丙表", None, "H206"), ("甲表", 2, "H208"), ("甲表", 99, "H208")):
        result = pick_sheet(document, LABELS, wanted, row)
        assert isinstance(result, list)
        assert [(f.code, f.file) for f in result] == [(code, "a.xlsx")]


def test_a_text_file_has_no_sheet_to_name() -> None:
    """A sheet named for a text file is answered with that, not with an empty list of sheets."""
    result = pick_sheet(read_bytes("a.csv", "社区名称,户数\n甲,1\n".encode()), LABELS, "填报")
    assert isinstance(result, list)
    assert [f.code for f in result] == ["H212"]
    assert "没有工作表，不能指定「填报」" in result[0].message


def test_without_a_header_there_are_findings() -> None:
    """No header, no content, or a refused document: each says it once."""
    for document, codes_ in (
        (read_bytes("a.csv", "随便,什么\n".encode()), ["H201"]),
        (read_bytes("a.csv", b"\xef\xbb\xbf"), ["H210"]),
        (read_bytes("a.csv", b""), []),
    ):
        result = pick_sheet(document, LABELS)
        assert isinstance(result, list)
        assert [f.code for f in result] == codes_


def test_a_turned_sheet_is_told_as_such() -> None:
    """Labels below one another: rows and columns seem exchanged, and the column with the labels is named."""
    turned = sheet(["说明"], ["", "社区名称", "甲社区"], ["", "户数", "12"], ["", "满意率", "90"])
    result = pick_sheet(Document("a.csv", "0" * 64, 1, "csv", sheets=(turned,)), LABELS)
    assert isinstance(result, list)
    assert [f.code for f in result] == ["H211"]
    assert "而在B列里从上到下排着" in result[0].message
