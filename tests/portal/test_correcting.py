"""Correcting single cells: the patch, the page, what is kept of both, and what cannot be helped like that."""

import csv
import io
import re
from html import unescape

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from starlette.testclient import TestClient

from scorecard.pipeline.queries import verify_evidence
from scorecard.portal.desk import Desk
from scorecard.settings import LIMITS
from scorecard.store import sha256_hex, store_at
from tests.portal.conftest import Portal, post, token
from tests.portal.test_street import street_file, submit, upload

NEW = 5  # the column 改为, from 0


@pytest.fixture
def wanghe(portal: Portal) -> bytes:
    """The form of the clerk's street, with a count 约400 and an amount 270000; the day is within the term."""
    path = street_file(portal, "望河")
    data = path.read_bytes()
    path.unlink()
    portal.clock.pass_by(days=-10)
    return data


def patch_rows(browser: TestClient, draft: str) -> list[list[str]]:
    """Return the rows of a draft's patch as CSV."""
    answer = browser.get(f"{draft}/patch?kind=csv")
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def filled(rows: list[list[str]], **new: str) -> bytes:
    """Return a patch with `new` texts by cell."""
    stream = io.StringIO()
    told = [
        [*row[:NEW], new[row[1]], *row[NEW + 1 :]] if len(row) > NEW and row[1] in new else row
        for row in rows
    ]
    csv.writer(stream).writerows(told)
    return stream.getvalue().encode("utf-8-sig")


def send(browser: TestClient, draft: str, data: bytes, name: str = "更正表.csv"):  # type: ignore[no-untyped-def]
    """Upload a patch to a draft."""
    return post(browser, draft, f"{draft}/patch", files={"file": (name, data)})


def type_in(browser: TestClient, draft: str, **new: str):  # type: ignore[no-untyped-def]
    """Fill cells in in the page."""
    return post(browser, f"{draft}/grid", f"{draft}/grid", cell=[*new], new=[*new.values()])


def plain(page: str) -> str:
    """Return the text of a page."""
    return unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page)))


def cells(data: bytes) -> dict[str, object]:
    """Return the cells of a workbook's first sheet."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}


def test_a_patch_holds_the_failing_cells_and_nothing_else(portal: Portal, wanghe: bytes) -> None:
    """Two errors and a change to be explained; each says where it is, what it holds and how to mend it."""
    browser = portal.login("clerk")
    draft = upload(browser, wanghe)
    head, body = (rows := patch_rows(browser, draft))[:5], rows[5:]
    assert head[1][1:3] == ["望河街道.csv", sha256_hex(wanghe)]
    assert [(row[1], row[2], row[4], row[NEW]) for row in body] == [
        ("BF4", "临河社区", "", ""),
        ("Y8", "水厂社区", "约400", ""),
        ("AE8", "水厂社区", "270000", ""),
    ]
    assert "概数" in body[1][7] and "确切的数字" in body[1][8] and "整数" in body[1][6]


def test_a_patch_replaces_its_cells_and_leaves_the_rest(portal: Portal, wanghe: bytes) -> None:
    """The new draft stands in the old one's place; every other cell is as it was; it is judged as a whole."""
    browser = portal.login("clerk")
    draft = upload(browser, wanghe)
    answer = send(browser, draft, filled(patch_rows(browser, draft), Y8="4528", AE8="27"))
    assert answer.status_code == 200 and "没有错误" in answer.text and answer.url.path != draft
    assert "约400 → 4528" in plain(answer.text)
    assert browser.get(draft).url.path == answer.url.path, "who comes back finds the new one"

    receipt = submit(browser, answer.url.path)
    number = receipt.url.path.rpartition("/")[2]
    kept = browser.get(f"/file/{number}/original").content
    before = list(csv.reader(io.StringIO(wanghe.decode("gb18030"))))
    was = {
        openpyxl.utils.cell.get_column_letter(c) + str(r): text
        for r, row in enumerate(before, 1)
        for c, text in enumerate(row, 1)
        if text
    }
    now = {place: str(value) for place, value in cells(kept).items()}
    assert {p: now[p] for p in was if str(now.get(p)) != was[p]} == {"Y8": "4528", "AE8": "27"}
    assert now.keys() == was.keys()


