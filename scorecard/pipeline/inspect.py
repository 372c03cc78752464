"""Reading and checking files: all of a year's for a build, any for `scorecard check`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scorecard.checks import CheckContext, CheckResult, check
from scorecard.errors import UserError
from scorecard.findings import Finding
from scorecard.intake import read, read_many
from scorecard.messages import make
from scorecard.pipeline.approvals import FILE as APPROVALS
from scorecard.pipeline.approvals import load_approvals
from scorecard.pipeline.folder import DataFolder, Party, Submitted
from scorecard.pipeline.resolve import Checked
from scorecard.registry import Registry, load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Rulebook


def check_submitted(
    files: Sequence[Submitted],
    year: int,
    context: Callable[[Party], CheckContext],
    progress: Callable[[str, int, int], None],
) -> list[Checked]:
    """Return every file with what its checks say, in order."""
    progress("读取文件", 0, len(files))
    documents = read_many([f.path for f in files])
    checked = []
    for number, (file, document) in enumerate(zip(files, documents, strict=True), 1):
        result = check(replace(document, name=file.relative), context(file.party))
        checked.append(Checked(file, year, file.path.read_bytes(), result))
        progress("检查数据", number, len(files))
    return checked


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What `scorecard check` is asked. `party` None: a file below sources/ is the district's."""

    files: Sequence[Path]
    data: Path
    year: int
    rulebook: str | None = None
    street: str | None = None
    party: Party | None = None
    encoding: str | None = None


def check_files(request: CheckRequest) -> list[CheckResult]:
    """Return what the checks say of each file; nothing is stored.

    Raises:
        UserError: A file does not exist, or folder, rulebook or registry cannot be used.
    """
    folder = DataFolder.open(request.data)
    rulebook = load_rulebook(find_rulebook(request.rulebook, request.year))
    registry = load_registry(folder.registry_path())
    approvals = load_approvals(folder.decision(APPROVALS), request.year, rulebook, registry)
    results = []
    for path in request.files:
        if not path.is_file():
            raise UserError(f"没有找到文件「{path}」。")
        context = CheckContext(
            rulebook=rulebook,
            registry=registry,
            year=request.year,
            party=request.party or ("district" if "sources" in path.resolve().parts else "street"),
            street_code=request.street,
            approvals=approvals.pairs,
        )
        results.append(check(read(path, encoding=request.encoding), context))
    return results


def missing_files(
    checked: Sequence[Checked], rulebook: Rulebook, registry: Registry, year: int
) -> list[Finding]:
    """Return a finding for each street whose own form has not come, nor the platform's in its place."""
    levels = {form.code: frozenset(form.levels) for form in rulebook.forms}
    arrived = [
        (levels[c.result.form], set(c.result.units)) for c in checked if c.result.form and not c.superseded_by
    ]
    findings = []
    for form in rulebook.forms:
        for street in registry.streets(year) if form.party == "street" else ():
            owed = {u.code for u in registry.assessed(year) if registry.street_of(u.code) is street}
            came = any(levels[form.code] <= have and owed & units for have, units in arrived)
            if owed and not came:
                findings.append(make("W853", unit_code=street.code, street=street.name, form=form.name_zh))
    return findings
