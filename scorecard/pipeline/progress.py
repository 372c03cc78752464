"""Labels that follow from the result itself: who rose most among its peers since last year (进步奖)."""

from collections.abc import Collection
from typing import Final

from scorecard.decisions import Flag
from scorecard.language import N_, later
from scorecard.rulebook.model import Rulebook
from scorecard.rulebook.printed import name_of
from scorecard.warehouse import Tables

_EFFECT: Final = later("只作标注，不计分")
_BASIS: Final = N_("两年都排名的{type}中由第{before}位升到第{now}位，升{rise}位，为同类最多")


def progress(tables: Tables, book: Rulebook, year: int, decided: Collection[Flag]) -> tuple[Flag, ...]:
    """Return the labels of `year` in order of codes; none where the rulebook has no such award.

    Several of a type may have risen by as much. Who has the label by a document (`decided`) has it once.
    """
    awards = [m for m in book.modifiers if m.award == "rank_rise"]
    if not awards:
        return ()
    risen = tables.rows("report_progress", year=year, most=1)
    have = {(flag.unit_code, flag.kind) for flag in decided}
    return tuple(
        Flag(
            year,
            row["unit_code"],
            award.code,
            name_of(award),
            book.document_no,
            later(
                _BASIS,
                type=row["unit_type"] or N_("全区"),
                before=row["place_before"],
                now=row["place_now"],
                rise=row["rise"],
            ),
            None,
            None,
            _EFFECT,
        )
        for award in awards
        for row in risen
        if (row["unit_code"], award.code) not in have
    )
