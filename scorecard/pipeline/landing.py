"""From the store into the data folder: what was submitted to the district becomes a file like any other.

`build` and every other command read the data folder, so that nobody needs to know how a file came. A file
that is not signed yet stays in the store. Landing follows from ledger and store alone and may be done again
at any time: after a crash between a step and its file, the next landing makes up for it.
"""

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from scorecard.checks.context import DISTRICT
from scorecard.cycle import Stage
from scorecard.errors import DamagedError, about
from scorecard.ledger import Entry, Ledger
from scorecard.messages.year import FROZEN_YEAR
from scorecard.pipeline.folder import ISSUES_PLACE, PLACES, DataFolder
from scorecard.pipeline.handin import CHANNEL
from scorecard.pipeline.headers import FILE as HEADERS
from scorecard.pipeline.headers import Decided
from scorecard.pipeline.headers import remember as remember_headers
from scorecard.pipeline.readings import FILE as READINGS
from scorecard.pipeline.readings import Reading
from scorecard.pipeline.readings import remember as remember_reading
from scorecard.pipeline.submissions import handed_in
from scorecard.registry import load_registry
from scorecard.store import store_at


def land(folder: DataFolder, year: int) -> list[str]:
    """Write the year's submitted files that are not in the data folder yet; return their places.

    What was decided about reading a file goes into `decisions/` before the file itself is there, so that no
    build reads it otherwise than the clerk saw it.

    Raises:
        DamagedError: Bytes are gone from the store, or an entry names a place outside of the folder.
        UserError: A list in `decisions/` cannot be added to.
    """
    if not folder.has_ledger:
        return []
    ledger = Ledger.followed(folder.ledger)
    signed = {
        file.receipt_no
        for file in handed_in(ledger, year)
        if any(step.target is Stage.SUBMITTED for step in file.steps)
    }
    came = [e for e in ledger.entries("received") if e.payload.get("channel") == CHANNEL]
    landed = []
    for entry in came:
        if entry.subject in signed and not (folder.root / _place(entry)).is_file():
            _remember(folder, entry)
            _write(folder, entry)
            landed.append(str(entry.payload["file"]))
    return landed


def _place(entry: Entry) -> PurePosixPath:
    path = PurePosixPath(entry.payload["file"])
    if path.is_absolute() or ".." in path.parts or path.parts[0] not in (*PLACES.values(), ISSUES_PLACE):
        raise DamagedError(FROZEN_YEAR["place"].format(place=path))
    return path


def _remember(folder: DataFolder, entry: Entry) -> None:
    said, decisions = entry.payload, folder.root / "decisions"
    reading = Reading(**said["reading"])
    if reading != Reading():
        remember_reading(decisions / READINGS, said["file"], reading, entry.subject)
    if said["remember"]:
        street = said["street_code"]
        sender = load_registry(folder.registry_path()).units[street].name if street else DISTRICT
        remember_headers(decisions / HEADERS, [Decided(sender, *each) for each in said["remember"]])


def _write(folder: DataFolder, entry: Entry) -> None:
    write_whole(folder.root / _place(entry), store_at(folder.store).get(entry.payload["sha256"]))


def table_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a table as Excel and WPS open it rightly."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that there is the old one or the whole new one, whenever the machine stops."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    try:
        with about(beside), beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)  # half a file would only take the space that is lacking
        raise
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
