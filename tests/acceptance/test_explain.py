"""`scorecard explain`: every number that it writes leads, by calculator, to the published one."""

import csv
import io
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scorecard.cli import run as in_process
from scorecard.explain.written import shown
from scorecard.rulebook import find_rulebook, load_rulebook
from tests.acceptance.conftest import EXAMPLES, Built, Ran

DISTRICT = EXAMPLES / "district-xx"
BOOK = load_rulebook(find_rulebook(None, 2025))
DERIVED = [i.code for i in BOOK.street.indicators if i.derive]

Explain = Callable[..., str]


@pytest.fixture
def explain(district: Built, capsys: pytest.CaptureFixture[str]) -> Explain:
    """`scorecard explain` on the example district, in this process."""

    def said(*words: str) -> str:
        place = ["--data", str(DISTRICT), "--year", "2025", "--home", str(district.home)]
        assert in_process(["explain", *words, *place]) == 0
        return capsys.readouterr().out

    return said


@pytest.fixture(scope="module")
def items(run: Callable[..., Ran], district: Built) -> list[dict[str, Any]]:
    """The exported items."""
    done = run("scores", "--data", DISTRICT, "--year", "2025", "--home", district.home)
    return list(csv.DictReader(io.StringIO(done.out)))


@pytest.mark.parametrize("code", DERIVED)
def test_a_street_item_adds_up_from_its_communities(
    code: str, explain: Explain, items: list[dict[str, Any]]
) -> None:
    """The last line under the communities ends in the street's published value, for every street."""
    streets = [i for i in items if i["indicator_code"] == code]
    assert len(streets) >= 6
    for item in streets:
        text = explain(item["unit_code"], code)
        assert item["unit_name"] in text.splitlines()[0]
        value = shown(int(item["value_e10"])).replace("≈", "≈ ")
        unit = BOOK.indicators[code].unit
        assert re.search(rf" ÷ \d+\S* (= )?{re.escape(value)}{unit}$", text, re.M), text
        listed = re.findall(r"^    (\S+社区|\S+（\S+）) ", text, re.M)
        assert len(listed) == len(set(listed)) == int(re.search(r"社区(\d+)个", text)[1])  # type: ignore[index]


def test_a_street_shows_its_whole_card(explain: Explain, items: list[dict[str, Any]]) -> None:
    """By name or code: rank, and every item, which add up to the total."""
    assert "（已排名51个）" in explain("园丁社区")  # of 56 in the population five wait
    text = explain("望河街道")
    assert text == explain("990100001") and re.search(r"全区第\d名（共6个街道）", text)
    points = [Decimal(p) for p in re.findall(r"^  SJ\d\d .*：得([\d.]+)分", text, re.M)]
    assert len(points) == len(BOOK.street.indicators)
    assert f"总分 {sum(points)} " in text


def test_an_approval_shows_its_document(explain: Explain) -> None:
    """不涉及 by decision names the document; by arithmetic it says that the divisor is 0."""
    assert "状态：不涉及（批准文号：示例区考办〔2025〕31号）" in explain("990100006006", "ZC01")


def test_who_is_not_assessed_and_sent_nothing_has_no_score(explain: Explain) -> None:
    """No total of zero, and no losses: the pages print none either."""
    said = explain("上河村")
    assert said.splitlines()[1:] == ["没有报送数据，没有得分；不参评：城中村另行考核，单列。"]


def test_a_mean_of_peers_can_be_divided(explain: Explain, items: list[dict[str, Any]]) -> None:
    """Sum ÷ number, rounded, is the published score; who waits is named as left out."""
    text = explain("园丁社区", "ZC01")
    found = re.search(r"同类(\d+)个社区.*：([\d.]+) ÷ (\d+) ≈ ([\d.]+)，四舍五入得([\d.]+)分", text)
    assert found, text
    people, total, number, mean, rounded = found.groups()
    assert people == number and f"{Decimal(total) / int(number):.6f}" == mean
    peers = [i for i in items if i["indicator_code"] == "ZC01" and i["fill"] == "none"]
    assert sum(int(i["points_e2"]) for i in peers) >= Decimal(total) * 100 and len(peers) >= int(number)
    own = next(i for i in items if i["unit_name"] == "园丁社区" and i["indicator_code"] == "ZC01")
    assert Decimal(rounded) * 100 == int(own["points_e2"]) == round(Decimal(total) / int(number) * 100)
    assert re.search(r"；待更正的\d+个（.*「学府社区」.*）不在内$", text, re.M)


