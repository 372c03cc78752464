"""The messages of who is logged in."""

from starlette.responses import Response

from scorecard.portal.outbox import MOST, happened, waiting
from scorecard.portal.web import Ask


def outbox_page(ask: Ask) -> Response:
    """Show what waits for the account and what others did about what is its own."""
    desk, account = ask.desk, ask.account
    return ask.page(
        "outbox.html.j2",
        waiting=waiting(desk, account),
        happened=happened(desk, account),
        most=MOST,
        mailed=desk.mail.on and bool(account.mail),
    )
