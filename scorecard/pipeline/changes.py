"""What `appeal decide --set` asks for: read, held to the checks, beside the number that counts until then."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from scorecard.checks import CheckContext
from scorecard.errors import UserError
from scorecard.explain import STATES
from scorecard.explain.correction import FIELDS
from scorecard.ledger import Ledger
from scorecard.messages.appeals import refusal
from scorecard.pipeline.appeals import Appeal, Change, upheld
from scorecard.pipeline.corrections import Key, fields_of, judge, recorded, settle, shown
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.inspect import counted
from scorecard.pipeline.product import open_product
from scorecard.pipeline.resolve import Checked
from scorecard.pipeline.view import opened
from scorecard.registry import load_registry
from scorecard.rulebook import load_rulebook
from scorecard.rulebook.model import Indicator

_SET = re.compile(r"([A-Za-z]+\d+)\.([^=]+)=(.*)", re.DOTALL)
_SETTABLE = ("missing", "not_applicable", "disputed")


def changes_of(
    given: Sequence[str], appeal: Appeal, folder: DataFolder, ledger: Ledger, *, others: bool
) -> list[Change]:
    """Return the changes as they are kept: read, held to the checks, with the old values, and with every
    other item of the unit that asks for the same number.

    Raises:
        UserError: A change cannot be made (all of them are told), or is of an indicator that nobody appealed
            although `others` does not let it.
    """
    standing = _standing(folder, ledger, appeal)
    wanted, wrong = _wanted(given, standing)
    beside = [code for code in wanted if code != appeal.indicator_code]
    if beside and not others:
        wrong.append(_beside(beside, appeal, standing))
    held: list[Change] = []
    for key, texts in _with_shared(wanted, standing).items():
        try:
            held += standing.held(key, texts)
        except UserError as error:
            wrong.append(str(error))
    if wrong:
        raise UserError("".join(wrong))
    return held


def _beside(codes: Sequence[str], appeal: Appeal, standing: "_Standing") -> str:
    indicators = standing.context.rulebook.indicators
    named = {code: f"{code} {indicators[code].name_zh}" for code in (appeal.indicator_code, *codes)}
    return refusal(
        "other_indicator",
        no=appeal.appeal_no,
        unit=standing.context.names[standing.unit],
        appealed=named[appeal.indicator_code],
        others="、".join(named[code] for code in codes),
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """What counts of the appealing unit before the decision."""

    context: CheckContext
    unit: str
    checked: list[Checked]  # the year's files without what earlier decisions changed
    made: Mapping[Key, Checked]

    def row(self, code: str) -> Mapping[str, Any] | None:
        """Return the fact that counts of an indicator, None where there is none."""
        key = self.unit, code
        if key in self.made:
            return self.made[key].result.facts.row(0, named=True)
        return recorded(self.checked, key)

    def held(self, code: str, texts: Mapping[str, str]) -> list[Change]:
        """Return the changes of one item with their old values and the new ones as they were read.

        Raises:
            UserError: The item cannot be changed like that, or nothing would change.
        """
        row = self.row(code)
        typed = [
            Change(unit_code=self.unit, indicator_code=code, field=f, old=shown(row, f), new=text)
            for f, text in texts.items()
        ]
        after = judge(self.context, (self.unit, code), row, typed, "").facts.row(0, named=True)
        events = self.context.rulebook.indicators[code].measure == "events"
        kept = [replace(c, new=c.new if events else shown(after, c.field)) for c in typed]
        if all(c.new == c.old for c in kept):
            name, indicator = self.context.names[self.unit], self.context.rulebook.indicators[code].name_zh
            field = FIELDS[kept[0].field]
            raise UserError(refusal("same", unit=name, indicator=indicator, field=field, value=kept[0].new))
        return kept


def _standing(folder: DataFolder, ledger: Ledger, appeal: Appeal) -> _Standing:
    year = appeal.year
    product, _ = open_product(folder, year)
    rulebook = load_rulebook(Path(product.rulebook))
    with opened(folder, year) as view:
        registry = load_registry(view.folder.registry_path())
        checked = counted(view.folder, rulebook, registry, year, date.fromisoformat(product.as_of))
    settled = settle(checked, upheld(ledger, year), rulebook, registry, year)
    made = {c.result.facts.select("unit_code", "indicator_code").row(0): c for c in settled.made}
    context = CheckContext(rulebook, registry, year, "district")
    return _Standing(context, appeal.unit_code, settled.checked, made)


_Texts = dict[str, dict[str, str]]  # by indicator and field


def _wanted(given: Sequence[str], standing: _Standing) -> tuple[_Texts, list[str]]:
    """Return what is to be changed as it was typed, and what is wrong with it, all at once."""
    wanted: _Texts = {}
    wrong: list[str] = []
    for text in given:
        found = _SET.fullmatch(text.replace("＝", "=").strip())
        if found is None:
            wrong.append(refusal("bad_set", given=text))
            continue
        code, field, value = found[1].upper(), _field(found[2]), found[3].strip()
        said = _wrong(code, field, value, standing)
        if not said and field in wanted.setdefault(code, {}):
            said = refusal("set_twice", indicator=code, field=FIELDS[field])
        if said:
            wrong.append(said)
        else:
            wanted[code][field] = value
    wrong += [refusal("state_alone", indicator=c) for c, t in wanted.items() if "state" in t and len(t) > 1]
    return {code: texts for code, texts in wanted.items() if texts}, wrong


def _field(text: str) -> str:
    """Return the field that is meant, in English or Chinese; what is not known as it was typed."""
    names = {zh: name for name, zh in FIELDS.items()}
    return names.get(text.strip(), text.strip().lower())


def _wrong(code: str, field: str, value: str, standing: _Standing) -> str:
    """Return why a change cannot even be tried, "" if it can."""
    context = standing.context
    indicator = context.rulebook.indicators.get(code)
    street = context.registry.units[standing.unit].level == "街道"
    own = context.rulebook.street.indicators if street else context.rulebook.community_indicators
    if indicator is None or indicator not in own:
        return refusal("bad_indicator", unit=context.names[standing.unit], indicator=code)
    if code not in context.asks.of:
        return refusal("derived", indicator=code)
    known = fields_of(context, code)
    if field not in FIELDS:
        return refusal("bad_field", field=field, known="、".join(FIELDS))
    if field not in known:
        return refusal("no_field", indicator=code, field=FIELDS[field], known="、".join(known))
    if field == "state":
        return _wrong_state(indicator, value)
    return "" if value else refusal("empty", option=f"--set {code}.{field}", what="改成什么")


def _wrong_state(indicator: Indicator, value: str) -> str:
    words = [STATES[state] for state in _SETTABLE]
    if value not in words:
        return refusal("bad_state", value=value, known="、".join(words))
    if value == STATES["not_applicable"] and not indicator.allow_not_applicable:
        return refusal("not_allowed", indicator=indicator.code)
    return ""


def _with_shared(wanted: _Texts, standing: _Standing) -> _Texts:
    """Return the changes with those of every other item that was made from the same reported number.

    An input is asked once (decision record 2): what is wrong in its cell is wrong in all that it feeds.
    """
    found = {code: dict(texts) for code, texts in wanted.items()}
    asks = standing.context.asks
    for code, texts in wanted.items():
        for field, ask in asks.of[code]:
            for slot in ask.slots if field in texts and ask.kind == "number" else ():
                if _same_number(standing, (code, field), (slot.indicator.code, slot.field)):
                    found.setdefault(slot.indicator.code, {}).setdefault(slot.field, texts[field])
    return found


def _same_number(standing: _Standing, one: tuple[str, str], other: tuple[str, str]) -> bool:
    first, second = standing.row(one[0]), standing.row(other[0])
    return second is not None and shown(first, one[1]) == shown(second, other[1]) != ""
