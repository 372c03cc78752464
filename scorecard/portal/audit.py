"""What the portal itself writes into the ledger: who may act for whom, since when, and who said so."""

from typing import TYPE_CHECKING, Final, Literal

from scorecard.ledger import Ledger, Record
from scorecard.portal.access import Account

if TYPE_CHECKING:
    from scorecard.portal.desk import Desk

ACTION: Final = "portal.account"


def account_changed(
    desk: "Desk", actor: Account, about: Account, what: Literal["first", "made", "link", "off", "on"]
) -> None:
    """Write down that `actor` made, opened or switched an account. No secret is part of it."""
    said = {
        "what": what,
        "login": about.login,
        "person": about.person,
        "post": about.post,
        "street_code": about.street_code,
    }
    record = Record(actor.person, ACTION, about.login, said)
    Ledger.at(desk.folder.ledger).append([record], at=desk.stamp())
