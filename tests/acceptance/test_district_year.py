"""The example district's whole year, by the commands of docs/year.md, from 下达 to 归档."""

import csv
import io
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import EXAMPLES, Ran
from tests.acceptance.yearly import Year, documented, scorecard

REPORT = "submissions/2025/望河街道2025年社区考核指标上报表.csv"
CORRECTED = "submissions/2025/望河街道2025年社区考核指标上报表（第2版）.csv"
WRONG = (("约400,5590", "4528,5590"), ("25.83,270000,", "25.83,27,"))  # of 水厂社区
DETERMINED = ("items", "units", "ranks", "quotas")


@dataclass
class Walked:
    """The year when it is over. `said`: what the commands below each heading left, in their order."""

    year: Year
    said: dict[str, list[Ran]] = field(default_factory=dict)
    frozen: dict[str, str] = field(default_factory=dict)
    tampered: dict[str, str] = field(default_factory=dict)
    public: dict[str, bytes] = field(default_factory=dict)
    last: dict[str, bytes] = field(default_factory=dict)

    def walk(self, title: str) -> None:
        """Run what the page shows below a heading."""
        self.said[title] = self.year.walk(title)

    def tables(self) -> dict[str, str]:
        """Return what the last build published."""
        return {table: self.year.scores(table) for table in DETERMINED}


def rows(text: str) -> dict[str, dict[str, Any]]:
    """Return a table of communities by name."""
    return {row["unit_name"]: row for row in csv.DictReader(io.StringIO(text))}


def meddle(data: Path) -> None:
    """Do after the freeze what must change nothing: bring, change and delete files, rename, reward."""
    late = (data / CORRECTED).read_bytes().replace(b",27,", b",26,")
    (data / "submissions/2025/望河街道（更正）.csv").write_bytes(late)
    (data / "sources/2025/区公安分局（社区）.csv").unlink()
    issues = data / "issues/2025/第三方问题台账.csv"
    issues.write_bytes(issues.read_bytes().replace("已销号".encode(), "未销号".encode()))
    registry = data / "registry.csv"
    registry.write_text(registry.read_text("utf-8").replace("临河社区", "临江社区"), "utf-8")
    bonus = data / "decisions/加减分.csv"
    bonus.write_text(bonus.read_text("utf-8").replace("市级", "国家级"), "utf-8")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """The district's year after its last command."""
    place = tmp_path_factory.mktemp("year")
    data = place / "data"
    without = shutil.ignore_patterns("evidence", "products", "2024")  # comparing is another test's business
    shutil.copytree(EXAMPLES / "district-xx", data, ignore=without)
    for name in ("证据.pdf", "决定.pdf"):
        (place / name).write_bytes(b"%PDF-1.4 example")
    done = Walked(Year(data, place / "site"))
    done.walk("下达和填报")
    done.walk("上报、退回")
    text = (data / REPORT).read_bytes().decode("gb18030")
    for wrong, right in WRONG:
        assert wrong in text
        text = text.replace(wrong, right)
    (data / CORRECTED).write_bytes(text.encode("gb18030"))
    done.walk("更正、接收")
    done.walk("冻结、审议、公示")
    done.frozen, done.public = done.tables(), done.year.pages()
    meddle(data)
    done.year.compute()
    done.tampered = done.tables()
    done.walk("申诉和复核")
    done.walk("重新公示")
    done.walk("定稿、封存、归档")
    done.last = done.year.pages()
    yield done


def test_the_page_walks_the_whole_year() -> None:
    """The headings are those that are walked, and their steps lead from 下达 to 归档."""
    titles = ("下达和填报", "上报、退回", "更正、接收", "冻结、审议、公示", "申诉和复核", "重新公示")
    steps = [w for title in (*titles, "定稿、封存、归档") for w in documented(title) if w[1] == "cycle"]
    to = [w[w.index("--to") + 1] for w in steps if "--to" in w]
    assert (to[0], to[-1], to.count("公示")) == ("已下达", "归档", 2)


def test_a_returned_file_names_its_cells_and_its_correction_counts(walked: Walked) -> None:
    """Both cells are told with the return; the new version has its own receipt, and its numbers count."""
    told = walked.said["上报、退回"][-1].out
    assert "Y8" in told and "AE8" in told and "已退回" in told
    assert "已接收" in walked.said["更正、接收"][-1].out
    assert rows(walked.frozen["units"])["水厂社区"]["assessed"] == "1"
    listed = scorecard("submission", "list", *walked.year.common).out
    assert "2025-990100001-A-001" in listed and "第2版" in listed


def test_after_the_freeze_only_decisions_change_values(walked: Walked) -> None:
    """Files brought, changed and deleted and a higher bonus change no published row; the pages name them."""
    assert walked.tampered == walked.frozen
    quality = walked.last["quality.html"].decode()
    for told in ("望河街道（更正）.csv", "第三方问题台账.csv", "decisions/加减分.csv", "名录在数据冻结"):
        assert told in quality
    assert walked.frozen["ranks"] != walked.year.scores("ranks")


