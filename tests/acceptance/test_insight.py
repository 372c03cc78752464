"""Why a result moved, what the next step takes and what to look at twice, as commands on the example."""

import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from scorecard.cli import run as in_process
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.insight import of_build
from tests.acceptance.conftest import EXAMPLES, Built, Ran

DISTRICT = EXAMPLES / "district-xx"
BOOKS = EXAMPLES.parent / "indicators" / "wujiang-wubi" / "2025"
Said = Callable[..., str]


@pytest.fixture
def said(district: Built, capsys: pytest.CaptureFixture[str]) -> Said:
    """A command on the example district, in this process."""

    def run(*words: str, code: int = 0) -> str:
        place = ["--data", str(DISTRICT), "--year", "2025", "--home", str(district.home)]
        assert in_process([*words, *place]) == code
        told = capsys.readouterr()
        return told.out + told.err

    return run


def _numbers(lines: list[str]) -> list[Decimal]:
    return [Decimal(line.split()[-1].rstrip("位").replace("−", "-")) for line in lines]


def test_every_change_of_the_district_adds_up(district: Built, said: Said) -> None:
    """For each community that is compared: parts, and places, add up to what is printed beside them."""
    insight = of_build(DataFolder.open(DISTRICT, district.home), 2025, whole=True)
    changes, ranks = insight.changes(), insight.ranks()
    assert len(ranks) >= 45
    for unit, change in changes.items():
        row = insight.new.units[unit]
        if change.link.before and row["previous_total_e2"] is not None:
            assert sum(change.parts_e2.values()) == row["total_e2"] - row["previous_total_e2"]
    text = said("explain", "临河社区", "--change")
    total = re.search(r"总分：2024年度([\d.]+) → 2025年度([\d.]+)，([+−\d.]+)分", text)
    assert total is not None
    parts = [x for x in text.split("变动最大")[0].splitlines() if x.startswith("    ")]
    assert sum(_numbers(parts)) == Decimal(total[2]) - Decimal(total[1])
    rank = re.search(r"第(\d+)名 → 第(\d+)名", text)
    assert rank is not None
    places = [x for x in text.split("名次（")[1].splitlines() if x.startswith("    ")]
    assert sum(_numbers(places)) == int(rank[1]) - int(rank[2])


def test_a_merged_community_is_not_compared(said: Said) -> None:
    """东岭新城社区 was made of two units: no difference is shown, the reason is."""
    text = said("explain", "东岭新城社区", "--change")
    assert "不可比：由杏坡社区、岭下村合并成立，2024年度没有可比的得分。" in text and "总分" not in text


def test_two_editions_are_compared_where_one_does_not_cover_both(
    copy: Callable[[str], Path], run: Callable[..., Ran], tmp_path: Path
) -> None:
    """2024 scored by its own edition, 2025 by the next: rule and weight have their parts."""
    data, later = copy("district-xx"), Path(shutil.copytree(BOOKS, tmp_path / "later"))
    book, unity = later / "rulebook.toml", later / "community" / "5-unity.toml"
    text = book.read_text("utf-8").replace("edition = 1", "edition = 2").replace("[2024, 2025]", "[2025]")
    book.write_text(text, "utf-8")
    text = (
        unity.read_text("utf-8")
        .replace("weight = 12", "weight = 11")
        .replace("weight = 2\n", "weight = 3\n", 1)
    )
    unity.write_text(text, "utf-8")
    for year, edition in (("2024", BOOKS), ("2025", later)):
        done = run("build", "--data", data, "--year", year, "--no-pages", "--rulebook", edition)
        assert done.code == 0, done.err
    insight = of_build(DataFolder.open(data, None), 2025, whole=True)
    assert insight.old is not None and insight.old.book.edition == 1 and insight.new.book.edition == 2
    changes = [c for c in insight.changes().values() if c.link.before]
    assert any(c.parts_e2["weight"] for c in changes) and not any(c.parts_e2["rule"] for c in changes)
    assert all(sum(c.parts_e2.values()) == (c.after_e2 or 0) - (c.before_e2 or 0) for c in changes)


def test_what_the_next_step_takes(said: Said) -> None:
    """Where no single number is enough, the reason and the most that each could give."""
    text = said("explain", "船闸社区", "--reach")
    assert "达到“全区第1名”（其他单位不变）：还差1.41分，总分至少96.40分" in text
    assert (
        "得满分也不够（括号里是这一项最多还能加的分）：" in text
        and "FY01 和谐社区创建等级（+0.80）" in text
        and "已是满分，没有可加的：" in text
    )


def test_the_watch_list(said: Said) -> None:
    """The planted jump of 七里桥社区 is there; the list never blocks."""
    text = said("watch")
    assert "数据关注（只提示核对，不影响得分）" in text
    assert "七里桥社区的FY14 后盾/共建单位支持经费由2.69万元变为「6.5万元」" in text
    assert '"severity": "info"' in said("watch", "--json")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["explain", "望河街道", "--change"], "没有社区考核结果"),
        (["explain", "铁运社区", "TH01", "--reach"], "不要再写指标编码"),
    ],
)
def test_what_cannot_be_asked(words: list[str], told: str, said: Said) -> None:
    """A street, or one indicator of a whole unit's question, is refused in a sentence."""
    assert told in said(*words, code=2)


def test_an_amendment_and_its_effect(run: Callable[..., Ran], tmp_path: Path) -> None:
    """The quota of 25 % instead of 30: nobody's score, two grades; the data folder is left as it was."""
    later = Path(shutil.copytree(BOOKS, tmp_path / "later"))
    book = later / "rulebook.toml"
    book.write_text(book.read_text("utf-8").replace("quota_percent = 30", "quota_percent = 25"), "utf-8")
    before = sorted(DISTRICT.rglob("*"))
    done = run("rulebook", "diff", BOOKS, later, "--data", DISTRICT, "--year", "2025")
    assert (done.code, "第1版有两种内容" in done.err) == (1, True)
    assert "等次 A 优秀\n  名额比例（quota_percent）：30 → 25" in done.out
    assert "得分有变0个，名次有变0个，等次有变2个" in done.out and done.out.count("优秀 → 良好") == 2
    assert sorted(DISTRICT.rglob("*")) == before
    book.write_text(book.read_text("utf-8").replace("edition = 1", "edition = 2"), "utf-8")
    assert run("rulebook", "diff", BOOKS, later).code == 0
    assert "一起写" in run("rulebook", "diff", BOOKS, later, "--year", "2025").err
