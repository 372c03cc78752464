"""The clerk from the task page to the receipt, by pages alone."""

import errno
import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

from scorecard.ledger import Ledger
from scorecard.pipeline.queries import verify_evidence
from scorecard.store import sha256_hex, store_at
from tests.portal.conftest import QINGHUAI, WANGHE, Portal, post, token

CLEAN = "石桥头街道"


def street_file(portal: Portal, part: str) -> Path:
    """Return the example file of a street."""
    folder = portal.desk.folder.root / "submissions" / "2025"
    return next(p for p in sorted(folder.rglob("*")) if p.is_file() and part in str(p))


@pytest.fixture
def wanghe(portal: Portal) -> bytes:
    """What the clerk's street has to hand in; taken out of the folder, as if nobody had sent it."""
    path = street_file(portal, "望河")
    data = path.read_bytes()
    path.unlink()
    return data


def upload(browser: TestClient, data: bytes, name: str = "望河街道.csv") -> str:
    """Upload a file and return the path of its draft."""
    answer = post(browser, "/task", "/upload", files={"file": (name, data)})
    assert answer.status_code == 200, answer.text
    assert answer.url.path.startswith("/draft/")
    return answer.url.path


def submit(browser: TestClient, draft: str, **ticks: str):  # type: ignore[no-untyped-def]
    """Hand a draft in."""
    return post(browser, draft, f"{draft}/submit", **ticks)


def test_the_task_page_counts_what_is_owed(portal: Portal, wanghe: bytes) -> None:
    """Deadlines with days left, communities and indicators, no receipt yet."""
    assert wanghe
    portal.clock.pass_by(days=-10)
    page = portal.login("clerk").get("/task").text
    assert "望河街道" in page and "2025-12-15" in page and "还有5天" in page
    assert re.search(r"<b>0</b>/ \d+ 个报齐", page) and "未报" in page


def test_the_template_is_the_streets_own(portal: Portal) -> None:
    """The workbook that the command writes: own communities only."""
    browser = portal.login("clerk")
    answer = browser.get("/template/A")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    text = " ".join(str(c) for s in book for row in s.iter_rows(values_only=True) for c in row if c)
    assert "望江楼社区" in text and "凤鸣社区" not in text
    assert "attachment" in answer.headers["content-disposition"]
    assert browser.get("/template/B").status_code == 404


def test_from_upload_to_receipt(portal: Portal, wanghe: bytes) -> None:
    """Everything wrong at once, errors first; the receipt names number, hash and missing communities."""
    portal.clock.pass_by(days=-10)
    browser = portal.login("clerk")
    draft = upload(browser, wanghe)
    page = browser.get(draft).text
    assert "GB18030" in page and "约400" in page and "有2处错误" in page
    assert page.index('<b class="error">') < page.index('<b class="info">')

    refused = submit(browser, draft)
    assert refused.status_code == 400 and "还有2处错误" in refused.text
    assert not portal.desk.files()

    receipt = submit(browser, draft, errors="on")
    assert receipt.status_code == 200 and receipt.url.path == f"/receipt/2025-{WANGHE}-A-001"
    for said in (sha256_hex(wanghe), "盖章", "水厂社区", "2025-12-10"):
        assert said in receipt.text, said
    assert browser.get(draft).status_code == 404

    file = portal.desk.files()[0]
    assert [(s.target, s.actor) for s in file.steps] == [("DRAFT", "刘报表"), ("SELF_DONE", "刘报表")]
    assert store_at(portal.desk.folder.store).get(file.sha256) == wanghe
    verify_evidence(portal.desk.folder.root, None)
    task = browser.get("/task").text
    assert file.receipt_no in task and "自评完成" in task
    assert browser.get(f"/file/{file.receipt_no}/original").content == wanghe


def test_what_is_not_signed_is_not_in_the_data_folder(portal: Portal, wanghe: bytes) -> None:
    """A build sees what a street's leader has submitted, and nothing before."""
    portal.clock.pass_by(days=-10)
    browser = portal.login("clerk")
    before = [f.relative for f in portal.desk.folder.files(2025)]
    submit(browser, upload(browser, wanghe), errors="on")
    assert [f.relative for f in portal.desk.folder.files(2025)] == before


