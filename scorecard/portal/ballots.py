"""What a community may rate and suggest, what it has sent, and who has rated at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scorecard.cycle import Role, Term
from scorecard.errors import NotAllowedError
from scorecard.messages.rating import RATING
from scorecard.names import fold
from scorecard.pipeline import assessing, proposing
from scorecard.pipeline.assessing import Booth, Rating
from scorecard.pipeline.lodge import Attachment
from scorecard.pipeline.proposing import Proposal, Said
from scorecard.portal.access import COMMUNITY, Account
from scorecard.portal.desk import Desk
from scorecard.registry import Unit
from scorecard.store import sha256_hex
from scorecard.upward.model import RatedUnit, Stage

_KEY: Final = 16  # characters of a rated unit's name in an address


@dataclass(frozen=True, slots=True)
class Line:
    """One unit that the community is asked about. `standing`: what it last sent, None before."""

    key: str
    unit: RatedUnit
    standing: Rating | None


@dataclass(frozen=True, slots=True)
class Ballot:
    """All that a community is asked. `closed`: why nothing is taken now, "" where it is."""

    community: Unit
    lines: tuple[Line, ...]
    term: Term | None
    closed: str

    @property
    def sent(self) -> int:
        """How many units the community has rated."""
        return sum(line.standing is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class Count:
    """A community or a rated unit: how many ratings are asked for and how many came."""

    name: str
    of: str
    asked: int
    came: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Who has rated, and never how: counts by community and by rated unit."""

    communities: tuple[Count, ...]
    rated: tuple[Count, ...]
    term: Term | None

    @property
    def complete(self) -> int:
        """How many communities have rated all that they are asked about."""
        return sum(c.came == c.asked for c in self.communities)


def key_of(name: str) -> str:
    """Return what a rated unit is called in addresses: its name may hold any sign."""
    return sha256_hex(fold(name).encode())[:_KEY]


def community_of(desk: Desk, account: Account) -> Unit:
    """Return the community that an account stands for.

    Raises:
        NotAllowedError: The registry does not know it in this year, so that the account is good for nothing.
    """
    unit = desk.registry().units.get(account.unit_code)
    if unit is None or unit.level != "社区" or not unit.exists(desk.year):
        raise NotAllowedError(RATING["unknown"].format(year=desk.year), "rating.unknown")
    return unit


def rated_in_order(booth: Booth) -> list[RatedUnit]:
    """Return who is rated, each once, by the rulebook's kinds and by name."""
    kinds = booth.rulebook.upward.kinds if booth.rulebook.upward else ()
    units = {unit.name: unit for unit in booth.rated.values()}.values()
    return sorted(units, key=lambda unit: (kinds.index(unit.kind), unit.name))


def ballot(desk: Desk, account: Account) -> Ballot:
    """Return what the account's community is asked and has sent.

    Raises:
        NotAllowedError: The registry does not know the community.
    """
    community, booth, ledger = community_of(desk, account), desk.booth(), desk.ledger()
    said = assessing.latest(assessing.ratings(ledger, desk.year))
    lines = tuple(
        Line(key_of(unit.name), unit, said.get((community.code, unit.name)))
        for unit in rated_in_order(booth)
        if community.code in unit.asked
    )
    refused = assessing.closed(booth, ledger, desk.today())
    term = assessing.rating_term(desk.rulebook, desk.year)
    return Ballot(community, lines, term, str(refused) if refused else "")


def send(desk: Desk, account: Account, unit: RatedUnit, answers: Mapping[str, str], comment: str) -> Rating:
    """Send what the account's community says about a unit; return the version that stands.

    Raises:
        NotAllowedError: Outside of the term, frozen, or the registry does not know the community.
        UserError: An answer is missing or none of the rulebook's.
    """
    code = community_of(desk, account).code
    who, day, now = account.person, desk.today(), desk.stamp()
    with desk.writing:
        return assessing.rate(desk.booth(), code, unit, answers, comment, actor=who, on=day, now=now)


def progress(desk: Desk) -> Progress:
    """Return who has rated; what came by file is not known here by whom it was sent."""
    booth = desk.booth()
    said = assessing.latest(assessing.ratings(desk.ledger(), desk.year))
    rated, registry = rated_in_order(booth), booth.registry
    communities = []
    for unit in registry.communities(desk.year):
        asked = [r.name for r in rated if unit.code in r.asked]
        street = registry.street_of(unit.code)
        if asked:
            came = sum((unit.code, name) in said for name in asked)
            communities.append(Count(unit.name, street.name if street else "", len(asked), came))
    units = tuple(
        Count(r.name, r.kind, len(r.asked), sum((code, r.name) in said for code in r.asked)) for r in rated
    )
    return Progress(tuple(communities), units, assessing.rating_term(desk.rulebook, desk.year))


def own_proposals(desk: Desk, account: Account) -> list[Proposal]:
    """Return the suggestions that are the account's business, the latest first."""
    found = proposing.proposals(desk.ledger(), desk.year)
    return [p for p in reversed(found) if concerns(desk, account, p.unit_code)]


def concerns(desk: Desk, account: Account, unit_code: str) -> bool:
    """Return whether a community's suggestion is the account's business."""
    if account.post == COMMUNITY:
        return account.active and unit_code == account.unit_code
    if account.post == Role.LEADER:
        registry = desk.registry()
        return unit_code in registry.units and registry.belongs(unit_code, account.street_code)
    return account.active and account.post in (Role.OFFICE, Role.GROUP)


def suggest(
    desk: Desk, account: Account, rated_key: str, card: str, reason: str, evidence: Attachment | None
) -> Proposal:
    """Make a suggestion of the account's community against any rated unit; it lands at once.

    Raises:
        NotAllowedError: The year is frozen, or the registry does not know the community.
        UserError: Unit, card or reason do not do.
    """
    code, booth = community_of(desk, account).code, desk.booth()
    rated = next((unit for unit in rated_in_order(booth) if key_of(unit.name) == rated_key), None)
    said = Said(account.person, desk.today(), reason=reason)
    with desk.writing:
        made = proposing.propose(booth, code, rated, card, evidence, said, now=desk.stamp())
        desk.land_if_it_can()
    return made


def say(desk: Desk, number: str, stage: Stage, said: Said) -> Proposal:
    """Take a step of a suggestion; it lands at once.

    Raises:
        NotAllowedError: It stands elsewhere, or the year is frozen.
        UserError: Verdict, level or document do not do.
    """
    with desk.writing:
        done = proposing.say(desk.booth(), number, stage, said, now=desk.stamp())
        desk.land_if_it_can()
    return done
