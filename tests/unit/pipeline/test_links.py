"""联点: who is linked to which community, from when to when; a wrong row links nobody and is said."""

from datetime import date
from pathlib import Path

import pytest

from scorecard.pipeline.links import Link, load_links
from scorecard.registry import load_registry

REGISTRY = load_registry(Path(__file__).parents[3] / "examples" / "yuhuazhai" / "registry.csv")
UNIT, OTHER = (unit.code for unit in REGISTRY.communities(2025)[:2])


def load(tmp_path: Path, *rows: str) -> tuple[tuple[Link, ...], list[str]]:
    """Return the links and the sentences about the other rows."""
    path = tmp_path / "联点.csv"
    path.write_bytes("".join(f"{row}\n" for row in ("人员,社区编码,起,止", *rows)).encode("gb18030"))
    found = load_links(path, REGISTRY)
    return found.links, [f.message for f in found.findings]


def test_a_link_holds_within_its_days(tmp_path: Path) -> None:
    """Both days count; an empty cell is without end; another community's people are not meant."""
    links, said = load(tmp_path, f"赵六,{UNIT},2025-01-01,2025年12月31日", f"钱七,{OTHER},,")
    assert said == []
    path = tmp_path / "联点.csv"
    people = load_links(path, REGISTRY).people
    assert people(UNIT.__eq__, date(2025, 12, 31)) == {"赵六"}
    assert people(UNIT.__eq__, date(2026, 1, 1)) == set()
    assert people({UNIT, OTHER}.__contains__, date(2030, 1, 1)) == {"钱七"}
    assert [link.person for link in links] == ["赵六", "钱七"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f",{UNIT},,", "没有写人员"),
        ("赵六,000000000000,,", "「000000000000」不在名录里"),
        (f"赵六,{UNIT},去年,", "日期「去年」不是日期"),
        (f"赵六,{UNIT},2025-02-30,", "日期「2025-02-30」不是日期"),
        (f"赵六,{UNIT},2025-06-01,2025-05-31", "止（2025-05-31）早于起（2025-06-01）"),
    ],
)
def test_a_wrong_row_is_said(tmp_path: Path, row: str, said: str) -> None:
    """Each wrong row is a finding with its reason, and links nobody."""
    links, messages = load(tmp_path, row)
    assert links == ()
    assert len(messages) == 1
    assert said in messages[0]


def test_no_file_links_nobody() -> None:
    """The file need not be there."""
    assert load_links(None, REGISTRY).people(UNIT.__eq__, date(2025, 1, 1)) == set()
