"""Logging in and out, setting and changing a password, the accounts."""

from starlette.responses import RedirectResponse, Response

from scorecard.errors import UserError
from scorecard.messages.portal import LOGINS, PORTAL, POSTS
from scorecard.pipeline.senders import owners
from scorecard.portal.access import POSTS_OPEN, Account, needs_owner, needs_street, needs_unit
from scorecard.portal.audit import account_changed
from scorecard.portal.guard import COOKIE
from scorecard.portal.logins import KEPT_FOR, MOST
from scorecard.portal.pages import menu
from scorecard.portal.web import Ask, plain_number

_OWN = 10  # of one's own log-ins


def home(ask: Ask) -> Response:
    """Send everybody to the first page of their own."""
    pages = menu(ask.account)
    return RedirectResponse(pages[0][1] if pages else "/password", 303)


def login_page(ask: Ask) -> Response:
    """Ask for log-in name and password."""
    notes = {"opened", "changed", "logged_out"} & {ask.query.get("said", "")}
    return ask.page("login.html.j2", said=PORTAL[notes.pop()] if notes else "", wrong="")


def login(ask: Ask) -> Response:
    """Begin a session with a fresh secret."""
    name, password = ask.form.get("login", "").strip().lower(), ask.form.get("password", "")
    tried, now = ask.desk.accounts.check(name, password, ask.desk.now()), ask.desk.now()
    found = tried.account
    ask.desk.logins.note(tried.verdict, found.id if found else None, ask.address, now)
    if found is None or tried.verdict != "in":
        return ask.page("login.html.j2", 403, said="", wrong=PORTAL["login_failed"])
    if ask.session is not None:
        ask.desk.sessions.end(ask.session.token)
    token = ask.desk.sessions.start(found.id, now)
    response = RedirectResponse("/", 303)
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=ask.secure)
    return response


def logout(ask: Ask) -> Response:
    """End the session on the server, not only in the browser."""
    if ask.session is not None:
        ask.desk.sessions.end(ask.session.token)
        ask.desk.logins.note("out", ask.session.account.id, ask.address, ask.desk.now())
    response = RedirectResponse("/login?said=logged_out", 303)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=ask.secure)
    return response


def link_page(ask: Ask) -> Response:
    """Show whose password a link sets; the first administrator names themselves."""
    secret = ask.params["secret"]
    owner = ask.desk.accounts.linked(secret, ask.desk.now())
    return ask.page("link.html.j2", secret=secret, owner=owner, wrong="")


def link(ask: Ask) -> Response:
    """Set the password of a link's account."""
    secret, now, accounts = ask.params["secret"], ask.desk.now(), ask.desk.accounts
    owner = accounts.linked(secret, now)
    password = ask.form.get("password", "")
    try:
        if password != ask.form.get("again", ""):
            raise UserError(PORTAL["password_differs"])
        if owner is None:
            made = accounts.set_up(
                secret, ask.form.get("login", ""), ask.form.get("person", ""), password, now
            )
            account_changed(ask.desk, made, made, "first")
        else:
            made = accounts.open(secret, password, now)
    except UserError as error:
        return ask.page("link.html.j2", 400, secret=secret, owner=owner, wrong=str(error))
    ask.desk.logins.note("opened", made.id, ask.address, now)
    return RedirectResponse("/login?said=opened", 303)


def password_page(ask: Ask) -> Response:
    """Ask for the old and the new password."""
    return _password(ask, "")


def _password(ask: Ask, wrong: str) -> Response:
    """Return the form, and below it where the account was used, so that its owner sees who else does."""
    lines = ask.desk.logins.latest(ask.account.id)[:_OWN]
    return ask.page("password.html.j2", 400 if wrong else 200, wrong=wrong, logins=lines, outcomes=LOGINS)


