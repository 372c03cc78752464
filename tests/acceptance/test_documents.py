"""Documents decide outcomes: the example's bonuses, veto and cards, from file to page and ledger."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.conftest import Built, Ran, build

Run = Callable[..., Ran]


def units(run: Run, built: Built) -> dict[str, dict[str, str]]:
    """Return the communities of 2025 by name."""
    done = run("scores", "--data", built.data, "--year", "2025", "--home", built.home, "--table", "units")
    assert done.code == 0, done.err
    return {r["unit_name"]: r for r in csv.DictReader(io.StringIO(done.out)) if r["year"] == "2025"}


def explained(run: Run, built: Built, unit: str) -> str:
    """Return the explanation of a community."""
    done = run("explain", unit, "--data", built.data, "--year", "2025", "--home", built.home)
    assert done.code == 0, done.err
    return done.out


@pytest.mark.parametrize(
    ("unit", "bonus", "deduction"),
    [
        ("临河社区", 100, 0),  # 区 0.5 and 市 1 for one matter
        ("桥北社区", 50, 0),  # a 市 award of two
        ("桥南社区", 50, 0),
        ("书院巷社区", 100, 0),  # 省, by a line department
        ("柳岸社区", 0, 0),  # no document number
        ("园丁社区", 0, 0),  # counted in 2024
        ("槐荫社区", 200, 0),  # work of 2024, issued in March 2025
        ("石桥社区", 0, 0),  # issued after the day
        ("西槐社区", 0, 100),  # two overdue matters
    ],
)
def test_bonus_and_deduction_of_the_example(
    unit: str, bonus: int, deduction: int, run: Run, district: Built
) -> None:
    """Each of the example's events gives its points, and the total is the sum."""
    row = units(run, district)[unit]
    assert (int(row["bonus_e2"]), int(row["deduction_e2"])) == (bonus, deduction)
    assert int(row["total_e2"]) == int(row["dimension_sum_e2"]) + bonus - deduction


def test_a_veto_keeps_score_and_rank_and_releases_its_place(run: Run, district: Built) -> None:
    """七里桥 would be 优秀 by score and rank: it is 良好, and sixteen others hold the sixteen places."""
    found = units(run, district)
    veto, card, advice = (found[name] for name in ("七里桥社区", "枫林社区", "云台北社区"))
    assert (veto["total_e2"], veto["rank_overall"], veto["grade_code"]) == ("9483", "6", "B")
    assert (card["rank_overall"], card["grade_code"]) == ("4", "B")  # a card that is open at the year's end
    assert (advice["rank_overall"], advice["grade_code"]) == ("5", "A")  # a street's suggestion: no effect
    best = sorted(int(u["rank_overall"]) for u in found.values() if u["grade_code"] == "A")
    assert best == [r for r in range(1, 19) if r not in (4, 6)]


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (
            "临河社区",
            "计入 加1.00分 JF01 荣誉表彰，示例市文明委〔2025〕41号（2025-08-22，市级），加减分.csv第3行",
        ),
        ("临河社区", "加减分.csv第2行：与第3行是同一事项「示例-文明社区创建」，就高不就低"),
        ("柳岸社区", "没有填文号，不计分"),
        ("园丁社区", "“示例区委〔2024〕52号”已在2024年度为该单位计过"),
        ("槐荫社区", "晚于2024年度事项的截止日2025-01-31，改计入2025年度"),
        (
            "七里桥社区",
            "取消评优资格：示例区否决〔2025〕1号（示例区综治委〔2020〕5号第五条，2025-07-01至2026-06-30）",
        ),
        ("云台北社区", "现为“建议”，没有效力，得分、名次和等次都不变"),
        ("枫林社区", "黄牌（整改中）：示例黄牌〔2025〕2号"),
        ("文昌阁社区", "黄牌（已解除）：示例黄牌〔2025〕1号"),
    ],
)
def test_explain_names_what_counts_and_what_does_not(unit: str, said: str, run: Run, district: Built) -> None:
    """With document number, row and reason."""
    assert said in explained(run, district, unit)


def test_pages_show_the_documents(district: Built) -> None:
    """The veto with its document on the community's page, the mark in the ranking, the counts."""
    site = (district.site / "current").resolve()
    own = (site / "c" / "990100003008.html").read_text("utf-8")
    assert "取消评优资格" in own and "示例区否决〔2025〕1号" in own
    assert "取消评优资格" in (site / "index.html").read_text("utf-8")
    quality = (site / "quality.html").read_text("utf-8")
    assert "一票否决V1（建议）1件、一票否决V1（成立）2件（其中1件的对象不是社区、街道）、" in quality
    assert "黄牌（已解除）1件、黄牌（整改中）1件" in quality


def test_evidence_and_snapshot_depend_on_every_decision_file(
    run: Run, copy: Callable[[str], Path], tmp_path: Path, district: Built
) -> None:
    """One byte more is another snapshot; the original lies in the store; after a change explain says so."""
    data = copy("district-xx")
    cards = data / "decisions" / "黄牌.csv"
    cards.write_bytes(cards.read_bytes() + b"\n")
    changed = build(data, tmp_path)
    assert changed.summary["snapshot"] != district.summary["snapshot"]
    assert changed.summary["result_hash"] == district.summary["result_hash"]
    shown = run("ledger", "show", "--data", data, "--home", changed.home)
    for name in ("不涉及.csv", "加减分.csv", "否决.csv", "黄牌.csv"):
        assert f"留存 决定文件 decisions/{name}" in shown.out
    assert run("ledger", "verify", "--data", data, "--home", changed.home).code == 0
    stored = next(
        p for p in (changed.home / "evidence" / "store").glob("??/*") if p.read_bytes() == cards.read_bytes()
    )
    cards.write_bytes(cards.read_bytes() + b"\n")
    done = run("explain", "临河社区", "--data", data, "--year", "2025", "--home", changed.home)
    assert (done.code, "decisions 文件夹里的文件在计算之后改过" in done.err) == (2, True)
    stored.chmod(0o644)
    stored.write_bytes(b"another card")
    assert run("ledger", "verify", "--data", data, "--home", changed.home).code != 0


def test_as_of_decides(run: Run, copy: Callable[[str], Path], tmp_path: Path) -> None:
    """In February the award of January counts; the veto's row withdrawn, its unit is 优秀 again."""
    data = copy("district-xx")
    vetoes = data / "decisions" / "否决.csv"
    text = vetoes.read_text("utf-8-sig")
    [row] = [line for line in text.splitlines() if line.startswith("V1,社区,990100003008")]
    vetoes.write_text(text + row.replace("2025-07-01", "2026-01-20").replace("成立", "撤销") + "\n", "utf-8")
    later = build(data, tmp_path, "--as-of", "2026-02-01")
    found = units(run, later)
    assert found["石桥社区"]["bonus_e2"] == "200"
    assert found["七里桥社区"]["grade_code"] == "A"