def test_the_receipt_leads_to_the_file_before_and_to_the_patch(portal: Portal, wanghe: bytes) -> None:
    """Both are kept byte for byte under the ledger's word, cell by cell with old and new."""
    browser = portal.login("clerk")
    draft = upload(browser, wanghe)
    data = filled(patch_rows(browser, draft), Y8="4528", AE8="27")
    receipt = submit(browser, send(browser, draft, data).url.path)
    number = receipt.url.path.rpartition("/")[2]
    assert sha256_hex(wanghe) in receipt.text and sha256_hex(data) in receipt.text
    for sent in (wanghe, data):
        assert browser.get(f"/file/{number}/source/{sha256_hex(sent)}").content == sent
    assert browser.get(f"/file/{number}/source/{'0' * 64}").status_code == 404
    assert portal.login("other").get(f"/file/{number}/source/{sha256_hex(data)}").status_code == 404
    came = next(e for e in portal.desk.ledger().entries("received") if e.subject == number)
    (mending,) = came.payload["mendings"]
    assert [(c["cell"], c["old"], c["new"], c["row"]) for c in mending["cells"]] == [
        ("Y8", "约400", "4528", 7),
        ("AE8", "270000", "27", 8),
    ]
    assert (mending["actor"], mending["how"]) == ("刘报表", "patch")
    verify_evidence(portal.desk.folder.root, None)
    assert not list((portal.desk.room / "drafts").iterdir())


def test_what_is_typed_in_the_page_is_a_patch_of_its_own(portal: Portal, wanghe: bytes) -> None:
    """Who typed it and when stands in the kept text; the note that was asked for becomes a column."""
    browser = portal.login("clerk")
    answer = type_in(browser, upload(browser, wanghe), BF4="新增两个班次", Y8="4528", AE8="27")
    assert "没有错误" in answer.text and "变动已有说明" in answer.text
    number = submit(browser, answer.url.path).url.path.rpartition("/")[2]
    came = next(e for e in portal.desk.ledger().entries("received") if e.subject == number)
    (mending,) = came.payload["mendings"]
    assert (mending["how"], mending["patch_name"]) == ("web", "网页更正-20251210-100000.csv")
    text = store_at(portal.desk.folder.store).get(mending["patch"]).decode("utf-8-sig")
    assert "填写人刘报表，2025-12-10 10:00:00（北京时间）" in text and "新增两个班次" in text
    assert cells(browser.get(f"/file/{number}/original").content)["BF3"] == "备注"


def test_a_cell_that_was_not_listed_is_refused_in_the_page(portal: Portal, wanghe: bytes) -> None:
    """A form that was tampered with changes nothing, not even the cell that was listed."""
    browser = portal.login("clerk")
    draft = upload(browser, wanghe)
    answer = type_in(browser, draft, Y8="4528", **{"<b>C4": "11"})
    assert answer.status_code == 400 and "「&lt;b&gt;C4」不在有问题的格里" in answer.text
    assert portal.desk.drafts.find(draft.rpartition("/")[2]).sha256 == sha256_hex(wanghe)


def test_what_a_patch_holds_beyond_is_told_and_not_taken(portal: Portal, wanghe: bytes) -> None:
    """Another cell, another community, two values for one cell, an identity card, text in a fixed column."""
    browser = portal.login("clerk")
    draft = upload(browser, wanghe)
    rows = patch_rows(browser, draft)
    note, count, amount = rows[5:8]
    rows[5:] = [
        [*note[:2], "渡口社区", *note[3:NEW], "说明", *note[NEW + 1 :]],
        [*count[:4], "4528", "4528", *count[NEW + 1 :], "多写的"],
        [*amount[:NEW], "27", *amount[NEW + 1 :]],
        [*amount[:NEW], "28", *amount[NEW + 1 :]],
        ["", "C4", "临河社区", "已建党组织小区数", "10", "11", "", "", ""],
    ]
    page = plain(send(browser, draft, filled(rows)).text)
    assert "已更正1格" in page
    for said in (
        "第6行的社区或数据项改过",
        "第7行（Y8）“现在填的”一列改过",
        "第7行多出的内容「多写的」没有读",
        "AE8有几行写得不一样（第8行）",
        "第10行的格C4不在有问题的格里，「11」没有采用",
    ):
        assert said in page, said
    assert "有1处错误" in page


