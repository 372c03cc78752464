"""数据质量: every file with its fingerprint, what was used, what waits, findings, and what is missing."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import groupby

from markupsafe import Markup

from scorecard.findings import Finding, Severity, by_severity
from scorecard.language import N_, _, chinese
from scorecard.messages import CATALOGUE
from scorecard.publish import credibility, editions, glyphs, phrases
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.pages import files
from scorecard.publish.pages.frame import Context, frame
from scorecard.publish.pages.lines import community_link, standing, waiting

SHOWN_OF_A_GROUP = 20  # findings of one kind on the page; the count is always of all
STATES = (
    (
        "missing",
        "missing",
        N_("缺报"),
        N_("没有数据（没有填写，或谁都没有报送），按0分计；缺报不等于0。"),
    ),
    (
        "not-applicable",
        "not_applicable",
        N_("不涉及"),
        N_("经核准不适用或分母为零，按考核办法处理，不按0分计。"),
    ),
    (
        "disputed",
        "disputed",
        N_("待核"),
        N_("数值有争议、有错误或缺少核准依据：已排名社区{how}，核实后更正；待更正社区的更正后再计分。"),
    ),
)
_ALL_ALIKE = {
    "missing": N_("{count}项均缺报"),
    "not_applicable": N_("{count}项均不涉及"),
    "disputed": N_("{count}项均待核"),
}
_RANKED, _WAITING, _OUTSIDE = N_("已排名社区{count}项"), N_("待更正社区{count}项"), N_("未参评社区{count}项")
_LEVELS = {
    Severity.ERROR: (3, N_("错误")),
    Severity.NEEDS_NOTE: (2, N_("需说明")),
    Severity.WARNING: (1, N_("警告")),
    Severity.INFO: (0, N_("提示")),
}


def context(book: Book) -> Context:
    """Return everything that quality.html prints."""
    findings = book.inputs.findings
    listed, unlisted = files.listed(book)
    return frame(book, _("数据质量"), root="", active="数据质量", crumbs=((_("总览"), "index.html"),)) | {
        "checks": credibility.checks(book),
        "watched": groups(book, book.inputs.seen.watch),
        "files": listed,
        "unlisted": unlisted,
        "fates": files.fates(book),
        "unread": [f for f in by_severity(findings) if f.code in files.UNREAD],
        "pending": waiting(book, book.pending, ""),
        "pending_count": len(book.pending),
        "population": book.district["population_count"],
        "wrong": len(book.pending) - len(book.owing),
        "owing": len(book.owing),
        "groups": groups(book, findings),
        "finding_count": len(findings),
        "counts": _counts(findings),
        "silent": sum(1 for row in book.units.values() if book.silent(row)),
        "states": [_state(book, *state) for state in _states(book)],
        "owed": _owed(book),
    }


def _states(book: Book) -> list[tuple[str, str, str, str]]:
    """Return the states with what the rulebook makes of 待核."""
    how = _(phrases.DISPUTED[book.rulebook.missing.disputed])
    return [(key, state, word, _(said, how=how)) for key, state, word, said in STATES]


def _counts(findings: Iterable[Finding]) -> list[tuple[Markup, int]]:
    """Return each severity's mark with its number of findings, what blocks first."""
    held = list(findings)
    return [(_lamp(s), sum(1 for f in held if f.severity is s)) for s in Severity]


def _lamp(severity: Severity) -> Markup:
    level, word = _LEVELS[severity]
    return glyphs.lamp(level, _(word))


def groups(book: Book, findings: Iterable[Finding]) -> list[Context]:
    """Return findings by severity and code, what blocks first; long groups are cut only when shown."""
    severities = list(Severity)
    ordered = sorted(by_severity(findings), key=lambda f: (severities.index(f.severity), f.code))
    return [
        _group(book, s, code, list(held))
        for (s, code), held in groupby(ordered, key=lambda f: (f.severity, f.code))
    ]


def _group(book: Book, severity: Severity, code: str, held: list[Finding]) -> Context:
    entry = CATALOGUE.get(code)
    most = 0 if book.inputs.edition == editions.PUBLIC else SHOWN_OF_A_GROUP
    return {
        "lamp": _lamp(severity),
        "code": code,
        "title": _(entry.title) if entry else code,
        "count": len(held),
        "shown": [(_place(book, finding), finding) for finding in held[:most]],
        "hidden": max(0, len(held) - most),
    }


def _place(book: Book, finding: Finding) -> str | Markup:
    """Return where a finding is: its file, else the community or street that it is about."""
    code = finding.unit_code
    if finding.file or not code:
        return chinese(finding.file)
    if code in book.units:
        return community_link(book, "", code)
    return glyphs.link("", "street", code, book.name(code)) if code in book.streets else book.name(code)


def _state(book: Book, anchor: str, state: str, word: str, meaning: str) -> Context:
    """Return the units with items in a state, each with the names of the items, and the sum of each standing.

    Communities outside the population that handed in nothing owe nothing: they are not listed. What never
    came of a community that waits is no 缺报: it is listed apart.
    """
    counts, lines, all_alike = Counter({_RANKED: 0}), [], _ALL_ALIKE[state]
    for row in book.units.values():
        if book.silent(row) or (state == "missing" and row["unit_code"] in book.owing):
            continue
        names = _names(book, row["unit_code"], state)
        if names:
            counts[_RANKED if row["assessed"] else _WAITING if book.waits(row) else _OUTSIDE] += len(names)
            lines.append(_line(book, row, names, _(all_alike, count=len(names))))
    said = _("、").join(_(whose, count=count) for whose, count in counts.items())
    return {"anchor": anchor, "word": _(word), "meaning": meaning, "counts": said, "lines": lines}


def _owed(book: Book) -> Context:
    """Return the communities of which no file has a row of some indicators, with the names of these."""
    rows = [row for row in book.pending if row["unit_code"] in book.owing]
    held = [(row, _names(book, row["unit_code"], "missing")) for row in rows]
    lines = [_line(book, row, names, _("{count}项均没有报送", count=len(names))) for row, names in held]
    return {"lines": lines, "units": len(rows), "count": sum(len(names) for _, names in held)}


def _names(book: Book, unit_code: str, state: str) -> list[str]:
    """Return the names of a unit's items in a state, in printed order."""
    held = book.items.get(unit_code, {})
    return [
        i.name_zh
        for i in book.rulebook.community_indicators
        if i.code in held and held[i.code]["state"] == state
    ]


def _line(book: Book, row: Row, names: Collection[str], all_alike: str) -> tuple[Markup, str, int, str]:
    """Return the unit, its standing unless ranked, and its items: in a word where all are alike."""
    outside = "" if row["assessed"] else _("（{standing}）", standing=standing(book, row))
    named = all_alike if len(names) == row["item_count"] else _("、").join(names)
    return community_link(book, "", row["unit_code"]), outside, len(names), named
