"""One mail to one person by the standard library's SMTP client; whatever goes wrong is one sentence."""

import smtplib
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Final

from scorecard.errors import UserError
from scorecard.messages.portal_mail import BODY, ITEMS, REASONS, SUBJECT
from scorecard.portal.access import Account
from scorecard.portal.mail import MailSettings
from scorecard.store import sha256_hex

TIMEOUT: Final = 20  # seconds for each answer of the server


class MailError(UserError):
    """Nothing can be sent now: the server is away, not safe, or does not let us in."""


class RecipientError(UserError):
    """The server does not take mail for this person; others may get theirs."""


def mail_of(
    settings: MailSettings, account: Account, year: int, keys: Sequence[str], at: datetime
) -> EmailMessage:
    """Return the mail that says how much of which kind waits for an account, by the keys of its notes.

    Sent again, it has the same number, so that a server may tell that it is the same.
    """
    kinds = [key.partition(":")[0] for key in keys]
    items = [text.format(count=kinds.count(kind)) for kind, text in ITEMS.items() if kind in kinds]
    number = sha256_hex(f"{account.login} {year} {sorted(keys)}".encode())[:32]
    mail = EmailMessage()
    mail["Subject"] = SUBJECT
    mail["From"] = Address(addr_spec=settings.sender)
    mail["To"] = Address(addr_spec=account.mail)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{number}@{_domain(settings)}>"
    mail["Auto-Submitted"] = "auto-generated"  # nobody's absence note answers it
    said: Mapping[str, Any] = {
        "person": account.person,
        "year": year,
        "items": "、".join(items),
        "link": f"{settings.portal}/outbox",
    }
    mail.set_content(BODY.format(**said))
    return mail


def deliver(settings: MailSettings, mail: EmailMessage, account: Account, most: int) -> None:
    """Hand a mail to the server; once this returns the server has it. `most`: how often that is tried.

    Raises:
        MailError: It can take none.
        RecipientError: It does not take this one.
    """
    try:
        smtp = _connected(settings)
        try:
            if settings.user:
                smtp.login(settings.user, settings.password)
            smtp.send_message(mail, settings.sender, [account.mail])
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()  # it has the mail: how it says good-bye changes nothing
        finally:
            smtp.close()
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(account, error.recipients[account.mail][0], most) from None
    except smtplib.SMTPDataError as error:
        raise _refused(account, error.smtp_code, most) from None
    except (smtplib.SMTPException, OSError) as error:
        raise MailError(_reason(settings, error)) from None


def _connected(settings: MailSettings) -> smtplib.SMTP:
    """Return a connection over which secrets may go: encrypted, or to this machine."""
    us, trusted = _domain(settings), ssl.create_default_context()
    if settings.safety == "tls":
        return smtplib.SMTP_SSL(settings.host, settings.port, us, timeout=TIMEOUT, context=trusted)
    smtp = smtplib.SMTP(settings.host, settings.port, us, timeout=TIMEOUT)
    if settings.safety == "starttls":
        try:
            smtp.starttls(context=trusted)
        except BaseException:
            smtp.close()
            raise
    return smtp


def _domain(settings: MailSettings) -> str:
    """Return how we name ourselves: asking the machine for its name may take long, and tells it."""
    return settings.sender.partition("@")[2]


def _refused(account: Account, code: int, most: int) -> RecipientError:
    return RecipientError(REASONS["recipient"].format(person=account.person, code=code, most=most))


def _reason(settings: MailSettings, error: Exception) -> str:
    """Return why, in our words: what the server wrote may be anything."""
    said: dict[str, Any] = {"server": settings.server}
    match error:
        case ssl.SSLError():
            key = "certificate"
        case smtplib.SMTPAuthenticationError():
            key = "login"
        case smtplib.SMTPNotSupportedError():
            key = "open" if settings.safety == "starttls" else "login"
        case smtplib.SMTPConnectError() | smtplib.SMTPServerDisconnected():
            key = "away"
        case smtplib.SMTPResponseException():
            key, said["code"] = "refused", error.smtp_code
        case _:
            key = "away"
    return REASONS[key].format(**said)
