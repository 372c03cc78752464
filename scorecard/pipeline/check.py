"""`scorecard check`: everything that is wrong with files, before they are handed in; nothing is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from scorecard.checks import CheckContext, CheckResult, Options, check
from scorecard.checks.context import DISTRICT
from scorecard.errors import UserError
from scorecard.intake import read_many
from scorecard.pipeline.approvals import approval_files, load_approvals
from scorecard.pipeline.archive import archived
from scorecard.pipeline.folder import DataFolder, Party, Submitted, shown
from scorecard.pipeline.headers import FILE as HEADERS
from scorecard.pipeline.headers import decided, load_headers, remember
from scorecard.pipeline.inspect import check_submitted, silent
from scorecard.pipeline.lists import take_lists
from scorecard.pipeline.ratings import take_ratings
from scorecard.pipeline.readings import FILE as READINGS
from scorecard.pipeline.readings import Reading, load_readings
from scorecard.pipeline.readings import remember as decide_reading
from scorecard.pipeline.selfscores import take_selfscores
from scorecard.pipeline.standing import standing
from scorecard.pipeline.streets import asked_street
from scorecard.pipeline.summary import ALL_LISTS
from scorecard.pipeline.survey import find_definition, questionnaire
from scorecard.pipeline.view import opened
from scorecard.registry import Registry, load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Rulebook
from scorecard.survey import load_definition

# What says that a person's decision about a file cannot be carried out.
_WRONG_DECISION = frozenset(("H206", "H208", "H212", "K526", "K531"))


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What `scorecard check` is asked. `party` None: a file below sources/ is the district's.

    `street` is a code, a name or an alias; None: the street of most of a file's rows.

    `options` are decisions about one file; they are refused for several. `keep_cells`: the results keep every
    cell, as the workbook that goes back needs them. `remember`: write the decisions about columns down, so
    that a build, and the sender's next file, are read by them.
    """

    files: Sequence[Path]
    data: Path
    year: int
    rulebook: str | None = None
    street: str | None = None
    party: Party | None = None
    encoding: str | None = None
    options: Options = field(default_factory=Options)
    keep_cells: bool = False
    remember: bool = False


def check_files(request: CheckRequest) -> list[CheckResult]:
    """Return what the checks say of each file; nothing is stored but decisions to `remember`.

    Raises:
        UserError: A file does not exist, folder, rulebook or registry cannot be used, or a decision about
            the file cannot be carried out.
    """
    if (request.options != Options() or request.remember) and len(request.files) > 1:
        raise UserError(
            f"--sheet、--header-row、--map 只对一个文件有效，这次给了{len(request.files)}个文件，请逐个检查。"
        )
    folder = DataFolder.open(request.data)
    edition = find_rulebook(request.rulebook, request.year)
    rulebook = load_rulebook(edition)
    registry = load_registry(folder.registry_path())
    street = asked_street(registry, request.year, request.street) if request.street is not None else None
    approvals = load_approvals(approval_files(folder), request.year, rulebook, registry)
    headers = load_headers(folder.decision(HEADERS), rulebook, registry)
    for path in request.files:
        if not path.is_file():
            raise UserError(f"没有找到文件「{path}」。")
    listed = _lists(folder, request, rulebook, registry)
    if listed:
        if request.options != Options() or request.encoding or request.remember:
            raise UserError(
                "清单按列名读取，不能用 --sheet、--header-row、--encoding、--map、--remember，请直接改清单。"
            )
        return _with_lists(request, listed)
    previous = values_before(folder, rulebook, registry, request.year)
    senders = [request.party or _sender(path) for path in request.files]
    contexts = {
        party: CheckContext(
            rulebook=rulebook,
            registry=registry,
            year=request.year,
            party=party,
            street_code=street.code if street else None,
            approvals=approvals.pairs,
            remembered=headers.keys,
            previous=previous,
            options=request.options,
        )
        for party in dict.fromkeys(senders)
    }
    results = (
        _one_by_one(request, contexts, senders)
        if _by_hand(request)
        else _as_remembered(request, contexts, senders, _readings(request, folder))
    )
    for result in results:
        refuse_decisions(result)
    if request.remember:
        _remember(request, folder, results[0], contexts[senders[0]])
    return _surveys_told(results, folder, edition, rulebook)


def _surveys_told(
    results: list[CheckResult], folder: DataFolder, edition: Path, rulebook: Rulebook
) -> list[CheckResult]:
    """Return the results; of a survey's file it is said that it is one. Without a definition nobody can."""
    try:
        definition = load_definition(find_definition(folder, edition), rulebook)
    except UserError:
        return results
    return [questionnaire(result, definition) for result in results]


def _lists(
    folder: DataFolder, request: CheckRequest, rulebook: Rulebook, registry: Registry
) -> dict[Path, CheckResult]:
    """Return what is said of those of the files that are lists (tasks, issues, ratings, self-assessments)."""
    files, year = folder.lists(request.year), request.year
    asked = {path.resolve() for path in request.files}
    if asked.isdisjoint(file.path.resolve() for file in files):
        return {}
    end = date(year, 12, 31)
    checked = (
        *take_lists(files, year, end, rulebook, registry).checked,
        *take_ratings(files, year, end, rulebook, registry).checked,
        *take_selfscores(files, year, rulebook, registry).checked,
    )
    return {
        path: replace(c.result, names={**c.result.names, **ALL_LISTS})
        for c in checked
        if (path := c.file.path.resolve()) in asked
    }


