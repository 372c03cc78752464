"""The year is sealed and verified from a page, on the side; the archive stays on the server."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scorecard.cycle import State
from scorecard.pipeline.verify import verify
from scorecard.portal.sealing import archive_of
from tests.portal.conftest import Portal, post
from tests.portal.publicised import small


@pytest.fixture
def final(tmp_path: Path) -> Portal:
    """A small district whose year is final."""
    return small(tmp_path, State.FINAL, datetime(2026, 3, 12, 2, 0, tzinfo=UTC))


def done(portal: Portal, path: str = "/sealed", **form: str) -> str:
    """Send a form of the page and wait for what comes of it."""
    office = portal.login("office")
    page = post(office, "/sealed", path, **form).text
    if "正在重新计算" in page:
        portal.settle()
        page = office.get("/sealed").text
    assert "正在重新计算" not in page
    return page


def test_a_final_year_is_sealed_and_verified(final: Portal) -> None:
    """The root hash is that of the command; sealed again, the bytes are the same."""
    assert "还没有封存过" in done(final, "/sealed/verify")
    assert "没有打勾确认" in done(final)
    page = done(final, confirm="on")
    data = archive_of(final.desk).read_bytes()
    found = verify(archive_of(final.desk))
    printed = found.record()["printed"]
    assert "请印在通报上" in page and str(printed) in page and found.ok
    assert "核验通过" in done(final, "/sealed/verify", root=str(printed))
    assert "不是公布的那一份" in done(final, "/sealed/verify", root="0" * 32)
    done(final, confirm="on")
    assert archive_of(final.desk).read_bytes() == data


def test_what_was_changed_is_found_and_what_is_not_settled_is_not_sealed(final: Portal) -> None:
    """A byte of the archive; and a year whose files changed after the last report."""
    done(final, confirm="on")
    path = archive_of(final.desk)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    assert "核验未通过" in done(final, "/sealed/verify")
    path.unlink()
    (final.desk.folder.products / "2025.json").unlink()
    assert "没有办成" in done(final, confirm="on") and not path.exists()


def test_nobody_downloads_the_archive(final: Portal) -> None:
    """It holds how each community rated: no route leads to it."""
    done(final, confirm="on")
    name = archive_of(final.desk).name
    for path in (f"/sealed/{name}", f"/products/{name}", f"/report/../products/{name}", f"/report/{name}"):
        assert not final.login("office").get(path).content.startswith(b"PK")
