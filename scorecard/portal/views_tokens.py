"""The administrator's page of tokens: for whom a program may act, until when, and when it last did."""

from datetime import datetime

from starlette.responses import Response

from scorecard.errors import UserError
from scorecard.messages.programs import TOKENS
from scorecard.pipeline.beijing import BEIJING
from scorecard.portal.access import may_have_tokens
from scorecard.portal.audit import account_changed
from scorecard.portal.base import stamp
from scorecard.portal.tokens import TERMS
from scorecard.portal.web import Ask, plain_number


def tokens_page(ask: Ask) -> Response:
    """List the tokens."""
    return _tokens(ask)


def token_make(ask: Ask) -> Response:
    """Make a token and show its secret, once."""
    days = ask.form.get("days", "")
    if not days.isascii() or not days.isdecimal():
        raise UserError(TOKENS["term"].format(terms="、".join(map(str, TERMS))))
    owner = ask.desk.accounts.of(plain_number(ask.form.get("account", "")))
    token, secret = ask.desk.tokens.make(owner, ask.form.get("name", ""), int(days[:5]), ask.desk.now())
    account_changed(ask.desk, ask.account, owner, "token", name=token.name, ends=token.ends)
    return _tokens(ask, secret)


def token_revoke(ask: Ask) -> Response:
    """Take a token back."""
    token = ask.desk.tokens.revoke(ask.number)
    account_changed(ask.desk, ask.account, token.account, "revoked", name=token.name, ends=token.ends)
    return _tokens(ask)


def _tokens(ask: Ask, secret: str = "") -> Response:
    desk = ask.desk
    owners = [a for a in desk.accounts.all() if a.active and may_have_tokens(a.post)]
    return ask.page(
        "tokens.html.j2",
        lines=[(t, _day(t.ends), _day(t.used), t.ends <= stamp(desk.now())) for t in desk.tokens.all()],
        owners=owners,
        names={code: desk.street_name(code) for a in owners for code in (a.street_code, a.unit_code)},
        terms=TERMS,
        secret=secret,
    )


def _day(text: str | None) -> str:
    """Return a kept time as Beijing's clocks show it, "" for none."""
    return f"{datetime.fromisoformat(text).astimezone(BEIJING):%Y-%m-%d %H:%M}" if text else ""
