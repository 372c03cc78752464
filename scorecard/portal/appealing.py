"""Appeals in the portal: which numbers a street may cite, lodging one, deciding it, what it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from scorecard.checks import CheckContext
from scorecard.cycle import State, Window
from scorecard.errors import UserError
from scorecard.explain import STATES
from scorecard.explain.correction import FIELDS
from scorecard.messages.portal_appeals import APPEALING
from scorecard.pipeline.appeals import GROUNDS, Appeal, Outcome, appeals
from scorecard.pipeline.corrections import fields_of, shown
from scorecard.pipeline.decide import Ruling, decide
from scorecard.pipeline.effect import effect
from scorecard.pipeline.history import history, publicity_window, standing
from scorecard.pipeline.lodge import Attachment, Lodged, cell_of, lodge
from scorecard.pipeline.objection import in_window
from scorecard.pipeline.product import open_product
from scorecard.portal.access import Account, of_street
from scorecard.portal.desk import Desk
from scorecard.registry import Unit

MOST: Final = 50  # undecided appeals of a street: each may bring 20 MB
LONGEST: Final = 1_000
_STATE: Final = "state"


@dataclass(frozen=True, slots=True)
class Cited:
    """A number that can be appealed against: what was reported, its points, where it stood.

    `fields`: what a decision can change of it, each with its Chinese name and what it is now.
    """

    code: str
    name: str
    value: str
    points_e2: int | None
    weight_e2: int
    receipt: str
    sheet: str
    cell: str
    fields: tuple[tuple[str, str, str], ...]


def street_of(desk: Desk, unit_code: str) -> str:
    """Return the code of the street that a community or a street belongs to, "" where there is none."""
    street = desk.registry().street_of(unit_code)
    return street.code if street else ""


def own(desk: Desk, account: Account) -> list[Appeal]:
    """Return the year's appeals that are the account's business, the latest first."""
    every = [a for a in appeals(desk.ledger()) if a.year == desk.year]
    return [a for a in reversed(every) if of_street(account, street_of(desk, a.unit_code))]


def window(desk: Desk) -> tuple[State, Window | None]:
    """Return where the year stands, and the period in which objections are taken, None outside of it."""
    steps = history(desk.ledger(), desk.year)
    state = standing(steps)
    return state, publicity_window(steps, desk.rulebook) if state is State.PUBLICISED else None


def units(desk: Desk, street_code: str) -> list[Unit]:
    """Return for whom a street may appeal: its communities, and itself where it is assessed."""
    registry = desk.registry()
    streets = [s for s in registry.streets(desk.year) if s.code == street_code and s.assessed]
    return [*(u for u in registry.assessed(desk.year) if registry.belongs(u.code, street_code)), *streets]


def built(desk: Desk) -> bool:
    """Return whether there is a result to appeal against."""
    return (desk.folder.products / f"{desk.year}.json").is_file()


def cited(desk: Desk, unit_code: str) -> list[Cited]:
    """Return a unit's numbers as the last build has them, in printed order; derived ones are left out.

    Raises:
        UserError: Nothing was built yet.
    """
    if not built(desk):
        raise UserError(APPEALING["not_built"])
    _, tables = open_product(desk.folder, desk.year)
    rows = {r["indicator_code"]: r for r in tables.rows("report_item", year=desk.year, unit_code=unit_code)}
    tables.close()
    received = desk.ledger().entries("received")
    receipts = {e.payload["sha256"]: e.subject for e in received if e.subject.startswith(f"{desk.year}-")}
    context = CheckContext(desk.rulebook, desk.registry(), desk.year, "district")
    codes = [code for code in desk.rulebook.indicators if code in rows and code in context.asks.of]
    return [_cited(context, code, rows[code], receipts) for code in codes]


def _cited(context: CheckContext, code: str, row: Any, receipts: Any) -> Cited:
    fields = tuple((f, FIELDS[f], shown(row, f)) for f in fields_of(context, code))
    said = [f"{name}{text}" for field, name, text in fields if text and field != _STATE]
    return Cited(
        code=code,
        name=context.rulebook.indicators[code].name_zh,
        value="，".join(said) or STATES[row["state"]],
        points_e2=row["points_e2"],
        weight_e2=row["weight_e2"],
        receipt=receipts.get(row["sha256"], ""),
        sheet=row["sheet"] or "",
        cell=cell_of(row),
        fields=fields,
    )


def open_appeal(
    desk: Desk, account: Account, unit: str, indicator: str, ground: str, statement: str, evidence: Attachment
) -> Appeal:
    """Lodge an appeal of the account's street; the same one again is the one that stands.

    Raises:
        UserError: Unit or number is not the street's, something is empty, the day lies outside the objection
            window, or the street has too many undecided ones.
    """
    if unit not in {u.code for u in units(desk, account.street_code)}:
        raise UserError(APPEALING["unit"])
    if indicator not in {c.code for c in cited(desk, unit)}:
        raise UserError(APPEALING["item"])
    if ground not in GROUNDS:
        raise UserError(APPEALING["ground"])
    if not 0 < len(statement) <= LONGEST:
        raise UserError(APPEALING["statement"].format(longest=LONGEST))
    if not in_window(desk.ledger(), desk.rulebook, desk.year, desk.today()):
        raise UserError(APPEALING["no_window"].format(year=desk.year))
    if sum(a.decision is None for a in own(desk, account)) >= MOST:
        raise UserError(APPEALING["most"].format(most=MOST))
    asked = Lodged(
        data=desk.settings.data,
        year=desk.year,
        home=desk.settings.home,
        unit=unit,
        indicator=indicator,
        receipt="",
        sheet="",
        cell="",
        ground=ground,
        statement=statement,
        evidence=evidence,
        actor=account.person,
        on=desk.today(),
    )
    with desk.writing:
        return lodge(asked, now=desk.stamp())[0]


def rule(
    desk: Desk,
    account: Account,
    appeal: Appeal,
    outcome: Outcome,
    decision_no: str,
    reason: str,
    changes: Sequence[str],
    document: Attachment,
    note: str = "",
) -> None:
    """Decide an appeal, then begin to work out what the decision changes.

    Other indicators than the one appealed stand apart on the page: who fills them in means to. `note`: why
    the answer comes after its term.

    Raises:
        UserError: It was decided otherwise, appellant and decider are one person, something is empty, or a
            change cannot be made.
    """
    if not decision_no:
        raise UserError(APPEALING["decision_no"])
    if not 0 < len(reason) <= LONGEST or len(note) > LONGEST:
        raise UserError(APPEALING["reason"].format(longest=LONGEST))
    if (outcome == "upheld") != bool(changes):
        raise UserError(APPEALING["change_rejected" if changes else "no_change"])
    ruling = Ruling(
        data=desk.settings.data,
        home=desk.settings.home,
        appeal_no=appeal.appeal_no,
        outcome=outcome,
        decision_no=decision_no,
        decider=account.person,
        reason=reason,
        document=document,
        on=desk.today(),
        changes=changes,
        others=True,
        note=note,
    )
    with desk.writing:
        decide(ruling, now=desk.stamp())
    if outcome == "upheld":
        work_out(desk, account, appeal.appeal_no)


def effect_name(appeal_no: str) -> str:
    """Return the name under which the effect of an appeal's decision is worked out."""
    return f"effect {appeal_no}"


def work_out(desk: Desk, account: Account, appeal_no: str) -> None:
    """Begin to work out what a decision changes: the year is built without it and with it."""
    s, now = desk.settings, desk.stamp()
    name = effect_name(appeal_no)
    desk.works.start(name, account.person, now, lambda: effect(s.data, s.home, appeal_no, now=now))
