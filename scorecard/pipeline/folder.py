"""What a district's data folder holds, in one fixed order."""

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scorecard.addresses import address_file
from scorecard.errors import UserError

Party = Literal["street", "district"]
Why = Literal["misplaced", "list", "decision", "elsewhere", "broken"]

ONLINE = "网上报送"  # below a year's submissions and sources, and decisions: what came through the portal
PLACES: Mapping[Party, str] = {"street": "submissions", "district": "sources"}
ISSUES_PLACE = "issues"
_FOLDERS: tuple[tuple[str, Party], ...] = tuple((name, party) for party, name in PLACES.items())
_REGISTRIES = ("registry.csv", "registry.xlsx")
DECISIONS = (
    "不涉及.csv",
    "表头对应.csv",
    "读取办法.csv",
    "加减分.csv",
    "否决.csv",
    "黄牌.csv",
    "联点.csv",
)  # the files of decisions/ that people put there
ONLINE_DECISIONS = (f"{ONLINE}/不涉及.csv",)  # beside them what was decided in the portal
OUTCOMES = ("否决.csv", "黄牌.csv")  # of these, what is still decided after the data are frozen
_DECISION_KINDS = (".csv", ".xlsx", ".xls")
ListFolder = Literal["tasks", "issues", "upward", "selfscores"]
_LISTS: tuple[ListFolder, ...] = (
    "tasks",
    "issues",
    "upward",
    "selfscores",
)  # each with a folder a year inside
_OWN = (*_LISTS, "decisions", "surveys", "evidence", "products", "portal")
_KNOWN = frozenset((*_REGISTRIES, *_OWN, *(name for name, _ in _FOLDERS)))
_TABLES = frozenset((".csv", ".txt", ".xls", ".xlsx", ".xlsm", ".et"))
_YEAR = re.compile(r"\d{4}")
_BREAKING = frozenset(("Cc", "Zl", "Zp"))  # categories of signs that end a line or are not seen
_CORRECTION = re.compile("更正|订正|补报|补正|勘误")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Submitted:
    """One file as it lies in the folder. `relative` is its name in messages and reports."""

    path: Path
    relative: str
    party: Party


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, or a whole folder, of the data folder that nothing reads, and why."""

    relative: str
    why: Why


@dataclass(frozen=True, slots=True)
class ListFile:
    """One file of one of these folders. `correction`: its name says that it corrects another."""

    path: Path
    relative: str
    folder: ListFolder
    correction: bool


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A district's data folder; everything that the program makes lies under `home`."""

    root: Path
    home: Path

    @classmethod
    def open(cls, root: Path, home: Path | None = None) -> "DataFolder":
        """Return the folder.

        Raises:
            UserError: It does not exist, has no registry, or the engine cannot open files at its path.
        """
        for path in (root, home or root):
            if shown(path) != path.as_posix():
                raise UserError(f"文件夹「{shown(path)}」的名称不是 UTF-8 编码，请改名后再试。")
        if not root.is_dir():
            raise UserError(f"没有找到数据文件夹「{root}」，请检查 DATA 或 --data 的路径。")
        folder = cls(root, home or root)
        folder.registry_path()
        return folder

    def registry_path(self) -> Path:
        """Return `registry.csv`, or `registry.xlsx` where there is no CSV."""
        for name in _REGISTRIES:
            if (self.root / name).is_file():
                return self.root / name
        raise UserError(
            f"数据文件夹「{self.root}」里没有名录文件 registry.csv 或 registry.xlsx，请先放入社区名录。"
        )

    def files(self, year: int) -> list[Submitted]:
        """Return the year's files in the order in which they count, the latest last: natural order of names.

        A folder named after the year is used where there is one; else the whole folder, and the files
        themselves say which year they are of.
        """
        return [
            Submitted(path, shown(path.relative_to(self.root)), party)
            for name, party in _FOLDERS
            for path in sorted(_tables(self._year_folder(name, year)), key=_order)
        ]

    def lists(self, year: int) -> list[ListFile]:
        """Return the year's tables of the four folders of lists: natural order, corrections last."""
        return [
            ListFile(path, shown(path.relative_to(self.root)), name, bool(_CORRECTION.search(shown(path))))
            for name in _LISTS
            for path in sorted(_tables(self.root / name / str(year)), key=_order)
        ]

    def unread(self, years: Sequence[int]) -> list[Unread]:
        """Return what nothing reads, in order of names: files beside the folders of `years`, decisions of a
        kind that is not known, tables elsewhere in the data folder, and links that lead nowhere.

        A folder of another year is that year's business, and what the program makes is its own.
        """
        found = [
            Unread(shown(path.relative_to(self.root)), "misplaced")
            for folder, _ in _FOLDERS
            if any((self.root / folder / str(year)).is_dir() for year in years)
            for path in _tables(self.root / folder)
            if not _YEAR.fullmatch(path.relative_to(self.root / folder).parts[0])
        ]
        known = {path for _, path in self.decisions()}
        found += [
            Unread(shown(path.relative_to(self.root)), "list")
            for folder in _LISTS
            for path in _tables(self.root / folder)
            if not _YEAR.fullmatch(path.relative_to(self.root / folder).parts[0])
        ]
        found += [
            Unread(shown(path.relative_to(self.root)), "decision")
            for path in _tables(self.root / "decisions")
            if path not in known
        ]
        found += [
            Unread(shown(Path(place.name)), "elsewhere")
            for place in self.root.iterdir()
            if place.name not in _KNOWN
            and any(p.suffix.lower() in _TABLES for p in _tables(self.root, place))
        ]
        found += [
            Unread(shown(path.relative_to(self.root)), "broken")
            for folder in (*(name for name, _ in _FOLDERS), *_LISTS, "decisions")
            for path in (self.root / folder).rglob("*")
            if path.is_symlink() and not path.exists()
        ]
        return sorted(found, key=lambda u: natural(u.relative))

    def has_year(self, year: int) -> bool:
        """Return whether a folder of its own holds submissions of `year`."""
        return (self.root / "submissions" / str(year)).is_dir()

    def decision(self, name: str) -> Path | None:
        """Return the file `decisions/<name>`, or the workbook of that name, or None where there is none."""
        path = self.root / "decisions" / name
        each = (path.with_suffix(kind) for kind in _DECISION_KINDS)
        return next((file for file in each if file.is_file()), None)

    def decisions(self) -> list[tuple[str, Path]]:
        """Return place below `decisions/` and path of every file of it that is read and there, in order."""
        found = [path for path in map(self.decision, (*DECISIONS, *ONLINE_DECISIONS)) if path]
        return [(shown(path.relative_to(self.root / "decisions")), path) for path in found]

    def outcomes(self) -> list[Path]:
        """Return where outcome documents may lie: each name in each kind of file."""
        names = (Path(name) for name in OUTCOMES)
        return [
            self.root / "decisions" / name.with_suffix(kind) for name in names for kind in _DECISION_KINDS
        ]

    @property
    def store(self) -> Path:
        """Where original bytes and facts lie."""
        return self.home / "evidence" / "store"

    @property
    def ledger(self) -> Path:
        """The ledger's file, or the place beside which its address is written."""
        return self.home / "evidence" / "ledger.sqlite"

    @property
    def has_ledger(self) -> bool:
        """Whether there is a ledger, wherever it lies."""
        return self.ledger.is_file() or address_file(self.ledger).is_file()

    @property
    def products(self) -> Path:
        """What can be deleted and made again."""
        return self.home / "products"

    def _year_folder(self, name: str, year: int) -> Path:
        folder = self.root / name
        by_year = folder.is_dir() and any(p.is_dir() and _YEAR.fullmatch(p.name) for p in folder.iterdir())
        return folder / str(year) if by_year else folder