def test_a_hidden_number_is_refused_in_a_patch(portal: Portal, wanghe: bytes) -> None:
    """Nothing is corrected, and the number is not repeated."""
    browser = portal.login("clerk")
    draft = upload(browser, wanghe)
    answer = type_in(browser, draft, Y8="11010519491231002X")
    assert answer.status_code == 400 and "有身份证号" in answer.text
    assert "19491231" not in answer.text
    assert portal.desk.drafts.find(draft.rpartition("/")[2]).sha256 == sha256_hex(wanghe)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda rows, _: filled(rows), "没有一格可以更正"),
        (
            lambda rows, _: filled([*rows[:1], ["更正的文件", "别的.csv", "0" * 64], *rows[2:]]),
            "另一份文件“别的.csv”",
        ),
        (lambda rows, _: filled([[*row[:4], *row[5:]] for row in rows], Y8="1"), "列改动过"),
        (lambda _, data: data, "这不是更正表"),
        (lambda _, __: b"PK\x03\x04 no workbook", "这不是更正表"),
        (lambda _, __: b"", "空文件"),
    ],
)
def test_what_is_no_patch_of_this_file_changes_nothing(
    portal: Portal, wanghe: bytes, made, said: str
) -> None:  # type: ignore[no-untyped-def]
    """One sentence, and the draft as it was."""
    browser = portal.login("clerk")
    draft = upload(browser, wanghe)
    answer = send(browser, draft, made(patch_rows(browser, draft), wanghe))
    assert answer.status_code == 400 and said in answer.text
    assert browser.get(draft).url.path == draft


def test_a_patch_sent_as_a_form_is_told(portal: Portal, wanghe: bytes) -> None:
    """It is no form, and says where it belongs."""
    browser = portal.login("clerk")
    data = filled(patch_rows(browser, upload(browser, wanghe)), Y8="4528")
    assert "这是更正表，不是报表" in browser.get(upload(browser, data, "更正表.csv")).text


def test_hostile_input_is_text(portal: Portal, wanghe: bytes) -> None:
    """Markup is escaped in the page, formulas stay texts in patch and workbook, paths lead nowhere."""
    browser = portal.login("clerk")
    hostile = (
        wanghe.decode("gb18030")
        .replace("约400", "<b>=HYPERLINK(1)")
        .replace("270000", "=1+1")
        .encode("gb18030")
    )
    draft = upload(browser, hostile, "../../<i>.csv")
    page = browser.get(f"{draft}/grid").text
    assert "<b>=HYPER" not in page and "&lt;b&gt;=HYPER" in page and "<i>" not in page
    rows = patch_rows(browser, draft)
    assert rows[7][4] == "'=1+1", "no spreadsheet program computes it"
    answer = send(browser, draft, filled(rows, Y8="=CMD()"), "../../<u>.csv")
    assert "<u>" not in answer.text and "=CMD()" in answer.text
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{answer.url.path}/patch").content))
    assert all(c.data_type != "f" for sheet in book for row in sheet.iter_rows() for c in row)


def template_with(browser: TestClient, **values: object) -> bytes:
    """Return the street's template with values by cell."""
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/template/A").content))
    for place, value in values.items():
        book["填报"][place] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_keeps_its_looks_and_rules(portal: Portal, wanghe: bytes) -> None:
    """Drop-downs, protection, hidden sheets: the corrected workbook is the clerk's own."""
    assert wanghe
    browser = portal.login("clerk")
    data = template_with(browser, D4=1, E4="约2", F4=True)
    draft = upload(browser, data, "望河.xlsx")
    answer = type_in(browser, draft, E4="2", F4="清空")
    assert answer.status_code == 200, plain(answer.text)
    made = portal.desk.drafts.find(answer.url.path.rpartition("/")[2])
    book = openpyxl.load_workbook(io.BytesIO(portal.desk.sent(made).data))
    before = openpyxl.load_workbook(io.BytesIO(data))
    assert [s.title for s in book] == [*(s.title for s in before), "更正记录"]
    sheet = book["填报"]
    assert (sheet["D4"].value, sheet["E4"].value, sheet["F4"].value) == (1, 2, None)
    assert sheet.protection.sheet and len(sheet.data_validations.dataValidation) == len(
        before["填报"].data_validations.dataValidation
    )
    assert book["下拉选项"].sheet_state == "hidden"


def test_rounds_keep_one_record_of_all(portal: Portal, wanghe: bytes) -> None:
    """Marked, corrected in the marked workbook, corrected in the page twice: still one whole workbook."""
    browser = portal.login("clerk")
    marked = browser.get(f"{upload(browser, wanghe)}/marked").content
    draft = upload(browser, marked, "标注.xlsx")
    draft = type_in(browser, draft, Y8="4528").url.path
    marked = browser.get(f"{draft}/marked").content
    assert "问题清单" in openpyxl.load_workbook(io.BytesIO(marked)).sheetnames
    draft = type_in(browser, draft, AE8="27").url.path
    made = portal.desk.drafts.find(draft.rpartition("/")[2])
    book = openpyxl.load_workbook(io.BytesIO(portal.desk.sent(made).data))
    assert "问题清单" not in book.sheetnames and book.sheetnames.count("更正记录") == 1
    assert [row[5].value for row in book["更正记录"].iter_rows(min_row=4)] == ["Y8", "AE8"]
    assert len(made.mendings) == 2 and "没有错误" in browser.get(draft).text


