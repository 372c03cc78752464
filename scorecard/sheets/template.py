"""The form to fill in: own units and columns already there, only the value cells open.

Sheets: 填报 first (what is read when it comes back), 上年数 with last year's values at the same cells,
填报说明, and the hidden list of choices. The others say in A1 that they are ours; no check reads them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from scorecard.checks.asks import Ask, Asks, asked_codes
from scorecard.checks.own import CHOICES_MARK, LAST_YEAR_MARK
from scorecard.checks.vocabulary import vocabulary
from scorecard.findings import column_letter
from scorecard.registry import Registry, Unit
from scorecard.rulebook.model import Form, Rulebook
from scorecard.sheets.book import Book, Looks, width_of
from scorecard.sheets.guide import add_guide
from scorecard.sheets.text import as_number
from scorecard.sheets.validation import choices, rule

HEADER_ROW: Final = 3
_DATA, _LAST_YEAR, _CHOICES = "填报", "上年数", "下拉选项"
_HEAD: Looks = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
_FIXED: Looks = {"bg_color": "#EFEFEF", "border": 1, "num_format": "@"}
_OPEN: Looks = {"locked": False, "border": 1}
_ALLOWED = {"format_columns": True, "format_rows": True}  # a protected sheet may still be made readable
_NOTE = "备注"
_LAST_NAME_WIDTH, _VALUE_WIDTH, _NOTE_WIDTH = 18, 14, 40


@dataclass(frozen=True, slots=True)
class Template:
    """What a template is made for. `street` None: the whole district.

    `owner` and `codes`: of what the form asks, only what this department owns; None: all of it.

    `previous` has last year's answers as text by (unit code, key of the ask); empty without a last year.
    """

    rulebook: Rulebook
    registry: Registry
    year: int
    form: Form
    street: Unit | None = None
    previous: Mapping[tuple[str, str], str] = field(default_factory=dict)
    owner: str = ""
    codes: frozenset[str] | None = None

    @property
    def id(self) -> str:
        """What identifies it: edition, form, year, street."""
        street = self.street.code if self.street else self.owner or "全区"
        return f"{self.rulebook.id}/{self.rulebook.edition}/{self.form.code}/{self.year}/{street}"

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units that the form asks about, in the order of the registry."""
        registry = self.registry
        every = registry.streets(self.year) if self.form.unit == "street" else registry.assessed(self.year)
        own = self.street.code if self.street else None
        return tuple(u for u in every if own is None or registry.belongs(u.code, own))


def template(wanted: Template) -> bytes:
    """Return the template as an .xlsx; the same request gives the same bytes."""
    asks = Asks(wanted.rulebook)
    columns = form_columns(wanted, asks)
    book = Book(_title(wanted))
    for name, value in (
        ("模板编号", wanted.id),
        ("考核办法", wanted.rulebook.title),
        ("考核办法指纹", wanted.rulebook.sha256),
        ("年度", str(wanted.year)),
    ):
        book.raw.set_custom_property(name, value, "text")
    listed = {ask.key: place for place, (ask, _) in enumerate((c for c in columns if c[0].categories), 1)}
    _fill_in(book, wanted, columns, listed)
    if wanted.previous:
        _last_year(book, wanted, columns)
    first = len(_identity(wanted)) + 1
    letters = [column_letter(number) for number in range(first, first + len(columns))]
    guided = [(letter, ask, header) for letter, (ask, header) in zip(letters, columns, strict=True)]
    add_guide(book, wanted.rulebook, wanted.year, _title(wanted), guided)
    if listed:
        _choices(book, [ask for ask, _ in columns if ask.categories], wanted.rulebook)
    return book.done()


def form_columns(wanted: Template, asks: Asks) -> list[tuple[Ask, str]]:
    """Return the form's asks in printed order with their headers: the name, and the unit where it is known.

    A header is one that the checks understand as this ask and no other.
    """
    codes = asked_codes(wanted.form, wanted.rulebook)
    codes = codes if wanted.codes is None else codes & wanted.codes
    words = vocabulary(asks)

    def header(ask: Ask) -> str:
        full = f"{ask.name}（{ask.unit}）" if ask.unit else ask.name
        return full if words.match(full).key == ask.key else ask.name

    asked = (ask for ask in asks.inputs if any(slot.indicator.code in codes for slot in ask.slots))
    return [(ask, header(ask)) for ask in asked]


def _title(wanted: Template) -> str:
    who = wanted.owner or (wanted.street or wanted.registry.district).name
    return f"{who}{wanted.year}年度{wanted.form.name_zh}"


