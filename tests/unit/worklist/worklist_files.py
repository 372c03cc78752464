"""Small task tables and issue ledgers, and what they are read as."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from scorecard.findings import Finding
from scorecard.intake import read_bytes
from scorecard.privacy import mask
from scorecard.registry import Registry, load_registry
from scorecard.worklist import Context, Source, Taken, Tally, take

REGISTRY: Registry = load_registry(Path(__file__).parents[3] / "examples" / "district-xx" / "registry.csv")
ONE, TWO, THREE = REGISTRY.assessed(2025)[:3]
YEAR_END = date(2025, 12, 31)
TASKS = (
    "社区名称,任务编号,事项,数量,单位,投入来源,投入金额（万元）,责任单位,责任人,"
    "完成时限,完成日期,验收日期,验收结论,项目来源,备注"
)
ISSUES = "社区名称,问题编号,类别,地点,交办日期,整改期限,销号日期,状态,备注"
SHOWN = "社区名称,公示开始日期,公示结束日期,意见内容,意见日期,处理情况"
File = tuple[str, str | bytes]


def task(unit: str = ONE.name, number: str = "R1", matter: str = "修缮楼道", **cells: str) -> str:
    """Return one row of a task table; on time unless `cells` (by key) say otherwise."""
    usual = {
        "quantity": "3",
        "source": "街道经费",
        "amount": "1.5",
        "due": "2025-06-30",
        "done": "2025-06-01",
    }
    usual |= {"accepted": "2025-06-15", "verdict": "合格", "origin": "居民提出", "note": ""}
    assert cells.keys() <= usual.keys()
    said = usual | cells
    first = (unit, number, matter, said["quantity"], "处", said["source"], said["amount"], "城管科", "示例")
    return ",".join((*first, *(said[k] for k in ("due", "done", "accepted", "verdict", "origin", "note"))))


def issue(
    unit: str = ONE.name,
    number: str = "W1",
    *,
    begun: str = "2025-03-01",
    due: str = "2025-04-01",
    closed: str = "2025-03-20",
    status: str = "已销号",
    where: str = "东门",
) -> str:
    """Return one row of an issue ledger; closed on time unless said otherwise."""
    return ",".join((unit, number, "环境卫生", where, begun, due, closed, status, ""))


def table(header: str, *rows: str) -> str:
    """Return a CSV."""
    return "\n".join((header, *rows)) + "\n"


def taken(
    *files: File, as_of: date = YEAR_END, clean: Callable[[str], str] = mask, registry: Registry = REGISTRY
) -> Taken:
    """Take files as (path below the data folder, content); a path with 更正 is a correction."""
    sources = []
    for order, (path, content) in enumerate(files):
        data = content.encode() if isinstance(content, str) else content
        document = read_bytes(path, data)
        folder = "issues" if path.startswith("issues/") else "tasks"
        sources.append(Source(path, folder, document, data, order, "更正" in path))
    return take(sources, Context(registry, 2025, as_of, clean))


def findings(result: Taken) -> list[Finding]:
    """Return every finding."""
    return [f for read in result.reads for f in read.notes.findings] + list(result.findings)


def codes(result: Taken) -> set[str]:
    """Return the codes of the lists' own findings, without what every small example lacks: map, publicity."""
    return {f.code for f in findings(result)} - {"W972", "W973"}


def tally(result: Taken, unit: str = ONE.code) -> Tally:
    """Return the only tally of a unit."""
    (found,) = [t for t in result.worklist.tallies if t.unit_code == unit]
    return found
