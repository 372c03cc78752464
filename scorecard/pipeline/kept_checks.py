"""What the checks said of a file, kept for the next build: the same question is not answered twice.

Under `products/`, so it can be deleted at any time. A kept answer counts for exactly the question that it was
given to: the file's bytes and name, everything that it was judged by, and the very program. The ledger has
the hash of each answer, so none can be put in its place. Whatever proves something (freezing, sealing,
verifying) asks anew.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from scorecard.checks import CheckContext, CheckResult
from scorecard.errors import about
from scorecard.ledger import Ledger, Record
from scorecard.pipeline.evidence import ACTOR
from scorecard.pipeline.program import program
from scorecard.pipeline.readings import Reading
from scorecard.pipeline.written import record_of, result_of
from scorecard.settings import LIMITS

# Refusals for time or memory: another time, or on another machine, the file may be read.
PASSING: Final = frozenset(("F117", "F118"))
JUDGED: Final = "judged"  # the ledger's word for hashes of kept results


def basis_of(context: CheckContext) -> str:
    """Return the identity of everything besides the file that its result follows from."""
    previous = context.previous
    parts = (
        program(),
        repr(LIMITS),
        context.rulebook.sha256,
        context.registry.sha256,
        context.year,
        context.party,
        context.street_code,
        sorted(context.approvals),
        sorted((sender, sorted(keys.items())) for sender, keys in context.remembered.items()),
        None if previous is None else _digest(previous),
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _digest(previous: Mapping[tuple[str, str], int]) -> str:
    """Return the identity of last year's values: of millions, so that they are never one text."""
    digest = hashlib.sha256()
    for key in sorted(previous):
        digest.update(repr((key, previous[key])).encode())
    return digest.hexdigest()


@dataclass(slots=True)
class KeptChecks:
    """The kept results of one year's files: a folder of them, and which of them this build asked for.

    `sealed` are the hashes that the ledger has by key; `fresh` those that it has not yet.
    """

    folder: Path
    sealed: Mapping[str, str] = field(default_factory=dict)
    fresh: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    _bases: dict[str, str] = field(default_factory=dict)  # by party: one context each

    def key(self, relative: str, sha256: str, context: CheckContext, reading: Reading) -> str:
        """Return the name under which the result of a file is kept; `context` without the file's options."""
        if context.party not in self._bases:
            self._bases[context.party] = basis_of(context)
        parts = (self._bases[context.party], relative, sha256, asdict(reading))
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def get(self, key: str, context: CheckContext) -> CheckResult | None:
        """Return the result kept under `key`, None where there is none or the ledger knows other bytes."""
        self.asked.add(key)
        try:
            body = self._path(key).read_bytes()
        except FileNotFoundError:
            return None
        if self.sealed.get(key) != hashlib.sha256(body).hexdigest():
            return None
        return result_of(json.loads(body), context.names, context.options)

    def put(self, key: str, result: CheckResult) -> None:
        """Keep a result; what only a lack of time or memory decided is not kept."""
        if any(f.code in PASSING for f in result.findings):
            return
        body = json.dumps(record_of(result), separators=(",", ":")).encode()
        digest, path = hashlib.sha256(body).hexdigest(), self._path(key)
        if self.sealed.get(key) != digest:
            self.fresh[key] = digest
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        with about(beside):
            beside.write_bytes(body)
        beside.replace(path)

    def seal(self, year: int, ledger: Ledger, at: str) -> None:
        """Write the hashes of new results into the ledger: from then on they count."""
        if self.fresh:
            text = json.dumps(self.fresh, sort_keys=True)
            key = f"judged:{year}:{hashlib.sha256(text.encode()).hexdigest()}"
            ledger.append([Record(ACTOR, JUDGED, str(year), {"results": self.fresh}, key)], at=at)

    def forget(self) -> None:
        """Delete what this build did not ask for."""
        for path in self.folder.glob("*.json") if self.folder.is_dir() else ():
            if path.stem not in self.asked:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def sealed(ledger: Ledger, year: int) -> dict[str, str]:
    """Return the hash of each kept result of a year's files by its key: the latest of several."""
    own = (entry for entry in ledger.entries(JUDGED) if entry.subject == str(year))
    return {key: digest for entry in own for key, digest in entry.payload["results"].items()}
