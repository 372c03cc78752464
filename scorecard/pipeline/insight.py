"""Why results moved, what the next step takes, and what to look at twice, from the last build."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any

from scorecard.errors import UserError
from scorecard.findings import Finding
from scorecard.insight.change import Change, score_change, score_changes
from scorecard.insight.corner import Pair
from scorecard.insight.links import Link, link, links
from scorecard.insight.moved import RankChange, Ranks
from scorecard.insight.reach import Reach, Reaching
from scorecard.insight.result import Result
from scorecard.insight.said import change_lines, reach_lines
from scorecard.insight.seen import Seen
from scorecard.insight.watch import Watched
from scorecard.insight.watch import watch as look
from scorecard.ledger import Ledger
from scorecard.messages import make
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.product import open_product
from scorecard.pipeline.queries import find_unit
from scorecard.pipeline.selfscores import Claims, take_selfscores
from scorecard.pipeline.view import opened, registry_of
from scorecard.publish import ReportInputs
from scorecard.registry import Registry
from scorecard.rulebook import load_rulebook
from scorecard.rulebook.model import Rulebook

_BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Insight:
    """A year and the one before it, where that was scored: in the same build, or in one of its own."""

    registry: Registry
    new: Result
    old: Result | None
    claims: Claims = field(default_factory=dict)

    @cached_property
    def links(self) -> dict[str, Link]:
        """What each community of this year is compared with; empty without a year before."""
        return links(self.registry, self.old, self.new) if self.old else {}

    def changes(self) -> dict[str, Change]:
        """Return every community's change of total; empty without a year before."""
        return score_changes(Pair(self.old, self.new), self.links) if self.old else {}

    def ranks(self) -> dict[str, RankChange]:
        """Return the change of rank of every community that was ranked in both years."""
        return Ranks.of(self.old, self.new, self.links).changes() if self.old else {}

    def reaches(self) -> dict[str, list[Reach]]:
        """Return what each goal of every ranked community takes."""
        return Reaching(self.new).all()

    def watch(self) -> list[Finding]:
        """Return the watch list; empty where the rulebook has none."""
        rules = self.new.book.watch
        if rules is None:
            return []
        return look(Watched(self.registry, self.new, self.old, self.links, rules, self.claims))

    def seen(self) -> Seen:
        """Return all of it, as pages take it."""
        listed = self.new.book.watch is not None
        nearest = Reaching(self.new).nearest()  # every goal of every community takes twice as long
        return Seen(self.changes(), self.ranks(), nearest, tuple(self.watch()), listed)


def of_report(inputs: ReportInputs) -> Insight:
    """Return the insight of all communities of a report."""
    before = inputs.previous_year
    old = Result(inputs.tables, inputs.rulebook, before, whole=True) if before is not None else None
    new = Result(inputs.tables, inputs.rulebook, inputs.year, whole=True)
    return Insight(inputs.registry, new, old, inputs.claims)


def of_build(folder: DataFolder, year: int, *, whole: bool) -> Insight:
    """Return the insight of the last build of `year`.

    Last year is the one that was scored beside it, as the pages compare. Where the edition did not cover it,
    it is last year's own build under its own edition.

    Raises:
        UserError: Nothing was built, or a rulebook was changed since.
    """
    product, tables = open_product(folder, year)
    book = _book(product.rulebook, product.rulebook_sha256)
    registry = registry_of(folder, year)
    new = Result(tables, book, year, whole=whole)
    if tables.rows("report_district", year=year - 1):
        return Insight(registry, new, Result(tables, book, year - 1, whole=whole))
    if not (folder.products / f"{year - 1}.json").is_file():
        return Insight(registry, new, None)
    past, earlier = open_product(folder, year - 1)
    own = _book(past.rulebook, past.rulebook_sha256)
    return Insight(registry, new, Result(earlier, own, year - 1, whole=whole))


def _book(path: str, sha256: str) -> Rulebook:
    book = load_rulebook(Path(path))
    if book.sha256 != sha256:
        raise UserError(f"考核办法「{path}」在计算之后改过，请重新运行 scorecard build 再查。")
    return book


