"""Reading and checking all files of a year."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from scorecard.checks import CANONICAL_HEADER, CheckContext, CheckResult, bulk, check
from scorecard.intake import read_many
from scorecard.ledger import Ledger
from scorecard.pipeline.folder import DataFolder, Party, Submitted
from scorecard.pipeline.guides import load_guides
from scorecard.pipeline.kept_checks import KeptChecks
from scorecard.pipeline.readings import Reading
from scorecard.pipeline.resolve import Checked, resolve
from scorecard.pipeline.submissions import set_aside
from scorecard.pipeline.written import bare
from scorecard.registry import Registry
from scorecard.rulebook.model import Rulebook
from scorecard.store import sha256_hex

_FOUND_OUT: Final = Reading()  # of a file about which nobody decided anything


def silent(_step: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""


def check_submitted(
    files: Sequence[Submitted],
    data: Sequence[bytes],
    year: int,
    context: Callable[[Party], CheckContext],
    progress: Callable[[str, int, int], None],
    readings: Mapping[Path, Reading] = MappingProxyType({}),
    kept: KeptChecks | None = None,
) -> list[Checked]:
    """Return every file, whose bytes are `data`, with what its checks say, in order.

    Canonical files without a remark are judged together, the others one by one: the results are the same.
    `readings` are a person's decisions, by the file's path. What is `kept` of an earlier run is not judged
    again; the cells of the files are left out then.
    """
    contexts = {party: context(party) for party in dict.fromkeys(file.party for file in files)}
    results = _in_bulk(files, data, contexts, readings)
    asked = {n: readings.get(file.path, _FOUND_OUT) for n, file in enumerate(files) if n not in results}
    keys: dict[int, str] = {}
    if kept:
        for number, reading in asked.items():
            file, own = files[number], contexts[files[number].party]
            keys[number] = kept.key(file.relative, sha256_hex(data[number]), own, reading)
            if known := kept.get(keys[number], _told(own, reading)):
                results[number] = known
    others = [number for number in asked if number not in results]
    documents = read_many(
        [files[number].path for number in others], encodings=[asked[n].encoding for n in others]
    )
    for number, document in zip(others, documents, strict=True):
        progress("检查数据", len(results), len(files))
        file = files[number]
        result = check(replace(document, name=file.relative), _told(contexts[file.party], asked[number]))
        if kept and result.document.sha256 == sha256_hex(data[number]):  # it may have changed meanwhile
            kept.put(keys[number], result)
        results[number] = bare(result) if kept else result
    progress("检查数据", len(files), len(files))
    return [Checked(file, year, results[n]) for n, file in enumerate(files)]


def _told(context: CheckContext, reading: Reading) -> CheckContext:
    """Return `context` with what a person decided about the reading of one file."""
    return context if reading is _FOUND_OUT else replace(context, options=reading.options)


def _in_bulk(
    files: Sequence[Submitted],
    data: Sequence[bytes],
    contexts: Mapping[Party, CheckContext],
    readings: Mapping[Path, Reading],
) -> dict[int, CheckResult]:
    """Return the results of the files that are judged together, by their place among `files`."""
    results: dict[int, CheckResult] = {}
    canonical = [
        number
        for number, d in enumerate(data)
        if d.startswith(CANONICAL_HEADER) and files[number].path not in readings
    ]
    for party, context in contexts.items():
        own = [number for number in canonical if files[number].party == party]
        found = bulk([(files[n].relative, data[n], sha256_hex(data[n])) for n in own], context)
        results |= {own[place]: result for place, result in found.results.items()}
    return results


def counted(
    folder: DataFolder, rulebook: Rulebook, registry: Registry, year: int, as_of: date | None = None
) -> list[Checked]:
    """Return a year's files after checks and versions, without comparing with the year before.

    Approvals count up to `as_of`, all of them where it is None.
    """
    guides = load_guides(folder, year, rulebook, registry, as_of)
    files = folder.files(year)
    data = [file.path.read_bytes() for file in files]
    returned = set_aside(Ledger.at(folder.ledger), year) if folder.has_ledger else {}
    return resolve(
        check_submitted(files, data, year, guides.context, silent, guides.readings_of(files)), None, returned
    )[0]
