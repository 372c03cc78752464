"""What never came: it is no 缺报, costs no points and has none until it comes."""

from collections.abc import Mapping
from typing import Any

from scorecard.explain.basis import Basis

NEVER_CAME = "没有报送"


def silent(basis: Basis, unit_code: str) -> bool:
    """Return whether a community is outside the population and handed in nothing: it has no figures."""
    return any(
        not row["in_population"] and row["missing_count"] == row["item_count"]
        for row in basis.tables.rows("report_unit", year=basis.year, unit_code=unit_code)
    )


def never_came(basis: Basis, unit_code: str, item: Mapping[str, Any]) -> bool:
    """Return whether no file has a row of an item of a unit that waits for it, or that need not send any."""
    return item["state"] == "missing" and (unit_code in basis.owing or silent(basis, unit_code))


def absent_lines(basis: Basis, unit_code: str) -> list[str]:
    """Return how an item stands that never came."""
    if unit_code in basis.owing:
        return [f"  状态：{NEVER_CAME}，待补报", "  计分：补报之前没有得分，本单位暂不排名"]
    return [f"  状态：{NEVER_CAME}", "  计分：不参评又没有报送，没有得分"]
