"""`tasks/` and `issues/` of the example district: as many rows as the typed numbers say, in their words."""

import struct
import tomllib
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from exampledata.seed import between, draw
from exampledata.sheets import Value, csv_bytes
from exampledata.units import District, Unit
from exampledata.values import Values
from scorecard.rulebook.model import Indicator, Rulebook

File = tuple[str, bytes]
_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_TASKS = (
    *("社区名称", "任务编号", "事项", "数量", "单位", "投入来源", "投入金额（万元）", "责任单位"),
    *("完成时限", "完成日期", "验收日期", "验收结论", "项目来源"),
)
_ISSUES = ("社区名称", "问题编号", "类别", "地点", "交办日期", "整改期限", "销号日期", "状态")
_SHOWN = ("社区名称", "公示开始日期", "公示结束日期", "意见内容", "意见日期", "处理情况")
_DAYS = ("{0}-{1:02d}-{2:02d}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日", "{0}{1:02d}{2:02d}")
_NO_CELL = ("", "", "")


def worklist_files(book: Rulebook, district: District, values: Values, year: int) -> Iterator[File]:
    """Yield the year's task tables (one a street, and what came late), publicity, maps, and issues."""
    fed = {i.fed_by: i for i in book.community_indicators if i.fed_by}
    for number, street in enumerate(district.streets):
        style = _DAYS[number % len(_DAYS)]
        rows: list[list[Value]] = []
        for unit in street.assessed(year):
            own = list(_tasks(unit, fed["tasks"], values, year, style))
            if unit.name == _DATA["late"]:
                name = f"tasks/{year}/{street.unit.name}一表（补报：{unit.name}）.csv"
                yield name, _table("一表", year, _TASKS, own, "utf-8-sig")
            elif unit.name != _DATA["absent"]:
                rows += own
        yield f"tasks/{year}/{street.unit.name}一表.csv", _table("一表", year, _TASKS, rows, "gb18030")
    yield from _shown(district, year)
    issues = [
        row
        for street in district.streets
        for unit in street.assessed(year)
        for row in _issues(unit, fed["issues"], values, year)
    ]
    yield f"issues/{year}/第三方问题台账.csv", _table("第三方问题台账", year, _ISSUES, issues, "gb18030")


def _table(title: str, year: int, header: tuple[str, ...], rows: list[list[Value]], encoding: str) -> bytes:
    return csv_bytes([[f"{year}年度{title}（示例）"], list(header), *rows], encoding)


def _numbers(unit: Unit, indicator: Indicator, values: Values, year: int) -> tuple[int, int]:
    """Return what is typed elsewhere: how many on time, of how many."""
    cells = values.cells(unit, indicator, year)
    done, due = (
        int(cells[i.name]) for f in ("numerator", "denominator") for i in indicator.inputs if i.field == f
    )
    return done, due


def _tasks(unit: Unit, fed: Indicator, values: Values, year: int, style: str) -> Iterator[list[Value]]:
    on_time, count = _numbers(unit, fed, values, year)
    on_time -= _DATA["fewer"].get(unit.name, 0)
    slips = _DATA["task_slips"].get(unit.name, {})
    last = sorted(range(count), key=lambda n: draw(unit.code, "task", n))[on_time:]
    for n in range(count):
        key = (unit.code, "task", n)
        matter, measure = _pick(_DATA["matters"], *key, "matter")
        days = _task_days(key, year, late=last.index(n) if n in last else None)
        due, done, accepted = (style.format(d.year, d.month, d.day) if d else "" for d in days)
        source, origin = _pick(_DATA["sources"], *key, "source")
        amount = "" if source == "" else str(between(2, 80, *key, "amount") / 10).removesuffix(".0")
        row: dict[str, Value] = dict(
            zip(
                _TASKS,
                [
                    *(unit.name, f"R{n + 1:02d}", matter, str(between(1, 12, *key, "quantity")), measure),
                    *(source, amount, _pick(_DATA["owners"], *key, "owner")),
                    *(due, done, accepted, "合格" if accepted else "", origin),
                ],
                strict=True,
            )
        )
        yield list({**row, **slips.get(f"R{n + 1:02d}", {})}.values())


