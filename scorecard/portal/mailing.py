"""Mails about what waits: a thread of the server, which looks, sends what is new, and remembers it.

A notice is sent to a person once. It is remembered when the server has it; should the machine stop between
the two, it comes a second time, with the same number, rather than never.
"""

import logging
from collections import Counter
from collections.abc import Mapping
from threading import Thread
from typing import Final

import sqlalchemy as sa

from scorecard.messages.portal_mail import TROUBLE
from scorecard.pipeline.beijing import beijing
from scorecard.portal.access import Account
from scorecard.portal.base import MAILED, stamp
from scorecard.portal.desk import Desk
from scorecard.portal.faults import fault_of
from scorecard.portal.mail import MailSettings, mail_settings
from scorecard.portal.mail_sending import RecipientError, deliver, mail_of
from scorecard.portal.outbox import waiting

NAME: Final = "scorecard-mail"
EVERY: Final = 60.0  # seconds between two looks
RAREST: Final = 3600.0  # each look that could not send doubles the pause, up to this
TRIES: Final = 5  # to an address that is refused, until it is another one or the server is started anew
_LOG: Final = logging.getLogger("scorecard.portal")


class Mailing:
    """The mails of one portal. One thread calls `look`; nobody waits for it."""

    def __init__(self, desk: Desk, settings: MailSettings) -> None:
        self._desk, self._settings = desk, settings
        self._seen: object = None  # all that was there at the last look, when nothing was left to send
        self._refused: Counter[tuple[int, str]] = Counter()
        self._sent: set[tuple[int, str]] = set()  # also what could not be written down
        desk.mail.on = True

    def run(self) -> None:
        """Look again and again, until the server stops."""
        pause = EVERY
        while True:
            pause = EVERY if self.look() else min(2 * pause, RAREST)
            if self._desk.mail.stopping.wait(pause):
                return

    def look(self) -> bool:
        """Send what is new; return whether nothing is left to be tried again.

        What went wrong stands in the desk's mail state, as one sentence.
        """
        try:
            return self._looked()
        except Exception as error:  # the thread outlives whatever one look meets
            self._say(fault_of(error, 0).text)
            return False

    def _looked(self) -> bool:
        desk = self._desk
        people = [a for a in desk.accounts.all() if a.mail and a.active and a.has_password]
        now = desk.ledger().head(), desk.today(), people, desk.registry().sha256
        if self._seen == now:
            return True
        faults, again = [], False
        for account in people:
            if desk.mail.stopping.is_set():
                return True
            try:
                self._to(account)
            except RecipientError as error:
                self._refused[account.id, account.mail] += 1
                again = again or self._refused[account.id, account.mail] < TRIES
                faults.append(str(error))
        if faults:
            self._say(faults[0])
        elif not self._given_up(people):
            desk.mail.fault = ""
        self._seen = None if again else now
        return not again

    def _to(self, account: Account) -> None:
        """Send an account what it was not sent yet, in one mail."""
        if self._refused[account.id, account.mail] >= TRIES:
            return
        year = self._desk.year
        known = self._known(account)
        keys = [n.key for n in waiting(self._desk, account) if n.key and f"{year}:{n.key}" not in known]
        if not keys:
            return
        mail = mail_of(self._settings, account, year, keys, self._desk.now())
        deliver(self._settings, mail, account, TRIES)
        self._sent.update((account.id, f"{year}:{key}") for key in keys)
        values = [
            {"account_id": account.id, "key": f"{year}:{key}", "at": stamp(self._desk.now())}
            for key in dict.fromkeys(keys)
        ]
        with self._desk.base.changing() as c:
            c.execute(sa.insert(MAILED).prefix_with("OR IGNORE"), values)

    def _known(self, account: Account) -> set[str]:
        query = sa.select(MAILED.c.key).where(MAILED.c.account_id == account.id)
        with self._desk.base.reading() as c:
            kept = set(c.execute(query).scalars())
        return kept | {key for number, key in self._sent if number == account.id}

    def _given_up(self, people: list[Account]) -> bool:
        return any(self._refused[a.id, a.mail] >= TRIES for a in people)

    def _say(self, reason: str) -> None:
        self._desk.mail.fault = TROUBLE.format(at=beijing(self._desk.stamp()), reason=reason)
        _LOG.warning("%s", self._desk.mail.fault)


def start(desk: Desk, given: Mapping[str, str]) -> Thread | None:
    """Start sending mails as the environment says; None, and nothing at all happens, where it says nothing.

    Raises:
        UserError: It is set up by half.
    """
    settings = mail_settings(given)
    if settings is None:
        return None
    thread = Thread(target=Mailing(desk, settings).run, name=NAME, daemon=True)
    thread.start()
    return thread
