"""A build on the side: another ledger, the same data folder, nothing of it kept."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scorecard.ledger import Entry, Ledger, Record
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.frozen import ADVANCE, objects
from scorecard.store import store_at


@contextmanager
def trial(folder: DataFolder, entries: Sequence[Entry], then: Sequence[Record] = ()) -> Iterator[Path]:
    """Yield a home whose ledger has `entries`, after them `then`, and whose store has what a build reads.

    It is gone afterwards; the real evidence is only read.
    """
    needed = dict.fromkeys(
        sha256 for entry in entries if entry.action == ADVANCE for sha256 in objects(entry.payload)
    )
    with tempfile.TemporaryDirectory(prefix="scorecard-") as place:
        beside = DataFolder(folder.root, Path(place))
        if needed:
            kept = store_at(folder.store)
            store_at(_made(beside.store)).put_many(kept.get_many(needed))
        ledger = Ledger.at(beside.ledger)
        ledger.restore(entries)
        ledger.append(then, at=entries[-1].at if entries else "")
        yield beside.home


def _made(path: Path) -> Path:
    path.mkdir(parents=True)
    return path
