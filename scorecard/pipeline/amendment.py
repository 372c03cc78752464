"""What an amended rulebook would have changed in a year that has its data: both editions score the folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scorecard.exact import SCORE_SCALE, unscaled
from scorecard.insight.result import Result, Row
from scorecard.ledger import Ledger
from scorecard.pipeline.basis import Request
from scorecard.pipeline.build import build
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.product import open_product
from scorecard.pipeline.trial import trial
from scorecard.pipeline.view import registry_of
from scorecard.registry import Registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Rulebook

_NOW = "1970-01-01T00:00:00+00:00"  # of a ledger that is thrown away with its folder


@dataclass(frozen=True, slots=True)
class Moved:
    """A community that has another total, rank or grade under the amended edition."""

    unit: str
    before: Row
    after: Row

    @property
    def change_e2(self) -> int:
        """How far the total moved, in hundredths."""
        return int(self.after["total_e2"] - self.before["total_e2"])


def compare(old: str, new: str) -> tuple[Rulebook, Rulebook]:
    """Return both editions, named as `find_rulebook` takes them.

    Raises:
        RulebookError: One of them is not there or does not pass its lint.
    """
    before, after = (load_rulebook(find_rulebook(name, None)) for name in (old, new))
    return before, after


def effect(old: str, new: str, data: Path, year: int) -> Iterator[str]:
    """Yield who would have had another score, rank or grade in `year`, and by how much.

    Both editions score the year as it stands: what was frozen of it, with the decisions on appeals. The
    folder's own evidence and results are not touched.

    Raises:
        UserError: The folder cannot be scored.
    """
    folder = DataFolder.open(data, None)
    entries = Ledger.at(folder.ledger).entries() if folder.has_ledger else []
    with trial(folder, entries) as first, trial(folder, entries) as second:
        before, after = _scored(old, folder, year, first), _scored(new, folder, year, second)
        yield from effect_lines(before, after, registry_of(folder, year))


def effect_lines(before: Result, after: Result, registry: Registry) -> Iterator[str]:
    """Yield the effect as lines: how many moved, then each of them, the largest changes first."""
    found = moved(before, after)
    counts = [sum(m.before[key] != m.after[key] for m in found) for key in ("total_e2", *_PLACES)]
    yield (
        f"对{after.year}年度结果的影响：参评社区{after.population}个中，得分有变{counts[0]}个，"
        f"名次有变{counts[1]}个，等次有变{counts[2]}个。"
    )
    grades = {g.code: g.name_zh for r in (before, after) for g in r.book.grades}
    for m in found:
        yield f"  {registry.label(m.unit)}：{_score(m.before)} → {_score(m.after)}分，{_places(m, grades)}"


_PLACES = ("rank_overall", "grade_code")


def moved(before: Result, after: Result) -> list[Moved]:
    """Return who moved of those that either edition assesses, by the size of the change, then by code."""
    pairs = [
        Moved(u, before.units[u], row)
        for u, row in after.units.items()
        if u in before.units and (row["in_population"] or before.units[u]["in_population"])
    ]
    found = [m for m in pairs if any(m.before[k] != m.after[k] for k in ("total_e2", *_PLACES))]
    return sorted(found, key=lambda m: (-abs(m.change_e2), m.unit))


def _scored(name: str, folder: DataFolder, year: int, home: Path) -> Result:
    build(Request(folder.root, year, None, rulebook=name, home=home, supposed=True), now=_NOW)
    product, tables = open_product(DataFolder(folder.root, home), year)
    return Result(tables, load_rulebook(Path(product.rulebook)), year)


def _score(row: Row) -> str:
    return str(unscaled(row["total_e2"], SCORE_SCALE))


def _places(m: Moved, grades: dict[str, str]) -> str:
    """Return rank and grade, before and after where they differ; a unit without rank says so."""
    if m.before["rank_overall"] is None or m.after["rank_overall"] is None:
        return "未排名"
    ranks = [f"第{row['rank_overall']}名" for row in (m.before, m.after)]
    names = [grades[row["grade_code"]] for row in (m.before, m.after)]
    said = [" → ".join(dict.fromkeys(pair)) for pair in (ranks, names)]
    return "，".join(said)
