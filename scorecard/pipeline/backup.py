"""Back-up of a district while it is being worked on, and putting it back.

The order makes a copy of a moving thing whole. The data folder comes before the ledger: a file that landed in
between is landed again. The portal's drafts come before the ledger: handing one in again gives the receipt
that it has. The store comes last: whatever the ledger names is in it by then. SQLite copies databases itself;
a ledger that lies in PostgreSQL is copied, entry by entry, into a SQLite ledger, and comes back as that. A
store that lies in a bucket comes back as a folder.
"""

import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

from scorecard.addresses import address_file
from scorecard.errors import ArchiveError, UserError, about
from scorecard.ledger import Ledger
from scorecard.messages.portal import BACKUP
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.queries import verify_evidence
from scorecard.store import store_at

PORTAL_ROOM: Final = "portal"
_OURS: Final = frozenset(("evidence", "products", PORTAL_ROOM))
_CHUNK: Final = 1 << 20
_TOGETHER: Final = 64  # objects that are fetched from a bucket before they are packed


def back_up(folder: DataFolder, out: Path) -> int:
    """Write everything that cannot be made again into one new ZIP, readable by its owner alone; return how
    many files it has.

    Raises:
        UserError: There is such a file already.
    """
    if out.exists():
        raise UserError(BACKUP["exists"].format(path=out))
    beside = out.with_name(f".{out.name}.new")
    try:
        with about(out), TemporaryDirectory(dir=out.parent) as room, _new(beside) as archive:
            for name, path in _sources(folder, Path(room)):
                archive.write(path, name)
            count = len(archive.namelist())
        _sync(beside)
        beside.rename(out)
    finally:
        beside.unlink(missing_ok=True)
    return count


def _new(path: Path) -> zipfile.ZipFile:
    path.touch(mode=0o600)
    return zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)


def _sources(folder: DataFolder, room: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and path of every file, in the order that keeps the copy whole."""
    portal, base, ledger = folder.home / PORTAL_ROOM, f"{PORTAL_ROOM}/portal.sqlite", "evidence/ledger.sqlite"
    yield from _tree(folder.root, folder.root, _OURS)
    yield from _database(folder.home / base, base, room)
    yield from _tree(folder.home, portal / "drafts")
    yield from _ledger(folder, ledger, room)
    yield from _store(folder)


def _tree(root: Path, start: Path, but: frozenset[str] = frozenset()) -> Iterator[tuple[str, Path]]:
    """Yield the plain files below `start` by their place below `root`; hidden ones are half written."""
    for path in sorted(start.rglob("*")) if start.is_dir() else ():
        parts = path.relative_to(root).parts
        ours = parts[0] in but or any(p.startswith(".") for p in parts)
        if not ours and path.is_file() and not path.is_symlink():
            yield "/".join(parts), path


def _ledger(folder: DataFolder, name: str, room: Path) -> Iterator[tuple[str, Path]]:
    if not address_file(folder.ledger).is_file():
        yield from _database(folder.ledger, name, room)
        return
    copy = room / folder.ledger.name
    Ledger.at(copy).restore(Ledger.at(folder.ledger).entries())
    yield name, copy


def _store(folder: DataFolder) -> Iterator[tuple[str, Path]]:
    """Yield the objects as a folder has them, wherever they lie."""
    if not address_file(folder.store).is_file():
        yield from _tree(folder.home, folder.store)
        return
    store = store_at(folder.store)
    rest = iter(store.objects())
    while some := list(islice(rest, _TOGETHER)):
        with store.files(some) as places:
            yield from ((f"evidence/store/{name[:2]}/{name[2:]}", path) for name, path in places.items())


def _database(path: Path, name: str, room: Path) -> Iterator[tuple[str, Path]]:
    """Yield a consistent copy of a database that others may be writing to."""
    if path.is_file():
        copy = room / path.name
        with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(copy)) as kept:
            live.backup(kept)
        yield name, copy


def restore(archive: Path, to: Path) -> tuple[int, str]:
    """Put a back-up into a new folder, check its evidence, end all log-ins; return the number of files and
    the ledger's last hash, "" where it has no ledger.

    Raises:
        UserError: The folder has something in it, or there is no such back-up.
        ArchiveError: It is no back-up of ours, or damaged.
        IntegrityError: Ledger and store are not what they were.
    """
    if not archive.is_file():
        raise UserError(BACKUP["none"].format(path=archive))
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise UserError(BACKUP["taken"].format(path=to))
    try:
        with zipfile.ZipFile(archive) as source:
            names = source.namelist()
            for name in names:
                _put(source, name, to)
    except (zipfile.BadZipFile, EOFError) as error:
        raise ArchiveError(BACKUP["damaged"].format(path=archive)) from error
    _end_sessions(to / PORTAL_ROOM / "portal.sqlite")
    head = verify_evidence(to, None)[0].hash if DataFolder.open(to).has_ledger else ""
    return len(names), head


def _put(source: zipfile.ZipFile, name: str, to: Path) -> None:
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or "\\" in name or name.endswith("/"):
        raise ArchiveError(BACKUP["damaged"].format(path=source.filename))
    path = to / place
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with about(path), source.open(name) as packed, path.open("xb") as file:
        shutil.copyfileobj(packed, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())
    if place.parts[0] == PORTAL_ROOM:
        path.chmod(0o600)


def _end_sessions(base: Path) -> None:
    """Let no cookie, link or token of the time of the back-up open anything; a revoked one would be back."""
    if base.is_file():
        with closing(sqlite3.connect(base)) as connection, connection:
            connection.execute("DELETE FROM session")
            connection.execute("DELETE FROM link")
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'token'").fetchone():
                connection.execute("DELETE FROM token")  # a back-up may be older than tokens


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
