"""`scorecard verify`: every hash of an archive, then the whole year computed anew and compared."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from scorecard import __version__
from scorecard.cycle import State
from scorecard.errors import ArchiveError, IntegrityError, ScorecardError, UserError
from scorecard.ledger import Entry
from scorecard.messages.seal import refusal
from scorecard.pipeline.history import standing, steps_in
from scorecard.pipeline.inspect import silent
from scorecard.pipeline.recompute import SITE, Progress, Recomputed, recompute
from scorecard.sealed import Archive, Manifest, opened, root_of
from scorecard.sealed.manifest import LEDGER, MANIFEST, OBJECTS, OUTPUTS, ROOT, ROOT_DIGITS, grouped
from scorecard.sealed.signature import check, public_key
from scorecard.store import sha256_of

_SHOWN = 120  # characters of a row in a sentence


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. `same_version`: the program that sealed is this one; the pages were compared too.

    `state` is where the year stood when it was sealed. `signed`: its signature was held against a key, and is
    good.
    """

    year: int
    root: str
    version: str
    members: int
    frozen: bool
    state: State
    differences: tuple[str, ...]
    same_version: bool
    signed: bool

    @property
    def ok(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    def record(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "ok": self.ok,
            "year": self.year,
            "root": self.root,
            "printed": grouped(self.root),
            "version": self.version,
            "members": self.members,
            "frozen": self.frozen,
            "state": self.state,
            "stamp": self.state.stamp,
            "differences": list(self.differences),
            "pages_compared": self.same_version,
            "signed": self.signed,
        }


def verify(path: Path, root: str = "", progress: Progress = silent, *, key: Path | None = None) -> Verified:
    """Verify the archive at `path`; `root` is the hash on the notice, or as much of it as is printed there.

    `key`: the file with the public key of who sealed; the signature beside the archive must be theirs.

    Needs nothing but the program and the archive. Scores, ranks and grades are compared whatever version
    sealed it; result hash and pages only if it was this one, since a later one may say more.

    Raises:
        ArchiveError: A member or something between members was changed, the archive attacks its reader, or
            the signature is not good.
        UserError: There is no such file, `root` is no hash, or `key` no key.
    """
    if not path.is_file():
        raise UserError(refusal("no_file", path=path))
    wanted, signer = _digits(root), public_key(key) if key else None
    with opened(path) as archive:
        manifest, found = _intact(path, archive)
        if not found.startswith(wanted):
            raise ArchiveError(refusal("root", path=path.name, found=grouped(found), given=root))
        if signer is not None:
            check(path, found, signer)
        same = manifest.version == __version__
        entries = _entries(path, archive)
        with _recomputed(path, entries, archive, manifest, progress) as made:
            differences = _differences(archive, manifest, made, same)
    return Verified(
        year=manifest.year,
        root=found,
        version=manifest.version,
        members=len(archive.names),
        frozen=manifest.frozen,
        state=standing(steps_in(entries, manifest.year)),
        differences=differences,
        same_version=same,
        signed=signer is not None,
    )


def _digits(root: str) -> str:
    plain = "".join(c for c in root.lower() if c not in "-－— \t")
    if plain and not (ROOT_DIGITS <= len(plain) <= 64 and all(c in "0123456789abcdef" for c in plain)):
        raise UserError(refusal("bad_root", given=root, digits=ROOT_DIGITS))
    return plain


def _intact(path: Path, archive: Archive) -> tuple[Manifest, str]:
    """Hold every byte of the archive against its hashes; return the manifest and the root hash."""
    text = archive.read(MANIFEST)
    root = root_of(text)
    if archive.read(ROOT) != f"{root}\n".encode():
        raise ArchiveError(refusal("root_member", path=path.name))
    manifest = Manifest.parse(text, path.name)
    extra = sorted(set(archive.names) - {MANIFEST, ROOT} - set(manifest.members))
    if extra:
        raise ArchiveError(refusal("extra", path=path.name, member=extra[0]))
    for name, sha256 in manifest.members.items():
        if archive.sha256(name) != sha256:
            raise ArchiveError(refusal("changed", path=path.name, member=name))
    with tempfile.TemporaryDirectory(prefix="scorecard-") as place:
        archive.hold(Path(place) / "anew.zip")
    return manifest, root


def _entries(path: Path, archive: Archive) -> list[Entry]:
    """Return the archive's ledger.

    Raises:
        ArchiveError: It is none.
    """
    try:
        return [Entry(**json.loads(line)) for line in archive.read(LEDGER).decode("utf-8").splitlines()]
    except (ValueError, TypeError) as error:
        raise ArchiveError(refusal("no_build", path=path.name, reason=error)) from error


@contextmanager
def _recomputed(
    path: Path, entries: Sequence[Entry], archive: Archive, manifest: Manifest, progress: Progress
) -> Iterator[Recomputed]:
    """Yield what the archive's inputs come to.

    Raises:
        ArchiveError: They cannot be computed with; says why.
    """
    try:
        with recompute(manifest, entries, lambda s: archive.read(f"{OBJECTS}{s}"), progress) as made:
            yield made
    except ArchiveError:
        raise
    except IntegrityError as error:
        raise ArchiveError(refusal("ledger", path=path.name, reason=error)) from error
    except (ScorecardError, OSError, ValueError, TypeError) as error:
        raise ArchiveError(refusal("no_build", path=path.name, reason=error)) from error


def _differences(archive: Archive, manifest: Manifest, made: Recomputed, same: bool) -> tuple[str, ...]:
    """Return the first difference of every output that differs, and how many more there are in it."""
    found = []
    names = [name for name in manifest.members if name.startswith(OUTPUTS)]
    for name in dict.fromkeys((*names, *made.outputs)):
        new = made.outputs.get(name)
        if name == SITE and not same:
            continue
        if new is None or manifest.members.get(name) != sha256_of(new):
            found.append(_difference(name, archive, new))
    if same and made.result_hash != manifest.result_hash:
        found.append(
            refusal("row", member=MANIFEST, row="result_hash", old=manifest.result_hash, new=made.result_hash)
        )
    return tuple(found)


def _difference(name: str, archive: Archive, new: Path | None) -> str:
    """Return a sentence about the first row that differs and the number of the others.

    Rows are read side by side, and neither side is held: a table may have a million of them.
    """
    first, rest, old_rows, new_rows = "", 0, 0, 0
    for row, (one, other) in enumerate(zip_longest(_old(archive, name), _new(new)), start=1):
        old_rows, new_rows = old_rows + (one is not None), new_rows + (other is not None)
        if one == other:
            continue
        if first:
            rest += 1
        elif one is None or other is None:
            first = refusal("end", member=name, row=row)
        else:
            first = refusal("row", member=name, row=row, old=_shown(one), new=_shown(other))
    counts = refusal("counts", old=old_rows, new=new_rows) if old_rows != new_rows else ""
    return first + (refusal("rest", count=rest) if rest else "") + counts


def _old(archive: Archive, name: str) -> Iterator[bytes]:
    return archive.lines(name) if name in archive.names else iter(())


def _new(path: Path | None) -> Iterator[bytes]:
    if path is not None:
        with path.open("rb") as lines:
            yield from lines


def _shown(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r\n")[:_SHOWN]