def test_the_same_file_twice_is_one_receipt(portal: Portal, wanghe: bytes) -> None:
    """Whoever doubts that the first click arrived clicks again."""
    portal.clock.pass_by(days=-10)
    browser = portal.login("clerk")
    first = submit(browser, upload(browser, wanghe), errors="on").url.path
    entries = len(portal.desk.ledger().entries())
    again = submit(browser, upload(browser, wanghe, "改了名.csv"), errors="on")
    assert again.url.path == first
    assert len(portal.desk.ledger().entries()) == entries


def test_a_draft_outlives_the_server(portal: Portal, wanghe: bytes) -> None:
    """What was uploaded and not handed in is there after a restart; rubbish of a broken upload is not."""
    portal.clock.pass_by(days=-10)
    draft = upload(portal.login("clerk"), wanghe)
    stray = portal.desk.room / "drafts" / "stray"
    stray.write_bytes(b"half")
    restarted = portal.again()
    restarted.desk.drafts.tidy()
    browser = restarted.login("clerk")
    assert draft in browser.get("/task").text
    assert not stray.exists()
    assert submit(browser, draft, errors="on").url.path.startswith("/receipt/")


def test_a_newer_file_says_what_changes_and_replaces_the_open_one(portal: Portal, wanghe: bytes) -> None:
    """New, changed with its percentage, and removed only by an explicit tick; the old one is withdrawn."""
    portal.clock.pass_by(days=-10)
    browser = portal.login("clerk")
    submit(browser, upload(browser, wanghe), errors="on")
    text = wanghe.decode("gb18030").replace("约400", "400")
    lines = text.splitlines(keepends=True)
    gone = next(n for n, line in enumerate(lines) if "望江楼社区" in line)
    newer = "".join(lines[:gone] + lines[gone + 1 :]).encode("gb18030")
    draft = upload(browser, newer)
    page = browser.get(draft).text
    assert "与上一份的差别" in page and "新增" in page and "少了" in page
    assert "撤回尚未审完的一份" in page
    ticks = {"errors": "on", "removed": "on", "replacing": "on"}
    for left in ticks:
        assert submit(browser, draft, **{k: v for k, v in ticks.items() if k != left}).status_code in (
            400,
            409,
        )
    done = submit(browser, draft, **ticks)
    assert done.url.path == f"/receipt/2025-{WANGHE}-A-002"
    assert "望江楼社区" in done.text
    old, new = portal.desk.files()
    assert (old.stage, new.stage, new.version) == ("WITHDRAWN", "SELF_DONE", 2)


def test_what_the_program_read_wrongly_can_be_corrected(portal: Portal, wanghe: bytes) -> None:
    """A header that nobody knows is mapped by hand, shown as such, and kept for the receipt."""
    portal.clock.pass_by(days=-10)
    header = wanghe.decode("gb18030")
    strange = header.replace("已走访户数", "跑了多少家", 1).encode("gb18030")
    browser = portal.login("clerk")
    draft = upload(browser, strange)
    page = browser.get(draft).text
    assert "跑了多少家" in page
    row = re.search(r"<td>([A-Z]+)</td><th scope=\"row\">跑了多少家", page)
    assert row
    form = {
        "column": row[1],
        "target": "input:已走访户数",
        "sheet": "",
        "header_row": "",
        "encoding": "gb18030",
    }
    mapped = post(browser, draft, f"{draft}/reading", **form)
    assert mapped.status_code == 200 and "人工指定" in mapped.text
    wrong = post(browser, draft, f"{draft}/reading", header_row="abc")
    assert wrong.status_code == 400 and "不是行号" in wrong.text
    done = submit(browser, draft, errors="on")
    assert "人工指定1列" in done.text


def test_the_returned_workbook_can_be_uploaded_again(portal: Portal, wanghe: bytes) -> None:
    """The marked .xlsx is read as what it is: the clerk's own file, corrected in place."""
    browser = portal.login("clerk")
    draft = upload(browser, wanghe)
    marked = browser.get(f"{draft}/marked")
    assert marked.content[:2] == b"PK"
    again = browser.get(upload(browser, marked.content, "标注.xlsx")).text
    assert "有2处错误" in again


