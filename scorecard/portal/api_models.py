"""What programs send and get. The names here are a promise: version 1 only ever gains new ones."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from scorecard.cycle import Excuse, Role, Stage
from scorecard.pipeline.difference import Change
from scorecard.portal.api_check import Check, Model
from scorecard.portal.api_models_correct import Correction
from scorecard.portal.handing import Need


class Problem(Model):
    """A refusal (RFC 9457). `detail`: the sentence for a person; `why`: what of the year forbids it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    why: str = ""


class Numbers(Model):
    """What a file says otherwise than the version before (`against`: its receipt, "" for none)."""

    against: str
    new: list[Change]
    changed: list[Change]
    removed: list[Change]
    same: int


class Absence(Model):
    """A request for 不涉及. `cell` and `typed` are "" where the note of a row asks; `state` by the district.

    `document`: by which it was approved; `reason`: why it was decided so, or an earlier file's refused.
    """

    unit: str
    indicator: str
    indicator_name: str
    row: int
    cell: str
    typed: str
    note: str
    state: Excuse
    state_name: str
    document: str
    reason: str


class Upload(Model):
    """A file that was uploaded, by its SHA-256.

    `receipt`: where it was handed in already. Else `refused` or `locked` say why it cannot be ("" where it
    can), and `needs` what has to be confirmed or, for `reason`, written when it is. `text`: the report as
    the command prints it for a person. `corrections`: how it was made of files before it, the first first.
    """

    sha256: str
    name: str
    bytes: int
    receipt: str
    refused: str
    locked: str
    needs: list[Need]
    text: str
    check: Check
    difference: Numbers
    corrections: list[Correction]
    absences: list[Absence]


class Reading(Model):
    """How to read an upload; what is left out the program finds out. `mapping`: column letter to target."""

    sheet: str | None = Field(default=None, max_length=200)
    header_row: int | None = Field(default=None, ge=1, le=9999)
    encoding: Literal["utf-8", "gb18030", "utf-16", "big5"] | None = None
    mapping: dict[str, str] = Field(default_factory=dict, max_length=500)


class Submission(Model):
    """What is confirmed when a file is handed in. `reason`: why it is late."""

    errors: bool = False
    removed: bool = False
    replacing: bool = False
    reason: str = Field(default="", max_length=500)


class Receipt(Model):
    """A receipt; `at` is Beijing's time. `missing`: communities that the file does not have.

    `corrections`: how the file was made of files before it, the first first.
    """

    number: str
    at: str
    actor: str
    sender: str
    form: str
    name: str
    sha256: str
    bytes: int
    rows: int
    cells: int
    facts: int
    sheet: str
    header_row: int
    encoding: str
    accepted: list[str]
    waiting: list[str]
    missing: list[str]
    findings: dict[str, int]
    corrections: list[Correction]


class Deadline(Model):
    """One deadline; `left` in words."""

    name: str
    due: date
    left: str
    over: bool


class Community(Model):
    """One unit: numbers that came of those asked for. `waits`: a wrong cell holds it back."""

    name: str
    came: int
    asked: int
    waits: bool


class TaskForm(Model):
    """One form that is owed. `missing`: indicators that no unit has yet; `receipt`: of the last file."""

    code: str
    name: str
    receipt: str
    stage: Stage
    stage_name: str
    locked: str
    came: int
    asked: int
    missing: list[str]
    communities: list[Community]


class Draft(Model):
    """An upload that was not handed in yet."""

    sha256: str
    name: str
    bytes: int


class Task(Model):
    """What the token's account has to hand in."""

    year: int
    sender: str
    today: date
    deadlines: list[Deadline]
    forms: list[TaskForm]
    drafts: list[Draft]


class File(Model):
    """A file that was handed in. `waits`: for a step of the token's account."""

    number: str
    sender: str
    form: str
    form_name: str
    sha256: str
    stage: Stage
    stage_name: str
    version: int
    waits: bool


class Files(Model):
    """Files, the latest first."""

    files: list[File]


class Cell(Model):
    """A cell that is returned, with its reason."""

    sheet: str = Field(default="", max_length=200)
    cell: str = Field(max_length=20)
    reason: str = Field(max_length=500)


class Taken(Model):
    """A step that was taken."""

    to: Stage
    name: str
    actor: str
    role: Role
    on: date
    reason: str
    cells: list[Cell]


class Way(Model):
    """A step that this account may take. `against`: why it cannot be taken now, "" where it can."""

    to: Stage
    name: str
    against: str
    reason: bool
    cells: bool


class FileDetail(Model):
    """A file with its steps, what can be done, and what the checks say of it now."""

    file: File
    steps: list[Taken]
    ways: list[Way]
    check: Check
    difference: Numbers
    absences: list[Absence]


class Step(Model):
    """A step to take. `findings`: every error that the checks find is a reason for its cell."""

    to: Stage
    reason: str = Field(default="", max_length=500)
    cells: list[Cell] = Field(default_factory=list, max_length=1000)
    findings: bool = False


class Document(BaseModel):
    """The OpenAPI document."""

    model_config = ConfigDict(extra="allow")

    openapi: str
    info: dict[str, Any]
    paths: dict[str, Any]