def _identity(wanted: Template) -> list[tuple[str, str]]:
    """Return the headers and fields of the columns that say which unit a row is about."""
    if wanted.form.unit == "street":
        return [("街道", "name"), ("街道编码", "code")]
    return [("街道", "street"), ("社区名称", "name"), ("社区编码", "code")]


def _frame(book: Book, sheet: Any, wanted: Template, columns: Sequence[tuple[Ask, str]]) -> None:
    """Write what both sheets of values share: the header and the units, at the same cells."""
    heads = [head for head, _ in _identity(wanted)]
    for column, head in enumerate([*heads, *(header for _, header in columns)], 1):
        book.put(sheet, HEADER_ROW, column, head, _HEAD)
        width = max(_VALUE_WIDTH, min(width_of(head), 2 * _VALUE_WIDTH) // 2 + 2)
        sheet.set_column(column - 1, column - 1, _LAST_NAME_WIDTH if column <= len(heads) else width)
    for row, unit in enumerate(wanted.units, HEADER_ROW + 1):
        street = wanted.registry.street_of(unit.code)
        said = {"street": street.name if street else "", "name": unit.name, "code": unit.code}
        for column, (_, key) in enumerate(_identity(wanted), 1):
            book.put(sheet, row, column, said[key], _FIXED)
    sheet.freeze_panes(HEADER_ROW, len(heads))
    sheet.protect("", _ALLOWED)


def _fill_in(
    book: Book, wanted: Template, columns: Sequence[tuple[Ask, str]], listed: Mapping[str, int]
) -> None:
    sheet = book.sheet(_DATA)
    book.put(sheet, 1, 1, _title(wanted), {"bold": True, "font_size": 16})
    beside = "上年数在“上年数”表的同一格。" if wanted.previous else ""
    book.put(sheet, 2, 1, f"只填白色的格子；确为0填0，没有数据就空着；详见“填报说明”表。{beside}")
    _frame(book, sheet, wanted, columns)
    first, last = HEADER_ROW + 1, HEADER_ROW + max(len(wanted.units), 1)
    start = len(_identity(wanted)) + 1
    for column, (ask, _) in enumerate(columns, start):
        place = f"{column_letter(column)}{first}"
        source = ""
        if ask.key in listed:
            letter, count = column_letter(listed[ask.key] + 1), len(choices(ask, wanted.rulebook))
            source = f"='{_CHOICES}'!${letter}$2:${letter}${count + 1}"
        valid = rule(ask, place, source, wanted.rulebook)
        sheet.data_validation(first - 1, column - 1, last - 1, column - 1, valid)
    note = start + len(columns)
    book.put(sheet, HEADER_ROW, note, _NOTE, _HEAD)
    sheet.set_column(note - 1, note - 1, _NOTE_WIDTH)
    for row in range(first, last + 1):
        for column in range(start, note + 1):
            book.put(sheet, row, column, "", _OPEN | ({"text_wrap": True} if column == note else {}))
    sheet.activate()
    sheet.set_landscape()
    sheet.repeat_rows(HEADER_ROW - 1)


def _last_year(book: Book, wanted: Template, columns: Sequence[tuple[Ask, str]]) -> None:
    sheet = book.sheet(_LAST_YEAR)
    book.put(sheet, 1, 1, LAST_YEAR_MARK, {"bold": True})
    book.put(sheet, 2, 1, f"{wanted.year - 1}年的数，与“{_DATA}”表同一格对应；空着的是上年没有数。")
    _frame(book, sheet, wanted, columns)
    for row, unit in enumerate(wanted.units, HEADER_ROW + 1):
        for column, (ask, _) in enumerate(columns, len(_identity(wanted)) + 1):
            text = wanted.previous.get((unit.code, ask.key), "")
            number = as_number(text, typed=False)
            if number is None:
                book.put(sheet, row, column, text, {"border": 1})
            else:
                sheet.write_number(row - 1, column - 1, number[0], book.format({"border": 1}))


def _choices(book: Book, asks: Sequence[Ask], rulebook: Rulebook) -> None:
    """Add the lists that the drop-downs read; typed into the rule itself they may not be long."""
    sheet = book.sheet(_CHOICES)
    book.put(sheet, 1, 1, CHOICES_MARK)
    for column, ask in enumerate(asks, 2):
        book.put(sheet, 1, column, ask.name)
        for row, choice in enumerate(choices(ask, rulebook), 2):
            book.put(sheet, row, column, choice)
    sheet.protect()
    sheet.hide()
