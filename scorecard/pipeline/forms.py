"""The template of a form: whose it is, and what was reported last year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorecard.checks.asks import Asks
from scorecard.checks.numbers import plain_e4
from scorecard.errors import UserError
from scorecard.pipeline.folder import DataFolder, Party
from scorecard.pipeline.senders import owners
from scorecard.pipeline.standing import standing
from scorecard.pipeline.streets import asked_street
from scorecard.pipeline.view import opened
from scorecard.registry import Registry, Unit, load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.model import Form, Rulebook
from scorecard.sheets import Template, template


@dataclass(frozen=True, slots=True)
class TemplateRequest:
    """What `scorecard template` is asked. `form` None: the first form that the party hands in.

    `owner`: a department that is asked for its own indicators only.
    """

    data: Path
    year: int
    rulebook: str | None = None
    street: str | None = None
    party: Party = "street"
    form: str | None = None
    owner: str = ""


def make_template(request: TemplateRequest) -> tuple[bytes, str]:
    """Return the template and a sentence that says what it is.

    Raises:
        UserError: Folder, rulebook or registry cannot be used, or there is no such form or street.
    """
    folder = DataFolder.open(request.data)
    rulebook = load_rulebook(find_rulebook(request.rulebook, request.year))
    registry = load_registry(folder.registry_path())
    form = _form(request, rulebook)
    street = _street(request, form, registry)
    answers = previous_answers(folder, rulebook, registry, request.year)
    codes = owners(rulebook).get(request.owner, frozenset()) if request.owner else None
    wanted = Template(rulebook, registry, request.year, form, street, answers, request.owner, codes)
    if not wanted.units:
        raise UserError(f"{request.year}年度没有要填“{form.name_zh}”的单位，请核对名录和年度。")
    beside = "附上年数" if answers else "没有上年数"
    return template(wanted), f"“{form.name_zh}”（{form.code}），{len(wanted.units)}个单位，{beside}"


def _form(request: TemplateRequest, rulebook: Rulebook) -> Form:
    asked = [f for f in rulebook.forms if f.party == request.party and not f.collected]
    if request.form is not None:
        asked = [f for f in rulebook.forms if f.code == request.form]
    if not asked:
        forms = "、".join(f"{f.code}（{f.name_zh}）" for f in rulebook.forms)
        raise UserError(f"考核办法里没有报表「{request.form or request.party}」，可选：{forms}。")
    return asked[0]


def _street(request: TemplateRequest, form: Form, registry: Registry) -> Unit | None:
    """Return the street that the template is for; a form of the district may be for one street, too."""
    if request.street is None and form.party == "district":
        return None
    return asked_street(registry, request.year, request.street)


def previous_answers(
    folder: DataFolder, rulebook: Rulebook, registry: Registry, year: int
) -> Mapping[tuple[str, str], str]:
    """Return what was reported for the year before, as text by (unit of this year, key of the ask).

    A unit that was renamed has its predecessor's answers; one that was merged has none, since nobody
    reported for it.
    """
    before = year - 1
    asks = Asks(rulebook)
    reported: dict[tuple[str, str], str] = {}
    with opened(folder, before) as view:
        if before not in rulebook.years or not view.folder.has_year(before):
            return {}
        for row in _facts(view.folder, rulebook, registry, before):
            for key, answer in answers_of(row, asks, rulebook):
                reported.setdefault((row["unit_code"], key), said(answer))
    then = {
        u.code: registry.crosswalk(u.code, before)
        for u in (*registry.streets(year), *registry.assessed(year))
    }
    return {
        (unit, key): text
        for unit, units in then.items()
        if len(units) == 1
        for (code, key), text in reported.items()
        if code == units[0].code
    }


def _facts(folder: DataFolder, rulebook: Rulebook, registry: Registry, year: int) -> Iterator[dict[str, Any]]:
    """Yield the facts of a year that stand."""
    for one in standing(folder, rulebook, registry, year):
        yield from one.result.facts.iter_rows(named=True) if one.effective else ()


def said(answer: str | int) -> str:
    """Return an answer as it would be typed."""
    return answer if isinstance(answer, str) else plain_e4(answer)


def answers_of(row: Mapping[str, Any], asks: Asks, rulebook: Rulebook) -> Iterator[tuple[str, str | int]]:
    """Yield the keys of the asks that a fact answers, each with its text or its number in ten-thousandths."""
    asked = asks.of.get(row["indicator_code"], ())
    if row["state"] == "not_applicable" and row["denominator_e4"] is None:
        yield from ((ask.key, rulebook.states.not_applicable[0]) for _, ask in asked)
        return
    words = row["category"] or ""
    events = dict(part.split("×") for part in words.split("；") if "×" in part) if words else {}
    for field, ask in asked:
        number = row.get(f"{field}_e4")
        if ask.kind == "event":
            if ask.name in events:
                yield ask.key, events[ask.name]
        elif field == "text":
            if row["category"]:
                yield ask.key, row["category"]
        elif number is not None:
            yield ask.key, number
