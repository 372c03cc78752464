"""Sealing the year and verifying its archive, on the portal's thread for slow work.

The archive stays on the server: it holds every file and the whole ledger, what communities said of
departments among them, and nobody who logs in may see that.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from scorecard.errors import UserError
from scorecard.messages.portal_year import SEALING
from scorecard.pipeline.seal import Sealed, seal
from scorecard.pipeline.verify import Verified, verify
from scorecard.portal.access import Account
from scorecard.portal.desk import Desk

SEAL: Final = "seal"
VERIFY: Final = "verify"


def archive_of(desk: Desk) -> Path:
    """Return where the year's archive lies; the same evidence gives the same bytes again."""
    return desk.folder.products / f"sealed-{desk.year}.zip"


def begin_seal(desk: Desk, account: Account) -> None:
    """Begin to seal the year as it was last built.

    Raises:
        UserError: Another piece of this work is running.
    """

    def job() -> Sealed:
        with desk.writing:
            return seal(desk.settings.data, desk.year, desk.settings.home, archive_of(desk))

    _begin(desk, account, SEAL, job)


def begin_verify(desk: Desk, account: Account, root: str) -> None:
    """Begin to recompute the archive; `root`: the hash on the notice, "" to compare with none.

    Raises:
        UserError: Another piece of this work is running, or there is no archive.
    """
    path = archive_of(desk)
    if not path.is_file():
        raise UserError(SEALING["none"])

    def job() -> Verified:
        return verify(path, root)

    _begin(desk, account, VERIFY, job)


def _begin(desk: Desk, account: Account, name: str, job: Callable[[], Sealed | Verified]) -> None:
    for each in (SEAL, VERIFY):
        work = desk.works.of(each)
        if work is not None and work.running:
            raise UserError(SEALING["running"])
    desk.works.start(name, account.person, desk.stamp(), job)
