"""What can be asked after a build: explanations, the ledger."""

import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from scorecard.decisions import Outcomes
from scorecard.errors import IntegrityError, UserError
from scorecard.explain import Basis, explain_item, explain_unit
from scorecard.explain.correction import Correction, by_item
from scorecard.ledger import Head, Ledger
from scorecard.messages.appeals import refusal
from scorecard.pipeline.appeals import upheld
from scorecard.pipeline.approvals import approval_files, load_approvals
from scorecard.pipeline.decided import decide, decision_files
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.mended import typed_in
from scorecard.pipeline.named import hold, objects
from scorecard.pipeline.product import Product, open_product
from scorecard.pipeline.progress import progress
from scorecard.pipeline.view import View, opened
from scorecard.registry import Match, Registry, Unit, load_registry
from scorecard.registry.model import UnitLevel
from scorecard.rulebook import load_rulebook
from scorecard.rulebook.model import Rulebook
from scorecard.store import store_at

SHORT_HEAD = 16  # digits of a head that a person has to copy
_HEAD = re.compile(f"[0-9a-fA-F]{{{SHORT_HEAD},64}}")
_LISTED = 5
_LEVELS: Final[tuple[UnitLevel, ...]] = ("社区", "街道")


def explain(data: Path, year: int, home: Path | None, unit: str, indicator: str | None) -> str:
    """Return the chain behind a unit's total or one of its items, from the last build.

    Raises:
        UserError: Nothing was built, the rulebook was changed since, or the unit or indicator is unknown.
    """
    folder = DataFolder.open(data, home)
    product, tables = open_product(folder, year)
    rulebook = load_rulebook(Path(product.rulebook))
    if rulebook.sha256 != product.rulebook_sha256:
        raise UserError(f"考核办法「{product.rulebook}」在计算之后改过，请重新运行 scorecard build 再查。")
    with opened(folder, year) as view:
        registry = load_registry(view.folder.registry_path())
        until = date.fromisoformat(product.as_of)
        approvals = load_approvals(approval_files(view.folder), year, rulebook, registry, until)
        outcomes = _outcomes(view, product, rulebook, registry)
    risen = progress(tables, rulebook, year, outcomes.flags)
    outcomes = replace(outcomes, flags=outcomes.flags + risen)
    code = find_unit(registry, unit, year).code
    corrections = by_item(Correction(**row) for row in product.corrections)
    _refuse_older(folder, year, product)
    basis = Basis(
        tables=tables,
        rulebook=rulebook,
        registry=registry,
        year=year,
        files=product.files,
        documents=approvals.documents,
        waiting=product.waiting,
        doubted=product.doubted,
        owing=frozenset(product.owing),
        outcomes=outcomes,
        corrections=corrections,
        fed=product.fed,
        typed=typed_in(Ledger.at(folder.ledger).entries("received")) if folder.has_ledger else {},
    )
    scored = {i["indicator_code"] for i in basis.items(code)}
    if not scored:
        raise UserError(
            f"「{registry.units[code].name}」在{year}年度没有结果，请核对名录里的成立、撤销日期。"
        )
    if indicator is None:
        return explain_unit(basis, code)
    if indicator.upper() not in scored:
        name, known = registry.units[code].name, "、".join(sorted(scored))
        raise UserError(f"「{name}」没有指标「{indicator}」，可用的有：{known}。")
    return explain_item(basis, code, indicator.upper())


def _outcomes(view: View, product: Product, rulebook: Rulebook, registry: Registry) -> Outcomes:
    """Return what the decision files come to.

    Raises:
        UserError: They are no longer those that the result was made from.
    """
    files = decision_files(view.folder)
    if {f.name: f.sha256 for f in files} != product.decisions:
        raise UserError("decisions 文件夹里的文件在计算之后改过，请重新运行 scorecard build 再查。")
    cut = view.cut(date.fromisoformat(product.as_of))
    return decide(files, [product.year], rulebook, registry, cut).current


def _refuse_older(folder: DataFolder, year: int, product: Product) -> None:
    """Refuse to explain a result that a later decision on an appeal has overtaken."""
    decisions = upheld(Ledger.at(folder.ledger), year) if folder.has_ledger else ()
    newer = [d.decision_no for d in decisions if d.appeal_no not in product.decided]
    if newer:
        raise UserError(refusal("older", decision=newer[-1]))


