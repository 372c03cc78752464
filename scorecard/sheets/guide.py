"""The sheet 填报说明 of a template: how to fill in, until when, and what each column means."""

from collections.abc import Iterator, Sequence
from typing import Any

from scorecard.checks.asks import Ask
from scorecard.checks.own import GUIDE_MARK
from scorecard.rulebook.model import Rulebook
from scorecard.sheets.book import Book, Looks

_NAME = "填报说明"
_HEADER = ("所在列", "要填的项目", "怎样填", "口径", "用在哪些考核指标", "由谁负责", "凭什么核对")
_WIDTHS = (8, 26, 36, 50, 40, 20, 40)
_TOP: Looks = {"valign": "top", "text_wrap": True, "border": 1}

Guided = tuple[str, Ask, str]  # letter, ask and header of a column


def add_guide(book: Book, rulebook: Rulebook, year: int, title: str, columns: Sequence[Guided]) -> None:
    """Add the sheet; nothing on it can be changed, and nothing on it is read when the form comes back."""
    sheet = book.sheet(_NAME)
    book.put(sheet, 1, 1, GUIDE_MARK, {"bold": True})
    row = 2
    for row, text in enumerate((title, *_advice(rulebook), *_dates(rulebook, year)), 2):
        book.put(sheet, row, 1, text)
    _table(book, sheet, row + 2, columns)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _advice(rulebook: Rulebook) -> Iterator[str]:
    states = rulebook.states
    yield "一、只填“填报”表的白色格子，不改列名，不加行列；填好后把整个文件交回，另存为 .xls 或 .csv 也可以。"
    yield "二、真零：确实为0的填「0」，是一个数，照常计分。"
    yield "三、缺报：没有数据就空着，到期仍空着的按缺报计0分；不要用0代替没有的数据。"
    yield (
        f"四、不涉及：经区里批准、有文号的，填「{states.not_applicable[0]}」；没有批准的暂按待核处理。"
        "考核办法规定不能不涉及的项目除外。"
    )
    yield f"五、待核：数有争议、正在核实的，填「{states.disputed[0]}」，截止前须改成确数。"
    refused = "、".join(f"「{word}」" for word in states.refused)
    yield f"六、只填确切的数，不写“约”“余”，不写{refused}；比率由系统按原始数计算，不用填。"
    yield f"七、与上年相差超过{rulebook.year_on_year.note_percent}%的，在备注里写明原因。"
    yield f"八、依据：{rulebook.title}（{rulebook.document_no}，第{rulebook.edition}版）。"


def _dates(rulebook: Rulebook, year: int) -> Iterator[str]:
    yield f"九、{year}年度的时间安排："
    for deadline in rulebook.deadlines:
        opens = f"{deadline.opens:%Y-%m-%d}至" if deadline.opens else ""
        yield f"　　{deadline.name_zh}：{opens}{deadline.closes:%Y-%m-%d}"


def _table(book: Book, sheet: Any, row: int, columns: Sequence[Guided]) -> None:
    for column, (text, width) in enumerate(zip(_HEADER, _WIDTHS, strict=True), 1):
        book.put(sheet, row, column, text, _TOP | {"bold": True})
        sheet.set_column(column - 1, column - 1, width)
    for number, (letter, ask, header) in enumerate(columns, row + 1):
        for column, text in enumerate((letter, header, *_about(ask)), 1):
            book.put(sheet, number, column, text, _TOP)


def _about(ask: Ask) -> tuple[str, ...]:
    indicators = list({slot.indicator.code: slot.indicator for slot in ask.slots}.values())
    inputs = (item for i in indicators for item in i.inputs if item.name == ask.name)
    meaning = next((item.definition for item in inputs if item.definition), "") or indicators[0].definition
    named = "、".join(f"{i.code}{i.name_zh}" for i in indicators)
    owners = "、".join(dict.fromkeys(i.owner for i in indicators))
    evidence = "；".join(dict.fromkeys(i.evidence for i in indicators))
    return f"{ask.expected}", meaning, named, owners, evidence
