"""A year by its commands, as docs/year.md shows them: four eyes, a freeze, publicity."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.yearly import GROUP, OFFICE, Year, scorecard

BEFORE = (
    ("已下达", "2025-03-01", "--document", "示例〔2025〕1号"),
    ("填报审核", "2025-11-20"),
)
AFTER = (
    ("计分试算", "2026-01-30"),
    ("等次建议", "2026-02-10"),
)


@pytest.fixture
def year(copy: Callable[[str], Path], tmp_path: Path) -> Year:
    """The example street's own year."""
    return Year(copy("yuhuazhai"), tmp_path / "site")


def test_a_year_by_commands(year: Year) -> None:
    """The site of a frozen year stays byte for byte, whatever comes later; the stamp follows the year."""
    first, scores = year.build(), year.scores()
    listed = scorecard("submission", "list", *year.common, "--json").json
    [receipt] = [line["receipt_no"] for line in listed["files"] if line["street_code"]]
    for to, on, *more in BEFORE:
        assert year.advance(to, on, *more).code == 0
    for to, on, actor, role in (
        ("填报中", "2025-12-10", "小刘", "街道报表员"),
        ("自评完成", "2025-12-12", "王书记", "社区负责人"),
        ("街道审核通过", "2025-12-30", "陈主任", "街道审核人"),
        ("已上报", "2025-12-31", "小刘", "街道报表员"),
        ("区级审核中", "2026-01-04", "张三", "区考核办"),
    ):
        assert year.step(receipt, to, on, actor, role).code == 0
    refused = year.step(receipt, "已接收", "2026-01-05", "小刘", "区考核办")
    assert (refused.code, "本人不得审核本人" in refused.err) == (1, True)
    early = year.advance("数据收齐", "2026-01-10")
    assert (early.code, "还有1份文件没有审完" in early.err) == (1, True)
    assert year.advance("数据收齐", "2026-01-16", "--note", "逾期未审完").code == 0
    frozen = year.advance("数据冻结", "2026-01-30")
    assert "随年度一并转入的文件：1份" in frozen.out
    assert year.build() == first
    (year.data / "submissions" / "2025" / "补报.csv").write_text("街道,社区名称\n", "utf-8")
    for to, on in AFTER:
        assert year.advance(to, on).code == 0
    assert year.advance("审议通过", "2026-02-25", "--document", "纪要2号", who=GROUP).code == 0
    assert year.advance("公示", "2026-03-02").code == 0
    later = year.build()
    assert "（2026年3月2日至2026年3月10日）" in later["index.html"].decode()
    assert "冻结之后放入" in later["quality.html"].decode()
    assert year.scores() == scores
    shown = scorecard("cycle", "show", *year.common, "--on", "2026-03-05", "--json").json
    assert (shown["state_zh"], shown["publicity"]) == ("公示", ["2026-03-02", "2026-03-10"])
    [publicity] = [d for d in shown["deadlines"] if d["code"] == "publicity"]
    assert (publicity["due"], publicity["days_left"]) == ("2026-03-10", 5)
    assert scorecard("ledger", "verify", "--data", year.data).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "结束", "--on", "2026-01-01", *OFFICE), "没有「结束」，可以是：已下达、半年自查"),
        (("--to", "公示", "--on", "2026-01-01", "--actor", "张三", "--role", "区长"), "没有「区长」"),
        (("--to", "公示", "--on", "2026-01-01", "--actor", " ", "--role", "区考核办"), "请写经办人姓名"),
        (("--to", "公示", "--on", "2026-1-1", *OFFICE), "不是日期"),
        (("--to", "公示", "--on", "2026-01-01", *OFFICE), "状态不对：现在是“未启动”"),
        (("--to", "公示", "--on", "2026-01-01", "--as-of", "2025-12-31", *OFFICE), "只在转为“数据冻结”时写"),
    ],
)
def test_wrong_words_are_said_in_chinese(year: Year, arguments: tuple[str, ...], said: str) -> None:
    """A wrong state, role, name, day or combination is one Chinese sentence, and writes nothing."""
    done = scorecard("cycle", "advance", *year.common, *arguments)
    assert (done.code in (1, 2), said in done.err, "Traceback" in done.err) == (True, True, False)
    assert scorecard("cycle", "show", *year.common, "--json").json["state"] == "NONE"