def find_unit(registry: Registry, name: str, year: int) -> Unit:
    """Return the community or street that `name` (a name, an alias or a code) means.

    A name as it is registered goes before a shortened one; 锦园 alone may be 锦园社区 or 锦园街道.

    Raises:
        UserError: There is none, or there are several of that name.
    """
    matches = [registry.match(name, level=level, year=year) for level in _LEVELS]
    as_said = [match.unit for match in matches if match.unit and match.how != "normalised"]
    meant = as_said or [unit for match in matches for unit in _candidates(match)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        listed = "、".join(f"{unit.code}（{registry.label(unit.code)}）" for unit in meant)
        apart = len({unit.name for unit in meant}) == len(meant)
        how = "写全称或改用编码" if apart else "改用编码"
        raise UserError(f"名录里有{len(meant)}个「{name}」，请{how}：{listed}。")
    near = "、".join(dict.fromkeys(unit.name for match in matches for unit in match.suggestions))
    raise UserError(f"名录里没有叫「{name}」的社区或街道" + (f"，相近的有：{near}。" if near else "。"))


def _candidates(match: Match) -> tuple[Unit, ...]:
    """Return the unit that was found, or those that a name means alike."""
    return (match.unit,) if match.unit else match.suggestions if match.how == "ambiguous" else ()


def example_with(unit: str, year: int, examples: Path = Path("examples")) -> Path:
    """Return the example data folder whose registry knows `unit`, for who names no data folder.

    Raises:
        UserError: None of them does, or there are none.
    """
    folders = sorted(path.parent for path in examples.glob("*/registry.csv"))
    for folder in folders:
        registry = load_registry(folder / "registry.csv")
        if any(_candidates(registry.match(unit, level=level, year=year)) for level in _LEVELS):
            return folder
    looked = "、".join(str(folder) for folder in folders)
    said = f"示例（{looked}）的名录里都没有「{unit}」" if looked else "这里没有示例文件夹"
    raise UserError(f"没有写 --data，{said}，请用 --data 指明数据文件夹。")


def verify_evidence(data: Path, home: Path | None, head: str = "") -> tuple[Head, int]:
    """Recompute the ledger's chain and read every stored object; return the head and the objects' number.

    `head` is the beginning of the hash that a build printed: the entry must still be there.

    Raises:
        UserError: There is no ledger yet, or `head` cannot be the beginning of a hash.
        IntegrityError: An entry or an object was changed or lost, no entry speaks of an object, or the
            database around the entries is not what it was.
    """
    if head and not _HEAD.fullmatch(head):
        raise UserError(f"--head「{head}」不是指纹，应是 build 给出的{SHORT_HEAD}至64位十六进制数。")
    folder = DataFolder.open(data, home)
    ledger = _ledger(folder)
    store = store_at(folder.store)
    found = ledger.verify(head.lower())
    entries = ledger.entries()
    named = dict.fromkeys(sha256 for entry in entries for sha256 in objects(entry))  # many files share one
    hold(store, named, entries)
    unnamed = sorted(set(store.objects()) - named.keys())
    if unnamed:
        raise IntegrityError(_unnamed(unnamed))
    ledger.refuse_remade()
    return found, len(named)


def _unnamed(names: list[str]) -> str:
    listed = "、".join(names[:_LISTED]) + ("等" if len(names) > _LISTED else "")
    return (
        f"台账里没有{len(names)}份留存文件的记录：{listed}。可能是台账末尾的记录被截掉，也可能是上次计算中途断了；"
        "原来的文件都在时，再运行一次 build 会补记。"
    )


def ledger_records(data: Path, home: Path | None) -> Iterator[dict[str, Any]]:
    """Yield every entry of the ledger as plain values, in order."""
    for entry in _ledger(DataFolder.open(data, home)).entries():
        yield asdict(entry)


def _ledger(folder: DataFolder) -> Ledger:
    if not folder.has_ledger:
        raise UserError(f"「{folder.root}」还没有台账，请先运行 scorecard build。")
    return Ledger.at(folder.ledger)