def test_the_effect_parts_the_appellant_from_the_others(walked: Walked) -> None:
    """12 × (90.03 − 70) ÷ 20 is cut at 12.00: 91.46 + 1.10 passes two ranks and takes another one's place."""
    first, second, third = (said.out for said in walked.said["申诉和复核"][-3:])
    own, others = first.split("（二）")
    assert "TH01 居民综合满意度：10.90分 → 12.00分" in own
    assert "总分：91.46 → 92.56" in own and "名次：第19名 → 第17名" in own
    assert "得分变化0个，得分、名次或等次有变化的共2个" in others
    assert "桥南社区（石桥头街道）：第17名 → 第18名\n" in others
    assert "河堤路社区（望河街道）：第18名 → 第19名，等次优秀 → 良好" in others
    assert "锦园街道：总分88.93 → 90.44" in others
    assert "须重新公示：3个单位的等次有变化：锦园社区（良好 → 优秀）、河堤路社区" in others
    assert "总分：67.65 → 68.21" in second and "不须重新公示" in second
    assert "园丁社区（锦园街道）：总分74.07 → 74.09" in second.split("（二）")[1]  # it has its peers' mean
    assert "已驳回，不改动任何数" in third
    final = rows(walked.year.scores("units"))
    moved = {
        name: (final[name]["total_e2"], final[name]["grade_code"]) for name in ("锦园社区", "河堤路社区")
    }
    assert moved == {"锦园社区": ("9256", "A"), "河堤路社区": ("9224", "B")}
    assert final["望江楼社区"]["total_e2"] == rows(walked.frozen["units"])["望江楼社区"]["total_e2"]


def test_publicity_is_repeated_and_the_stamp_follows(walked: Walked) -> None:
    """The second period is 7 working days from 12 March; pages say which state the year is in."""
    assert "公示期 2026-03-12 至 2026-03-20" in walked.said["重新公示"][-1].out
    assert "（2026年3月2日至2026年3月10日）" in walked.public["index.html"].decode()
    sealed, verified = walked.said["定稿、封存、归档"][2:4]
    assert "根指纹（请印在通报上）：" in sealed.out
    assert "封存时的状态：定稿通报（报告标注：定稿）。" in verified.out
    last = walked.last["index.html"].decode()
    assert '<b class="stamp">定稿</b>' in last


def test_pages_show_vetoes_and_cards(walked: Walked) -> None:
    """A vetoed unit keeps score and rank and loses its grade; a lifted card is shown and does nothing."""
    units = rows(walked.year.scores("units"))
    vetoed, lifted = units["七里桥社区"], units["文昌阁社区"]
    assert (vetoed["total_e2"], vetoed["rank_overall"], vetoed["grade_code"]) == ("9483", "6", "B")
    assert (lifted["total_e2"], lifted["grade_code"]) == ("8049", "B")

    def page(unit: dict[str, Any]) -> str:
        return walked.last[f"c/{unit['unit_code']}.html"].decode()

    assert "取消评优资格" in page(vetoed) and "示例区否决〔2025〕1号" in page(vetoed)
    assert "黄牌（已解除）" in page(lifted) and "得分、名次和等次都不受影响" in page(lifted)
    assert "黄牌（整改中）" in page(units["枫林社区"])
    assert "一票否决和黄牌" in walked.last["quality.html"].decode()
    assert sum(unit["grade_code"] == "A" for unit in units.values()) == 16


def test_the_archive_has_the_pages_as_they_were_published(walked: Walked) -> None:
    """Byte for byte, with the findings about what came after the freeze."""
    with zipfile.ZipFile(walked.year.data.parent / "2025年度考核.zip") as members:
        assert members.read("outputs/site.json") == walked.last["manifest.json"]


def flipped(path: Path, place: int) -> None:
    """Flip a bit of a file."""
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)


def test_a_flipped_byte_is_found_and_named(walked: Walked, tmp_path: Path) -> None:
    """In the ledger, in the store, in the archive."""
    data = walked.year.data
    assert walked.said["定稿、封存、归档"][-1].code == 0
    shutil.copytree(data / "evidence", tmp_path / "evidence")
    check = ("ledger", "verify", "--data", data, "--home", tmp_path)
    kept = max((p for p in (tmp_path / "evidence/store").rglob("*") if p.is_file()), key=lambda p: p.name)
    flipped(kept, 0)
    found = scorecard(*check)
    assert found.code == 1 and kept.name[:16] in found.err
    flipped(kept, 0)
    with sqlite3.connect(tmp_path / "evidence/ledger.sqlite") as raw:
        raw.execute("DROP TRIGGER entry_no_update")
        raw.execute(
            "UPDATE entry SET payload = replace(payload, '查实', '查否') WHERE action = 'appeal.decide'"
        )
        [first] = raw.execute("SELECT min(seq) FROM entry WHERE action = 'appeal.decide'").fetchone()
    found = scorecard(*check)
    assert found.code == 1 and f"第{first}条" in found.err
    archive = Path(shutil.copy(data.parent / "2025年度考核.zip", tmp_path))
    with zipfile.ZipFile(archive) as members:
        head = members.getinfo("outputs/units.csv")
    flipped(archive, head.header_offset + len(head.filename) + 30 + head.file_size // 2)
    found = scorecard("verify", archive)
    assert found.code == 1 and "「outputs/units.csv」被改动过" in found.err
