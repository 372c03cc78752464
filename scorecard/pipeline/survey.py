"""A survey's files, from their paths to its report; nothing is stored."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scorecard.checks import CheckResult
from scorecard.errors import UserError
from scorecard.findings import Finding
from scorecard.intake import Document, read_many
from scorecard.messages import make
from scorecard.pipeline.folder import DataFolder
from scorecard.privacy import mask
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Indicator, Rulebook
from scorecard.survey import FILE, SHAPES, Definition, Report, evaluate, form_of, load_definition

# What says that nothing of a file is known: no header, no column of the rulebook, no column of units.
_UNREAD = frozenset(("H201", "K520", "K529"))


@dataclass(frozen=True, slots=True)
class SurveyRequest:
    """What `scorecard survey` is asked."""

    files: Sequence[Path]
    data: Path
    year: int


def survey_files(request: SurveyRequest) -> Report:
    """Return what the files of a survey come to.

    The definition is `survey.toml` of the data folder; without one, that beside the rulebook of the year.

    Raises:
        UserError: A file does not exist, or folder, definition, rulebook or registry cannot be used.
    """
    folder = DataFolder.open(request.data)
    for path in request.files:
        if not path.is_file():
            raise UserError(f"没有找到文件「{path}」。")
    edition = find_rulebook(None, request.year)
    rulebook = load_rulebook(edition)
    definition = load_definition(find_definition(folder, edition), rulebook)
    registry = load_registry(folder.registry_path())
    report = evaluate(_documents(request.files), definition, registry, request.year, _decimals(rulebook))
    return replace(report, findings=tuple(map(_masked, report.findings)))


def questionnaire(result: CheckResult, definition: Definition) -> CheckResult:
    """Return what is to be said of a checked file: of a survey's that it is one, and which command reads it.

    `result` has its cells. Only a file of which nothing could be read may be one.
    """
    unread = any(f.code in _UNREAD for f in result.findings)
    form = form_of(result.document, definition) if unread else None
    if form is None:
        return result
    about = [f for f in result.findings if f.code.startswith("F")]
    said = make("W893", file=result.document.name, form=SHAPES[form])
    return replace(result, findings=(*about, said), mapping=(), header_row=0)


def find_definition(folder: DataFolder, edition: Path) -> Path:
    """Return the survey's definition: that of the data folder, else the one beside the rulebook.

    Raises:
        UserError: There is none.
    """
    for path in (folder.root / FILE, edition / FILE):
        if path.is_file():
            return path
    raise UserError(f"没有问卷定义：数据文件夹里没有 {FILE}，考核办法里也没有。请放入一份再运行。")


def _documents(paths: Sequence[Path]) -> list[Document]:
    """Return the files as read, each once, under names that differ."""
    paths = list({path.resolve(): path for path in paths}.values())
    names = Counter(path.name for path in paths)
    return [
        document if names[path.name] == 1 else replace(document, name=path.as_posix())
        for path, document in zip(paths, read_many(paths), strict=True)
    ]


def _decimals(rulebook: Rulebook) -> dict[str, tuple[int, int]]:
    """Return the decimals that a ratio's numerator and denominator may have, by indicator."""
    return {i.code: _places(i) for i in rulebook.community_indicators if i.measure == "ratio"}


def _places(indicator: Indicator) -> tuple[int, int]:
    places = {item.field: item.decimals for item in indicator.inputs}
    return places["numerator"], places["denominator"]


def _masked(finding: Finding) -> Finding:
    """Return the finding without personal numbers: questionnaires may carry a respondent's phone."""
    return replace(finding, raw=mask(finding.raw), message=mask(finding.message), header=mask(finding.header))
