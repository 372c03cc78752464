"""From self-assessment tables to one claim a community and item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from scorecard.exact import SCORE_SCALE, round_scaled
from scorecard.intake import Document, Label, Problem, parse_number
from scorecard.intake.layout import Row
from scorecard.language import NC_
from scorecard.lists import Notes, Table, open_table, who
from scorecard.lists.table import ASIDE, WHO, lacking
from scorecard.names import fold
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook

TOTAL: Final = ""  # the indicator code of a claim about the whole
_UNIT: Final = "分"
LABELS: Final = (
    Label("indicator", "指标", ("指标编码", "指标名称", "考核项目", "考核指标")),
    Label("points", "自评分", ("自评得分", "自检分", "自查分")),
    Label("checked", "考核分", ("考评分",)),  # the form has both columns; ours is worked out, not read
    Label("note", "说明", ("备注", "自评说明")),
)


@dataclass(frozen=True, slots=True)
class Source:
    """One file of selfscores/ as handed in; corrections come after what they correct."""

    file: str
    document: Document


@dataclass(frozen=True, slots=True)
class Context:
    """What reading needs."""

    rulebook: Rulebook
    registry: Registry
    year: int


@dataclass(frozen=True, slots=True)
class Claim:
    """The points that a community gave itself, for an indicator or, under `TOTAL`, for the whole."""

    unit_code: str
    indicator_code: str
    points_e2: int
    file: str
    row: int

    @property
    def key(self) -> tuple[str, str]:
        """Whose claim it is, and about what."""
        return self.unit_code, self.indicator_code


@dataclass(slots=True)
class Read:
    """One file as read."""

    source: Source
    notes: Notes
    table: Table | None = None
    claims: list[Claim] = field(default_factory=list)


def take(reads: Sequence[Read]) -> dict[tuple[str, str], Claim]:
    """Return the claims by unit and indicator; of two about the same the later one counts."""
    return {claim.key: claim for read in reads for claim in read.claims}


def read_selfscores(source: Source, context: Context) -> Read:
    """Return one file as read; a row that says nothing usable is a finding and no claim."""
    read = Read(source, Notes(source.file))
    table = read.table = open_table(source.document, (*WHO, *ASIDE, *LABELS), context.year, read.notes)
    if table is None or lacking(table, (("unit_name", "unit_code"), ("points",)), NC_("part", "自评表")):
        return read
    codes = _codes(context.rulebook)
    for row in table.rows:
        claim = _claim(read, table, row, context, codes)
        if claim:
            read.claims.append(claim)
    return read


def _codes(rulebook: Rulebook) -> Mapping[str, str]:
    """Return the codes that the word in an indicator's column may stand for."""
    named = {fold(text): i.code for i in rulebook.community_indicators for text in (i.code, i.name_zh)}
    return {**named, **dict.fromkeys(map(fold, ("", "总分", "合计", "自评总分")), TOTAL)}


def _claim(read: Read, table: Table, row: Row, context: Context, codes: Mapping[str, str]) -> Claim | None:
    """Return what a row claims; None where it claims nothing, and a finding where it cannot be used."""
    typed = table.text(row, "points")
    unit = who(table, row, context.registry).unit if typed else None
    if unit is None:
        return None
    code = codes.get(fold(table.text(row, "indicator")))
    if code is None:
        read.notes.add("W990", **table.at(row, "indicator"), unit_code=unit.code)
        return None
    number = parse_number(typed, _UNIT, SCORE_SCALE)
    if isinstance(number, Problem) or number.value < 0:
        read.notes.add("W991", **table.at(row, "points"), unit_code=unit.code)
        return None
    return Claim(unit.code, code, round_scaled(number.value, SCORE_SCALE), read.source.file, row[0])