def test_child_processes_know_enough_to_correct(portal: Portal, wanghe: bytes) -> None:
    """What a child says of a marked workbook has its sheets and columns, so that the workbook is edited."""
    desk = Desk(portal.desk.settings, portal.clock, workers=1)
    try:
        browser = Portal(desk, portal.clock).login("clerk")
        marked = browser.get(f"{upload(browser, wanghe)}/marked").content
        draft = type_in(browser, upload(browser, marked, "标注.xlsx"), Y8="4528").url.path
        draft = type_in(browser, draft, AE8="27").url.path
        assert "没有错误" in browser.get(draft).text
        book = openpyxl.load_workbook(io.BytesIO(desk.sent(desk.drafts.find(draft[7:])).data))
        assert [row[5].value for row in book["更正记录"].iter_rows(min_row=4)] == ["Y8", "AE8"]
        assert (book.worksheets[0]["Y8"].value, book.worksheets[0]["AE8"].value) == (4528, 27)
    finally:
        desk.judges.stop()


def test_a_cell_that_looks_like_a_date_becomes_a_number(portal: Portal, wanghe: bytes) -> None:
    """Its look would make a date of the number again: it is written as text then."""
    assert wanghe
    browser = portal.login("clerk")
    book = openpyxl.load_workbook(io.BytesIO(template_with(browser, D4=1, E4=45992)))
    book["填报"]["E4"].number_format = "yyyy-mm-dd"
    stream = io.BytesIO()
    book.save(stream)
    draft = upload(browser, stream.getvalue(), "望河.xlsx")
    assert "像日期" in browser.get(draft).text
    page = type_in(browser, draft, E4="12").text
    assert "像日期" not in page


def test_a_patch_as_workbook_has_the_rules_of_the_template(portal: Portal, wanghe: bytes) -> None:
    """A grade is chosen from its list, a number held to its bounds; only 改为 is open; it comes back."""
    browser = portal.login("clerk")
    draft = upload(browser, wanghe.decode("gb18030").replace("市级", "地市级").encode("gb18030"))
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{draft}/patch").content))
    sheet = book["更正表"]
    rules: list[DataValidation] = sheet.data_validations.dataValidation
    by_cell = {str(rule.sqref): rule.type for rule in rules}
    grades = [row for row in range(6, sheet.max_row + 1) if sheet.cell(row, 4).value == "和谐社区创建等级"]
    count = next(row for row in range(6, sheet.max_row + 1) if sheet.cell(row, 2).value == "Y8")
    assert grades and {by_cell[f"F{row}"] for row in grades} == {"list"} and by_cell[f"F{count}"] == "custom"
    assert (
        sheet.protection.sheet
        and not sheet.cell(6, 6).protection.locked
        and sheet.cell(6, 5).protection.locked
    )
    for row in grades:
        sheet.cell(row, 6).value = "市级"
    sheet.cell(count, 6).value = 4528
    stream = io.BytesIO()
    book.save(stream)
    answer = send(browser, draft, stream.getvalue(), "更正表.xlsx")
    assert f"已更正{len(grades) + 1}格" in answer.text and "有1处错误" in answer.text
    choices = browser.get(f"{draft}/grid").text
    assert choices


def test_an_unknown_community_is_chosen_from_the_streets_own(portal: Portal, wanghe: bytes) -> None:
    """The name is the cell to mend; the whole row counts again."""
    browser = portal.login("clerk")
    draft = upload(browser, wanghe.decode("gb18030").replace("渡口社区", "某某社区").encode("gb18030"))
    page = browser.get(f"{draft}/grid").text
    assert re.search(r'<select id="new\d+"[^>]*>.*?<option>渡口社区</option>', page)
    answer = type_in(browser, draft, B7="渡口社区", Y8="4528", AE8="27")
    assert "没有错误" in answer.text


def test_what_no_cell_can_mend_is_said(portal: Portal, wanghe: bytes) -> None:
    """Without a header nothing can be filled in; neither page nor patch pretends to help."""
    assert wanghe
    browser = portal.login("clerk")
    draft = upload(browser, "随便\n写的\n东西\n".encode(), "乱.csv")
    assert "逐格更正改不了" in browser.get(draft).text
    assert "逐格更正改不了" in browser.get(f"{draft}/grid").text
    answer = browser.get(f"{draft}/patch")
    assert answer.status_code == 400 and "逐格更正改不了" in answer.text


