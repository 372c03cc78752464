"""The main charts as pictures for slides: SVG that stands alone, titled, stamped, with fonts named.

Colours and weights are attributes, for office programs read no stylesheet in a picture.
"""

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from scorecard.language import _, html, plain
from scorecard.publish import words
from scorecard.publish.book import Book
from scorecard.publish.glyphs import SHAPES
from scorecard.publish.model import Page, Row
from scorecard.publish.pages import indicator as indicator_page
from scorecard.publish.pages import overview
from scorecard.publish.pages.frame import imprint
from scorecard.publish.svg import scaled

FOLDER = "charts"
SIZE = _WIDTH, _HEIGHT = 960, 540
_EDGE = 40
_TOP, _BOTTOM = 88, 500  # between them a chart has its room
_FONTS = "'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',SimHei,sans-serif"
_INK, _MUTED, _LINE, _BAR = "#1b2733", "#51606f", "#d5dce3", "#0b5394"
_HEAT = (("#ffffff", _INK), ("#f8efdf", _INK), ("#efcf98", _INK), ("#8a4b08", "#ffffff"))
_LOOKS = {
    "g1": 'fill="#08705f"',
    "g2": 'fill="#2463a8"',
    "g3": 'fill="#b87a00"',
    "g4": 'fill="#9e1b32"',
    "ax": f'stroke="{_MUTED}" fill="none"',
    "ln": f'stroke="{_MUTED}" stroke-dasharray="3 3" fill="none"',
    "lt": f'fill="{_INK}" font-weight="600"',
}
_PLOT = re.compile(r'<svg [^>]*viewBox="0 0 (\d+) (\d+)">(.*)</svg>', re.DOTALL)
_CLASS = re.compile(r'class="(\w+)"')
_LONGEST = 11  # characters of a name beside it
_STREETS = 20  # rows of the heat table that can be read on a slide


def files(book: Book) -> Iterator[Page]:
    """Yield each chart; one without anything to show is left out."""
    year, ranked = book.inputs.year, len(book.assessed)
    if not ranked:
        return
    plot = _plot(overview.distribution(book))
    yield _chart(
        book,
        "distribution",
        _("{year}年度{ranked}个社区总分的分布", year=year, ranked=ranked),
        _legend(book),
        plot,
    )
    means = _("已排名社区的平均得分占满分的百分比，灰底为满分")
    yield _chart(book, "dimensions", _("{year}年度各维度得分率", year=year), means, _dimensions(book))
    heat = _("街道按名次排列，底色越深，该维度在各街道中的名次越靠后")
    title = _("{year}年度各街道、各维度社区平均分", year=year)
    yield _chart(book, "streets", title, heat, _streets(book))
    for code, row in book.indicators.items():
        held = list(book.items.column(code).values())
        drawn = indicator_page.plot(book.indicator(code), row, held)
        if drawn:
            name = book.indicator(code).name_zh
            note, title = _("每个点是一个单位，横轴是实际值"), _("{name}：各单位的分布", name=name)
            yield _chart(book, f"indicator-{code}", title, note, _plot(drawn))


def _legend(book: Book) -> Markup:
    """Return shape in its colour, word and count of each grade: a colour alone says nothing on grey paper."""
    mark = Markup("<tspan {}>{}</tspan>{}")
    return html("　").join(
        mark.format(
            Markup(_LOOKS[f"g{n + 1}"]),  # noqa: S704 - ours
            SHAPES[n],
            plain(_("{name_zh}{get}个", name_zh=g.name_zh, get=book.grades.get(g.code, 0))),
        )
        for n, g in ((min(place, 3), grade) for place, grade in enumerate(book.grade_order))
    )


