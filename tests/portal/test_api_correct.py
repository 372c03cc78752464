"""Correcting single cells by a program: what comes of it is what comes of the pages, and twice is once."""

import io
from hashlib import sha256

import openpyxl
import pytest

from scorecard.pipeline.queries import verify_evidence
from scorecard.store import store_at
from tests.portal.conftest import WANGHE, Portal
from tests.portal.programs import Program, program
from tests.portal.test_correcting import filled, patch_rows
from tests.portal.test_street import wanghe

__all__ = ["wanghe"]
FIRST = f"2025-{WANGHE}-A-001"


@pytest.fixture
def clerk(portal: Portal) -> Program:
    """The clerk's program, on 10 December."""
    portal.clock.pass_by(days=-10)
    return program(portal, "clerk")


def hash_of(data: bytes) -> str:
    """Return what the bytes are named by."""
    return sha256(data).hexdigest()


def put(clerk: Program, base: bytes, patch: bytes):  # type: ignore[no-untyped-def]
    """Send a patch of an upload."""
    return clerk.ask("PUT", f"/uploads/{hash_of(base)}/patches/{hash_of(patch)}?name=更正.csv", content=patch)


def test_failing_cells_are_listed_and_filled(portal: Portal, clerk: Program, wanghe: bytes) -> None:
    """What is wrong and what belongs there; the new upload is checked as a whole and can be handed in."""
    clerk.upload(wanghe)
    path = f"/uploads/{hash_of(wanghe)}/cells"
    listed = clerk.get(path).json()
    assert [(c["cell"], c["kind"], c["raw"]) for c in listed["cells"]] == [
        ("BF4", "note", ""),
        ("Y8", "value", "约400"),
        ("AE8", "value", "270000"),
    ]
    assert "整数" in listed["cells"][1]["expected"] and not listed["help"]
    made = clerk.post(path, cells={"BF4": "新增两个班次", "Y8": "4528", "AE8": "27"})
    assert made.status_code == 201 and not made.json()["needs"]
    (correction,) = made.json()["corrections"]
    assert (correction["base"], correction["how"], correction["actor"]) == (hash_of(wanghe), "api", "刘报表")
    assert [(c["cell"], c["old"], c["new"]) for c in correction["cells"]] == [
        ("BF4", "", "新增两个班次"),
        ("Y8", "约400", "4528"),
        ("AE8", "270000", "27"),
    ]
    again = clerk.post(path, cells={"BF4": "新增两个班次", "Y8": "4528", "AE8": "27"})
    assert (again.status_code, again.json()) == (200, made.json())
    assert clerk.post(path, cells={"Y8": "4529"}).status_code == 404, "the file before is no upload any more"

    receipt = clerk.post(f"/uploads/{made.json()['sha256']}/submit").json()
    assert receipt["corrections"] == made.json()["corrections"]
    kept = store_at(portal.desk.folder.store).get(correction["patch"]).decode("utf-8-sig")
    assert "接口更正，账号刘报表，2025-12-10 10:00:00（北京时间）" in kept
    assert "经接口填写" in portal.login("clerk").get(f"/file/{FIRST}").text
    verify_evidence(portal.desk.folder.root, None)


def test_a_patch_is_a_file_named_by_its_hash(portal: Portal, clerk: Program, wanghe: bytes) -> None:
    """The workbook to fill in, filled in and sent; again, it is the same upload; damaged, it is none."""
    clerk.upload(wanghe)
    made = clerk.get(f"/uploads/{hash_of(wanghe)}/patch")
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    assert [book["更正表"].cell(row, 2).value for row in (6, 7, 8)] == ["BF4", "Y8", "AE8"]
    browser = portal.login("clerk")
    account = next(a for a in portal.desk.accounts.all() if a.login == "clerk")
    (draft,) = portal.desk.drafts.of(account.id)
    patch = filled(patch_rows(browser, f"/draft/{draft.id}"), Y8="4528", AE8="27")
    path = f"/uploads/{hash_of(wanghe)}/patches/{hash_of(patch)}"
    assert clerk.ask("PUT", path, content=patch + b"x").status_code == 400
    first, second = put(clerk, wanghe, patch), put(clerk, wanghe, patch)
    assert (first.status_code, second.status_code) == (201, 200) and first.json() == second.json()
    (correction,) = first.json()["corrections"]
    assert (correction["patch"], correction["patch_name"]) == (hash_of(patch), "更正.csv")
    assert len(clerk.get("/task").json()["drafts"]) == 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, "cells"),
        ({"Y8": "4528", "C4": "11"}, "「C4」不在有问题的格里"),
        ({"Y8": "11010519491231002X"}, "有身份证号"),
        ({"Y8": "约400"}, "没有一格可以更正"),
        ({"Y8": "  "}, "没有一格可以更正"),
        ({"../Y8": "1"}, "cells"),
        ({"Y8": "1" * 3000}, "cells"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(
    clerk: Program, wanghe: bytes, cells: dict[str, str], said: str
) -> None:
    """One sentence, without the number; the upload is what it was."""
    seen = clerk.upload(wanghe).json()
    refused = clerk.post(f"/uploads/{hash_of(wanghe)}/cells", cells=cells)
    assert refused.status_code == 400 and said in refused.json()["detail"]
    assert "19491231" not in refused.text
    assert clerk.get(f"/uploads/{hash_of(wanghe)}").json() == seen


def test_points_are_those_of_the_page(portal: Portal, clerk: Program, wanghe: bytes) -> None:
    """Before the submission and after it, the same; decimals as text, no total and no place."""
    clerk.upload(wanghe)
    before = clerk.get(f"/uploads/{hash_of(wanghe)}/points").json()
    first = before["units"][0]
    assert (first["name"], first["points"], first["weight"], first["open"]) == ("临河社区", "53.22", "57", 0)
    assert first["items"][0]["points"] == "3.00" and first["items"][0]["said"].endswith("= 3")
    open_ = [i for u in before["units"] for i in u["items"] if i["points"] is None]
    assert open_ and {i["said"] for i in open_} == {"与其他社区比较后才有"}
    clerk.post(f"/uploads/{hash_of(wanghe)}/submit", errors=True)
    assert clerk.get(f"/uploads/{hash_of(wanghe)}/points").json() == before
    assert clerk.get(f"/files/{FIRST}/points").json() == before
    assert program(portal, "office").get(f"/files/{FIRST}/points").status_code == 403


def test_anothers_upload_is_not_there(portal: Portal, clerk: Program, wanghe: bytes) -> None:
    """Neither its cells, nor its patch, nor its points, before and after it is handed in."""
    clerk.upload(wanghe)
    other, base = program(portal, "other"), f"/uploads/{hash_of(wanghe)}"
    for part in ("cells", "patch", "points"):
        assert other.get(f"{base}/{part}").status_code == 404, part
    assert other.post(f"{base}/cells", cells={"Y8": "1"}).status_code == 404
    assert put(other, wanghe, b"a,b\n").status_code == 404
    clerk.post(f"{base}/submit", errors=True)
    for path in (f"{base}/points", f"/files/{FIRST}/points"):
        assert other.get(path).status_code == 404, path
        assert clerk.get(path).status_code == 200, path
