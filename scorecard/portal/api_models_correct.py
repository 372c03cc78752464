"""What programs send and get about correcting single cells, and points; a promise as `api_models` is."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from scorecard.portal.api_check import Model
from scorecard.settings import LIMITS

Place = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$")]
Text = Annotated[str, StringConstraints(max_length=LIMITS.max_cell_chars)]


class FailingCell(Model):
    """A cell to look at again. `raw`: what it holds, personal numbers hidden.

    `kind`: `value` is wrong itself; `mate` is another cell of the same indicator and may be the wrong one;
    `note` takes an explanation; `unit` names a community. `choices`: what may stand there, empty where that
    is free.
    """

    sheet: str
    cell: str
    kind: Literal["value", "mate", "note", "unit"]
    unit: str
    item: str
    raw: str
    expected: str
    reason: str
    fix: str
    choices: list[str]


class FailingCells(Model):
    """The failing cells of an upload. `help`: what no new content of a cell mends, "" for nothing."""

    cells: list[FailingCell]
    help: str


class NewCells(Model):
    """What failing cells are to hold, by cell; 清空 empties one."""

    cells: dict[Place, Text] = Field(min_length=1, max_length=LIMITS.max_patch_cells)


class CorrectedCell(Model):
    """One corrected cell; `row`: where the patch says so, as Excel counts."""

    sheet: str
    cell: str
    unit: str
    item: str
    old: str
    new: str
    row: int


class Correction(Model):
    """One correction: the file before and the patch, both by SHA-256, who sent it and when (UTC).

    `how`: `patch` for a file, `web` for a page, `api` for `NewCells`. `told`: what was not taken; `left`: how
    many cells of the patch stayed as they were.
    """

    base: str
    base_name: str
    patch: str
    patch_name: str
    how: str
    actor: str
    at: str
    cells: list[CorrectedCell]
    told: list[str]
    left: int


class ItemPoints(Model):
    """One item. `points` null: others decide; decimals as text. `said`: how it is worked out, or why not."""

    code: str
    name: str
    state: str
    value: str
    points: str | None
    weight: str
    said: str


class UnitPoints(Model):
    """One community: the sum of the items that have points, what these weigh, how many have none yet."""

    code: str
    name: str
    points: str
    weight: str
    open: int
    items: list[ItemPoints]


class Points(Model):
    """What a file alone gives its communities: no score, no place. `absent`: communities without a row."""

    units: list[UnitPoints]
    absent: list[str]
