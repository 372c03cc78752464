"""数据质量: every file with its fingerprint, what was used, what waits, findings, and what is missing."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup

from scorecard.findings import Finding, Severity, by_severity
from scorecard.messages import CATALOGUE
from scorecard.publish import formats, glyphs
from scorecard.publish.book import Book
from scorecard.publish.glyphs import STATE_WORDS
from scorecard.publish.model import Row, SourceFile
from scorecard.publish.pages.frame import Context, frame
from scorecard.publish.pages.lines import standing

SHOWN_OF_A_GROUP = 20  # findings of one kind on the page; the count is always of all
STATES = (
    ("missing", "missing", "缺报", "没有报送，按0分计；缺报不等于0。"),
    ("not-applicable", "not_applicable", "不涉及", "经核准不适用或分母为零，按考核办法处理，不按0分计。"),
    ("disputed", "disputed", "待核", "数值有争议或缺少核准依据，暂按0分计，核实后更正。"),
)
_SHAPES = {"wide": "每个单位一行", "long": "每个单位每项指标一行", "canonical": "标准格式"}
_HOW = {
    "exact": "完全一致",
    "normalised": "写法不同，含义一致",
    "synonym": "同义写法",
    "given": "人工指定",
    "ambiguous": "不能确定",
    "unknown": "未识别",
    "key": "单位、年度等",
    "none": "未识别",
}
_AS_PRINTED = ("exact", "key")  # headers as the template prints them need no listing on paper
_UNREAD = {"key": "单位、年度等", "none": "未采用"}
_LEVELS = {Severity.ERROR: 3, Severity.NEEDS_NOTE: 2, Severity.WARNING: 1, Severity.INFO: 0}


def context(book: Book) -> Context:
    """Return everything that quality.html prints."""
    files = book.inputs.files
    return frame(book, "数据质量", root="", active="数据质量", crumbs=(("总览", "index.html"),)) | {
        "files": [_file(file) for file in files],
        "used": sum(1 for file in files if not file.superseded),
        "waiting": sum(len(file.waiting_units) for file in files if not file.superseded),
        "groups": groups(book.inputs.findings),
        "finding_count": len(book.inputs.findings),
        "counts": _counts(book.inputs.findings),
        "silent": sum(1 for row in book.units.values() if book.silent(row)),
        "states": [_state(book, *state) for state in STATES],
    }


def _file(file: SourceFile) -> Context:
    """Return a file with the few of its facts that need words."""
    held = file.mapping
    return {
        "file": file,
        "size": formats.size(file.size),
        "fate": "已被后来的版本取代，未采用" if file.superseded else f"采用{file.accepted_units}个单位",
        "sender": file.street_name or ("区级部门" if file.form_name else "未识别"),
        "shape": _SHAPES.get(file.shape, file.shape),
        "mapping": [
            (c, header, _read_as(target, how), _HOW.get(how, how)) for c, header, target, how in held
        ],
        "columns": _columns(file),
        "renamed": [
            (c, header, _read_as(target, how)) for c, header, target, how in held if how not in _AS_PRINTED
        ],
        "waiting": "已由新版替代" if file.superseded else "、".join(file.waiting_units) or "无",
        "header": "未找到" if file.header_row is None else f"第{file.header_row}行",
    }


def _read_as(target: str, how: str) -> str:
    return target or _UNREAD.get(how, "未采用")


def _columns(file: SourceFile) -> str:
    """Return how many columns were recognised in which way: `57列：完全一致52列，写法不同，含义一致3列`."""
    found = Counter(how for _, _, _, how in file.mapping)
    kinds = [*(how for how in _HOW if how in found), *sorted(set(found) - set(_HOW))]
    parts = "；".join(f"{_HOW.get(how, how)}{found[how]}列" for how in kinds)
    return f"{len(file.mapping)}列：{parts}" if parts else "没有可读的列"


def _counts(findings: Iterable[Finding]) -> list[tuple[Markup, int]]:
    """Return each severity's mark with its number of findings, what blocks first."""
    held = list(findings)
    return [(_lamp(s), sum(1 for f in held if f.severity is s)) for s in Severity]


def _lamp(severity: Severity) -> Markup:
    return glyphs.lamp(_LEVELS[severity], severity.label)


def groups(findings: Iterable[Finding]) -> list[Context]:
    """Return the findings by severity and code, what blocks first; long groups are cut only when shown."""
    ordered = sorted(by_severity(findings), key=lambda f: (list(Severity).index(f.severity), f.code))
    return [
        _group(s, code, list(held))
        for (s, code), held in groupby(ordered, key=lambda f: (f.severity, f.code))
    ]


def _group(severity: Severity, code: str, held: list[Finding]) -> Context:
    entry = CATALOGUE.get(code)
    return {
        "lamp": _lamp(severity),
        "code": code,
        "title": entry.title if entry else code,
        "count": len(held),
        "shown": held[:SHOWN_OF_A_GROUP],
        "hidden": max(0, len(held) - SHOWN_OF_A_GROUP),
    }


def _state(book: Book, anchor: str, state: str, word: str, meaning: str) -> Context:
    """Return the units with items in a state, each with the names of the items, and the sum of each standing.

    Communities outside the population that handed in nothing owe nothing: they are not listed.
    """
    counts, lines = {"已排名社区": 0}, []
    for code, row in ((c, r) for c, r in book.units.items() if not book.silent(r)):
        names = [
            book.indicator(i).name_zh
            for i, item in book.items.get(code, {}).items()
            if item["state"] == state
        ]
        if names:
            whose = "已排名社区" if row["assessed"] else f"{standing(book, row)}社区"
            counts[whose] = counts.get(whose, 0) + len(names)
            outside = "" if row["assessed"] else f"（{standing(book, row)}）"
            lines.append(
                (
                    glyphs.link("", "c", code, book.name(code)),
                    outside,
                    len(names),
                    _named(book, row, word, names),
                )
            )
    said = "，".join(f"{whose}{count}项" for whose, count in counts.items())
    return {"anchor": anchor, "word": word, "meaning": meaning, "counts": said, "lines": lines}


def _named(book: Book, row: Row, word: str, names: list[str]) -> str:
    """Return the names of the items; where all are alike, or wait for one correction, a word for all."""
    if book.waits(row) and word == STATE_WORDS["disputed"]:
        return "整份报送的数据未采用，逐项见该社区页"
    return f"{len(names)}项均{word}" if len(names) == row["item_count"] else "、".join(names)