def test_another_streets_file_is_refused(portal: Portal) -> None:
    """That it is another street's is said, and nothing is handed in for somebody else."""
    portal.clock.pass_by(days=-10)
    browser = portal.login("clerk")
    draft = upload(browser, street_file(portal, CLEAN).read_bytes(), "石桥头.csv")
    done = submit(browser, draft, errors="on", removed="on")
    assert done.status_code == 400 and "没有一个可以采用的数" in done.text
    assert "都属于石桥头街道，没有一个属于望河街道" in done.text
    assert not portal.desk.files()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.csv", b""),
        ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ("字.csv", "你好".encode()),
        ("<img src=x onerror=alert(1)>.csv", b"<script>alert(1)</script>,1\n"),
        ("../../etc/passwd", b"a,b\n1,2\n"),
    ],
)
def test_what_is_no_form_gets_a_sentence_and_no_receipt(portal: Portal, name: str, data: bytes) -> None:
    """Empty, a picture, a text, markup, a path: nothing of it is run, shown raw, or written anywhere."""
    browser = portal.login("clerk")
    answer = post(browser, "/task", "/upload", files={"file": (name, data)})
    assert answer.status_code in (200, 400)
    assert "<script>alert" not in answer.text and "<img" not in answer.text
    if answer.status_code == 200:
        assert submit(browser, answer.url.path, errors="on").status_code == 400
    assert not portal.desk.files()
    assert not Ledger.at(portal.desk.folder.ledger).entries("received")


def test_uploads_beyond_the_limit_are_cut_off(portal: Portal) -> None:
    """By what they say of themselves, and while they stream in."""
    browser = portal.login("clerk")
    answer = post(browser, "/task", "/upload", files={"file": ("大.csv", bytes(21_000_000))})
    assert answer.status_code == 413 and "20MB" in answer.text

    def stream():  # type: ignore[no-untyped-def]
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        for _ in range(30):
            yield bytes(1_000_000)

    headers = {"content-type": "multipart/form-data; boundary=x"}
    assert browser.post("/upload", content=stream(), headers=headers).status_code == 413
    assert not list((portal.desk.room / "drafts").iterdir())


def test_too_many_drafts_are_refused(portal: Portal) -> None:
    """A disk is not filled by clicking."""
    browser = portal.login("clerk")
    for number in range(10):
        upload(browser, f"a,b\n{number},2\n".encode())
    answer = post(browser, "/task", "/upload", files={"file": ("a.csv", b"a,b\n")})
    assert answer.status_code == 400 and "已有10份" in answer.text
    draft = re.search(r"/draft/[0-9a-f]{32}", browser.get("/task").text)
    assert draft and post(browser, "/task", f"{draft[0]}/drop").status_code == 200
    assert draft[0] not in browser.get("/task").text


def test_a_draft_is_nobody_elses(portal: Portal, wanghe: bytes) -> None:
    """Another street's clerk gets the page for what is not there, whatever they ask of it."""
    draft = upload(portal.login("clerk"), wanghe)
    other = portal.login("other")
    assert other.get(draft).status_code == 404
    assert other.get(f"{draft}/marked").status_code == 404
    own = token(other.get("/task").text)
    for action in ("reading", "drop", "submit"):
        assert other.post(f"{draft}/{action}", data={"token": own}).status_code == 404
    assert portal.login("clerk").get(draft).status_code == 200


def test_late_needs_a_reason_and_early_waits(portal: Portal, wanghe: bytes) -> None:
    """The sentence says so and forgets nothing that was ticked or written; the ledger keeps the reason."""
    browser = portal.login("clerk")
    draft = upload(browser, wanghe)
    late = submit(browser, draft, errors="on")
    assert late.status_code == 409 and "已过截止" in late.text
    assert 'name="errors" checked' in late.text  # what was ticked stays ticked
    unread = submit(browser, draft, reason="<b>系统</b>升级")
    assert unread.status_code == 400 and "&lt;b&gt;系统&lt;/b&gt;升级</textarea>" in unread.text
    assert submit(browser, draft, errors="on", reason="系统升级").status_code == 200
    assert portal.desk.files()[0].steps[-1].reason == "系统升级"


