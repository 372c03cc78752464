"""`scorecard seal`: a year's inputs, rules, decisions and results in one archive that anybody recomputes."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from scorecard import __version__
from scorecard.errors import UserError
from scorecard.ledger import Entry, Ledger
from scorecard.messages.seal import refusal
from scorecard.pipeline.appeals import appeals
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import Frozen, frozen
from scorecard.pipeline.inspect import silent
from scorecard.pipeline.product import Product, open_product
from scorecard.pipeline.recompute import Progress, recompute
from scorecard.rulebook import load_rulebook
from scorecard.sealed import FORMAT, Item, Manifest, grouped, root_of, write
from scorecard.sealed.manifest import LEDGER, MANIFEST, OBJECTS, ROOT
from scorecard.settings import resource
from scorecard.store import Store, sha256_hex

_FOLDERS: Final = ("decisions", "tasks", "issues", "upward")  # inputs beside the files of the year
_CALENDARS: Final = "calendars"
_Source = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A written archive: its root hash, how many members it has, and whether its data were frozen."""

    path: Path
    root: str
    members: int
    frozen: bool

    @property
    def printed(self) -> str:
        """The root hash as a notice has it."""
        return grouped(self.root)


class _Inputs:
    """What goes into the archive, each object once, read when it is written."""

    def __init__(self) -> None:
        self._sources: dict[str, _Source] = {}

    def file(self, name: str, path: Path) -> Item:
        """Return the item that a file is."""
        sha256 = sha256_hex(path.read_bytes())
        self._sources.setdefault(sha256, path.read_bytes)
        return Item(name, sha256)

    def kept(self, name: str, sha256: str, store: Store) -> Item:
        """Return the item that a stored object is."""
        self._sources.setdefault(sha256, lambda: store.get(sha256))
        return Item(name, sha256)

    def read(self, sha256: str) -> bytes:
        """Return an object's bytes."""
        return self._sources[sha256]()

    @property
    def names(self) -> list[str]:
        """Every object, sorted."""
        return sorted(self._sources)


def seal(data: Path, year: int, home: Path | None, out: Path, progress: Progress = silent) -> Sealed:
    """Write the archive of `year` to `out`. The same evidence gives the same bytes.

    What is written has been recomputed from what is written: an archive that does not verify is not made.

    Raises:
        UserError: Nothing was built, the last build is not of what lies there now, or an appeal is undecided.
    """
    folder = DataFolder.open(data, home)
    product, _ = open_product(folder, year)
    ledger = Ledger.at(folder.ledger)
    _refuse_open(ledger, year)
    inputs, entries = _Inputs(), ledger.entries()
    manifest = _manifest(folder, ledger, product, inputs)
    made = recompute(manifest, entries, inputs.read, progress)
    if made.snapshot != product.snapshot or made.result_hash != product.result_hash:
        raise UserError(refusal("stale", year=year))
    members = {LEDGER: ledger_text(entries), **made.outputs}
    hashes = {name: sha256_hex(content) for name, content in members.items()}
    hashes |= {f"{OBJECTS}{sha256}": sha256 for sha256 in inputs.names}
    text = replace(manifest, members=dict(sorted(hashes.items()))).text()
    write(out, _in_order(text, members, inputs))
    return Sealed(out, root_of(text), len(hashes) + 2, manifest.frozen)


def ledger_text(entries: Sequence[Entry]) -> bytes:
    """Return the ledger as one JSON object a line; the chain of hashes is whole, so it can be verified."""
    lines = (json.dumps(asdict(e), ensure_ascii=False, sort_keys=True) for e in entries)
    return "".join(f"{line}\n" for line in lines).encode()


def _in_order(text: bytes, members: Mapping[str, bytes], inputs: _Inputs) -> Iterator[tuple[str, bytes]]:
    yield MANIFEST, text
    yield ROOT, f"{root_of(text)}\n".encode()
    yield from sorted(members.items())
    for sha256 in inputs.names:
        yield f"{OBJECTS}{sha256}", inputs.read(sha256)


def _refuse_open(ledger: Ledger, year: int) -> None:
    waiting = [a.appeal_no for a in appeals(ledger) if a.year == year and a.decision is None]
    if waiting:
        raise UserError(refusal("undecided", year=year, numbers="、".join(waiting)))


def _manifest(folder: DataFolder, ledger: Ledger, product: Product, inputs: _Inputs) -> Manifest:
    year, store = product.year, Store(folder.store)
    edition = Path(product.rulebook)
    rulebook = load_rulebook(edition)
    kept = frozen(ledger, year)
    years = (year - 1, year) if year - 1 in rulebook.years and folder.has_year(year - 1) else (year,)
    laid = _frozen_items(kept, inputs, store) if kept else _folder_items(folder, years, inputs)
    passed = set() if kept else {u.relative for u in folder.unread(years)} - {i.name for i in laid}
    return Manifest(
        format=FORMAT,
        year=year,
        as_of=product.as_of,
        version=__version__,
        frozen=kept is not None,
        snapshot=product.snapshot,
        result_hash=product.result_hash,
        inputs=tuple(sorted(laid, key=lambda i: i.name)),
        rulebook=tuple(inputs.file(p.relative_to(edition).as_posix(), p) for p in _toml(edition)),
        calendars=tuple(inputs.file(p.name, p) for p in _calendars(year)),
        documents=tuple(_documents(ledger, year, inputs, store)),
        unread=tuple(sorted(passed)),
    )


def _frozen_items(kept: Frozen, inputs: _Inputs, store: Store) -> list[Item]:
    named = [(kept.registry.name, kept.registry.sha256)]
    named += [(file.relative, file.sha256) for file in kept.files]
    named += [(f"decisions/{d.name.removeprefix('decisions/')}", d.sha256) for d in kept.decisions]
    named += [(d.name, d.sha256) for d in kept.others]
    return [inputs.kept(name, sha256, store) for name, sha256 in named]


def _folder_items(folder: DataFolder, years: Sequence[int], inputs: _Inputs) -> list[Item]:
    registry = folder.registry_path()
    items = [inputs.file(registry.name, registry)]
    items += [inputs.file(f.relative, f.path) for year in years for f in folder.files(year)]
    beside = (p for name in _FOLDERS for p in sorted((folder.root / name).rglob("*")) if p.is_file())
    items += [inputs.file(p.relative_to(folder.root).as_posix(), p) for p in beside]
    return list({item.name: item for item in items}.values())


def _toml(edition: Path) -> list[Path]:
    return sorted(p for p in edition.rglob("*.toml") if p.is_file())


def _calendars(year: int) -> list[Path]:
    """Return the working days of the year and of the next, in which it is assessed."""
    folder = resource("indicators") / _CALENDARS
    return [p for y in (year, year + 1) if (p := folder / f"{y}.toml").is_file()]


def _documents(ledger: Ledger, year: int, inputs: _Inputs, store: Store) -> Iterator[Item]:
    """Yield the evidence and the decisions of the year's appeals."""
    for appeal in appeals(ledger):
        if appeal.year == year:
            yield inputs.kept(f"{appeal.appeal_no}/{appeal.evidence_name}", appeal.evidence_sha256, store)
            if made := appeal.decision:
                yield inputs.kept(f"{appeal.appeal_no}/{made.document_name}", made.document_sha256, store)
