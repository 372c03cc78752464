"""Tables of the pages beside the ranking, as downloads: what their pages show, row by row."""

from collections.abc import Iterator

from scorecard.exact import FACT_SCALE, SCORE_SCALE, unscaled
from scorecard.insight.corner import STAGES
from scorecard.publish import funding, ledgers, since
from scorecard.publish.book import Book
from scorecard.publish.downloads import Cell, Table
from scorecard.publish.pages import years
from scorecard.worklist import Tally


def tables(book: Book) -> Iterator[Table]:
    """Yield the tables of the pages that the year has."""
    if book.inputs.seen.changes:
        yield changes(book)
    if funding.reported(book):
        yield funds(book)
    if book.inputs.worklist.tallies:
        yield worklist(book)
    if book.inputs.ratings.results:
        yield ratings(book)


def changes(book: Book) -> Table:
    """Return the change of every comparable total with its parts, and of the rank in tenths of a place."""
    columns = ("社区编码", "社区", "街道", "上年总分", "本年总分", "变化", *(since.STAGES[s] for s in STAGES))
    rows = []
    for row, change in years.compared(book):
        ranks = book.inputs.seen.ranks.get(row["unit_code"])
        split: tuple[Cell, ...] = (None, None, None)
        if ranks:
            split = (ranks.before - ranks.after, *(unscaled(part, 1) for part in since.tenths(ranks)))
        points = (change.before_e2 or 0, change.after_e2 or 0, since.difference(change))
        rows.append(
            (
                row["unit_code"],
                book.name(row["unit_code"]),
                book.name(row["street_code"]),
                *(unscaled(number, SCORE_SCALE) for number in points),
                *(unscaled(change.parts_e2[stage], SCORE_SCALE) for stage in STAGES),
                *split,
            )
        )
    return Table("changes", "年度对比", (*columns, "名次变化", "其中自身", "其中其他社区"), tuple(rows))


def worklist(book: Book) -> Table:
    """Return how each community's tasks and issues stand; of one that waits the counts of its sound rows."""
    heads = ("按期", "逾期", "未验收合格", "未完成", "未到期", "待更正")
    columns = ("社区编码", "社区", "街道", *(f"任务{h}" for h in heads), *(f"问题{h}" for h in heads))
    tasks, issues = ledgers.tallies(book, "tasks"), ledgers.tallies(book, "issues")
    rows = tuple(
        (
            code,
            book.name(code),
            book.name(row["street_code"]),
            *_standing(tasks.get(code)),
            *_standing(issues.get(code)),
        )
        for code, row in book.units.items()
        if code in tasks or code in issues
    )
    return Table("worklist", "任务与问题", columns, rows)


def _standing(tally: Tally | None) -> tuple[Cell, ...]:
    if tally is None:
        return (None,) * 6
    found = ledgers.count(tally.standings)
    return found.on_time, found.late, found.waiting, found.open, found.not_due, "是" if tally.held else ""


def ratings(book: Book) -> Table:
    """Return the rated units; of what too few communities rated nothing but how many were asked."""
    results = book.inputs.ratings.results
    columns = (
        "类别",
        "单位",
        "名次",
        "均分",
        "应评社区",
        "评议社区",
        "有效评议",
        *(i.name for i in results[0].items),
    )
    rows = tuple(
        (
            r.kind,
            r.name,
            r.rank,
            _score(r.mean_e2),
            r.asked,
            r.responded,
            r.valid,
            *(_score(item.mean_e2) for item in r.items),
        )
        for r in results
    )
    return Table("ratings", "部门评议", columns, rows)


def _score(value_e2: int | None) -> Cell:
    return None if value_e2 is None else unscaled(value_e2, SCORE_SCALE)


def funds(book: Book) -> Table:
    """Return what each assessed community was approved and spent, beside what is laid down."""
    indicator, unit = funding.of_communities(book), book.rulebook.funding.unit
    columns = ("社区编码", "社区", "街道", *(f"{what}（{unit}）" for what in ("规定", "核定", "支出")))
    rows = []
    for code, row in book.units.items():
        if row["in_population"]:
            item = funding.known(book, indicator, code) or {}
            amounts = (funding.laid_down_e4(book), item.get("denominator_e4"), item.get("numerator_e4"))
            shown = (None if amount is None else unscaled(amount, FACT_SCALE) for amount in amounts)
            rows.append((code, book.name(code), book.name(row["street_code"]), *shown))
    return Table("funds", "经费", columns, tuple(rows))
