"""Who may do what, and whose: the one place that every route and every object is asked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scorecard.cycle import Role
from scorecard.messages.portal import POSTS
from scorecard.pipeline.senders import Sender
from scorecard.pipeline.submissions import HandedIn

ADMIN: Final = "administrator"
COMMUNITY: Final = "community"  # rates departments; takes no step of the year or of a file


class Right(StrEnum):
    """What a route asks for. SELF: whoever is logged in, about themselves."""

    SELF = "self"
    TASK = "task"  # the street's form: template, upload, hand in
    FILES = "files"  # what was handed in, its findings and receipt
    STEP = "step"  # sign, return, accept: which step, the table of the year says
    ACCEPT = "accept"  # several files in one step
    EXCUSE = "excuse"  # what streets ask to be taken as 不涉及: see all of it, decide
    APPEALS = "appeals"  # who appealed against what, and what came of it
    APPEAL = "appeal"  # lodge one
    RULE = "rule"  # decide one
    PLEAS = "pleas"  # who asked for a later date or a reopening, and what came of it
    PLEA = "plea"  # ask
    PROPOSE = "propose"  # say what the office thinks
    GRANT = "grant"  # decide
    RATE = "rate"  # say what the community thinks of departments
    RATED = "rated"  # who has rated, and never how
    SUGGESTIONS = "suggestions"  # who suggested which card against whom, and what came of it
    SUGGEST = "suggest"  # make one, withdraw it
    OPINE = "opine"  # say what the street thinks of one
    ADOPT = "adopt"  # decide one
    YEAR = "year"  # its steps: which of them, the table of the year says
    SEAL = "seal"  # seal the year, verify the archive
    BOARD = "board"  # who has handed in what, of all streets
    REPORT = "report"  # the built site
    BUILD = "build"
    ACCOUNTS = "accounts"


_EVERYONE = frozenset((Right.SELF,))
_RIGHTS: Final[Mapping[str, frozenset[Right]]] = {
    Role.STREET: _EVERYONE
    | {Right.TASK, Right.FILES, Right.STEP, Right.APPEALS, Right.APPEAL}
    | {Right.PLEAS, Right.PLEA},
    Role.LEADER: _EVERYONE
    | {Right.FILES, Right.STEP, Right.APPEALS, Right.PLEAS, Right.PLEA}
    | {Right.SUGGESTIONS, Right.OPINE},
    Role.DEPARTMENT: _EVERYONE | {Right.TASK, Right.FILES, Right.STEP},
    Role.SURVEYOR: _EVERYONE | {Right.TASK, Right.FILES, Right.STEP},
    Role.OFFICE: _EVERYONE
    | {Right.FILES, Right.STEP, Right.ACCEPT, Right.EXCUSE, Right.BOARD, Right.REPORT, Right.BUILD}
    | {Right.APPEALS, Right.RULE, Right.YEAR, Right.PLEAS, Right.PROPOSE}
    | {Right.RATED, Right.SUGGESTIONS, Right.SEAL},
    Role.GROUP: _EVERYONE
    | {Right.BOARD, Right.REPORT, Right.APPEALS, Right.YEAR, Right.PLEAS, Right.GRANT}
    | {Right.RATED, Right.SUGGESTIONS, Right.ADOPT},
    COMMUNITY: _EVERYONE | {Right.RATE, Right.SUGGESTIONS, Right.SUGGEST},
    ADMIN: _EVERYONE | {Right.ACCOUNTS},
}
_OF_A_STREET: Final = frozenset((Role.STREET, Role.LEADER))
_OF_AN_OWNER: Final = frozenset((Role.DEPARTMENT, Role.SURVEYOR))
_OF_ALL: Final = frozenset((Role.OFFICE,))
_BY_PROGRAM: Final = frozenset(
    (Role.STREET, *_OF_AN_OWNER, Role.OFFICE, COMMUNITY)
)  # a leader's word is a person's

POSTS_OPEN: Final = tuple(_RIGHTS)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in. `street_code` is empty for who belongs to no street.

    `owner`: of a department or survey institute, whose indicators are its business. `unit_code`: of a
    community. `mail`: where notices are sent, "" for nowhere.
    """

    id: int
    login: str
    person: str
    post: str
    street_code: str
    active: bool
    has_password: bool
    owner: str = ""
    unit_code: str = ""
    mail: str = ""

    @property
    def label(self) -> str:
        """The Chinese name of the post."""
        return POSTS[self.post]

    @property
    def role(self) -> Role:
        """The role in the year; administrators and communities have none.

        Raises:
            ValueError: One of these.
        """
        return Role(self.post)


def needs_street(post: str) -> bool:
    """Whether an account of this post belongs to a street."""
    return post in _OF_A_STREET


def needs_owner(post: str) -> bool:
    """Whether an account of this post stands for an owner of indicators."""
    return post in _OF_AN_OWNER


def needs_unit(post: str) -> bool:
    """Whether an account of this post stands for a community."""
    return post == COMMUNITY


def may_have_tokens(post: str) -> bool:
    """Whether a program may act for an account of this post."""
    return post in _BY_PROGRAM


def has(account: Account, right: Right) -> bool:
    """Return whether the account's post has a right at all."""
    return account.active and right in _RIGHTS.get(account.post, frozenset())


def reaches(account: Account, sender: Sender, file: HandedIn) -> bool:
    """Return whether a file is the account's business; `sender`: whom the account hands in for."""
    if not account.active:
        return False
    if account.post in _OF_A_STREET or account.post in _OF_AN_OWNER:
        return sender.owns(file)
    return account.post in _OF_ALL


def of_street(account: Account, street_code: str) -> bool:
    """Return whether an appeal or a request of this street is the account's business."""
    if account.post in _OF_A_STREET:
        return account.active and bool(street_code) and street_code == account.street_code
    return account.active and account.post in (Role.OFFICE, Role.GROUP)