def password(ask: Ask) -> Response:
    """Change one's own password; every session of the account ends, this one too."""
    new = ask.form.get("password", "")
    try:
        if new != ask.form.get("again", ""):
            raise UserError(PORTAL["password_differs"])
        ask.desk.accounts.change(ask.account.id, ask.form.get("old", ""), new, ask.desk.now())
    except UserError as error:
        return _password(ask, str(error))
    ask.desk.logins.note("changed", ask.account.id, ask.address, ask.desk.now())
    return RedirectResponse("/login?said=changed", 303)


def accounts_page(ask: Ask) -> Response:
    """List the accounts."""
    return _accounts(ask)


def logins_page(ask: Ask) -> Response:
    """List who came in and who was refused."""
    desk = ask.desk
    return ask.page(
        "logins.html.j2", logins=desk.logins.latest(), outcomes=LOGINS, days=KEPT_FOR.days, most=MOST
    )


def account_make(ask: Ask) -> Response:
    """Make an account and show the link that opens it, once."""
    post = ask.form.get("post", "")
    street = ask.form.get("street", "") if needs_street(post) else ""
    if needs_street(post) and street not in {s.code for s in ask.desk.registry().streets(ask.desk.year)}:
        raise UserError(PORTAL["no_street"].format(year=ask.desk.year, raw=street))
    owner = ask.form.get("owner", "") if needs_owner(post) else ""
    if needs_owner(post) and owner not in owners(ask.desk.rulebook):
        raise UserError(PORTAL["no_owner"].format(raw=owner[:40]))
    unit = ask.form.get("unit", "") if needs_unit(post) else ""
    if needs_unit(post) and unit not in {u.code for u in ask.desk.registry().communities(ask.desk.year)}:
        raise UserError(PORTAL["no_unit"].format(year=ask.desk.year, raw=unit[:40]))
    login, person = ask.form.get("login", ""), ask.form.get("person", "")
    made = ask.desk.accounts.make(login, person, post, street, owner, unit, ask.form.get("mail", ""))
    account_changed(ask.desk, ask.account, made, "made")
    return _accounts(ask, made)


def account_link(ask: Ask) -> Response:
    """Show a new link for an account; its old links and sessions are over."""
    about = _asked(ask)
    account_changed(ask.desk, ask.account, about, "link")
    return _accounts(ask, about)


def account_mail(ask: Ask) -> Response:
    """Set, change or take out where an account's notices are sent; the ledger learns when, not where to."""
    about = ask.desk.accounts.of(plain_number(ask.form.get("account", "")))
    ask.desk.accounts.mail_to(about.id, ask.form.get("mail", ""))
    account_changed(ask.desk, ask.account, about, "mail")
    return RedirectResponse("/accounts", 303)


def account_switch(ask: Ask) -> Response:
    """Switch an account off, or on again."""
    about = _asked(ask)
    ask.desk.accounts.switch(about.id, active=not about.active)
    account_changed(ask.desk, ask.account, about, "off" if about.active else "on")
    return RedirectResponse("/accounts", 303)


def _asked(ask: Ask) -> Account:
    return ask.desk.accounts.of(ask.number)


def _accounts(ask: Ask, opened: Account | None = None) -> Response:
    """Return the list; with `opened`, a fresh link for that account on top of it."""
    secret = ask.desk.accounts.link(opened.id, ask.desk.now()) if opened else ""
    registry, year = ask.desk.registry(), ask.desk.year
    streets, units = registry.streets(year), registry.communities(year)
    return ask.page(
        "accounts.html.j2",
        accounts=ask.desk.accounts.all(),
        units=[
            (s.name, [(u.code, u.name) for u in units if registry.belongs(u.code, s.code)]) for s in streets
        ],
        unit_names={u.code: registry.label(u.code) for u in units},
        posts=[(post, POSTS[post]) for post in POSTS_OPEN],
        streets=[(s.code, s.name) for s in streets],
        names={s.code: s.name for s in streets},
        owners=owners(ask.desk.rulebook),
        opened=opened,
        secret=secret,
        mail=ask.desk.mail,
    )