def explain_change(data: Path, year: int, home: Path | None, unit: str) -> str:
    """Return how the unit's total and rank came to differ from last year's.

    Raises:
        UserError: Nothing was built, the unit is unknown or is a street, or there is no year before.
    """
    insight = of_build(DataFolder.open(data, home), year, whole=False)
    code = _community(insight, unit, year)
    if insight.old is None:
        raise UserError(f"{year - 1}年度没有计算结果，无法比较：请先把{year - 1}年度的文件放入文件夹并计算。")
    known = link(insight.registry, insight.old, insight.new, code)
    change = score_change(Pair(insight.old, insight.new), known)
    rank = Ranks.of(insight.old, insight.new, insight.links).change(code)
    books = insight.old.book, insight.new.book
    lines = change_lines(change, rank, books, (year - 1, year))
    return "\n".join([_title(insight.registry, code, year), *lines])


def explain_reach(data: Path, year: int, home: Path | None, unit: str) -> str:
    """Return what the next grade and the next five ranks take.

    Raises:
        UserError: Nothing was built, or the unit is unknown or is a street.
    """
    insight = of_build(DataFolder.open(data, home), year, whole=False)
    code = _community(insight, unit, year)
    total_e2 = insight.new.units[code]["total_e2"]
    lines = reach_lines(Reaching(insight.new).unit(code), insight.new.book, total_e2)
    return "\n".join([_title(insight.registry, code, year), *lines])


def watch(data: Path, year: int, home: Path | None) -> list[Finding]:
    """Return the watch list of the last build, late corrections with it.

    Raises:
        UserError: Nothing was built, or the rulebook has no `[watch]`.
    """
    folder = DataFolder.open(data, home)
    built = of_build(folder, year, whole=True)
    with opened(folder, year) as view:
        own = take_selfscores(view.folder.lists(year), year, built.new.book, built.registry)
    insight = replace(built, claims=own.claims)
    if insight.new.book.watch is None:
        raise UserError("考核办法里没有 [watch] 一节，没有要关注的事项；需要时请在 rulebook.toml 里增加。")
    return [*insight.watch(), *late(folder, year, insight.new.book)]


def late(folder: DataFolder, year: int, book: Rulebook) -> list[Finding]:
    """Return the corrections that were received after the step that `[watch]` names, in order of receipts.

    A correction replaces a file that had been received before it. When the program took in both at once it
    cannot know when each came, and says nothing.
    """
    step = next((d for d in book.deadlines if book.watch and d.code == book.watch.late_after), None)
    if step is None or not folder.has_ledger:
        return []
    ledger = Ledger.at(folder.ledger)
    received = {e.subject: e for e in ledger.entries("received") if e.key and e.key.startswith(f"{year}:")}
    outcomes = {e.subject: e.payload for e in ledger.entries("checked")}
    by_name: dict[str, str] = {received[s].payload["file"]: s for s in sorted(received)}
    found = []
    for subject in sorted(received):
        newer = by_name.get((outcomes.get(subject) or {}).get("superseded_by") or "")
        if newer and _day(received[newer].at) > max(step.closes, _day(received[subject].at)):
            found.append(
                make(
                    "Q954",
                    file=received[newer].payload["file"],
                    newer=received[newer].payload["file"],
                    older=received[subject].payload["file"],
                    on=_day(received[newer].at).isoformat(),
                    step=step.name_zh,
                    closes=step.closes.isoformat(),
                    count=len(_units(outcomes.get(newer))),
                )
            )
    return found


def _units(outcome: Mapping[str, Any] | None) -> Sequence[str]:
    return outcome["accepted_units"] if outcome else ()


def _day(at: str) -> date:
    return datetime.fromisoformat(at).astimezone(_BEIJING).date()


def watch_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the list for a person."""
    yield f"数据关注（只提示核对，不影响得分）：{len(findings)}条"
    yield from (f"  {number}. {f.message}{f.fix}" for number, f in enumerate(findings, start=1))


def _community(insight: Insight, unit: str, year: int) -> str:
    code = find_unit(insight.registry, unit, year).code
    if code not in insight.new.units:
        name = insight.registry.units[code].name
        raise UserError(
            f"「{name}」在{year}年度没有社区考核结果；这里只能查社区，请核对名称和成立、撤销日期。"
        )
    return code


def _title(registry: Registry, code: str, year: int) -> str:
    street = registry.street_of(code)
    return f"{registry.units[code].name}（{street.name if street else ''}） {year}年度"
