"""A release: all files in one folder named by their hash, swapped in as a whole.

`releases/<hash>/` is written beside and renamed; `current` is a link that is replaced by rename, so a reader
sees the old site or the new one and never a mixture. The last three releases are kept.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from scorecard.language import TAGS, _, is_chinese, language, spoken
from scorecard.language.assets import in_language
from scorecard.publish.model import Page, Publication
from scorecard.settings import resource

KEPT = 3
HASH_LENGTH = 16
_AT_ONCE = 16
ASSETS = ("report.css", "report.js", "search.js")
_LATIN = "latin.css"  # what any stylesheet has at its end where a page is not Chinese
ENTRANCE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta http-equiv="refresh" content="0; url=current/index.html"></head>
<body><p><a href="current/index.html">{link}</a></p></body></html>
"""


def stamp_css(words: str) -> str:
    """Return the stylesheet that prints `words` in the head of every A4 page.

    Every character outside letters and digits is written as a code point, so that no title ends the string.
    """
    safe = "".join(c if c.isalnum() and c.isascii() else f"\\{ord(c):06x}" for c in words)
    return f'@page{{@top-right{{content:"{safe}"}}}}\n'


class Writer:
    """Writes files into the folder of a release in the making and remembers their hashes.

    Without a folder it only remembers: that is enough to compare two sites byte for byte.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.hashes: dict[str, str] = {}

    def write(self, page: Page) -> None:
        """Write one file, its text as UTF-8."""
        content = page.raw or page.text.encode()
        if self._folder is not None:
            target = self._folder / page.path
            if page.path.count("/") and not target.parent.is_dir():
                target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        self.hashes[page.path] = hashlib.sha256(content).hexdigest()


def _settle(folder: Path) -> None:
    """Flush every file and folder to the disk; a disk takes many at once faster than one by one."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(_sync, [*sorted(folder.rglob("*")), folder]))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def assets(stamp: str) -> Iterable[Page]:
    """Yield the stylesheets and the script of the site."""
    for name in ASSETS:
        yield Page(f"assets/{name}", asset(name))
    yield Page("assets/stamp.css", stamp_css(stamp))


def asset(name: str) -> str:
    """Return a script or stylesheet as it is published, in the present language."""
    if not name.endswith(".css"):
        return in_language(name, _bare(_source(name), "\n"), spoken())
    styles = in_language(name, _bare(_source(name), ""), spoken())
    return styles if is_chinese() else styles + _bare(_source(_LATIN), "")


def _source(name: str) -> str:
    return (resource("reports") / "assets" / name).read_text("utf-8")


def _bare(text: str, end: str) -> str:
    """Return a script or stylesheet without indentation and comment lines: slow lines carry every byte.

    `end` closes each line; only a stylesheet does without.
    """
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{line}{end}" for line in lines if line and not line.startswith(("//", "/*")))


def finish(building: Path, writer: Writer, about: dict[str, Any], page_count: int, out: Path) -> Publication:
    """Seal the written files as a release and make it the current one.

    Args:
        building: The folder that `writer` wrote into, inside `out/releases`.
        writer: Knows the hash of every file.
        about: What the manifest says of the inputs and the result.
        page_count: How many pages the site has.
        out: The folder that is published.
    """
    manifest = listing(about, writer.hashes)
    (building / "manifest.json").write_bytes(manifest)
    _settle(building)
    site_hash = hashlib.sha256(manifest).hexdigest()
    release = out / "releases" / site_hash[:HASH_LENGTH]
    _place(building, release, writer.hashes)
    _swap(out, release)
    _prune(out / "releases", release)
    return Publication(release, site_hash, page_count)


def listing(about: dict[str, Any], hashes: dict[str, str]) -> bytes:
    """Return the manifest: every file with its hash, as canonical text (fixed key order, LF, UTF-8)."""
    body = {**about, "files": dict(sorted(hashes.items()))}
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def _place(building: Path, release: Path, hashes: dict[str, str]) -> None:
    """Move the new release to its name; an intact one that is there already is kept."""
    if release.is_dir() and _intact(release, hashes):
        shutil.rmtree(building)
        os.utime(release)
        return
    if release.is_dir():
        shutil.rmtree(release)
    building.rename(release)
    _sync(release.parent)


def _intact(release: Path, hashes: dict[str, str]) -> bool:
    """Return whether every file of a release still has its bytes."""
    paths = {path: release / path for path in hashes}
    return all(
        p.is_file() and hashlib.sha256(p.read_bytes()).hexdigest() == hashes[n] for n, p in paths.items()
    )


def _swap(out: Path, release: Path) -> None:
    """Point `current` at the release in one step, and write the entrance page once."""
    link = out / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases") / release.name, target_is_directory=True)
    link.replace(out / "current")
    entrance = out / "index.html.new"
    entrance.write_text(_entrance(), encoding="utf-8", newline="\n")
    _sync(entrance)
    entrance.replace(out / "index.html")
    _sync(out)


def _entrance() -> str:
    """Return the page that leads to the current release."""
    return ENTRANCE.format(lang=TAGS[language()], title=_("社区考核结果"), link=_("打开社区考核结果"))


def _prune(releases: Path, current: Path) -> None:
    """Delete all but the current release and the most recent others; a release in the making has a dot."""
    others = [p for p in releases.iterdir() if p.is_dir() and p != current and not p.name.startswith(".")]
    newest = sorted(others, key=lambda p: (p.stat().st_mtime_ns, p.name), reverse=True)
    for old in newest[KEPT - 1 :]:
        shutil.rmtree(old)
