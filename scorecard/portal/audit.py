"""What the portal itself writes into the ledger: who may act for whom, since when, and who said so."""

from typing import TYPE_CHECKING, Final, Literal

from scorecard.ledger import Ledger, Record
from scorecard.portal.access import Account

if TYPE_CHECKING:
    from scorecard.portal.desk import Desk

ACTION: Final = "portal.account"
What = Literal["first", "made", "link", "off", "on", "token", "revoked", "mail"]


def account_changed(desk: "Desk", actor: Account, about: Account, what: What, **more: str) -> None:
    """Write down that `actor` made, opened or switched an account, gave it a token or took one back.

    `more`: the token's name and end. No secret is part of it.
    """
    said = {
        "what": what,
        "login": about.login,
        "person": about.person,
        "post": about.post,
        "street_code": about.street_code,
        **({"owner": about.owner} if about.owner else {}),
        **({"unit_code": about.unit_code} if about.unit_code else {}),
        **more,
    }
    record = Record(actor.person, ACTION, about.login, said)
    Ledger.followed(desk.folder.ledger).append([record], at=desk.stamp())
