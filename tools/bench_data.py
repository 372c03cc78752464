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


def make(root: Path, communities: int, *, shape: str, per_street: int = 15, per_file: int = 15) -> int:
    """Write a data folder of `communities` below `root`; return how many submission files it has.

    `shape` is `canonical` (long CSV, per_file communities a file, every indicator of the card) or `wide`
    (a GBK table a street with a title and a footer, and one department file).
    """
    rulebook = load_rulebook(find_rulebook(None, YEAR))
    numbers = range(1, (communities + per_street - 1) // per_street + 1)
    units = {
        f"{DISTRICT}{n:03d}": [f"{DISTRICT}{n:03d}{m:03d}" for m in range(1, per_street + 1)] for n in numbers
    }
    last = f"{DISTRICT}{numbers[-1]:03d}"
    units[last] = units[last][: communities - (len(units) - 1) * per_street]
    _registry(root / "registry.csv", units, rulebook)
    folder = root / "submissions" / str(YEAR)
    folder.mkdir(parents=True)
    (root / "sources" / str(YEAR)).mkdir(parents=True)
    return (
        _canonical(root, units, rulebook, per_file) if shape == "canonical" else _wide(root, units, rulebook)
    )


def year_before(root: Path) -> None:
    """Write last year's canonical files beside this year's: every second numerator one smaller."""
    before = root / "sources" / str(YEAR - 1)
    before.mkdir(exist_ok=True)
    (root / "submissions" / str(YEAR - 1)).mkdir(parents=True, exist_ok=True)
    for path in sorted((root / "sources" / str(YEAR)).iterdir()):
        header, *lines = path.read_text("utf-8").splitlines()
        rows = [line.split(",") for line in lines]
        for number, row in enumerate(rows):
            less = number % 2 and row[3].isdecimal() and int(row[3]) > 1
            row[0], row[3] = str(YEAR - 1), str(int(row[3]) - 1) if less else row[3]
        (before / path.name).write_text("\n".join([header, *map(",".join, rows)]) + "\n", "utf-8")


def noise(*parts: str) -> int:
    """Return a number from 0 to 9999 that depends on nothing but `parts`."""
    return zlib.crc32("/".join(parts).encode()) % 10_000


def _registry(path: Path, units: dict[str, list[str]], rulebook: Rulebook) -> None:
    header = "编码,名称,层级,上级编码,类型,户数,常住人口,网格数,居民小组数,参评,不参评原因,"
    header += "成立日期,撤销日期,前身编码,别名,备注"
    types = rulebook.population_types
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [header, f"{DISTRICT},示例区,区,,,,,,,,,,,,,"]
    for street, members in units.items():
        lines.append(f"{street},示例{street}街道,街道,{street[:6]},,,,,,,,,,,,")
        for code in members:
            kind = types[noise(code, "类型") % len(types)]
            known = ",".join(map(str, facts_of(code).values()))
            lines.append(f"{code},示例{code}社区,社区,{street},{kind},{known},是,,,,,,")
    path.write_text("\n".join(lines) + "\n", "utf-8")


def facts_of(code: str) -> dict[str, int]:
    """Return what the registry says of a community."""
    grids = 8 + noise(code, "网格") % 6
    households = grids * (380 + noise(code, "户") % 60)
    return {"households": households, "population": households * 5 // 2, "grids": grids, "groups": grids * 4}


class Filler:
    """Clean, plausible values for every input: what the registry knows is the registry's."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._registered = {
            n: c.registry_field for c in rulebook.context for n in c.same_as if c.registry_field
        }
        self._typical = {
            n: int((c.minimum + c.maximum) / 5 + c.minimum)
            for c in rulebook.context
            for n in c.same_as
            if not c.registry_field and c.minimum is not None and c.maximum is not None
        }

    def row(self, unit: str, indicator: Indicator) -> list[str]:
        """Return one canonical row: a clean report of `indicator`."""
        cells = dict.fromkeys(("numerator", "denominator", "value", "text"), "")
        inputs = {i.field: i for i in indicator.inputs}
        if "denominator" in inputs:
            whole = self._number(unit, inputs["denominator"])
            share = 6_000 + noise(unit, inputs["numerator"].name) * 2 // 5
            cells["denominator"] = str(whole)
            cells["numerator"] = str(max(1, whole * share // 10_000))
        elif "numerator" in inputs:
            cells["numerator"] = str(self._number(unit, inputs["numerator"]))
        if "value" in inputs:
            cells["value"] = str(self._number(unit, inputs["value"]))
        if indicator.events:
            cells["value"] = "0"
        if isinstance(indicator.rule, Cat):
            categories = indicator.rule.categories
            cells["text"] = categories[noise(unit, indicator.code) % len(categories)].name
        return [str(YEAR), unit, indicator.code, *cells.values()]

    def _number(self, unit: str, item: Input) -> int:
        drawn = noise(unit, item.name)
        if item.name in self._registered:
            return facts_of(unit)[self._registered[item.name]]
        if item.name in self._typical:
            return self._typical[item.name] + drawn % 5
        if item.maximum is not None and item.maximum <= 100:
            low = 2 if item.unit == "%" else int(item.minimum or 0)  # 1 in a % column might be meant as 100%
            return low + drawn % (int(item.maximum) - low + 1)
        return 40 + drawn % 40


def _canonical(root: Path, units: dict[str, list[str]], rulebook: Rulebook, per_file: int) -> int:
    """Write canonical files of per_file communities with every indicator, as a platform hands them over."""
    filler = Filler(rulebook)
    files = 0
    for street, members in units.items():
        for part in range(0, len(members), per_file):
            files += 1
            buffer = io.StringIO()
            writer = csv.writer(buffer, lineterminator="\n")
            writer.writerow(CANONICAL)
            chosen = members[part : part + per_file]
            writer.writerows(filler.row(unit, i) for unit in chosen for i in rulebook.community_indicators)
            path = root / "sources" / str(YEAR) / f"{street}-{part // per_file + 1}.csv"
            path.write_text(buffer.getvalue(), "utf-8")
    return files


def _wide(root: Path, units: dict[str, list[str]], rulebook: Rulebook) -> int:
    """Write one wide GBK table a street, and one for what the departments supply."""
    forms = {f.code: f for f in rulebook.forms if f.unit == "community" and not f.collected}
    everyone = [unit for members in units.values() for unit in members]
    for form in forms.values():
        senders = units if form.party == "street" else {form.code: everyone}
        folder = root / ("submissions" if form.party == "street" else "sources") / str(YEAR)
        asked = [i for i in rulebook.community_indicators if i.level in form.levels]
        for sender, members in senders.items():
            data = _table(members, asked, form.name_zh, Filler(rulebook)).encode("gb18030")
            (folder / f"{sender}{form.name_zh}.csv").write_bytes(data)
    return len(units) + sum(form.party != "street" for form in forms.values())


def _table(members: list[str], asked: list[Indicator], title: str, filler: Filler) -> str:
    """Return a wide table with a title row, a footer, and one column for each input asked."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    names: dict[str, None] = {}
    lines: dict[str, dict[str, str]] = {unit: {} for unit in members}
    for indicator in asked:
        for unit in members:
            filled = dict(zip(CANONICAL, filler.row(unit, indicator), strict=True))
            lines[unit] |= {i.name: filled[i.field] for i in indicator.inputs}
            lines[unit] |= {e.name: "0" for e in indicator.events}
        names |= dict.fromkeys([i.name for i in indicator.inputs] + [e.name for e in indicator.events])
    writer.writerow([f"{YEAR}年度{title}"])
    writer.writerow(["社区编码", "社区名称", *names])
    writer.writerows([unit, f"示例{unit}社区", *(lines[unit][n] for n in names)] for unit in members)
    writer.writerow(["填表人：示例"])
    return buffer.getvalue()