def _task_days(key: tuple[object, ...], year: int, late: int | None) -> tuple[date | None, ...]:
    """Return due, done and accepted: in time, or (`late` counts) after it, not accepted, not done."""
    due = date(year, between(3, 12, *key, "month"), between(5, 28, *key, "day"))
    accepted = due - timedelta(days=between(0, 12, *key, "accepted"))
    done = accepted - timedelta(days=between(1, 25, *key, "done"))
    if late is None:
        return due, done, accepted
    due = min(due, date(year, 10, 31))
    passed = due + timedelta(days=between(1, 40, *key, "late"))
    return ((due, passed, passed + timedelta(days=5)), (due, passed, None), (due, None, None))[late % 3]


def _issues(unit: Unit, fed: Indicator, values: Values, year: int) -> Iterator[list[Value]]:
    on_time, count = _numbers(unit, fed, values, year)
    slips = _DATA["issue_slips"].get(unit.name, {})
    last = sorted(range(count), key=lambda n: draw(unit.code, "issue", n))[on_time:]
    for n in range(count):
        key = (unit.code, "issue", n)
        begun = date(year, between(3, 10, *key, "month"), between(1, 28, *key, "day"))
        due = begun + timedelta(days=30)
        closed: date | None = begun + timedelta(days=between(3, 30, *key, "closed"))
        if n in last:
            closed = due + timedelta(days=between(1, 20, *key, "closed")) if last.index(n) % 2 else None
        kind, where = _pick(_DATA["kinds"], *key, "kind")
        place = f"{between(1, 30, *key, 'place')}号楼{where}"
        row: dict[str, Value] = dict(
            zip(
                _ISSUES,
                [
                    *(unit.name, f"{unit.code[6:]}-{n + 1:03d}", kind, place),
                    *(begun.isoformat(), due.isoformat(), closed.isoformat() if closed else ""),
                    "已销号" if closed else "整改中",
                ],
                strict=True,
            )
        )
        slip = dict(slips.get(f"{n + 1:03d}", {}))
        twice = slip.pop("twice", False)
        yield from [list({**row, **slip}.values())] * (2 if twice else 1)


def _shown(district: District, year: int) -> Iterator[File]:
    """Yield the publicity of most communities, with a few comments, and the maps of one street."""
    rows: list[list[Value]] = []
    for street in district.streets:
        for unit in street.assessed(year):
            if unit.name in _DATA["not_shown"]:
                continue
            start = date(year, 3, between(1, 20, unit.code, "shown"))
            days = [start.isoformat(), (start + timedelta(days=9)).isoformat()]
            rows.append([unit.name, *days, *_NO_CELL])
            for n in range(between(0, 2, unit.code, "comments")):
                text, reply = _pick(_DATA["comments"], unit.code, "comment", n)
                rows.append([unit.name, "", "", text, (start + timedelta(days=n + 1)).isoformat(), reply])
    yield f"tasks/{year}/公示情况和公众意见.csv", _table("公示情况和公众意见", year, _SHOWN, rows, "utf-8")
    mapped = next(s for s in district.streets if s.unit.name == _DATA["mapped"])
    for n, unit in enumerate(mapped.assessed(year)[:-1]):
        data, end = (_pdf(), "pdf") if n == 0 else (_png(n), "png")
        yield f"tasks/{year}/一图/{unit.name}规划图（示例）.{end}", data


def _pick(entries: list[Any], *key: object) -> Any:
    return entries[between(0, len(entries) - 1, *key)]


def _png(shade: int) -> bytes:
    """Return a grey picture of 8 × 8 dots, stored uncompressed: another zlib would give other bytes."""
    lines = b"".join(b"\0" + bytes([255 - 8 * shade]) * 8 for _ in range(8))
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(lines), len(lines) ^ 0xFFFF) + lines
    stored += struct.pack(">I", zlib.adler32(lines))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(k, d) for k, d in ((b"IHDR", head), (b"IDAT", stored), (b"IEND", b""))
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _pdf() -> bytes:
    """Return an empty page as a PDF."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    )
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % start for start in starts)
    return out + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
