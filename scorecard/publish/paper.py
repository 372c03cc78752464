"""Pages of a published site as one PDF: a page alone, or a bound volume with its list of contents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any

from markupsafe import Markup

from scorecard.errors import UserError
from scorecard.language import CHINESE, TAGS, Language, _, speaking, term
from scorecard.publish.charts import FOLDER
from scorecard.publish.formats import chinese_date
from scorecard.publish.model import Page
from scorecard.publish.published import opened
from scorecard.publish.single import single

_TITLE = re.compile("<title>(.*?) · (.*?)</title>")
_BODY = re.compile(r'<body class="([^"]*)">(.*)</body>', re.DOTALL)
_LINK = re.compile(r"</?a\b[^>]*>")
_STAMPED = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}[^)]*\)")
_FRONT = ("brief.html", "index.html")
_OF_INDICATORS = "indicator-"
_BACK = ("robust.html", "quality.html", "about.html")


@dataclass(frozen=True, slots=True)
class Site:
    """A published site: its folder, its manifest, and the name of its release."""

    folder: Path
    manifest: dict[str, Any]
    release: str

    @property
    def language(self) -> Language:
        """The language of its pages."""
        spoken: Language = self.manifest.get("language", CHINESE)
        return spoken

    @classmethod
    def open(cls, place: Path) -> "Site":
        """Return the site at `place`: what `build` was given as --out, or one release in it.

        Raises:
            UserError: There is no site.
        """
        folder, manifest = opened(place)
        return cls(folder, manifest, folder.name)

    def page(self, path: str) -> Page:
        """Return one page.

        Raises:
            UserError: The site has no such page.
        """
        if not path.endswith(".html") or path not in self.manifest["files"]:
            raise UserError(
                f"报告里没有页面「{path}」：请写页面在报告里的路径，例如 index.html、c/社区编码.html。"
            )
        return Page(path, (self.folder / path).read_text("utf-8"))

    def volume(self, *, communities: bool) -> list[str]:
        """Return the pages of a bound volume: the district, each street with its communities, the rest."""
        held = self.manifest["files"]
        streets = sorted(path for path in held if path.startswith("street/") and path.endswith(".html"))
        inside: list[str] = []
        for street in streets:
            code = street.removeprefix("street/").removesuffix(".html")
            own = sorted(path for path in held if path.startswith(f"c/{code}"))
            inside += [street, *(own if communities else ())]
        return [path for path in (*_FRONT, *inside, *_BACK) if path in held]

    def charts(self) -> list[str]:
        """Return the names of the charts that stand for the whole year; those of indicators are many."""
        return [name for name in self._drawn() if not name.startswith(_OF_INDICATORS)]

    def chart(self, name: str) -> str:
        """Return one chart as SVG.

        Raises:
            UserError: The site has no such chart.
        """
        if name not in self._drawn():
            raise UserError(
                f"报告里没有图「{name}」：请写 charts 文件夹里的图名（不带 .svg），例如 distribution。"
            )
        return (self.folder / FOLDER / f"{name}.svg").read_text("utf-8")

    def _drawn(self) -> list[str]:
        paths = (Path(path) for path in self.manifest["files"])
        return sorted(path.stem for path in paths if path.parent.name == FOLDER and path.suffix == ".svg")

    def name(self, paths: Sequence[str], kind: str = "pdf") -> str:
        """Return the name of a file: the same pages of the same release have the same name."""
        what = (
            re.sub(r"[^\w]+", "-", paths[0].removesuffix(".html"))
            if len(paths) == 1
            else f"合订{len(paths)}篇"
        )
        known = self.manifest
        return f"{known['year']}年度-{known['status']}-{known['edition']}-{what}-{self.release}.{kind}"


def sheet(site: Site, paths: Sequence[str]) -> str:
    """Return pages as one HTML page for the printer; more than one with a list of contents before them."""
    css = "".join((site.folder / "assets" / name).read_text("utf-8") for name in ("report.css", "stamp.css"))
    copies = [_copy(site.page(path), css) for path in paths]
    if len(copies) == 1:
        return copies[0]
    with speaking(site.language):
        return _volume(site, copies, css)


def _volume(site: Site, copies: Sequence[str], css: str) -> str:
    heads = [_title(text) for text in copies]
    title, listed = escape(heads[0][1]), "".join(f"<li>{escape(name)}</li>" for name, _brand in heads)
    styles = f"{css}article{{break-before:page}}.contents{{break-before:auto}}"
    return (
        f'<!DOCTYPE html><html lang="{TAGS[site.language]}"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{styles}</style></head><body>"
        f'<article class="contents"><main><h1>{title}</h1>{_stamp(site)}<h2>{_("目录")}</h2><ol>{listed}'
        f"</ol></main></article>{''.join(map(_article, copies))}</body></html>"
    )


def _stamp(site: Site) -> str:
    """Return what the first sheet of a volume says of all of it."""
    known = site.manifest
    said = _(
        "{edition} · 数据截至{as_of} · 版号{release} · 程序版本{version}",
        edition=term(known["edition"]),
        as_of=chinese_date(known["as_of"]),
        release=site.release,
        version=known["version"],
    )
    return Markup('<p class="meta"><b class="stamp">{}</b> {}</p>').format(term(known["status"]), said)


def _copy(page: Page, css: str) -> str:
    """Return a page as one file; one that is made for paper is that already."""
    return page.text if "<style>" in page.text else single(page, css).text


def _title(text: str) -> tuple[str, str]:
    found = _TITLE.search(text)
    return (unescape(found[1]), unescape(found[2])) if found else ("", "")


def _article(text: str) -> str:
    """Return a page's body as one part of a volume, without links: pages have the same anchors."""
    found = _BODY.search(text)
    return f'<article class="{found[1]}">{_LINK.sub("", found[2])}</article>' if found else ""


def steady(pdf: bytes, as_of: str) -> bytes:
    """Return the PDF dated by the data instead of by the clock, so that the same pages are the same bytes."""
    day = as_of.replace("-", "").encode()
    return _STAMPED.sub(lambda m: b"/%s (D:%s000000+00'00')" % (m[1], day), pdf)