def test_a_draft_is_judged_again_when_last_year_changes(portal: Portal, wanghe: bytes) -> None:
    """What is compared with last year follows the files of last year, in a portal that keeps running."""
    browser = portal.login("clerk")
    draft = upload(browser, wanghe)
    assert "与上年相差过大" in browser.get(draft).text
    root = portal.desk.folder.root
    for path in [*root.glob("submissions/2024/**/*"), *root.glob("sources/2024/**/*")]:
        if path.is_file():
            path.unlink()
    assert "与上年相差过大" not in browser.get(draft).text


def test_a_list_of_last_year_is_compared_with_at_once(portal: Portal) -> None:
    """A list put into the folder of last year changes what files are compared with in a running portal."""
    before, root = dict(portal.desk._before()[1] or {}), portal.desk.folder.root
    (path,) = (root / "tasks" / "2025").glob("望河街道*")
    target = root / "tasks" / "2024" / path.name
    target.parent.mkdir()
    target.write_bytes(path.read_bytes().replace(b"2025", b"2024"))
    assert dict(portal.desk._before()[1] or {}) != before


def test_before_the_window_nothing_is_taken(portal: Portal, wanghe: bytes) -> None:
    """The window opens on the first of December; whatever reason one writes."""
    portal.clock.pass_by(days=-25)
    browser = portal.login("clerk")
    answer = submit(browser, upload(browser, wanghe), errors="on", reason="想早点交")
    assert answer.status_code == 409 and "填报窗口未开放" in answer.text
    assert not Ledger.at(portal.desk.folder.ledger).entries("received")
    assert not store_at(portal.desk.folder.store).objects()


def test_a_header_like_a_formula_is_not_remembered(portal: Portal, wanghe: bytes) -> None:
    """It would stand in decisions/ and be run by whoever opens the list in a spreadsheet."""
    portal.clock.pass_by(days=-10)
    strange = wanghe.decode("gb18030").replace("已走访户数", "=1+1", 1).encode("gb18030")
    browser = portal.login("clerk")
    draft = upload(browser, strange)
    column = re.search(r'<td>([A-Z]+)</td><th scope="row">=1\+1', browser.get(draft).text)
    assert column
    form = {"column": column[1], "target": "input:已走访户数"}
    assert post(browser, draft, f"{draft}/reading", **form).status_code == 200
    done = submit(browser, draft, errors="on")
    assert done.status_code == 400 and "会变成公式" in done.text
    assert not portal.desk.files()


def test_two_at_once_get_two_numbers(portal: Portal, wanghe: bytes) -> None:
    """Two streets, and two files of one street, at the same moment: nothing is lost, nothing is shared."""
    portal.clock.pass_by(days=-10)
    theirs = street_file(portal, "青槐").read_bytes()
    first, second = portal.login("clerk"), portal.login("other")
    drafts = [(first, upload(first, wanghe)), (second, upload(second, theirs, "青槐.xlsx"))]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda each: submit(*each, errors="on").url.path, drafts * 2))
    assert all(path.startswith("/receipt/") or "/submit" in path for path in done)
    numbers = [f.receipt_no for f in portal.desk.files()]
    assert sorted(numbers) == [f"2025-{WANGHE}-A-001", f"2025-{QINGHUAI}-A-001"]
    verify_evidence(portal.desk.folder.root, None)


def test_a_fault_shows_no_traceback(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person reads one sentence; what went wrong stands in the server's log."""

    def broken() -> None:
        raise RuntimeError("secret detail")

    browser = portal.login("clerk")
    monkeypatch.setattr(portal.desk, "files", broken)
    answer = browser.get("/task")
    assert answer.status_code == 500 and "程序自身出错" in answer.text
    assert "secret detail" not in answer.text and "Traceback" not in answer.text


def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upload that the disk does not take is refused; no draft is half there."""
    browser = portal.login("clerk")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("scorecard.portal.drafts.os.fsync", full)
    answer = post(browser, "/task", "/upload", files={"file": ("a.csv", b"a,b\n1,2\n")})
    assert answer.status_code == 507 and "磁盘已满" in answer.text
    monkeypatch.undo()
    assert not list((portal.desk.room / "drafts").iterdir())
    assert "a.csv" not in browser.get("/task").text
