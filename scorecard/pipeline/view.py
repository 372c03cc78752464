"""What a year is made from: the data folder as it lies there; for a frozen year what the store kept of it."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import cast

from scorecard.cycle import Stamp, State
from scorecard.decisions import Cut
from scorecard.errors import DamagedError, IntegrityError, UserError
from scorecard.ledger import Ledger
from scorecard.messages.year import FROZEN_YEAR
from scorecard.pipeline.folder import DataFolder, Unread, Why, shown, year_folders
from scorecard.pipeline.frozen import Frozen, frozen
from scorecard.pipeline.history import YearStep, decided_since, history, standing
from scorecard.registry import Registry, load_registry
from scorecard.rulebook.model import Rulebook
from scorecard.store import store_at

# After the freeze the outcome documents (vetoes, cards) are still being decided in these states.
_OUTCOMES_OPEN = frozenset((State.FROZEN, State.COMPUTED, State.CONSULT, State.PROPOSED))


@dataclass(frozen=True, slots=True)
class View:
    """One year as builds see it.

    `live` is the data folder itself, `folder` what the year is made from: the same, or a copy of what was
    frozen. `before`: what the year before is made from. `frozen`: None while the year is not. `corrected`: an
    appeal was upheld since the result was fixed. `outcomes_open`: vetoes and cards are still being decided
    and are read as they lie in the folder.
    """

    year: int
    live: DataFolder
    folder: DataFolder
    before: DataFolder
    frozen: Frozen | None
    steps: tuple[YearStep, ...]
    corrected: bool
    outcomes_open: bool

    @property
    def stamp(self) -> Stamp:
        """What the pages are stamped with."""
        return standing(self.steps).stamp

    def at(self, year: int) -> DataFolder:
        """Return what `year`, the assessed one or the one before, is made from."""
        return self.folder if year == self.year else self.before

    def as_of(self, asked: date | None) -> date:
        """Return the data cut-off: as asked, as frozen, or the year's last day.

        Raises:
            UserError: Another one is asked than was frozen.
        """
        if self.frozen is None:
            return asked or date(self.year, 12, 31)
        fixed = date.fromisoformat(self.frozen.as_of)
        if asked is not None and asked != fixed:
            raise UserError(FROZEN_YEAR["as_of"].format(year=self.year, fixed=fixed, asked=asked))
        return fixed

    def cut(self, asked: date | None) -> Cut:
        """Return up to when documents act; vetoes, while they are being decided, to the year's last step."""
        day = self.as_of(asked)
        if self.frozen is None:
            return Cut.on(day)
        decided = date.fromisoformat(self.frozen.documents_as_of)
        if self.outcomes_open:
            decided = max(day, *(step.on for step in self.steps[-1:]))
        return Cut(day, max(day, date.fromisoformat(self.frozen.on)), decided)

    def refuse_changes(self, rulebook: Rulebook) -> None:
        """Refuse to build a frozen year by another rulebook than its own.

        Raises:
            UserError: It was changed; the text says which edition was frozen.
        """
        if self.frozen is None or rulebook.sha256 == self.frozen.rulebook.sha256:
            return
        was, now = self.frozen.rulebook, rulebook
        raise UserError(
            FROZEN_YEAR["rulebook"].format(
                year=self.year,
                id=was.id,
                edition=was.edition,
                hash=was.sha256[:16],
                now=f"{now.id}第{now.edition}版 {now.sha256[:16]}",
            )
        )

    def refuse_result(self, result_hash: str, version: str) -> None:
        """Refuse to publish what is not the frozen result, although no decision changed anything.

        Raises:
            IntegrityError: This version computes something else.
        """
        kept = self.frozen
        if kept is None or self.corrected or self.outcomes_open or not kept.result_hash:
            return
        if result_hash != kept.result_hash:
            raise IntegrityError(FROZEN_YEAR["result"].format(year=self.year, was=kept.version, now=version))

    def unread(self, years: Sequence[int]) -> list[Unread]:
        """Return what nothing reads of the data folder; of a frozen year what nothing read then."""
        if self.frozen is None:
            return self.live.unread(years)
        return [Unread(place, cast(Why, why)) for place, why in self.frozen.unread]


