"""`examples/district-xx`: every file of the folder as bytes, by its path."""

from collections.abc import Iterator
from itertools import cycle

from exampledata import dirt
from exampledata.decisions import decision_files
from exampledata.forms import asked, cells, columns, fill, form
from exampledata.mistakes import Approval, Mistake, load_mistakes, spoil
from exampledata.recipes import load_recipes
from exampledata.selfscores import selfscore_files
from exampledata.sheets import Grid, Value, csv_bytes, workbook_bytes
from exampledata.units import District, Street, Unit, load_district, registry_rows
from exampledata.upward import upward_files
from exampledata.values import Values
from exampledata.worklist import worklist_files
from scorecard.rulebook.model import Indicator, Rulebook

File = tuple[str, bytes]

# One way of sending for each street, in the order of the registry: the layout and the file's name.
_SENT: tuple[tuple[dirt.Layout, str], ...] = (
    (dirt.gbk_wide, "{street}{year}年社区考核指标上报表.csv"),
    (dirt.merged_workbook, "{street}/附件2：{street}（最终版）(2).xlsx"),
    (dirt.unicode_text_long, "{street}上报{year}（Unicode文本）.csv"),
    (dirt.renamed_wide, "{street}/{year}年度考核数据-{street}（定稿）(1).csv"),
    (dirt.long_workbook, "{street}{year}年度指标明细.xlsx"),
    (dirt.state_wide, "{street}{year}年度考核表（第{version}版）.csv"),
)
_CODE = {"社区": "社区编码", "街道": "编码"}
_APPROVALS = ("文号", "日期", "年度", "社区编码", "社区名称", "指标编码", "理由", "批准级别")


def district_files(book: Rulebook) -> dict[str, bytes]:
    """Return the generated files by their path under `examples/`, in order of the path."""
    district = load_district()
    values = Values(book, district, load_recipes())
    mistakes, approvals = load_mistakes()
    files: list[File] = [("registry.csv", csv_bytes(registry_rows(list(district.units())), "utf-8-sig"))]
    for year in book.years:
        files += _submissions(book, district, values, mistakes, year)
        files += _sources(book, district, values, year)
    files += worklist_files(book, district, values, max(book.years))
    files += upward_files(book, district, max(book.years))
    files += selfscore_files(max(book.years))
    files.append(("decisions/不涉及.csv", _approvals(approvals, district)))
    files += decision_files({unit.name: unit.code for unit in district.units()})
    return {f"district-xx/{path}": data for path, data in sorted(files)}


def _submissions(
    book: Rulebook, district: District, values: Values, mistakes: tuple[Mistake, ...], year: int
) -> Iterator[File]:
    """Yield one file a street; where the first version had mistakes of its own, both versions."""
    indicators = asked(book.community_indicators, form(book, "street", "community", "社区").levels)
    for street, (layout, name) in zip(district.streets, _SENT, strict=True):
        names = {unit.name for unit in street.assessed(year)}
        versions = {m.version for m in mistakes if m.version and m.unit in names and m.year == year}
        for version in range(1, len(versions) + 2):
            filled = fill(street, year, indicators, values)
            spoil(filled, mistakes, book, version)
            path = name.format(street=street.unit.name, year=year, version=version)
            yield f"submissions/{year}/{_corrected(path, version)}", layout(filled)


def _corrected(path: str, version: int) -> str:
    return path.replace("版）", "版，更正）") if version > 1 else path


def _sources(book: Rulebook, district: District, values: Values, year: int) -> Iterator[File]:
    """Yield one file for each owner of figures about communities, and one for each about streets."""
    communities = [(street, unit) for street in district.streets for unit in street.assessed(year)]
    streets = [(street, street.unit) for street in district.streets]
    kinds = (("社区", communities, book.community_indicators), ("街道", streets, book.street.indicators))
    style = cycle(("utf-8", "gb18030", "xlsx", "utf-8-sig"))
    for kind, units, indicators in kinds:
        reported = asked(indicators, ("区级", "系统"))
        for owner in dict.fromkeys(i.owner for i in reported):
            mine = [i for i in reported if i.owner == owner]
            rows = _source_rows(kind, units, mine, year, values)
            yield _source(f"sources/{year}/{_file_name(owner, mine, kind)}", rows, next(style))


def _file_name(owner: str, indicators: list[Indicator], kind: str) -> str:
    """Return `区热线办（社区）` or, for what the assessment office counts, `报送登记表（社区）`."""
    counted = all(indicator.events for indicator in indicators)
    return f"{'报送登记表' if counted else owner.replace('/', '、')}（{kind}）"


def _source_rows(
    kind: str, units: list[tuple[Street, Unit]], indicators: list[Indicator], year: int, values: Values
) -> list[list[Value]]:
    asked_for = columns(indicators)
    street_column = ["街道"] if kind == "社区" else []
    rows: list[list[Value]] = [[*street_column, f"{kind}名称", _CODE[kind], *(c.name for c in asked_for)]]
    for street, unit in units:
        filled = cells(unit, indicators, year, values)
        place = [street.unit.name] if kind == "社区" else []
        rows.append([*place, unit.name, unit.code, *(filled[c.name] for c in asked_for)])
    return rows


def _source(path: str, rows: list[list[Value]], style: str) -> File:
    if style == "xlsx":
        return f"{path}.xlsx", workbook_bytes([Grid("数据", rows)])
    return f"{path}.csv", csv_bytes(rows, style)


def _approvals(approvals: tuple[Approval, ...], district: District) -> bytes:
    codes = {unit.name: unit.code for unit in district.units()}
    rows: list[list[Value]] = [
        [a.document, a.date.isoformat(), str(a.year), codes[a.unit], a.unit, a.indicator, a.reason, a.level]
        for a in approvals
    ]
    return csv_bytes([list(_APPROVALS), *rows], "utf-8-sig")
