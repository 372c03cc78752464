"""`scorecard seal`: a year's inputs, rules, decisions and results in one archive that anybody recomputes."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from scorecard import __version__
from scorecard.cycle import State
from scorecard.errors import UserError
from scorecard.ledger import Entry, Ledger
from scorecard.messages.seal import refusal
from scorecard.pipeline.appeals import Appeal, appeals
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import ADVANCE, objects
from scorecard.pipeline.history import standing, steps_in
from scorecard.pipeline.inspect import silent
from scorecard.pipeline.late import late
from scorecard.pipeline.product import Product, open_product
from scorecard.pipeline.recompute import Progress, recompute
from scorecard.pipeline.view import View, opened, other_inputs
from scorecard.rulebook import load_rulebook
from scorecard.sealed import FORMAT, Item, Manifest, grouped, root_of, write
from scorecard.sealed.manifest import LEDGER, MANIFEST, OBJECTS, ROOT, placeable
from scorecard.sealed.signature import beside, private_key, sign
from scorecard.settings import resource
from scorecard.store import Store, sha256_hex, sha256_of, store_at

_CALENDARS: Final = "calendars"
_Source = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A written archive: its root hash, how many members it has, whether its data were frozen.

    `state` is where the year stood. `signature`: where its signature lies, None if it was not signed.
    """

    path: Path
    root: str
    members: int
    frozen: bool
    state: State
    signature: Path | None = None

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


def seal(
    data: Path,
    year: int,
    home: Path | None,
    out: Path,
    progress: Progress = silent,
    *,
    sign_with: Path | None = None,
) -> Sealed:
    """Write the archive of `year` to `out`, and its signature beside it. Same evidence, same bytes.

    What is written has been recomputed from what is written: an archive that does not verify is not made.

    Raises:
        UserError: Nothing was built, the last build is not of what lies there now, an appeal is undecided, or
            the private key in the file `sign_with` cannot be used.
    """
    key = private_key(sign_with) if sign_with else None
    folder = DataFolder.open(data, home)
    product, _ = open_product(folder, year)
    ledger = Ledger.at(folder.ledger)
    _refuse_open(ledger, year)
    inputs, entries = _Inputs(), ledger.entries()
    with opened(folder, year) as view:
        manifest = _manifest(view, entries, appeals(ledger), product, inputs)
        with recompute(manifest, entries, inputs.read, progress) as made:
            if made.snapshot != product.snapshot or made.result_hash != product.result_hash:
                raise UserError(refusal("stale", year=year))
            members: dict[str, bytes | Path] = {LEDGER: ledger_text(entries), **made.outputs}
            hashes = {name: _sha256(content) for name, content in members.items()}
            hashes |= {f"{OBJECTS}{sha256}": sha256 for sha256 in inputs.names}
            text = replace(manifest, members=dict(sorted(hashes.items()))).text()
            beside(out).unlink(missing_ok=True)  # of an archive that is no more
            write(out, _in_order(text, members, inputs))
    root = root_of(text)
    if key is not None:
        beside(out).write_bytes(sign(root, key))
    state = standing(steps_in(entries, year))
    return Sealed(out, root, len(hashes) + 2, manifest.frozen, state, beside(out) if key else None)


def ledger_text(entries: Sequence[Entry]) -> bytes:
    """Return the ledger as one JSON object a line; the chain of hashes is whole, so it can be verified."""
    lines = (json.dumps(asdict(e), ensure_ascii=False, sort_keys=True) for e in entries)
    return "".join(f"{line}\n" for line in lines).encode()


def _sha256(content: bytes | Path) -> str:
    return sha256_hex(content) if isinstance(content, bytes) else sha256_of(content)


def _in_order(
    text: bytes, members: Mapping[str, bytes | Path], inputs: _Inputs
) -> Iterator[tuple[str, bytes | Path]]:
    yield MANIFEST, text
    yield ROOT, f"{root_of(text)}\n".encode()
    yield from sorted(members.items())
    for sha256 in inputs.names:
        yield f"{OBJECTS}{sha256}", inputs.read(sha256)


def _refuse_open(ledger: Ledger, year: int) -> None:
    waiting = [a.appeal_no for a in appeals(ledger) if a.year == year and a.decision is None]
    if waiting:
        raise UserError(refusal("undecided", year=year, numbers="、".join(waiting)))


def _manifest(
    view: View, entries: Sequence[Entry], lodged: Sequence[Appeal], product: Product, inputs: _Inputs
) -> Manifest:
    year, store = product.year, store_at(view.live.store)
    edition = Path(product.rulebook)
    compared = year - 1 in load_rulebook(edition).years and view.folder.has_year(year - 1)
    years = (year - 1, year) if compared else (year,)
    changed = late(view)
    laid = _laid(view, years, changed, inputs)
    documents = [*_documents(lodged, year, inputs, store), *_frozen(entries, years, inputs, store)]
    other = set() if view.frozen else {u.relative for u in view.unread(years)} - {i.name for i in laid}
    return Manifest(
        format=FORMAT,
        year=year,
        as_of=product.as_of,
        version=__version__,
        frozen=view.frozen is not None,
        snapshot=product.snapshot,
        result_hash=product.result_hash,
        inputs=tuple(sorted(laid, key=lambda i: i.name)),
        rulebook=tuple(inputs.file(p.relative_to(edition).as_posix(), p) for p in _toml(edition)),
        calendars=tuple(inputs.file(p.name, p) for p in _calendars(year)),
        documents=tuple(documents),
        unread=placeable({*other, *changed}, [item.name for item in laid]),
    )


def _laid(view: View, years: tuple[int, ...], changed: Collection[str], inputs: _Inputs) -> list[Item]:
    """Return what the year is made from, each file at its place in the data folder.

    What lies there otherwise now (`changed`) is not laid out: the frozen bytes are among the documents.
    """
    registry = view.folder.registry_path()
    places = {registry.name: registry}
    places |= {f.relative: f.path for year in years for f in view.at(year).files(year)}
    places |= {f"decisions/{name}": path for name, path in view.folder.decisions()}
    places |= dict(other_inputs(view.folder, years))
    return [inputs.file(name, path) for name, path in places.items() if name not in changed]


def _toml(edition: Path) -> list[Path]:
    return sorted(p for p in edition.rglob("*.toml") if p.is_file())


def _calendars(year: int) -> list[Path]:
    """Return the working days of the year and of the next, in which it is assessed."""
    folder = resource("indicators") / _CALENDARS
    return [p for y in (year, year + 1) if (p := folder / f"{y}.toml").is_file()]


def _documents(lodged: Sequence[Appeal], year: int, inputs: _Inputs, store: Store) -> Iterator[Item]:
    """Yield the evidence and the decisions of the year's appeals."""
    for appeal in lodged:
        if appeal.year == year:
            yield inputs.kept(f"{appeal.appeal_no}/{appeal.evidence_name}", appeal.evidence_sha256, store)
            if made := appeal.decision:
                yield inputs.kept(f"{appeal.appeal_no}/{made.document_name}", made.document_sha256, store)


def _frozen(
    entries: Sequence[Entry], years: tuple[int, ...], inputs: _Inputs, store: Store
) -> Iterator[Item]:
    """Yield what else the steps of the years froze: a build looks for it in the store."""
    steps = [e for e in entries if e.action == ADVANCE and e.subject in map(str, years)]
    for sha256 in dict.fromkeys(sha256 for step in steps for sha256 in objects(step.payload)):
        if sha256 not in inputs.names:
            yield inputs.kept(f"frozen/{sha256}", sha256, store)
