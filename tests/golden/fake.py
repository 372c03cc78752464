"""A synthetic district as the inputs of `publish`: same seed, same rows; values and points agree by rule.

It stands in for the warehouse so that pages can be tested without a database.
"""

from datetime import date

from scorecard.findings import Finding, Severity
from scorecard.publish import ReportInputs, SourceFile
from scorecard.registry import Registry, Unit
from scorecard.robustness.result import Robustness, UnitRange
from scorecard.rulebook.model import Rulebook
from tests.golden.fake_tables import Maker, digest, first_own

DISTRICT = "990101"
WORDS = [
    "望江",
    "永安",
    "明湖",
    "翠竹",
    "北辰",
    "胜利",
    "清河",
    "西湾",
    "和平",
    "团结",
    "朝阳",
    "紫荆",
    "光明",
    "育才",
    "前进",
    "红星",
    "柳岸",
    "莲花",
    "桃园",
    "槐荫",
]
KINDS = ["一", "二", "三", "四", "五"]
STREETS = ["东湖", "南桥", "西苑", "北岭", "城关", "滨江"]


def make_registry(shape: list[tuple[int, int]], strange: dict[int, str]) -> Registry:
    """Return one street for each (assessed, unassessed) pair; `strange` renames communities by number."""
    units = {DISTRICT: Unit(DISTRICT, "示例区", "区")}
    number = 0
    for s, (assessed, outside) in enumerate(shape, start=1):
        street = f"{DISTRICT}{s:03d}"
        units[street] = Unit(
            street, f"{STREETS[(s - 1) % len(STREETS)]}{'' if s <= len(STREETS) else s}街道", "街道", DISTRICT
        )
        for c in range(assessed + outside):
            code = f"{street}{c + 1:03d}"
            kind = number // len(WORDS)
            plain = f"{WORDS[number % len(WORDS)]}{KINDS[kind] if kind < len(KINDS) else kind + 1}社区"
            inside = c < assessed
            units[code] = Unit(
                code,
                strange.get(number, plain),
                "社区",
                street,
                "城市社区" if inside else "城中村",
                1200 + 137 * number % 2100,
                3600 + 411 * number % 6000,
                assessed=inside,
                reason="" if inside else "城中村不在参评范围",
            )
            number += 1
    return Registry(units)


def source_files(
    registry: Registry, hostile: str = "", waiting: frozenset[str] = frozenset()
) -> tuple[SourceFile, ...]:
    """Return one file a street and one of the district's departments."""
    owners = [u for u in registry.units.values() if u.level == "街道"]
    named = [(u.code, u.name, "社区填报表") for u in owners] + [("区级", "区级部门", "部门数据表")]
    return tuple(
        SourceFile(
            receipt_no=f"R2025-{n:04d}",
            file_name=f"{street}{form}{hostile}.xlsx",
            street_name=street,
            form_name=form,
            sender=street,
            sha256=digest(key),
            size=48213 + 977 * n,
            encoding="xlsx",
            sheet="社区填报" if key != "区级" else "Sheet1",
            header_row=3,
            shape="宽表",
            rows=9 + n,
            accepted_units=8 + n % 3,
            waiting_units=tuple(sorted(u for u in waiting if registry.units[u].parent_code == key)),
            errors=n % 2,
            notes=1,
            warnings=2,
            infos=3,
            superseded=n == 4,
            mapping=(
                ("A", "社区名称", "", "key"),
                ("B", "年末在岗人数（人）", "年末在岗人数", "synonym"),
                ("C", "网格总数", "网格总数", "exact"),
            ),
        )
        for n, (key, street, form) in enumerate(named, start=1)
    )


def some_findings(count: int) -> tuple[Finding, ...]:
    """Return findings of every severity; the first kind is longer than what a page lists."""
    kinds = (
        ("C401", Severity.WARNING),
        ("K501", Severity.ERROR),
        ("X601", Severity.NEEDS_NOTE),
        ("T701", Severity.INFO),
    )
    return tuple(
        Finding(
            code=kinds[n % 4 if n < 12 else 0][0],
            severity=kinds[n % 4 if n < 12 else 0][1],
            file="东湖街道社区填报表.xlsx",
            sheet="社区填报",
            row=4 + n,
            column="F",
            message=f"第{4 + n}行F列：「{n}％」不是件数。",
            fix="请填写件数。",
        )
        for n in range(count)
    )


def error_of(unit_code: str, rulebook: Rulebook) -> Finding:
    """Return the error that the first own item of a community waits for."""
    return Finding(
        code="X601",
        severity=Severity.ERROR,
        file="南桥街道社区填报表.xlsx",
        sheet="社区填报",
        row=7,
        column="C",
        unit_code=unit_code,
        indicator_code=first_own(rulebook).code,
        message="“社区填报”表第7行C列「已建数」：「22」大于D7「总数」的「19」，部分不能多于总数。",
        fix="请核对这两格。",
    )


def owed_by(unit_code: str) -> Finding:
    """Return the finding about a community of which no row came."""
    return Finding(
        code="W857",
        severity=Severity.ERROR,
        unit_code=unit_code,
        message="没有任何文件报送该社区的指标，而别的单位已有，暂不排名。",
        fix="请补报这一行。",
    )


def inputs(
    rulebook: Rulebook,
    shape: list[tuple[int, int]],
    *,
    strange: dict[int, str] | None = None,
    seed: int = 2025,
    hostile: str = "",
    waiting: frozenset[str] = frozenset(),
    owing: frozenset[str] = frozenset(),
) -> ReportInputs:
    """Return everything that `publish` needs for a district of the given shape."""
    registry = make_registry(shape, strange or {})
    return ReportInputs(
        rulebook=rulebook,
        registry=registry,
        year=2025,
        status="试算",
        as_of=date(2026, 1, 15),
        snapshot=digest("snapshot")[:16],
        result=digest("result"),
        version="2026.1.0",
        tables=Maker(rulebook, registry, 2025, seed, waiting, owing).make(),
        files=source_files(registry, hostile, waiting),
        findings=(
            *some_findings(40),
            *(error_of(code, rulebook) for code in sorted(waiting)),
            *(owed_by(code) for code in sorted(owing)),
        ),
        previous_year=2024,
    )


def study(of: ReportInputs) -> Robustness:
    """Return a study that puts every ranked community within two places of its rank."""
    rows = [r for r in of.tables.rows("report_unit", year=of.year) if r["assessed"]]
    last = len(rows)
    units = tuple(
        UnitRange(
            unit_code=row["unit_code"],
            rank=row["rank_overall"],
            median=row["rank_overall"],
            low=max(1, row["rank_overall"] - 2),
            high=min(last, row["rank_overall"] + 2),
            grade_share_e4=tuple(9_400 if g.code == row["grade_code"] else 200 for g in of.rulebook.grades),
            band=(1, last),
            together=last,
            overlaps=min(4, last - 1),
        )
        for row in sorted(rows, key=lambda r: r["rank_overall"])
    )
    return Robustness(1000, 7, digest("draws"), units, 4_871, last * (last - 1) // 2)


LARGE = [(10, 5), (9, 5), (10, 4), (9, 5), (9, 4), (9, 5)]  # 56 assessed, 28 not
SMALL = [(3, 1), (2, 0)]
