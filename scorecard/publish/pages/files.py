"""The files of the year: who sent each, how it was read, what of it counts, and what nobody read."""

from collections import Counter

from markupsafe import Markup

from scorecard.checks.vocabulary import ASIDE, FIELDS, IDENTITY, ROW
from scorecard.language import N_, _, term
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
    "wide": N_("每个单位一行"),
    "long": N_("每个单位每项指标一行"),
    "canonical": N_("标准格式"),
    "list": N_("每件事一行"),
}
_KINDS = {
    "xlsx": N_("Excel工作簿"),
    "xls": N_("Excel 97-2003工作簿"),
    "utf-8": N_("编码UTF-8"),
    "utf-8-sig": N_("编码UTF-8"),
    "utf-16": N_("编码UTF-16"),
    "utf-16-le": N_("编码UTF-16（Unicode文本）"),
    "utf-16-be": N_("编码UTF-16（Unicode文本）"),
    "gb18030": N_("编码国标GB18030"),
    "big5": N_("编码大五码（Big5）"),
}
_HOW = {
    "exact": N_("完全一致"),
    "normalised": N_("写法不同但含义一致"),
    "synonym": N_("同义写法"),
    "given": N_("人工指定"),
    "remembered": N_("沿用上次的对应关系"),
    "ambiguous": N_("不能确定"),
    "unknown": N_("未识别"),
    "key": N_("通用列"),
    "none": N_("未采用"),
}
_FATES = (N_("采用"), N_("已被新版替代"), N_("已退回"), N_("已撤回"), N_("未采用"))
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
    said = (
        _("列出{most}个，有问题的在前；其余{left}个见下载的“来源文件和决定”。", most=most, left=left)
        if left > 0
        else ""
    )
    return [_file(book, file, file.file_name in partly) for file in files], said


def fates(book: Book) -> str:
    """Return how many files count and how many do not: `共21个文件：采用20个、已被新版替代1个`."""
    found = Counter(_fate_kind(file) for file in book.inputs.files)
    parts = _("、").join(
        _("{kind}{count}个", kind=_(kind), count=found[kind]) for kind in _FATES if found[kind]
    )
    count = len(book.inputs.files)
    return (
        _("共{count}个文件：{parts}", count=count, parts=parts)
        if parts
        else _("共{count}个文件", count=count)
    )


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
        "kind": _(_KINDS[file.encoding]) if file.encoding in _KINDS else file.encoding.upper(),
        "shape": _(_SHAPES[file.shape]) if file.shape in _SHAPES else term(file.shape),
        "mapping": [(c, header, _read_as(header, target, how), _how(how)) for c, header, target, how in held],
        "columns": _columns(file) if book.inputs.edition != PUBLIC else _("列的对应见内部版"),
        "renamed": [
            (c, header, _read_as(header, target, how))
            for c, header, target, how in held
            if how not in _AS_PRINTED
        ],
        "waiting": _("已由新版替代")
        if file.superseded
        else term(file.set_aside)
        if file.set_aside
        else _waiting(book, file),
        "header": _("未找到") if file.header_row is None else _("第{row}行", row=file.header_row),
    }


def _fate(file: SourceFile, partly: bool) -> str:
    """Return what of a file counts."""
    if file.superseded:
        return _("已被新版替代，未采用")
    if file.set_aside:
        return _("{fate}，未采用", fate=term(file.set_aside))
    if not file.accepted_units and not file.waiting_units:
        if file.whole:
            return _("出错的行未采用") if file.errors else _("整份采用")
        return _("没有可用的数据，未采用")
    count = file.accepted_units
    if partly:
        return _("部分单位已被新版替代；采用{count}个单位", count=count)
    return _("采用{count}个单位", count=count)


def _sender(file: SourceFile) -> tuple[str, str]:
    """Return who sent the file and which form it is; a form that names its sender says both."""
    sender, form = file.sender or N_("未识别"), term(file.form_name)
    return (form, "") if file.form_name.startswith(sender) else (term(sender), form)


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
    return phrases.listed(units) or Markup(_("无"))  # noqa: S704 - our own word


def _read_as(header: str, target: str, how: str) -> str:
    """Return what a column is: an input, or one of the columns that every form has."""
    if how == "key":
        return term(target or _COMMON.get(fold(header), _HOW["key"]))
    return term(target or _HOW["none"])


def _how(how: str) -> str:
    """Return in words how a column was recognised."""
    return _(_HOW[how]) if how in _HOW else how


def _columns(file: SourceFile) -> str:
    """Return how many columns were recognised in which way: `57列：完全一致52列；通用列5列`."""
    found = Counter(how for _, _, _, how in file.mapping)
    kinds = [*(how for how in _HOW if how in found), *sorted(set(found) - set(_HOW))]
    parts = _("；").join(_("{how}{count}列", how=_how(how), count=found[how]) for how in kinds)
    return _("{count}列：{parts}", count=len(file.mapping), parts=parts) if parts else _("没有可读的列")
