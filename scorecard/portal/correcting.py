"""Correcting single cells of a draft: what fails, as a patch or in the page, and the draft that it makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from scorecard.checks import CheckContext, CheckResult
from scorecard.checks.failing import Failing, Mendable, failing
from scorecard.errors import UserError
from scorecard.language import is_chinese
from scorecard.messages.mending import MENDING
from scorecard.names import listed, tidy
from scorecard.pipeline.beijing import BEIJING, beijing
from scorecard.pipeline.counter import Sent
from scorecard.pipeline.mended import Mending
from scorecard.pipeline.mending import Patch, cells_of, fit, mend
from scorecard.pipeline.senders import LEDGER
from scorecard.portal.access import Account
from scorecard.portal.desk import Desk
from scorecard.portal.drafts import Draft
from scorecard.portal.findings import told
from scorecard.portal.speech import joined, said
from scorecard.settings import LIMITS
from scorecard.sheets.patch import CLEAR, About, Options, closed, patch_book, patch_text
from scorecard.sheets.text import shown
from scorecard.store import sha256_hex

Kind = Literal["xlsx", "csv"]
Typed = Literal["web", "api"]
_PLACE: Final = 10  # characters of a cell that is none, as far as it is repeated
PATCH_NAME: Final = "更正表.{kind}"


@dataclass(frozen=True, slots=True)
class Open:
    """A draft as it can be corrected. `help`: why some of it, or nothing, can be; "" where all can be."""

    sent: Sent
    result: CheckResult
    mendable: Mendable
    options: Options
    help: str

    @property
    def cells(self) -> Sequence[Failing]:
        """The failing cells, as many as a patch lists."""
        return self.mendable.cells[: LIMITS.max_patch_cells]


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of the page to fill in. `choices`: what may be chosen, () where it is typed."""

    failing: Failing
    choices: tuple[str, ...]
    typed: str

    @property
    def told(self) -> str:
        """Why it is to be looked at and what to do, in the language of the page."""
        failing = self.failing
        if is_chinese():
            return failing.reason + failing.fix
        why = told(failing.findings)
        return joined(why, said(MENDING["unit"])) if failing.kind == "unit" else why


@dataclass(frozen=True, slots=True)
class Grid:
    """One page of cells to fill in; pages are numbered from 1."""

    fields: tuple[Field, ...]
    page: int
    pages: int
    count: int


def opened(desk: Desk, draft: Draft) -> Open:
    """Return what of a draft can be corrected cell by cell."""
    sent, sender = desk.sent(draft), desk.sender(desk.accounts.of(draft.account_id))
    result = desk.look(sent)
    context = CheckContext(desk.rulebook, desk.registry(), desk.year, sender.party)
    found = failing(result, context.asks, context.vocabulary)
    form = next((f for f in sender.forms(desk.rulebook) if f.code == result.form and f is not LEDGER), None)
    names = tuple(u.name for u in sender.units(form, desk.registry(), desk.year)) if form else ()

    def options(one: Failing) -> tuple[str, ...]:
        return names if one.kind == "unit" else ()

    return Open(sent, result, found, options, _help(found))


def _help(found: Mendable) -> str:
    said = ""
    if len(found.cells) > LIMITS.max_patch_cells:
        said += MENDING["many"].format(count=len(found.cells), most=LIMITS.max_patch_cells)
    if found.beyond:
        titles = listed(list(dict.fromkeys(f.message for f in found.beyond)), 3)
        said += MENDING["some" if found.cells else "none"].format(count=len(found.beyond), said=titles)
    return said


