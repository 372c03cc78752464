"""`selfscores/` of the example district: what communities of one street say they deserve."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exampledata.sheets import csv_bytes

File = tuple[str, bytes]
_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def selfscore_files(year: int) -> Iterator[File]:
    """Yield one table: total and single items under each other, as the forms have them."""
    title = [f"{year}年度{_DATA['street']}社区自评表（示例）"]
    rows = [[r["unit"], r.get("item", ""), r["points"]] for r in _DATA["claim"]]
    table = [title, ["社区名称", "考核项目", "自评分"], *rows]
    yield f"selfscores/{year}/{_DATA['street']}自评.csv", csv_bytes(table, "gb18030")
