"""A small registry and the means to check a few rows: bytes in, result out."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from scorecard.checks import CheckContext, CheckResult, check
from scorecard.intake import read_bytes
from scorecard.registry import Registry, Unit
from scorecard.rulebook import Rulebook, load_rulebook
from scorecard.settings import resource

STREET, OTHER_STREET = "990100001", "990100002"
NAMES = (
    "3507社区",
    "3511社区",
    "西钞社区",
    "西钞西社区",
    "春江社区",
    "金域牟家（牟家村回迁社区）社区",
    "明德社区",
)
CODES = tuple(f"{STREET}{number:03d}" for number in range(1, len(NAMES) + 1))
FAR = f"{OTHER_STREET}002"  # 远望社区 of the other street

Rows = Sequence[Sequence[str]]


@cache
def rulebook() -> Rulebook:
    """Return the example rulebook."""
    return load_rulebook(resource("indicators") / "wujiang-wubi" / "2025")


@cache
def registry() -> Registry:
    """Return one district, two streets and their communities; 春江社区 exists in both streets."""
    units = [
        Unit("990100", "某区", "区"),
        Unit(STREET, "鱼化寨街道", "街道", "990100"),
        Unit(OTHER_STREET, "电子城街道", "街道", "990100"),
        Unit(f"{OTHER_STREET}001", "春江社区", "社区", OTHER_STREET),
        Unit(FAR, "远望社区", "社区", OTHER_STREET),
        Unit(f"{STREET}099", "老坊社区", "社区", STREET, valid_to=date(2025, 6, 1)),
    ]
    units += [
        Unit(code, name, "社区", STREET, households=1200, population=3600, grids=3, groups=9)
        for code, name in zip(CODES, NAMES, strict=True)
    ]
    return Registry({unit.code: unit for unit in units})


def table(rows: Rows, encoding: str = "utf-8") -> bytes:
    """Return the rows as the bytes of a CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def context(**changes: Any) -> CheckContext:
    """Return the context of a street's file for 2025, changed as asked."""
    given: dict[str, Any] = {
        "rulebook": rulebook(),
        "registry": registry(),
        "year": 2025,
        "party": "street",
        "street_code": STREET if changes.get("party", "street") == "street" else None,
    }
    return CheckContext(**(given | changes))


def run(rows: Rows, *, encoding: str = "utf-8", name: str = "报表.csv", **changes: Any) -> CheckResult:
    """Check the rows as a file."""
    return check(read_bytes(name, table(rows, encoding)), context(**changes))


def codes(result: CheckResult) -> list[str]:
    """Return the codes of the findings that are not about what the small file leaves out."""
    return [f.code for f in result.findings if f.code not in ("K514", "K521", "W803")]


def staff(cell: str, *, column: str = "持证人数", total: str = "8") -> CheckResult:
    """Check one community with `cell` among its workers' numbers."""
    return run([["社区名称", "年末在岗人数", column], [NAMES[0], total, cell]])


def states(result: CheckResult) -> dict[str, str]:
    """Return the state of every fact by indicator code; for files about one community."""
    return dict(result.facts.select("indicator_code", "state").iter_rows())
