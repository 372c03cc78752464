"""From the bytes of `decisions/` to documents, and to what follows from them for each scored year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from scorecard.decisions import Cut, Documents, Event, Outcomes, Step, Veto, outcomes, settled
from scorecard.findings import Finding
from scorecard.ledger import Ledger, Record
from scorecard.pipeline.decided import cards, events, vetoes
from scorecard.pipeline.decided.reader import Table, read_table
from scorecard.pipeline.evidence import ACTOR
from scorecard.pipeline.folder import DataFolder
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook
from scorecard.store import Store, sha256_hex

EVENTS, VETOES, CARDS = "加减分", "否决", "黄牌"
_LABELS: Final = {
    EVENTS: (events.LABELS, events.NEEDED),
    VETOES: (vetoes.LABELS, vetoes.NEEDED),
    CARDS: (cards.LABELS, cards.NEEDED),
}
_Problem = tuple[int | None, Finding]


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """One file of `decisions/` by its name, as it was read."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The identity of its bytes."""
        return sha256_hex(self.data)


def decision_files(folder: DataFolder) -> tuple[DecisionFile, ...]:
    """Return every file of `decisions/` that is read, with its bytes."""
    return tuple(DecisionFile(name, path.read_bytes()) for name, path in folder.decisions())


def keep_decisions(files: Sequence[DecisionFile], store: Store, ledger: Ledger, *, at: str) -> None:
    """Keep the originals and enter them in the ledger; the same bytes under a name are entered once."""
    names = store.put_many([f.data for f in files])
    ledger.append(
        [
            Record(
                ACTOR, "decided", f.name, {"file": f.name, "sha256": sha, "size": len(f.data)}, _key(f, sha)
            )
            for f, sha in zip(files, names, strict=True)
        ],
        at=at,
    )


def _key(file: DecisionFile, sha256: str) -> str:
    return f"decided:{file.name}:{sha256}"


def documents(files: Iterable[DecisionFile], book: Rulebook, registry: Registry) -> Documents:
    """Return what the files say; a row with a bad cell is a problem and nothing else."""
    tables = {Path(f.name).stem: _table(f) for f in files}
    problems: list[_Problem] = [(None, f) for table in tables.values() for f in table.findings]
    found_events, found_vetoes, found_steps = list[Event](), list[Veto](), list[Step]()
    for row in tables[EVENTS].rows if EVENTS in tables else ():
        event, wrong = events.event(row, book, registry)
        problems += wrong
        found_events += [event] if event else []
    for row in tables[VETOES].rows if VETOES in tables else ():
        veto, bad = vetoes.veto(row, book, registry)
        problems += ((None, f) for f in bad)
        found_vetoes += [veto] if veto else []
    for row in tables[CARDS].rows if CARDS in tables else ():
        step, bad = cards.step(row, registry)
        problems += ((None, f) for f in bad)
        found_steps += [step] if step else []
    return Documents(tuple(found_events), tuple(found_vetoes), tuple(found_steps), tuple(problems))


def _table(file: DecisionFile) -> Table:
    known = _LABELS.get(Path(file.name).stem)
    return read_table(file.name, file.data, *known) if known else Table()  # 不涉及: pipeline.approvals


@dataclass(frozen=True, slots=True)
class Decided:
    """What follows from the documents, by year; the assessed year is the last."""

    years: tuple[Outcomes, ...]

    @property
    def current(self) -> Outcomes:
        """The assessed year's."""
        return self.years[-1]

    @property
    def together(self) -> Outcomes:
        """Every year's events, caps, zeroed items and flags, as the warehouse takes them."""
        return Outcomes(
            events=tuple(chain.from_iterable(o.events for o in self.years)),
            caps=tuple(chain.from_iterable(o.caps for o in self.years)),
            zeroed=tuple(chain.from_iterable(o.zeroed for o in self.years)),
            flags=tuple(chain.from_iterable(o.flags for o in self.years)),
        )


def decide(
    files: Sequence[DecisionFile],
    years: Sequence[int],
    book: Rulebook,
    registry: Registry,
    cut: Cut,
) -> Decided:
    """Return what the files come to for each of `years`, of which the last is assessed up to `cut`."""
    said = documents(files, book, registry)
    return Decided(
        tuple(outcomes(said, year, book, registry, settled(book, year, years[-1], cut)) for year in years)
    )
