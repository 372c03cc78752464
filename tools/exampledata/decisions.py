"""The example's decision files, from `decisions.toml`: bonuses and deductions, vetoes, yellow cards."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from exampledata.sheets import Value, csv_bytes

_DATA = Path(__file__).parent / "decisions.toml"
# File, key of its tables, columns in the order in which they are written.
_FILES: tuple[tuple[str, str, str], ...] = (
    (
        "加减分.csv",
        "event",
        "文号 日期 年度 单位编码 单位名称 项目编码 级别 数量 事项 指标编码 "
        "联合单位数 所占份额 条线部门 名称写明本单位 备注",
    ),
    (
        "否决.csv",
        "veto",
        "种类 对象类型 单位编码 单位名称 依据文件 依据条款 事件日期 建议单位 决定单位 决定级别 决定文号 "
        "有效期起 有效期止 状态 指标编码 备注",
    ),
    (
        "黄牌.csv",
        "card",
        "通知书编号 单位编码 单位名称 事由 发出日期 整改期限 状态 状态日期 整改材料 验收人 决定级别 备注",
    ),
)


def decision_files(codes: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """Return each file's path and bytes; `codes` are the units' codes by name."""
    raw = tomllib.loads(_DATA.read_text("utf-8"))
    return [(f"decisions/{name}", _file(raw[key], columns.split(), codes)) for name, key, columns in _FILES]


def _file(tables: Sequence[Mapping[str, Any]], columns: Sequence[str], codes: Mapping[str, str]) -> bytes:
    """Return the file.

    Raises:
        ValueError: A key is no column.
    """
    rows: list[list[Value]] = [list(columns)]
    for table in tables:
        if unknown := set(table) - set(columns):
            raise ValueError(f"no such columns: {sorted(unknown)}")
        known = {"单位编码": codes.get(table["单位名称"], ""), "备注": "示例", **table}
        rows.append([str(known.get(column, "")) for column in columns])
    return csv_bytes(rows, "utf-8-sig")