def _with_lists(request: CheckRequest, listed: Mapping[Path, CheckResult]) -> list[CheckResult]:
    """Return the results of lists and of other files together, in the order in which they were given."""
    rest = [path for path in request.files if path.resolve() not in listed]
    others = iter(check_files(replace(request, files=rest)) if rest else ())
    return [listed.get(path.resolve()) or next(others) for path in request.files]


def _remember(request: CheckRequest, folder: DataFolder, result: CheckResult, context: CheckContext) -> None:
    """Write down what was decided: about the file under its path, about its columns under its sender."""
    options = request.options
    reading = Reading(options.sheet, options.header_row, request.encoding)
    if reading != Reading():
        name = _name_in(folder, request.files[0])
        if not name:
            raise UserError("读取办法按文件在数据文件夹里的位置记住；请先把文件放进 submissions 或 sources。")
        decide_reading(folder.root / "decisions" / READINGS, name, reading, f"{request.year}年")
    if options.mapping or reading == Reading():
        _remember_columns(folder, result, context)


def _readings(request: CheckRequest, folder: DataFolder) -> dict[Path, Reading]:
    """Return what was decided about the reading of these files, as a build reads them."""
    names = {name: path for path in request.files if (name := _name_in(folder, path))}
    found = load_readings(folder.decision(READINGS), request.year, names).of
    return {names[name]: reading for name, reading in found.items()}


def _name_in(folder: DataFolder, path: Path) -> str:
    """Return the file's path in the data folder, "" where it lies elsewhere."""
    whole, root = path.resolve(), folder.root.resolve()
    return shown(whole.relative_to(root)) if whole.is_relative_to(root) else ""


def _remember_columns(folder: DataFolder, result: CheckResult, context: CheckContext) -> None:
    street = context.registry.units.get(result.street_code or "")
    sender = street.name if street and context.party == "street" else DISTRICT
    decisions = decided(result, sender, context.vocabulary)
    if context.party == "street" and street is None:
        raise UserError("看不出这份文件是哪个街道的，请用 --street 指定街道，再记住列的对应。")
    remember(folder.root / "decisions" / HEADERS, decisions)


def _by_hand(request: CheckRequest) -> bool:
    """Return whether a person decided how a file is read, or wants it back cell by cell."""
    return request.keep_cells or request.encoding is not None or request.options != Options()


def _one_by_one(
    request: CheckRequest, contexts: Mapping[Party, CheckContext], senders: Sequence[Party]
) -> list[CheckResult]:
    documents = read_many(request.files, encodings=[request.encoding] * len(request.files))
    return [check(document, contexts[party]) for document, party in zip(documents, senders, strict=True)]


def _as_remembered(
    request: CheckRequest,
    contexts: Mapping[Party, CheckContext],
    senders: Sequence[Party],
    readings: Mapping[Path, Reading],
) -> list[CheckResult]:
    """Check as a build does; of a reading that cannot be carried out it is said where it is written down."""
    try:
        return _together(request, contexts, senders, readings)
    except UserError as error:
        if not readings:
            raise
        raise UserError(f"{error}这份文件的读法记在 decisions/{READINGS}，请在那里改正。") from error


def _together(
    request: CheckRequest,
    contexts: Mapping[Party, CheckContext],
    senders: Sequence[Party],
    readings: Mapping[Path, Reading],
) -> list[CheckResult]:
    """Check as a build does: a platform's file of a million rows takes seconds."""
    named = zip(request.files, senders, strict=True)
    files = [Submitted(path, shown(Path(path.name)), party) for path, party in named]
    data = [path.read_bytes() for path in request.files]
    checked = check_submitted(files, data, request.year, contexts.__getitem__, silent, readings)
    return [c.result for c in checked]


def _sender(path: Path) -> Party:
    """Return who hands in a file by where it lies."""
    return "district" if "sources" in path.resolve().parts else "street"


def refuse_decisions(result: CheckResult) -> None:
    """Raise what is wrong with a person's decisions: a mistake in the command, not in the file."""
    wrong = [f for f in result.findings if f.code in _WRONG_DECISION]
    if wrong and result.options != Options():
        raise UserError("".join(f"{f.message}{f.fix}" for f in wrong))


class _LastYear(Mapping[tuple[str, str], int]):
    """Last year's values by (unit, indicator), × 10^10: judged when a check first asks for one.

    A refused file never asks, and is refused at once.
    """

    def __init__(self, folder: DataFolder, rulebook: Rulebook, registry: Registry, year: int) -> None:
        """Remember whose files to judge."""
        self._sources = folder, rulebook, registry, year

    @cached_property
    def _values(self) -> Mapping[tuple[str, str], int]:
        folder, rulebook, registry, year = self._sources
        with opened(folder, year) as view:
            return archived(standing(view.folder, rulebook, registry, year), rulebook)

    def __getitem__(self, key: tuple[str, str]) -> int:
        """Return one value."""
        return self._values[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Return the units and indicators that have one."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._values)


def values_before(
    folder: DataFolder, rulebook: Rulebook, registry: Registry, year: int
) -> Mapping[tuple[str, str], int] | None:
    """Return last year's values, which a build compares with as well; None where the folder has none."""
    before = year - 1
    with opened(folder, before) as view:
        known = before in rulebook.years and view.folder.has_year(before)
    return _LastYear(folder, rulebook, registry, before) if known else None