def patch_of(desk: Desk, draft: Draft, kind: Kind) -> tuple[bytes, str]:
    """Return the failing cells of a draft as a file to fill in, and its name.

    Raises:
        UserError: No cell of it can be corrected like that.
    """
    found = opened(desk, draft)
    if not found.cells:
        raise UserError(found.help or MENDING["clean"])
    about = About(draft.name, draft.sha256)
    name = f"{draft.name.rpartition('.')[0] or draft.name}{PATCH_NAME.format(kind=kind)}"
    if kind == "csv":
        return patch_text(about, cells_of(found.cells, {})), name
    return patch_book(about, found.cells, found.options, desk.rulebook), name


def corrected(desk: Desk, account: Account, draft: Draft, name: str, data: bytes) -> Draft:
    """Correct a draft by a patch that was sent; return the new one, which stands in its place.

    Raises:
        UserError: See `mend`; what was wrong with the draft is as it was.
    """
    return _mended(desk, draft, Patch(name, data, "patch", account.person, desk.stamp()))


def typed(desk: Desk, account: Account, draft: Draft, given: Mapping[str, str], how: Typed = "web") -> Draft:
    """Correct a draft by what was `given` by cell, in the page or by a program; that is kept as a patch.

    Raises:
        UserError: See `mend`; or something given is for another cell, holds the number of an identity card,
            or is too long.
    """
    found, at = opened(desk, draft), desk.stamp()
    said = MENDING[f"{how}_said"].format(actor=account.person, at=beijing(at))
    cells = [f for f in found.cells if given.get(f.cell, "").strip()]
    known = {f.cell for f in found.cells}
    if others := [shown(cell)[:_PLACE] for cell, text in given.items() if text.strip() and cell not in known]:
        raise UserError(MENDING["others"].format(cell=listed(others, 3)))
    if refused := [f.cell for f in cells if not fit(given[f.cell])]:
        raise UserError(MENDING["typed"].format(cell=listed(refused, 3), most=LIMITS.max_cell_chars))
    data = patch_text(About(draft.name, draft.sha256, said), cells_of(cells, given))
    moment = datetime.fromisoformat(at).astimezone(BEIJING)
    name = MENDING[f"{how}_name"].format(at=f"{moment:%Y%m%d-%H%M%S}")
    return _mended(desk, draft, Patch(name, data, how, account.person, at))


def _mended(desk: Desk, draft: Draft, patch: Patch) -> Draft:
    found = opened(desk, draft)
    sent = mend(desk.drafts.with_sources(draft, found.sent), found.result, found.mendable, patch)
    desk.look(sent)  # what cannot be read as it is to be read is no draft
    return desk.drafts.mended(draft, sent, desk.now())


def made_already(desk: Desk, account: Account, base: str, patch: bytes) -> Draft | None:
    """Return the draft that this patch made of the file `base`; who lost our answer sends it again."""
    sha256 = sha256_hex(patch)
    drafts = desk.drafts.of(account.id)
    return next((d for d in drafts if any((m.base, m.patch) == (base, sha256) for m in d.mendings)), None)


def filled_already(desk: Desk, account: Account, base: str, given: Mapping[str, str]) -> Draft | None:
    """Return the draft that a program made of the file `base` by these cells, when it asks again."""

    def same(m: Mending) -> bool:
        return (m.base, m.how) == (base, "api") and all(
            tidy(given.get(c.cell, "")) == (c.new or CLEAR) for c in m.cells
        )

    return next((d for d in desk.drafts.of(account.id) if any(map(same, d.mendings))), None)


def grid(desk: Desk, found: Open, page: int, given: Mapping[str, str]) -> Grid:
    """Return a page of the cells to fill in, with what was `given` for them already."""
    most = LIMITS.grid_cells
    pages = max(1, -(-len(found.cells) // most))
    page = min(max(page, 1), pages)
    on_page = found.cells[(page - 1) * most : page * most]
    kept = {cell: text for cell, text in given.items() if fit(text)}  # a number refused is not shown again
    fields = tuple(Field(f, closed(f, found.options, desk.rulebook), kept.get(f.cell, "")) for f in on_page)
    return Grid(fields, page, pages, len(found.cells))