def _order(path: Path) -> tuple[bool, bool, list[tuple[int, int, str]]]:
    """Return a sort key: what calls itself a correction comes after the rest, whatever folder it lies in.

    What came through the portal comes after what was put there by hand.
    """
    return bool(_CORRECTION.search(shown(path))), ONLINE in path.parts, natural(shown(path))


def year_folders(root: Path, years: Sequence[int]) -> list[Path]:
    """Return every file below the further folders of `years`, in natural order of their names."""
    places = [root / name / str(year) for name in _LISTS for year in years]
    return sorted((path for place in places for path in _tables(place)), key=lambda p: natural(shown(p)))


def shown(path: Path) -> str:
    """Return a path as text on one line; a name out of a Chinese Windows archive may be in GBK bytes."""
    text = path.as_posix()
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # bytes that are no UTF-8 stand as half characters
        text = os.fsencode(text).decode("gb18030", "replace")
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(sign: str) -> str:
    """Return a picture of what would break the line or hide it: a name is printed on one line."""
    if unicodedata.category(sign) in _BREAKING:
        return chr(0x2400 + ord(sign)) if ord(sign) < 0x20 else "�"
    return sign


def in_folders(paths: Sequence[Path]) -> list[Path]:
    """Return the files, and of each folder among `paths` the files below it, in natural order of names.

    Raises:
        UserError: A folder has none, or is a whole data folder: most of that is no submission.
    """
    found: list[Path] = []
    for path in paths:
        inside = sorted(_tables(path), key=lambda p: natural(shown(p))) if path.is_dir() else [path]
        if path.is_dir() and any((path / name).is_file() for name in _REGISTRIES):
            raise UserError(
                f"「{path}」是数据文件夹，请写要检查的文件，或其中的文件夹（如 submissions/2025）。"
            )
        if not inside:
            raise UserError(f"文件夹「{path}」里没有可以检查的文件。")
        found += inside
    return found


def natural(text: str) -> list[tuple[int, int, str]]:
    """Return a sort key in which 第2版 stands before 第10版."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(text) if part]


def _tables(folder: Path, place: Path | None = None) -> Iterator[Path]:
    """Yield what may be a submission: hidden files, Office locks and notes (.md) are not.

    All in `folder`; with `place`, a file or folder of it, that alone.
    """
    start = place or folder
    for path in (start, *start.rglob("*")) if start.exists() else ():
        lock_or_hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.is_file() and not lock_or_hidden and path.suffix.lower() != ".md":
            yield path
