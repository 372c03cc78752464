"""Invented districts of any size for `make bench`: deterministic, clean, as streets or machines send them."""

import csv
import io
import zlib
from pathlib import Path

from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Cat, Indicator, Input, Rulebook

YEAR = 2025
DISTRICT = "990000"
CANONICAL = ["year", "unit_code", "indicator_code", "numerator", "denominator", "value", "text"]


def make(root: Path, communities: int, *, shape: str, per_street: int = 15) -> int:
    """Write a data folder of `communities` below `root`; return how many submission files it has.

    `shape` is `canonical` (one long CSV a street with every indicator of the community card) or `wide`
    (a GBK table a street with a title and a footer, and one department file).
    """
    rulebook = load_rulebook(find_rulebook(None, YEAR))
    streets = [f"{DISTRICT}{n:03d}" for n in range(1, (communities + per_street - 1) // per_street + 1)]
    if len(streets) > 999:
        streets = [
            f"99{n:04d}001" for n in range(1, len(streets) + 1)
        ]  # a province: one street a district code
    units = {s: [f"{s}{n:03d}" for n in range(1, per_street + 1)] for s in streets}
    surplus = len(streets) * per_street - communities
    if surplus:
        units[streets[-1]] = units[streets[-1]][:-surplus]
    _registry(root / "registry.csv", units, rulebook)
    folder = root / "submissions" / str(YEAR)
    folder.mkdir(parents=True)
    (root / "sources" / str(YEAR)).mkdir(parents=True)
    writer = _canonical if shape == "canonical" else _wide
    return writer(root, units, rulebook)


def noise(*parts: str) -> int:
    """Return a number from 0 to 9999 that depends on nothing but `parts`."""
    return zlib.crc32("/".join(parts).encode()) % 10_000


def _registry(path: Path, units: dict[str, list[str]], rulebook: Rulebook) -> None:
    header = "编码,名称,层级,上级编码,类型,户数,常住人口,网格数,居民小组数,参评,不参评原因,"
    header += "成立日期,撤销日期,前身编码,别名,备注"
    types = rulebook.population_types
    path.parent.mkdir(parents=True, exist_ok=True)
    districts = dict.fromkeys(street[:6] for street in units)
    lines = [header, *(f"{d},示例{d}区,区,,,,,,,,,,,,," for d in districts)]
    for street, members in units.items():
        lines.append(f"{street},示例{street}街道,街道,{street[:6]},,,,,,,,,,,,")
        for code in members:
            households = 2000 + noise(code, "户") % 4000
            kind = types[noise(code, "类型") % len(types)]
            lines.append(
                f"{code},示例{code}社区,社区,{street},{kind},{households},{households * 5 // 2},"
                f"{households // 400 + 1},{households // 110 + 1},是,,,,,,"
            )
    path.write_text("\n".join(lines) + "\n", "utf-8")


def number(unit: str, item: Input, top: str | None = None) -> str:
    """Return a clean value for an input: a part is 60–100 % of its whole `top`."""
    drawn = noise(unit, item.name)
    if top is not None:
        return str(int(float(top)) * (6_000 + drawn * 2 // 5) // 10_000)
    if item.maximum is not None:
        return str(int(item.minimum or 0) + drawn % (int(item.maximum) - int(item.minimum or 0) + 1))
    return str(20 + drawn % 40)


def row(unit: str, indicator: Indicator) -> list[str]:
    """Return one canonical row: a clean report of `indicator`."""
    cells = dict.fromkeys(("numerator", "denominator", "value", "text"), "")
    inputs = {i.field: i for i in indicator.inputs}
    if "denominator" in inputs:
        cells["denominator"] = number(unit, inputs["denominator"])
        cells["numerator"] = number(unit, inputs["numerator"], cells["denominator"])
    elif "numerator" in inputs:
        cells["numerator"] = number(unit, inputs["numerator"])
    if "value" in inputs:
        cells["value"] = number(unit, inputs["value"])
    if indicator.events:
        cells["value"] = "0"
    if isinstance(indicator.rule, Cat):
        categories = indicator.rule.categories
        cells["text"] = categories[noise(unit, indicator.code) % len(categories)].name
    return [str(YEAR), unit, indicator.code, *cells.values()]


def _canonical(root: Path, units: dict[str, list[str]], rulebook: Rulebook) -> int:
    """Write one canonical file a street, with every community indicator."""
    for street, members in units.items():
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(CANONICAL)
        writer.writerows(
            row(unit, indicator) for unit in members for indicator in rulebook.community_indicators
        )
        (root / "submissions" / str(YEAR) / f"{street}.csv").write_text(buffer.getvalue(), "utf-8")
    return len(units)


def _wide(root: Path, units: dict[str, list[str]], rulebook: Rulebook) -> int:
    """Write one wide GBK table a street, and one for what the departments supply."""
    forms = {form.code: form for form in rulebook.forms if form.unit == "community"}
    everyone = [unit for members in units.values() for unit in members]
    for form in forms.values():
        senders = units if form.party == "street" else {form.code: everyone}
        folder = root / ("submissions" if form.party == "street" else "sources") / str(YEAR)
        asked = [i for i in rulebook.community_indicators if i.level in form.levels]
        for sender, members in senders.items():
            data = _table(members, asked, form.name_zh).encode("gb18030")
            (folder / f"{sender}{form.name_zh}.csv").write_bytes(data)
    return len(units) + sum(form.party != "street" for form in forms.values())


def _table(members: list[str], asked: list[Indicator], title: str) -> str:
    """Return a wide table with a title row, a footer, and one column for each input asked."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    names: dict[str, None] = {}
    lines: dict[str, dict[str, str]] = {unit: {} for unit in members}
    for indicator in asked:
        for unit in members:
            filled = dict(zip(CANONICAL, row(unit, indicator), strict=True))
            lines[unit] |= {i.name: filled[i.field] for i in indicator.inputs}
            lines[unit] |= {e.name: "0" for e in indicator.events}
        names |= dict.fromkeys([i.name for i in indicator.inputs] + [e.name for e in indicator.events])
    writer.writerow([f"{YEAR}年度{title}"])
    writer.writerow(["社区编码", "社区名称", *names])
    writer.writerows([unit, f"示例{unit}社区", *(lines[unit][n] for n in names)] for unit in members)
    writer.writerow(["填表人：示例"])
    return buffer.getvalue()