def test_rows_twice_are_said_to_need_the_file(portal: Portal, wanghe: bytes) -> None:
    """One of the two names may be the wrong one; a row to be taken out is taken out in the file."""
    browser = portal.login("clerk")
    text = wanghe.decode("gb18030")
    line = next(row for row in text.splitlines() if "渡口社区" in row)
    draft = upload(browser, text.replace(line, f"{line}\n{line}").encode("gb18030"))
    page = plain(browser.get(f"{draft}/grid").text)
    assert all(f"渡口社区 社区名称 {cell}" in page for cell in ("B7", "B8"))
    assert page.count("整行是多出来的，请在自己的表里删去这一行再整份上传") == 2


def test_many_cells_come_in_pages(portal: Portal, wanghe: bytes) -> None:
    """So many at a time as the setting says; what is saved is gone from the rest."""
    browser = portal.login("clerk")
    draft = upload(
        browser, re.sub(r",(\d+),(\d+),", r",约\1,约\2,", wanghe.decode("gb18030")).encode("gb18030")
    )
    page = browser.get(f"{draft}/grid").text
    assert page.count('name="new"') == LIMITS.grid_cells and "第2页" in page
    second = browser.get(f"{draft}/grid?page=2").text
    place = re.findall(r'name="cell" value="(\w+)"', second)
    assert not set(place) & set(re.findall(r'name="cell" value="(\w+)"', page))
    assert browser.get(f"{draft}/grid?page=x").status_code == 404
    data = {"token": token(second), "page": "2", "cell": place[:1], "new": ["  "]}
    wrong = browser.post(f"{draft}/grid", data=data)
    assert wrong.status_code == 400 and "没有一格可以更正" in wrong.text


def test_two_clicks_are_one_correction(portal: Portal, wanghe: bytes) -> None:
    """The second finds the new draft and changes nothing."""
    browser = portal.login("clerk")
    draft = upload(browser, wanghe)
    form = browser.get(f"{draft}/grid").text
    data = {"token": re.search(r'name="token" value="(\w+)"', form)[1], "cell": "Y8", "new": "4528"}  # type: ignore[index]
    first, second = browser.post(f"{draft}/grid", data=data), browser.post(f"{draft}/grid", data=data)
    assert first.url.path == second.url.path
    assert len(portal.desk.drafts.of(portal.desk.drafts.find(first.url.path[7:]).account_id)) == 1


def test_anothers_draft_is_not_there(portal: Portal, wanghe: bytes) -> None:
    """Neither its cells, nor its patch, nor its points; nor what took its place."""
    browser, other = portal.login("clerk"), portal.login("other")
    draft = upload(browser, wanghe)
    after = type_in(browser, draft, Y8="4528").url.path
    for path in (draft, after):
        for part in ("", "/grid", "/patch", "/points"):
            assert other.get(f"{path}{part}").status_code == 404
        assert post(other, "/task", f"{path}/grid", cell="Y8", new="1").status_code == 404
        assert post(other, "/task", f"{path}/patch", files={"file": ("a.csv", b"x")}).status_code == 404


def test_a_returned_file_is_corrected_from_where_it_stands(portal: Portal, wanghe: bytes) -> None:
    """Its bytes become a draft to fill in; it itself stays as it is."""
    browser = portal.login("clerk")
    number = submit(browser, upload(browser, wanghe), errors="on").url.path.rpartition("/")[2]
    page = post(browser, f"/file/{number}", f"/file/{number}/again")
    assert page.url.path.endswith("/grid") and "约400" in page.text
    answer = type_in(browser, page.url.path.removesuffix("/grid"), Y8="4528", AE8="27")
    assert "没有错误" in answer.text and "约400 → 4528" in plain(answer.text)
    second = submit(browser, answer.url.path, replacing="on").url.path.rpartition("/")[2]
    assert second != number
    verify_evidence(portal.desk.folder.root, None)


def test_a_corrected_draft_outlives_the_server(portal: Portal, wanghe: bytes) -> None:
    """With what it was made of; rubbish beside it goes."""
    browser = portal.login("clerk")
    draft = type_in(browser, upload(browser, wanghe), Y8="4528", AE8="27").url.path
    again = portal.again()
    again.desk.drafts.tidy()
    receipt = submit(again.login("clerk"), draft)
    assert sha256_hex(wanghe) in receipt.text
    verify_evidence(again.desk.folder.root, None)