def _chart(book: Book, name: str, title: str, note: str, body: str) -> Page:
    """Return one slide's picture: title and note above, source below."""
    title, source = plain(title), imprint(book)
    head = _text(_EDGE, 44, title, size=26, fill=_INK, anchor="start", weight=700)
    head += _text(_EDGE, 72, note, size=15, fill=_MUTED, anchor="start")
    foot = _text(_EDGE, 524, source, size=12, fill=_MUTED, anchor="start")
    return Page(
        f"{FOLDER}/{name}.svg",
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" font-family="{_FONTS}">'
        f"<title>{escape(title)}</title><desc>{escape(source)}</desc>"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>{head}{body}{foot}</svg>\n',
    )


def _text(
    x: int, y: int, said: str, *, size: int, fill: str, anchor: str = "middle", weight: int = 400
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(said)}</text>'
    )


def _plot(drawn: Markup) -> str:
    """Return a plot of a page, enlarged to the slide, its classes turned into attributes."""
    found = _PLOT.fullmatch(str(drawn))
    if not found:
        return ""
    width, height = int(found[1]), int(found[2])
    percent = min(100 * (_WIDTH - 2 * _EDGE) // width, 100 * (_BOTTOM - _TOP) // height)
    inside = _CLASS.sub(lambda m: _LOOKS.get(m[1], ""), found[3])
    left, top = (_WIDTH - width * percent // 100) // 2, (_TOP + _BOTTOM - height * percent // 100) // 2
    return (
        f'<g transform="translate({left} {top}) scale({percent / 100:g})" '
        f'font-size="11" fill="{_MUTED}" text-anchor="middle">{inside}</g>'
    )


def _dimensions(book: Book) -> str:
    """Return a bar a dimension: the mean's share of the weight, from zero."""
    levels = words.district_levels(book)
    step = (_BOTTOM - _TOP) // max(len(levels), 1)
    left, width = 200, 640
    parts = []
    for place, level in enumerate(levels):
        y = _TOP + place * step
        long = scaled(level.points_e2, 0, level.weight_e2, width)
        parts += [
            _text(left - 16, y + step // 2 + 6, plain(level.name), size=20, fill=_INK, anchor="end"),
            f'<rect x="{left}" y="{y + step // 4}" width="{width}" height="{step // 2}" fill="#e3e8ed"/>',
            f'<rect x="{left}" y="{y + step // 4}" width="{long}" height="{step // 2}" fill="{_BAR}"/>',
            _text(left + width + 12, y + step // 2 + 6, level.percent, size=18, fill=_INK, anchor="start"),
        ]
    return "".join(parts)


def _streets(book: Book) -> str:
    """Return the heat table: streets by rank, a darker cell a later rank in the dimension; numbers in it."""
    rows = overview.streets(book)[:_STREETS]
    names = [plain(d.short_zh) for d in book.rulebook.dimensions]
    height = min(48, (_BOTTOM - _TOP - 32) // max(len(rows), 1))
    left = 240
    width = (_WIDTH - _EDGE - left) // max(len(names), 1)
    parts = [
        _text(left + n * width + width // 2, _TOP + 20, name, size=16, fill=_MUTED)
        for n, name in enumerate(names)
    ]
    ordered = sorted(book.streets.values(), key=lambda r: not words.placed(r))[:_STREETS]
    for place, (row, line) in enumerate(zip(ordered, rows, strict=True)):
        y = _TOP + 32 + place * height
        parts.append(
            _text(left - 16, y + height // 2 + 6, _label(book, row), size=16, fill=_INK, anchor="end")
        )
        parts += _cells(line["cells"], left, y, width, height)
    return "".join(parts)


def _label(book: Book, row: Row) -> str:
    name = str(plain(book.name(row["street_code"])))
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _cells(
    cells: Sequence[tuple[int, str, str]], left: int, y: int, width: int, height: int
) -> Iterator[str]:
    for n, (step, mean, _tip) in enumerate(cells):
        fill, ink = _HEAT[step]
        x = left + n * width
        yield f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="{_LINE}"/>'
        yield _text(x + width // 2, y + height // 2 + 6, mean, size=16, fill=ink)
