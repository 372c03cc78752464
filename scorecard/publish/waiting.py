"""What a community of the population waits for: wrong cells, or rows that never came.

An item is open while nobody can say what it will score: disputed (待核), or without a row in any file.
Whatever is not open keeps its value and points; their sum is provisional (暂计) and never stands alone.
"""

from dataclasses import dataclass

from scorecard.findings import Finding
from scorecard.language import _, chinese, plain, term
from scorecard.messages import CATALOGUE
from scorecard.publish import blocking, formats
from scorecard.publish.blocking import NEVER_CAME
from scorecard.publish.book import Book
from scorecard.publish.model import Row

_NAMED = 2  # reasons in one phrase; the count is of all


@dataclass(frozen=True, slots=True)
class Wait:
    """Why one community waits, and what it has meanwhile.

    `errors` are about the community, or its street that sent nothing; `near` name no community and stand in
    its street's files, or in one that keeps it waiting: one of them may be the row that is looked for.
    `doubts` are the files with a row that may be about it and was not taken.
    """

    errors: tuple[Finding, ...]
    near: tuple[Finding, ...]
    disputed: tuple[Row, ...]
    absent: tuple[Row, ...]
    counted: tuple[Row, ...]
    reason: str
    doubts: tuple[str, ...] = ()

    @property
    def all_errors(self) -> tuple[Finding, ...]:
        """Everything to look at, the community's own first."""
        return self.errors + self.near

    @property
    def used_count(self) -> int:
        """How many items have a value, or need none: an empty cell (缺报) scores 0, but is no value."""
        return sum(item["state"] != "missing" for item in self.counted)

    @property
    def provisional(self) -> str:
        """The sum of the items that count, with the sum of their weights: `暂计80.76／97分`."""
        return provisional(self.counted)

    def number_of(self, book: Book, item: Row) -> int | None:
        """Return which of the listed errors an item waits for, from 1; None where none names it.

        A cell may feed several items, so the cell is looked at before the indicator that the error names.
        """
        listed = tuple(enumerate(self.all_errors, start=1))
        cell = next((n for n, error in listed if _is_about(book, error, item)), None)
        return cell or next((n for n, e in listed if e.indicator_code == item["indicator_code"]), None)


def wait(book: Book, row: Row) -> Wait:
    """Return what the community of `row` waits for."""
    code, opens = row["unit_code"], book.opens(row)
    held = book.items.get(code, {})
    items = tuple(held[i.code] for i in book.rulebook.community_indicators if i.code in held)
    unit = _unit(book, row)
    own = blocking.own(unit, book.errors)
    near = blocking.near(unit, book.errors, book.errors_of_files, book.inputs.files)
    absent = tuple(i for i in items if i["state"] == "missing" and "missing" in opens)
    return Wait(
        errors=own,
        near=near,
        disputed=tuple(i for i in items if i["state"] == "disputed"),
        absent=absent,
        counted=tuple(i for i in items if i["state"] not in opens),
        reason=_reason(book, own, near, absent),
        doubts=tuple(f.file_name for f in blocking.doubts(code, book.inputs.files)),
    )


def _unit(book: Book, row: Row) -> blocking.Unit:
    code, street = row["unit_code"], row["street_code"]
    name, of_street = str(plain(book.name(code))), str(plain(book.name(street)))
    return blocking.Unit(code, name, street, of_street, code in book.owing)


def provisional(counted: tuple[Row, ...]) -> str:
    """Return the points of items that count out of their weight: never a sum without the word 暂计."""
    points, weight = (sum(item[column] or 0 for item in counted) for column in ("points_e2", "weight_e2"))
    return _("暂计{points}／{weight}分", points=formats.points(points), weight=formats.weight(weight))


def _reason(
    book: Book, errors: tuple[Finding, ...], near: tuple[Finding, ...], absent: tuple[Row, ...]
) -> str:
    """Return in few words what is wrong; the whole sentences stand on the community's page."""
    wrong = [e for e in errors if e.code not in NEVER_CAME]
    said = [_wrong(book, e) for e in wrong[:_NAMED]]
    more = _("等{count}处错误", count=len(wrong)) if len(wrong) > _NAMED else ""
    parts = [_("；").join(said) + more] if said else []
    whose = _("街道尚未报送，") if any(e.code == "W853" for e in errors) else ""
    parts += [_("{whose}{count}项指标没有任何文件报送", whose=whose, count=len(absent))] if absent else []
    parts += [_title(near[0])] if near and not parts else []
    return _("；").join(parts) or _("所在文件有错误")


def _wrong(book: Book, error: Finding) -> str:
    """Return what is wrong with what, `入户走访率：不是数`: what is an indicator, else a column."""
    known = book.rulebook.indicators.get(error.indicator_code)
    subject = known.name_zh if known else chinese(error.header)
    return _("{subject}：{title}", subject=subject, title=_title(error)) if subject else _title(error)


def _title(error: Finding) -> str:
    entry = CATALOGUE.get(error.code)
    return term(entry.title) if entry else error.message


def _is_about(book: Book, error: Finding, item: Row) -> bool:
    """Return whether an error stands in one of the cells that an item was made from."""
    file = book.files.get(item["sha256"] or "")
    return (
        file is not None
        and (file.file_name, error.row) == (error.file, item["source_row"])
        and error.sheet in ("", item["sheet"])
        and error.column in (item["source_columns"] or "").split(",")
    )
