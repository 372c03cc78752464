"""`scorecard check`: everything that is wrong with files, before they are handed in; nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scorecard.checks import CheckContext, CheckResult, Options, check
from scorecard.errors import UserError
from scorecard.intake import read_many
from scorecard.pipeline.approvals import FILE as APPROVALS
from scorecard.pipeline.approvals import load_approvals
from scorecard.pipeline.archive import archived
from scorecard.pipeline.folder import DataFolder, Party, Submitted, shown
from scorecard.pipeline.inspect import check_submitted, counted, silent
from scorecard.pipeline.view import opened
from scorecard.registry import Registry, load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Rulebook

# What says that a person's decision about a file cannot be carried out.
_WRONG_DECISION = frozenset(("H206", "H208", "K526", "K531"))


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What `scorecard check` is asked. `party` None: a file below sources/ is the district's.

    `options` are decisions about one file; they are refused for several. `keep_cells`: the results keep every
    cell, as the workbook that goes back needs them.
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


def check_files(request: CheckRequest) -> list[CheckResult]:
    """Return what the checks say of each file; nothing is stored.

    Raises:
        UserError: A file does not exist, folder, rulebook or registry cannot be used, or a decision about
            the file cannot be carried out.
    """
    if request.options != Options() and len(request.files) > 1:
        raise UserError(
            f"--sheet、--header-row、--map 只对一个文件有效，这次给了{len(request.files)}个文件，请逐个检查。"
        )
    folder = DataFolder.open(request.data)
    rulebook = load_rulebook(find_rulebook(request.rulebook, request.year))
    registry = load_registry(folder.registry_path())
    approvals = load_approvals(folder.decision(APPROVALS), request.year, rulebook, registry)
    for path in request.files:
        if not path.is_file():
            raise UserError(f"没有找到文件「{path}」。")
    previous = _values_before(folder, rulebook, registry, request.year)
    senders = [request.party or _sender(path) for path in request.files]
    contexts = {
        party: CheckContext(
            rulebook=rulebook,
            registry=registry,
            year=request.year,
            party=party,
            street_code=request.street,
            approvals=approvals.pairs,
            previous=previous,
            options=request.options,
        )
        for party in dict.fromkeys(senders)
    }
    results = (
        _one_by_one(request, contexts, senders)
        if _by_hand(request)
        else _together(request, contexts, senders)
    )
    for result in results:
        _refuse_decisions(result)
    return results


def _by_hand(request: CheckRequest) -> bool:
    """Return whether a person decided how a file is read, or wants it back cell by cell."""
    return request.keep_cells or request.encoding is not None or request.options != Options()


def _one_by_one(
    request: CheckRequest, contexts: Mapping[Party, CheckContext], senders: Sequence[Party]
) -> list[CheckResult]:
    documents = read_many(request.files, encoding=request.encoding)
    return [check(document, contexts[party]) for document, party in zip(documents, senders, strict=True)]


def _together(
    request: CheckRequest, contexts: Mapping[Party, CheckContext], senders: Sequence[Party]
) -> list[CheckResult]:
    """Check as a build does: a platform's file of a million rows takes seconds."""
    named = zip(request.files, senders, strict=True)
    files = [Submitted(path, shown(Path(path.name)), party) for path, party in named]
    data = [path.read_bytes() for path in request.files]
    return [c.result for c in check_submitted(files, data, request.year, contexts.__getitem__, silent)]


def _sender(path: Path) -> Party:
    """Return who hands in a file by where it lies."""
    return "district" if "sources" in path.resolve().parts else "street"


def _refuse_decisions(result: CheckResult) -> None:
    """Raise what is wrong with a person's decisions: a mistake in the command, not in the file."""
    wrong = [f for f in result.findings if f.code in _WRONG_DECISION]
    if wrong and result.options != Options():
        raise UserError("".join(f"{f.message}{f.fix}" for f in wrong))


def _values_before(
    folder: DataFolder, rulebook: Rulebook, registry: Registry, year: int
) -> Mapping[tuple[str, str], int] | None:
    """Return last year's values, which a build compares with as well; None where the folder has none."""
    before = year - 1
    with opened(folder, before) as view:
        if before not in rulebook.years or not view.folder.has_year(before):
            return None
        return archived(counted(view.folder, rulebook, registry, before), rulebook)
