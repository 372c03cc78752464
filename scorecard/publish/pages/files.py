"""The files of the year: who sent each, how it was read, what of it counts, and what nobody read."""

from collections import Counter

from markupsafe import Markup

from scorecard.checks.vocabulary import ASIDE, FIELDS, IDENTITY, ROW
from scorecard.names import fold
from scorecard.publish import formats, glyphs, phrases
from scorecard.publish.book import Book
from scorecard.publish.editions import PUBLIC
from scorecard.publish.model import SourceFile
from scorecard.publish.pages.frame import Context
from scorecard.publish.pages.lines import community_link

UNREAD = ("W858", "W859", "W862")  # findings about what lies in the data folder and was not read
_PARTLY = "W856"
_SHAPES = {
    "wide": "每个单位一行",
    "long": "每个单位每项指标一行",
    "canonical": "标准格式",
    "list": "每件事一行",
}
_KINDS = {
    "xlsx": "Excel工作簿",
    "xls": "Excel 97-2003工作簿",
    "utf-8": "编码UTF-8",
    "utf-8-sig": "编码UTF-8",
    "utf-16": "编码UTF-16",
    "utf-16-le": "编码UTF-16（Unicode文本）",
    "utf-16-be": "编码UTF-16（Unicode文本）",
    "gb18030": "编码国标GB18030",
    "big5": "编码大五码（Big5）",
}
_HOW = {
    "exact": "完全一致",
    "normalised": "写法不同但含义一致",
    "synonym": "同义写法",
    "given": "人工指定",
    "remembered": "沿用上次的对应关系",
    "ambiguous": "不能确定",
    "unknown": "未识别",
    "key": "通用列",
    "none": "未采用",
}
_AS_PRINTED = ("exact", "key")  # headers as the template prints them need no listing on paper
_COMMON = {
    fold(word): label.name
    for label in (*IDENTITY, *ROW, *FIELDS, *ASIDE)
    for word in (label.name, *label.aliases)
}


def listed(book: Book) -> tuple[list[Context], str]:
    """Return the files with the few of their facts that need words, and what is said of those left out.

    Where there are too many for a page, those that somebody has to look at come first.
    """
    partly = {f.file for f in book.inputs.findings if f.code == _PARTLY}
    files, most = book.inputs.files, formats.MOST_FILES
    left = len(files) - most
    if left > 0:
        files = tuple(sorted(files, key=lambda file: not _to_look_at(file))[:most])
    said = f"列出{most}个，有问题的在前；其余{left}个见下载的“来源文件和决定”。" if left > 0 else ""
    return [_file(book, file, file.file_name in partly) for file in files], said


def fates(book: Book) -> str:
    """Return how many files count and how many do not: `共21个文件：采用20个、已被新版替代1个`."""
    found = Counter(_fate_kind(file) for file in book.inputs.files)
    parts = "、".join(
        f"{kind}{found[kind]}个"
        for kind in ("采用", "已被新版替代", "已退回", "已撤回", "未采用")
        if found[kind]
    )
    return f"共{len(book.inputs.files)}个文件" + (f"：{parts}" if parts else "")


def _to_look_at(file: SourceFile) -> bool:
    return bool(file.errors or file.notes or file.warnings or file.waiting_units or file.late)


def _fate_kind(file: SourceFile) -> str:
    if file.superseded:
        return "已被新版替代"
    if file.set_aside:
        return file.set_aside
    return "采用" if file.accepted_units or file.waiting_units or file.whole else "未采用"


def _file(book: Book, file: SourceFile, partly: bool) -> Context:
    held = file.mapping
    return {
        "file": file,
        "size": formats.size(file.size),
        "fate": _fate(file, partly),
        "sender": _sender(file),
        "kind": _KINDS.get(file.encoding, file.encoding.upper()),
        "shape": _SHAPES.get(file.shape, file.shape),
        "mapping": [
            (c, header, _read_as(header, target, how), _HOW.get(how, how)) for c, header, target, how in held
        ],
        "columns": _columns(file) if book.inputs.edition != PUBLIC else "列的对应见内部版",
        "renamed": [
            (c, header, _read_as(header, target, how))
            for c, header, target, how in held
            if how not in _AS_PRINTED
        ],
        "waiting": "已由新版替代" if file.superseded else file.set_aside or _waiting(book, file),
        "header": "未找到" if file.header_row is None else f"第{file.header_row}行",
    }


def _fate(file: SourceFile, partly: bool) -> str:
    """Return what of a file counts."""
    if file.superseded:
        return "已被新版替代，未采用"
    if file.set_aside:
        return f"{file.set_aside}，未采用"
    if not file.accepted_units and not file.waiting_units:
        if file.whole:
            return "出错的行未采用" if file.errors else "整份采用"
        return "没有可用的数据，未采用"
    return ("部分单位已被新版替代；" if partly else "") + f"采用{file.accepted_units}个单位"


def _sender(file: SourceFile) -> tuple[str, str]:
    """Return who sent the file and which form it is; a form that names its sender says both."""
    sender = file.sender or "未识别"
    return (file.form_name, "") if file.form_name.startswith(sender) else (sender, file.form_name)


def _waiting(book: Book, file: SourceFile) -> Markup:
    """Return the units of a file that wait for a correction, each a link."""
    units = [
        community_link(book, "", code)
        if code in book.units
        else glyphs.link("", "street", code, book.name(code))
        if code in book.streets
        else Markup("{}").format(book.name(code))
        for code in file.waiting_units
    ]
    return phrases.listed(units) or Markup("无")


def _read_as(header: str, target: str, how: str) -> str:
    """Return what a column is: an input, or one of the columns that every form has."""
    if how == "key":
        return target or _COMMON.get(fold(header), "通用列")
    return target or "未采用"


def _columns(file: SourceFile) -> str:
    """Return how many columns were recognised in which way: `57列：完全一致52列；通用列5列`."""
    found = Counter(how for _, _, _, how in file.mapping)
    kinds = [*(how for how in _HOW if how in found), *sorted(set(found) - set(_HOW))]
    parts = "；".join(f"{_HOW.get(how, how)}{found[how]}列" for how in kinds)
    return f"{len(file.mapping)}列：{parts}" if parts else "没有可读的列"
