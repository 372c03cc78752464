"""Drafts: files that were uploaded and not handed in yet. They outlive a lost connection and a restart."""

import hashlib
import io
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

import sqlalchemy as sa

from scorecard.errors import UserError, about
from scorecard.messages.portal import PORTAL
from scorecard.names import tidy
from scorecard.pipeline.counter import Sent
from scorecard.pipeline.mended import Mending, mending_of
from scorecard.pipeline.readings import Reading
from scorecard.pipeline.senders import Sender
from scorecard.portal.base import DRAFT, Base, stamp

MOST: Final = 10  # of one account: a forgotten one is a few hundred kilobytes
_LONGEST_NAME: Final = 120
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Draft:
    """One uploaded file. `name` is the clerk's own and is only ever shown.

    `mendings`: how it was made of files before it; `before`: ids of the drafts whose place it took.
    """

    id: str
    account_id: int
    street_code: str
    name: str
    sha256: str
    size: int
    reading: Reading
    mapping: Mapping[str, str]
    at: str
    mendings: tuple[Mending, ...] = ()
    before: tuple[str, ...] = ()


class Drafts:
    """The drafts of one portal; their bytes lie in `folder` under random names."""

    def __init__(self, base: Base, folder: Path) -> None:
        self._base, self._folder = base, folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def add(self, account_id: int, street_code: str, name: str, stream: IO[bytes], now: datetime) -> Draft:
        """Keep an upload. It is a draft once all of it lies on the disk; the same bytes are the same one.

        Raises:
            UserError: It is empty, or there are too many drafts already.
        """
        id_ = secrets.token_hex(16)
        sha256, size = self._write(self._folder / id_, stream)
        values = {
            "id": id_,
            "account_id": account_id,
            "street_code": street_code,
            "name": shown_name(name),
            "sha256": sha256,
            "size": size,
            "reading": _text(Reading(), {}),
            "at": stamp(now),
        }
        try:
            if not size:
                raise UserError(PORTAL["empty_file"])
            kept = self._registered(values)
        except UserError:
            self._path(id_).unlink()
            raise
        if kept.id != id_:
            self._path(id_).unlink()
        return kept

    def mended(self, draft: Draft, sent: Sent, now: datetime) -> Draft:
        """Keep what a draft was corrected to in its place, with all that it was made of.

        Raises:
            UserError: The draft is gone.
        """
        id_ = secrets.token_hex(16)
        values = {
            "id": id_,
            "account_id": draft.account_id,
            "street_code": draft.street_code,
            "name": shown_name(sent.name),
            "sha256": self._write(self._path(id_), io.BytesIO(sent.data))[0],
            "size": len(sent.data),
            "reading": _text(sent.reading, sent.mapping),
            "at": stamp(now),
            "mendings": json.dumps([asdict(m) for m in sent.mendings], ensure_ascii=False),
            "before": " ".join((*draft.before, draft.id)),
        }
        for sha256, data in sent.sources.items():
            self._write(self._path(f"{id_}.{sha256}"), io.BytesIO(data))
        with self._base.changing() as c:
            there = c.execute(sa.delete(DRAFT).where(DRAFT.c.id == draft.id)).rowcount
            if there:
                c.execute(sa.insert(DRAFT).values(values))
        self._forget(draft.id if there else id_)
        return self.find(id_)

    def again(self, account_id: int, street_code: str, sent: Sent, now: datetime) -> Draft:
        """Keep a file that was handed in as a draft, read as it was; there is one of the same bytes at most.

        Raises:
            UserError: There are too many drafts already.
        """
        draft = self.add(account_id, street_code, sent.name, io.BytesIO(sent.data), now)
        self.decide(draft, sent.reading, sent.mapping)
        return self.find(draft.id)

    def instead(self, account_id: int, id_: str) -> Draft | None:
        """Return the account's draft that took the place of another, None where there is none."""
        return next((d for d in self.of(account_id) if id_ in d.before), None)

    def with_sources(self, draft: Draft, sent: Sent) -> Sent:
        """Return `sent` with the bytes that the draft was made of.

        Raises:
            UserError: They are not what they were.
        """
        names = {sha256 for m in draft.mendings for sha256 in (m.base, m.patch)}
        return replace(sent, sources={n: self._bytes(f"{draft.id}.{n}", n) for n in sorted(names)})

    def _registered(self, values: Mapping[str, Any]) -> Draft:
        """Write a draft down, or return the account's own with these bytes; two at once are one."""
        own = sa.select(DRAFT).where(DRAFT.c.account_id == values["account_id"])
        with self._base.changing() as c:
            rows = c.execute(own).mappings().all()
            same = next((_draft(row) for row in rows if row["sha256"] == values["sha256"]), None)
            if same is not None:
                return same
            if len(rows) >= MOST:
                raise UserError(PORTAL["drafts"].format(most=MOST))
            c.execute(sa.insert(DRAFT).values(values))
        return self.find(values["id"])

    def same(self, account_id: int, sha256: str) -> Draft | None:
        """Return the account's draft with these bytes, None where there is none."""
        return next((d for d in self.of(account_id) if d.sha256 == sha256), None)

    def find(self, id_: str) -> Draft:
        """Return a draft.

        Raises:
            UserError: There is none of that name.
        """
        with self._base.reading() as c:
            row = c.execute(sa.select(DRAFT).where(DRAFT.c.id == id_)).mappings().first()
        if row is None:
            raise UserError(PORTAL["no_draft"])
        return _draft(row)

    def of(self, account_id: int) -> list[Draft]:
        """Return an account's drafts, the latest first."""
        query = sa.select(DRAFT).where(DRAFT.c.account_id == account_id).order_by(DRAFT.c.at.desc())
        with self._base.reading() as c:
            return [_draft(row) for row in c.execute(query).mappings()]

    def decide(self, draft: Draft, reading: Reading, mapping: Mapping[str, str]) -> None:
        """Keep what was decided about reading a draft."""
        with self._base.changing() as c:
            said = _text(reading, mapping)
            c.execute(sa.update(DRAFT).where(DRAFT.c.id == draft.id).values(reading=said))

    def drop(self, draft: Draft) -> None:
        """Forget a draft, then its bytes."""
        with self._base.changing() as c:
            c.execute(sa.delete(DRAFT).where(DRAFT.c.id == draft.id))
        self._forget(draft.id)

    def sent(self, draft: Draft, sender: Sender) -> Sent:
        """Return a draft of `sender` as the counter takes it.

        Raises:
            UserError: Its bytes are not those that were uploaded.
        """
        data = self._bytes(draft.id, draft.sha256)
        return Sent(draft.name, data, sender, draft.reading, draft.mapping, draft.mendings)

    def tidy(self) -> None:
        """Delete the bytes of uploads that never became drafts: the server stopped in the middle."""
        with self._base.changing() as c:
            known = set(c.execute(sa.select(DRAFT.c.id)).scalars())
        for path in self._folder.iterdir():
            if path.name.partition(".")[0] not in known:
                path.unlink()

    def _bytes(self, name: str, sha256: str) -> bytes:
        path = self._path(name)
        data = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise UserError(PORTAL["draft_changed"])
        return data

    def _forget(self, id_: str) -> None:
        """Delete the bytes of a draft and of what it was made of."""
        for path in (self._path(id_), *self._folder.glob(f"{id_}.*")):
            path.unlink(missing_ok=True)

    def _path(self, id_: str) -> Path:
        return self._folder / id_

    def _write(self, path: Path, stream: IO[bytes]) -> tuple[str, int]:
        """Write a stream durably; return its hash and size."""
        digest, size = hashlib.sha256(), 0
        try:
            with about(path), path.open("xb") as file:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return digest.hexdigest(), size


def shown_name(name: str) -> str:
    """Return the last part of a file's name without what cannot be seen; a long one loses its middle."""
    plain = "".join(c for c in tidy(name.replace("\\", "/").rpartition("/")[2]) if c.isprintable())
    half = _LONGEST_NAME // 2
    return (plain if len(plain) <= _LONGEST_NAME else f"{plain[:half]}…{plain[-half:]}") or PORTAL["unnamed"]


def _text(reading: Reading, mapping: Mapping[str, str]) -> str:
    return json.dumps({"reading": asdict(reading), "mapping": dict(mapping)}, ensure_ascii=False)


def _draft(row: sa.RowMapping) -> Draft:
    said = json.loads(row["reading"])
    return Draft(
        id=row["id"],
        account_id=row["account_id"],
        street_code=row["street_code"],
        name=row["name"],
        sha256=row["sha256"],
        size=row["size"],
        reading=Reading(**said["reading"]),
        mapping=said["mapping"],
        at=row["at"],
        mendings=tuple(mending_of(m) for m in json.loads(row["mendings"])),
        before=tuple(row["before"].split()),
    )
