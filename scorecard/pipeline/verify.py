"""`scorecard verify`: every hash of an archive, then the whole year computed anew and compared."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorecard import __version__
from scorecard.errors import ArchiveError, IntegrityError, ScorecardError, UserError
from scorecard.ledger import Entry
from scorecard.messages.seal import refusal
from scorecard.pipeline.inspect import silent
from scorecard.pipeline.recompute import SITE, Progress, Recomputed, recompute
from scorecard.sealed import Archive, Manifest, opened, root_of
from scorecard.sealed.manifest import LEDGER, MANIFEST, OBJECTS, OUTPUTS, ROOT, ROOT_DIGITS, grouped
from scorecard.sealed.signature import check, public_key
from scorecard.store import sha256_hex

_SHOWN = 120  # characters of a row in a sentence


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. `same_version`: the program that sealed is this one; the pages were compared too.

    `signed`: its signature was held against a key, and is good.
    """

    year: int
    root: str
    version: str
    members: int
    frozen: bool
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
        made = _recomputed(path, archive, manifest, progress)
        same = manifest.version == __version__
        differences = _differences(archive, manifest, made, same)
    return Verified(
        year=manifest.year,
        root=found,
        version=manifest.version,
        members=len(archive.names),
        frozen=manifest.frozen,
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
        if sha256_hex(archive.read(name)) != sha256:
            raise ArchiveError(refusal("changed", path=path.name, member=name))
    with tempfile.TemporaryDirectory(prefix="scorecard-") as place:
        archive.hold(Path(place) / "anew.zip")
    return manifest, root


def _recomputed(path: Path, archive: Archive, manifest: Manifest, progress: Progress) -> Recomputed:
    """Return what the archive's inputs come to.

    Raises:
        ArchiveError: They cannot be computed with; says why.
    """
    try:
        entries = [Entry(**json.loads(line)) for line in archive.read(LEDGER).decode("utf-8").splitlines()]
        return recompute(manifest, entries, lambda sha256: archive.read(f"{OBJECTS}{sha256}"), progress)
    except ArchiveError:
        raise
    except IntegrityError as error:
        raise ArchiveError(refusal("ledger", path=path.name, reason=error)) from error
    except (ScorecardError, OSError, ValueError, TypeError) as error:
        raise ArchiveError(refusal("no_build", path=path.name, reason=error)) from error


def _differences(archive: Archive, manifest: Manifest, made: Recomputed, same: bool) -> tuple[str, ...]:
    """Return the first difference of every output that differs."""
    found = []
    names = [name for name in manifest.members if name.startswith(OUTPUTS)]
    for name in dict.fromkeys((*names, *made.outputs)):
        if name != SITE or same:
            old = archive.read(name) if name in archive.names else b""
            found += _difference(name, old, made.outputs.get(name, b""))
    if same and made.result_hash != manifest.result_hash:
        found.append(
            refusal("row", member=MANIFEST, row="result_hash", old=manifest.result_hash, new=made.result_hash)
        )
    return tuple(found)


def _difference(name: str, old: bytes, new: bytes) -> list[str]:
    """Return a sentence about the first row that differs, none if all are equal."""
    if old == new:
        return []
    before, after = (data.decode("utf-8", "replace").splitlines() for data in (old, new))
    for row, (one, other) in enumerate(zip(before, after, strict=False), start=1):
        if one != other:
            return [refusal("row", member=name, row=row, old=one[:_SHOWN], new=other[:_SHOWN])]
    row = min(len(before), len(after)) + 1
    return [refusal("rows", member=name, old=len(before), new=len(after), row=row)]
