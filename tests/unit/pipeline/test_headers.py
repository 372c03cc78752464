"""`decisions/表头对应.csv`: read, refused row by row, and written so that it reads back the same."""

from pathlib import Path

import pytest

from scorecard.checks.asks import Asks
from scorecard.checks.context import DISTRICT
from scorecard.checks.vocabulary import vocabulary
from scorecard.errors import UserError
from scorecard.pipeline.headers import Decided, load_headers, remember
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook

EXAMPLE = Path(__file__).parents[3] / "examples" / "district-xx"
RULEBOOK = load_rulebook(find_rulebook(None, 2025))
REGISTRY = load_registry(EXAMPLE / "registry.csv")
STREET = REGISTRY.streets(2025)[0]
CERTIFIED = "input:持证人数"


def load(
    tmp_path: Path, *rows: str, encoding: str = "gb18030"
) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Return the keys by sender and header, and the sentences about rows that cannot act."""
    path = tmp_path / "表头对应.csv"
    path.write_bytes("".join(f"{row}\n" for row in ("街道,列名,数据项,依据", *rows)).encode(encoding))
    found = load_headers(path, RULEBOOK, REGISTRY)
    return {s: dict(own) for s, own in found.keys.items()}, [f.message for f in found.findings]


@pytest.mark.parametrize("sender", [STREET.name, STREET.code, f"{STREET.name}办事处"])
@pytest.mark.parametrize("target", ["持证人数", "XN03.numerator", "XN03.分子"])
def test_a_row_acts(tmp_path: Path, sender: str, target: str) -> None:
    """A street by name or code, a target as --map takes it."""
    assert load(tmp_path, f"{sender},持证 的人,{target},示例") == ({STREET.code: {"持证的人": CERTIFIED}}, [])


def test_departments_are_one_sender(tmp_path: Path) -> None:
    """区级 stands for what lies below sources/."""
    assert load(tmp_path, "区级,持证的人,持证人数,")[0] == {DISTRICT: {"持证的人": CERTIFIED}}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("没有街道,持证的人,持证人数,",), "街道「没有街道」不在名录里"),
        ((f"{STREET.name},,持证人数,",), "没有写列名"),
        ((f"{STREET.name},持证的人,没有这项,",), "数据项「没有这项」不在考核办法里"),
        ((f"{STREET.name},年末在岗人数,持证人数,",), "列名本身就是数据项的名称"),
        (
            (f"{STREET.name},持证的人,持证人数,", f"{STREET.name},持证的人,年末在岗人数,"),
            "同一列名写了两种对应，都没有采用",
        ),
    ],
)
def test_a_row_that_cannot_act_is_said(tmp_path: Path, rows: tuple[str, ...], said: str) -> None:
    """One finding with the row, and nothing is decided by it."""
    keys, messages = load(tmp_path, *rows)
    assert [said in m and f"第{len(rows) + 1}行" in m for m in messages] == [True]
    assert not any(keys.values())


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    """New rows are added, a row about the same header is changed, rows and columns of a person stay."""
    path = tmp_path / "decisions" / "表头对应.csv"
    remember(path, [Decided(STREET.name, "持证的人", "年末在岗人数", "一")])
    kept = path.read_text("utf-8-sig")
    path.write_bytes((kept + "区级,到位额,拨付额,手写\r\n").encode("gb18030"))  # saved by WPS
    remember(
        path, [Decided(STREET.name, "持证的人", "持证人数", "二"), Decided("区级", "应拨,额", "应拨额", "三")]
    )
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_text("utf-8-sig").splitlines() == [
        "街道,列名,数据项,依据",
        f"{STREET.name},持证的人,持证人数,二",
        "区级,到位额,拨付额,手写",
        '区级,"应拨,额",应拨额,三',
    ]
    found = load_headers(path, RULEBOOK, REGISTRY)
    assert found.findings == ()
    assert found.keys[STREET.code] == {"持证的人": CERTIFIED}
    assert [p.name for p in path.parent.iterdir()] == ["表头对应.csv"]


@pytest.mark.parametrize("header", ["=1+1", "@x", "-x", "+x"])
def test_no_formula_is_written(tmp_path: Path, header: str) -> None:
    """A header that a spreadsheet would run is not written into a list that people open in one."""
    with pytest.raises(UserError, match="会变成公式"):
        remember(tmp_path / "表头对应.csv", [Decided(STREET.name, header, "持证人数", "")])
    assert not any(tmp_path.iterdir())


def test_a_foreign_list_is_left_alone(tmp_path: Path) -> None:
    """What is not our list is not overwritten."""
    path = tmp_path / "表头对应.csv"
    path.write_text("甲,乙\n1,2\n", "utf-8")
    with pytest.raises(UserError, match="前4列应为"):
        remember(path, [Decided(STREET.name, "持证的人", "持证人数", "")])
    assert path.read_text("utf-8") == "甲,乙\n1,2\n"


def test_no_file_nothing_decided() -> None:
    """A folder without the list is an ordinary folder."""
    assert load_headers(None, RULEBOOK, REGISTRY).keys == {}
    assert vocabulary(Asks(RULEBOOK)).remembered == {}