def test_what_never_came_is_not_missing(explain: Explain, items: list[dict[str, Any]]) -> None:
    """Nobody sent it: no 缺报, no 0 points, no loss, in words and in the export; an empty cell is 缺报."""
    owing, village = explain("林场路社区"), explain("上河村", "TH01")
    assert "缺报" not in owing.split("失分前5项")[1] and "没有报送、待补报的34项没有得分" in owing
    assert "状态：没有报送，待补报" in explain("林场路社区", "ZC01")
    assert "TH01 居民综合满意度：没有得分（满分12.00）" in village and "缺报" not in village
    told = {name: {i["state"] for i in items if i["unit_name"] == name} for name in ("上河村", "林场路社区")}
    assert told == {"上河村": {"unreported"}, "林场路社区": {"unreported", "observed"}}
    absent = [i for i in items if i["state"] == "unreported"]
    assert {i[column] for i in absent for column in ("points_e2", "lost_e2", "fill")} == {""}
    assert [i["unit_name"] for i in items if i["state"] == "missing"] == ["百花巷社区"]


def test_a_waiting_unit_says_what_is_wrong_and_where(explain: Explain, district: Built) -> None:
    """Each unit that waits names file, cell or form, the value and the fix, with its total and its items."""
    waiting = [name for f in district.summary["files"] for name in f["waiting_units"]]
    for name in waiting:
        text = explain(name)
        assert "数据待更正，暂不排名" in text
        assert re.search(r"    (?:可能与本单位有关：)?submissions/2025/\S.*第\d+行.*「.+」.*请", text), text
    assert "待更正的问题" in explain(waiting[0], "TH01")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("七里社区", "相近的有：七里桥社区"),
        ("望河街", "相近的有：望河街道"),
        ("示例区", "名录里没有叫"),
    ],
)
def test_who_is_nobody_is_asked_back(word: str, said: str, run: Callable[..., Ran], district: Built) -> None:
    """A name of nobody is told with what can be meant instead."""
    done = run("explain", word, "--data", DISTRICT, "--year", "2025", "--home", district.home)
    assert (done.code, said in done.err) == (2, True), done.err


def test_a_bare_name_of_community_and_street_is_asked_back(
    run: Callable[..., Ran], district: Built, explain: Explain
) -> None:
    """锦园 alone is both; with 社区 or 街道 it is one, and a bare name of one community is that one."""
    done = run("explain", "锦园", "--data", DISTRICT, "--year", "2025", "--home", district.home)
    said = "名录里有2个「锦园」，请写全称或改用编码：990100006001（锦园社区）、990100006（锦园街道）。"
    assert (done.code, said in done.err) == (2, True), done.err
    heads = [explain(name).splitlines()[0] for name in ("锦园社区", "锦园街道", "园丁")]
    names = ["锦园社区（锦园街道）", "锦园街道", "园丁社区（锦园街道）"]
    assert heads == [f"{name} 2025年度" for name in names]


def test_who_is_two_is_asked_back(copy: Callable[[str], Path], run: Callable[..., Ran]) -> None:
    """A name of two is told with the streets of both."""
    data = copy("district-xx")
    registry = (data / "registry.csv").read_text("utf-8-sig")
    registry = registry.replace(",临河社区,", ",兴隆社区,").replace(",铁运社区,", ",兴隆社区,")
    (data / "registry.csv").write_text(registry, "utf-8-sig")
    assert run("build", "--data", data, "--year", "2025", "--no-pages").code == 0
    done = run("explain", "兴隆社区", "--data", data, "--year", "2025")
    assert (done.code, "请改用编码" in done.err) == (2, True), done.err
    assert "兴隆社区（望河街道）" in done.err and "兴隆社区（石桥头街道）" in done.err


def test_without_data_the_example_that_knows_the_unit_is_used(
    run: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """After both examples were built, a unit of either is found without naming its folder."""
    for name in ("district-xx", "yuhuazhai"):
        ignored = shutil.ignore_patterns("evidence", "products")
        shutil.copytree(EXAMPLES / name, tmp_path / "examples" / name, ignore=ignored)
        run("build", "--data", tmp_path / "examples" / name, "--year", "2025", "--no-pages")
    monkeypatch.chdir(tmp_path)
    for unit, name in (("3507社区", "yuhuazhai"), ("铁运社区", "district-xx")):
        assert in_process(["explain", unit, "TH01", "--year", "2025"]) == 0
        told = capsys.readouterr()
        assert f"examples/{name}" in told.err and f"{unit}（" in told.out
    assert in_process(["explain", "没有社区", "--year", "2025"]) == 2
    assert "请用 --data" in capsys.readouterr().err


def test_an_edited_rulebook_is_not_explained_with(run: Callable[..., Ran], tmp_path: Path) -> None:
    """Points of one edition are never explained by the rules of another."""
    book = Path(shutil.copytree(EXAMPLES.parent / "indicators" / "wujiang-wubi" / "2025", tmp_path / "book"))
    place = ("--data", EXAMPLES / "yuhuazhai", "--home", tmp_path, "--year", "2025")
    run("build", *place, "--no-pages", "--rulebook", book)
    file = book / "rulebook.toml"
    file.write_text(file.read_text("utf-8").replace("quota_percent = 30", "quota_percent = 31"), "utf-8")
    done = run("explain", "3507社区", *place)
    assert (done.code, "在计算之后改过" in done.err) == (2, True)
