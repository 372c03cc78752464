"""`examples/yuhuazhai`: real names and the few figures that are published; what is unknown stays empty."""

import tomllib
from pathlib import Path
from typing import Any

from exampledata.forms import asked, form
from exampledata.sheets import Grid, Value, csv_bytes, workbook_bytes
from exampledata.units import Unit, registry_rows
from scorecard.rulebook.model import Cat, Chk, Indicator, Rulebook

_DATA = Path(__file__).parent / "yuhuazhai.toml"
_HEADER = ("街道", "社区名称", "年度", "指标编码", "指标名称", "分子", "分母", "数值", "等级", "备注")


def yuhuazhai_files(book: Rulebook) -> dict[str, bytes]:
    """Return the generated files by their path under `examples/`."""
    raw = tomllib.loads(_DATA.read_text("utf-8"))
    path = f"submissions/{raw['year']}/{raw['street']['name']}.xlsx"
    return {
        "yuhuazhai/registry.csv": csv_bytes(registry_rows(_units(raw)), "utf-8-sig"),
        f"yuhuazhai/{path}": workbook_bytes([Grid("上报表", _rows(book, raw))]),
    }


def _units(raw: dict[str, Any]) -> list[Unit]:
    district, street = raw["district"], raw["street"]
    aliases = tuple(street["aliases"])
    return [
        Unit(level="区", **district),
        Unit(level="街道", parent=district["code"], **{**street, "aliases": aliases}),
        *(_community(raw, place, entry) for place, entry in enumerate(raw["community"], 1)),
    ]


def _community(raw: dict[str, Any], place: int, entry: dict[str, Any]) -> Unit:
    street = raw["street"]["code"]
    return Unit(
        code=f"{street}{place:03d}",
        name=entry["name"],
        level="社区",
        parent=street,
        type=entry["type"],
        assessed=True,
        aliases=tuple(entry.get("aliases", ())),
        remark=entry.get("remark", raw["notes"]["community"]),
    )


def _rows(book: Rulebook, raw: dict[str, Any]) -> list[list[Value]]:
    """Return the long form: a row for every indicator that the street reports, known or not."""
    indicators = asked(book.community_indicators, form(book, "street", "community", "社区").levels)
    title: list[Value] = [raw["title"], *[""] * (len(_HEADER) - 1)]
    body = [_row(raw, entry, indicator) for entry in raw["community"] for indicator in indicators]
    return [title, list(_HEADER), *body]


def _row(raw: dict[str, Any], entry: dict[str, Any], indicator: Indicator) -> list[Value]:
    value, text, note = _known(raw, entry, indicator)
    place = [raw["street"]["name"], entry["name"], str(raw["year"])]
    return [*place, indicator.code, indicator.name_zh, "", "", value, text, note]


def _known(raw: dict[str, Any], entry: dict[str, Any], indicator: Indicator) -> tuple[str, str, str]:
    """Return the cells 数值, 等级 and 备注."""
    notes, rule = raw["notes"], indicator.rule
    if indicator.code == raw["indicator"]["award"] and isinstance(rule, Cat):
        name = next(c.name for c in rule.categories if c.level == entry["level"])
        return "", name, entry["award"]
    if indicator.code == raw["indicator"]["elements"] and isinstance(rule, Chk) and entry["elements"]:
        return str(rule.parts[0].of), "", notes["elements"]
    return "", "", notes["empty"]
