"""What a release says, read back from its own data files: the numbers of an earlier publication."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from scorecard.errors import UserError
from scorecard.publish import downloads
from scorecard.publish.book import Book
from scorecard.publish.release import HASH_LENGTH

_SAID = ("year", "status", "as_of", "snapshot", "result", "rulebook", "version", "files")

Cells = Mapping[str, Any]  # by the head of the column; decimals are texts


@dataclass(frozen=True)
class Published:
    """One publication. `name` is the release's; empty for the one that is being made.

    `about` is what its manifest says of it, `read` gives the rows of a data file, by column.
    """

    name: str
    about: Mapping[str, Any]
    source: "Folder | Made"

    @cached_property
    def units(self) -> dict[str, Cells]:
        """The communities by code."""
        return {row["社区编码"]: row for row in self.source.rows("ranking")}

    @cached_property
    def streets(self) -> dict[str, Cells]:
        """The streets by code."""
        return {row["街道编码"]: row for row in self.source.rows("streets")}

    @cached_property
    def sources(self) -> dict[str, Cells]:
        """The files and decisions by fingerprint."""
        return {row["指纹"]: row for row in self.source.rows("sources")}

    def items(self, code: str) -> dict[str, Cells]:
        """Return a community's items by indicator; empty where none are published."""
        return {row["指标编码"]: row for row in self.source.rows(f"community-{code}")}


@dataclass(frozen=True)
class Folder:
    """The data files of a release on the disk."""

    place: Path

    def rows(self, table: str) -> list[Cells]:
        """Return the rows of one table, none where it was not published."""
        path = self.place / downloads.FOLDER / f"{table}.json"
        return _rows(_read(path)) if path.is_file() else []


@dataclass(frozen=True)
class Made:
    """The same tables of a book that is not written yet, read as they will be written."""

    book: Book

    def rows(self, table: str) -> list[Cells]:
        """Return the rows of one table."""
        book, code = self.book, table.removeprefix("community-")
        if code != table:
            return self._of(downloads.items(book, code)) if book.items.get(code) else []
        makers = {
            "ranking": lambda: downloads.ranking(book, table, tuple(book.units.values())),
            "streets": lambda: downloads.streets(book),
            "sources": lambda: downloads.sources(book),
        }
        return self._of(makers[table]())

    def _of(self, table: downloads.Table) -> list[Cells]:
        return _rows(json.loads(downloads.as_json(self.book, table)))


def published(place: Path) -> Published:
    """Return the publication at `place`: the --out folder of a build, or one release in it.

    Raises:
        UserError: There is none, or one of a version that kept no data files.
    """
    folder, about = opened(place)
    if not (folder / downloads.FOLDER / "ranking.json").is_file():
        raise UserError(f"「{place}」里的报告没有数据文件，不能比较；请用现在的程序重新生成。")
    return Published(folder.name[:HASH_LENGTH], about, Folder(folder))


def opened(place: Path) -> tuple[Path, dict[str, Any]]:
    """Return the folder of the release at `place`, and its manifest.

    Raises:
        UserError: There is no release, or its manifest is not whole.
    """
    folder = next((p for p in (place / "current", place) if (p / "manifest.json").is_file()), None)
    if folder is None:
        raise UserError(f"「{place}」里没有报告：请写 build 的 --out 文件夹，或其中 releases/ 下的一版。")
    found = folder.resolve()
    about = _read(found / "manifest.json")
    if not set(_SAID) <= set(about):
        raise UserError(f"「{place}」的报告说明（manifest.json）不完整，不能使用；请重新生成。")
    return found, about


def making(book: Book, about: Mapping[str, Any]) -> Published:
    """Return the publication that `book` will be."""
    return Published("", about, Made(book))


def _read(path: Path) -> dict[str, Any]:
    try:
        body = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise UserError(f"「{path}」不完整或被改动过，不能使用；请重新生成报告。") from error
    if not isinstance(body, dict):
        raise UserError(f"「{path}」不完整或被改动过，不能使用；请重新生成报告。")
    return body


def _rows(body: Mapping[str, Any]) -> list[Cells]:
    return [dict(zip(body["columns"], row, strict=True)) for row in body["rows"]]
