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
from scorecard.pipeline.readings import Reading
from scorecard.pipeline.resolve import Checked, resolve
from scorecard.pipeline.submissions import set_aside
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
) -> list[Checked]:
    """Return every file, whose bytes are `data`, with what its checks say, in order.

    Canonical files without a remark are judged together, the others one by one: the results are the same.
    `readings` are a person's decisions, by the file's path.
    """
    contexts = {party: context(party) for party in dict.fromkeys(file.party for file in files)}
    results = _in_bulk(files, data, contexts, readings)
    others = [number for number in range(len(files)) if number not in results]
    asked = [readings.get(files[number].path, _FOUND_OUT) for number in others]
    documents = read_many([files[number].path for number in others], encodings=[r.encoding for r in asked])
    for number, document, reading in zip(others, documents, asked, strict=True):
        progress("检查数据", len(results), len(files))
        file = files[number]
        own = contexts[file.party]
        own = own if reading is _FOUND_OUT else replace(own, options=reading.options)
        results[number] = check(replace(document, name=file.relative), own)
    progress("检查数据", len(files), len(files))
    return [Checked(file, year, results[n]) for n, file in enumerate(files)]


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
    returned = set_aside(Ledger.at(folder.ledger), year) if folder.ledger.is_file() else {}
    return resolve(
        check_submitted(files, data, year, guides.context, silent, guides.readings_of(files)), None, returned
    )[0]