def registry_of(folder: DataFolder, year: int) -> Registry:
    """Return the registry that `year` is made with: of a frozen year the frozen one.

    Raises:
        RegistryError: It cannot be used.
    """
    with opened(folder, year) as view:
        return load_registry(view.folder.registry_path())


@contextmanager
def opened(folder: DataFolder, year: int, candidate: Frozen | None = None) -> Iterator[View]:
    """Open what `year` is made from; a copy of what was frozen lives as long as the view.

    `candidate` is a year that is about to be frozen: it is built from the store already.

    Raises:
        DamagedError: The ledger was changed: nothing is made from a record that somebody forged.
    """
    ledger = _whole(folder) if folder.has_ledger else None
    steps = tuple(history(ledger, year)) if ledger else ()
    kept = candidate or (frozen(ledger, year) if ledger else None)
    earlier = frozen(ledger, year - 1) if ledger and not kept else None
    corrected = ledger is not None and kept is not None and decided_since(ledger, year, kept.seq)
    undecided = candidate is None and standing(steps) in _OUTCOMES_OPEN
    with ExitStack() as stack:
        own = _laid_out(kept, folder, stack) if kept else folder
        before = _laid_out(earlier, folder, stack) if earlier else own
        if kept and undecided:
            _lay_outcomes(folder, own)
        yield View(year, folder, own, before, kept, steps, corrected and not candidate, undecided)


def _whole(folder: DataFolder) -> Ledger:
    ledger = Ledger.at(folder.ledger)
    try:
        ledger.verify()
    except DamagedError as error:
        raise DamagedError(f"{error}没有往下做；请换回备份的台账。") from error
    return ledger


def _laid_out(kept: Frozen, folder: DataFolder, stack: ExitStack) -> DataFolder:
    """Write what was frozen, each byte checked against its hash, and return it as a folder."""
    folder.products.mkdir(parents=True, exist_ok=True)
    root = Path(stack.enter_context(TemporaryDirectory(dir=folder.products, prefix=".frozen-")))
    store = store_at(folder.store)
    wanted = [(kept.registry.name, kept.registry.sha256)]
    wanted += [(file.relative, file.sha256) for file in kept.files]
    wanted += [(f"decisions/{document.name}", document.sha256) for document in kept.decisions]
    wanted += [(document.name, document.sha256) for document in kept.others]
    for year in kept.years[:-1]:
        (root / "submissions" / str(year)).mkdir(parents=True, exist_ok=True)
    contents = store.get_many(sha256 for _, sha256 in wanted)
    for (relative, _), data in zip(wanted, contents, strict=True):
        path = root / _safe(relative)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return DataFolder(root, folder.home)


def _lay_outcomes(folder: DataFolder, own: DataFolder) -> None:
    """Put the outcome documents as they lie in the data folder in the place of the frozen ones."""
    for path, live in zip(own.outcomes(), folder.outcomes(), strict=True):
        path.unlink(missing_ok=True)
        if live.is_file():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(live.read_bytes())


def _safe(relative: str) -> PurePosixPath:
    """Return the place as it was typed, refused where it would lead out of the folder."""
    path = PurePosixPath(relative)
    if path.is_absolute() or ".." in path.parts:
        raise DamagedError(FROZEN_YEAR["place"].format(place=relative))
    return path


def other_inputs(folder: DataFolder, years: tuple[int, ...]) -> list[tuple[str, Path]]:
    """Return the files beside submissions, sources and decisions that results depend on, by their place."""
    return [(shown(path.relative_to(folder.root)), path) for path in year_folders(folder.root, years)]
