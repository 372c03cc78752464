"""Reading and checking files: all of a year's for a build, any for `scorecard check`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scorecard.checks import CANONICAL_HEADER, CheckContext, CheckResult, Options, bulk, check
from scorecard.errors import UserError
from scorecard.intake import read_many
from scorecard.pipeline.approvals import FILE as APPROVALS
from scorecard.pipeline.approvals import load_approvals
from scorecard.pipeline.folder import DataFolder, Party, Submitted
from scorecard.pipeline.resolve import Checked
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.store import sha256_hex

# What says that a person's decision about a file cannot be carried out.
_WRONG_DECISION = frozenset(("H206", "H208", "K526", "K531"))


def check_submitted(
    files: Sequence[Submitted],
    data: Sequence[bytes],
    year: int,
    context: Callable[[Party], CheckContext],
    progress: Callable[[str, int, int], None],
) -> list[Checked]:
    """Return every file, whose bytes are `data`, with what its checks say, in order.

    Canonical files without a remark are judged together, the others one by one: the results are the same.
    """
    contexts = {party: context(party) for party in dict.fromkeys(file.party for file in files)}
    results = _in_bulk(files, data, contexts)
    others = [number for number in range(len(files)) if number not in results]
    documents = read_many([files[number].path for number in others])
    for number, document in zip(others, documents, strict=True):
        progress("检查数据", len(results), len(files))
        file = files[number]
        results[number] = check(replace(document, name=file.relative), contexts[file.party])
    progress("检查数据", len(files), len(files))
    return [Checked(file, year, results[n]) for n, file in enumerate(files)]


def _in_bulk(
    files: Sequence[Submitted], data: Sequence[bytes], contexts: Mapping[Party, CheckContext]
) -> dict[int, CheckResult]:
    """Return the results of the files that are judged together, by their place among `files`."""
    results: dict[int, CheckResult] = {}
    canonical = [number for number, d in enumerate(data) if d.startswith(CANONICAL_HEADER)]
    for party, context in contexts.items():
        own = [number for number in canonical if files[number].party == party]
        found = bulk([(files[n].relative, data[n], sha256_hex(data[n])) for n in own], context)
        results |= {own[place]: result for place, result in found.results.items()}
    return results


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What `scorecard check` is asked. `party` None: a file below sources/ is the district's.

    `options` are decisions about one file; they are refused for several.
    """

    files: Sequence[Path]
    data: Path
    year: int
    rulebook: str | None = None
    street: str | None = None
    party: Party | None = None
    encoding: str | None = None
    options: Options = field(default_factory=Options)


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
    senders = [request.party or _sender(path) for path in request.files]
    contexts = {
        party: CheckContext(
            rulebook=rulebook,
            registry=registry,
            year=request.year,
            party=party,
            street_code=request.street,
            approvals=approvals.pairs,
            options=request.options,
        )
        for party in dict.fromkeys(senders)
    }
    documents = read_many(request.files, encoding=request.encoding)
    results = [check(document, contexts[party]) for document, party in zip(documents, senders, strict=True)]
    for result in results:
        _refuse_decisions(result)
    return results


def _sender(path: Path) -> Party:
    """Return who hands in a file by where it lies."""
    return "district" if "sources" in path.resolve().parts else "street"


def _refuse_decisions(result: CheckResult) -> None:
    """Raise what is wrong with a person's decisions: a mistake in the command, not in the file."""
    wrong = [f for f in result.findings if f.code in _WRONG_DECISION]
    if wrong and result.options != Options():
        raise UserError("".join(f"{f.message}{f.fix}" for f in wrong))
