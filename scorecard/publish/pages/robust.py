"""稳健性: does a rank hold under other reasonable weights, thresholds and samples?"""

from scorecard.errors import IntegrityError
from scorecard.language import N_, _
from scorecard.publish import formats, glyphs, steady, svg
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.pages.frame import Context, first, frame
from scorecard.publish.pages.lines import community_link
from scorecard.robustness.result import Robustness, UnitRange
from scorecard.rulebook.words import plain

TITLE = N_("名次的稳健性")


def context(book: Book) -> Context:
    """Return everything that robust.html prints; the year has a study."""
    study = book.inputs.robustness
    if study is None:
        raise IntegrityError("robust.html: there is no study")
    policy = book.rulebook.robustness
    shown, cut = first([found for found in study.units if found.unit_code in book.ranges])
    return frame(book, _(TITLE), root="", active="稳健性") | {
        "sentences": steady.sentences(study),
        "lines": [_line(book, study, book.units[found.unit_code], found) for found in shown],
        "cut": cut,
        "best": book.grade_order[0].name_zh,
        "policy": policy,
        "swing": plain(policy.weight_percent),
        "tolerance": plain(policy.tolerance_percent),
        "inside": plain(policy.interval_percent),
        "certain": plain(policy.certain_percent),
        "sampled": _("、").join(i.name_zh for i in book.rulebook.community_indicators if i.sampled),
        "draws_sha256": study.draws_sha256,
    }


def _line(book: Book, study: Robustness, row: Row, found: UnitRange) -> Context:
    level = glyphs.grade_level(book, row["grade_code"]) or 0
    return {
        "place": str(found.rank),
        "tied": row["rank_overall_ties"] > 1,
        "unit": community_link(book, "", found.unit_code),
        "total": formats.points(row["total_e2"]),
        "grade": glyphs.grade(book, row["grade_code"]),
        "level": level,
        "held": steady.share(found.grade_share_e4[level]),
        "held_e4": found.grade_share_e4[level],
        "unsure": steady.unsure(found, level),
        "interval": steady.interval(found),
        "width": found.high - found.low,
        "median": found.median,
        "chart": svg.whisker(found.low, found.median, found.high, found.rank, len(study.units)),
        "stretch": steady.stretch(found) or _("分得出先后"),
    }
