"""What a list gives counts instead of a typed number; what it does not give is left as it was typed."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from scorecard.checks import CheckContext, check
from scorecard.cli.arguments import make_parser
from scorecard.intake import read_bytes
from scorecard.pipeline.folder import DataFolder, Submitted
from scorecard.pipeline.listed import TASK_TABLES, UPWARD_TABLES, ListRequest, task_table, upward_table
from scorecard.pipeline.lists import Lists, counted_instead, fed_rows, take_lists
from scorecard.pipeline.owed import not_handed_in, unread
from scorecard.pipeline.ratings import take_ratings
from scorecard.pipeline.resolve import Checked
from scorecard.registry import load_registry
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.worklist import MAX_BYTES

EXAMPLE = Path(__file__).parents[3] / "examples" / "district-xx"
RULEBOOK = load_rulebook(find_rulebook(None, 2025))
REGISTRY = load_registry(EXAMPLE / "registry.csv")
ONE, TWO, THREE = REGISTRY.assessed(2025)[:3]
FED = {i.fed_by: i for i in RULEBOOK.community_indicators if i.fed_by}
HEADER = "社区名称,问题编号,地点,交办日期,整改期限,销号日期,状态"
CUT = date(2025, 12, 31)


def folder(tmp_path: Path, **files: str | bytes) -> DataFolder:
    """Return a data folder with files by their path, / written as __ and . as the last _."""
    (tmp_path / "registry.csv").write_bytes((EXAMPLE / "registry.csv").read_bytes())
    for name, content in files.items():
        path = tmp_path / name.replace("__", "/").replace("_csv", ".csv").replace("_png", ".png")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return DataFolder.open(tmp_path)


def issues(*rows: tuple[str, str, str]) -> str:
    """Return a ledger: community, number, closing day ("" is open)."""
    lines = [
        f"{u},{n},某处,2025-03-01,2025-04-01,{closed},{'已销号' if closed else '整改中'}"
        for u, n, closed in rows
    ]
    return "\n".join([HEADER, *lines]) + "\n"


def lists(data: DataFolder, as_of: date = CUT) -> Lists:
    """Return the folder's lists of 2025."""
    return take_lists(data.lists(2025), 2025, as_of, RULEBOOK, REGISTRY)


def typed(*rows: tuple[str, int, int]) -> Checked:
    """Return a department's file with typed numbers: community, closed, handed out."""
    names = [i.name for i in FED["issues"].inputs]
    text = f"社区名称,{','.join(names)}\n" + "".join(f"{u},{n},{d}\n" for u, n, d in rows)
    document = read_bytes("sources/2025/x.csv", text.encode())
    result = check(document, CheckContext(RULEBOOK, REGISTRY, 2025, "district"))
    return Checked(Submitted(Path("x.csv"), "sources/2025/x.csv", "district"), 2025, result)


def numbers(checked: Checked) -> dict[str, tuple[int, int]]:
    """Return (numerator, denominator) by unit of the issue indicator."""
    own = checked.result.recorded.filter(pl.col("indicator_code") == FED["issues"].code)
    return {r["unit_code"]: (r["numerator_e4"], r["denominator_e4"]) for r in own.iter_rows(named=True)}


def test_the_table_counts_and_the_rest_stays_typed(tmp_path: Path) -> None:
    """ONE has 2 of 3 in the ledger, 3 of 3 typed: the rows count. TWO agrees, THREE is typed."""
    rows = [(ONE.name, f"1-{n}", "2025-03-20") for n in range(2)] + [(ONE.name, "1-2", "2025-05-01")]
    data = folder(tmp_path, issues__2025__a_csv=issues(*rows, (TWO.name, "2-0", "2025-03-20")))
    found = lists(data)
    (left,), said = counted_instead(
        [typed((ONE.name, 3, 3), (TWO.name, 1, 1), (THREE.name, 4, 5))], found, RULEBOOK, REGISTRY
    )
    assert numbers(found.checked[0]) == {ONE.code: (20_000, 30_000), TWO.code: (10_000, 10_000)}
    assert numbers(left) == {THREE.code: (40_000, 50_000)}
    assert [(f.code, f.unit_code, f.indicator_code) for f in said] == [("W971", ONE.code, FED["issues"].code)]
    assert "2÷3" in said[0].message and "「3÷3」" in said[0].message


def test_the_fact_points_to_its_rows(tmp_path: Path) -> None:
    """File, first row and columns of the unit, and every row for `explain`."""
    rows = [(TWO.name, "2-0", ""), (ONE.name, "1-0", "2025-03-20"), (ONE.name, "1-1", "2025-05-01")]
    found = lists(folder(tmp_path, issues__2025__a_csv=issues(*rows)))
    facts = found.checked[0].result.facts
    one = facts.filter(pl.col("unit_code") == ONE.code).row(0, named=True)
    assert (one["sha256"], one["row"], one["columns"]) == (found.checked[0].result.document.sha256, 3, "E,F")
    told = fed_rows(found.worklist, RULEBOOK)[FED["issues"].code][ONE.code]
    assert (told["on_time"], told["counted"]) == (1, 2)
    assert told["places"] == [{"file": "issues/2025/a.csv", "sheet": "", "rows": [3, 4]}]
    assert [(e["name"], e["standing"], e["row"]) for e in told["open"]] == [("1-1 某处", "late", 4)]


def test_states(tmp_path: Path) -> None:
    """None on time is a true zero, nothing due is 不涉及 by arithmetic, an error is 待核 and waits."""
    data = folder(
        tmp_path,
        issues__2025__a_csv=issues((ONE.name, "1", ""), (THREE.name, "3", "没有")),
        issues__2025__b_csv=f"{HEADER}\n{TWO.name},2,某处,2025-12-01,2026-02-01,,整改中\n",
    )
    found = lists(data)
    states = {
        r["unit_code"]: (r["state"], r["numerator_e4"], r["denominator_e4"])
        for c in found.checked
        for r in c.result.recorded.iter_rows(named=True)
    }
    assert states == {
        ONE.code: ("zero", 0, 10_000),
        TWO.code: ("not_applicable", 0, 0),
        THREE.code: ("disputed", None, None),
    }
    assert [c.result.waiting_units for c in found.checked] == [(THREE.code,), ()]
    (left,), said = counted_instead([typed((THREE.name, 4, 5))], found, RULEBOOK, REGISTRY)
    assert (numbers(left), said) == ({}, [])


def test_the_cut_off_decides(tmp_path: Path) -> None:
    """Closed in May: late at the year's end; at the end of April not closed, and due."""
    data = folder(
        tmp_path, issues__2025__a_csv=issues((ONE.name, "1", "2025-03-20"), (ONE.name, "2", "2025-05-01"))
    )
    for as_of, counts in ((CUT, (1, 2)), (date(2025, 3, 10), (0, 0)), (date(2025, 3, 25), (1, 1))):
        (tally,) = lists(data, as_of).worklist.tallies
        assert (tally.on_time, tally.counted) == counts, as_of


def test_who_is_in_no_table_owes_a_number(tmp_path: Path) -> None:
    """Where the ledger alone speaks of an indicator, a community that it lacks waits as for any row."""
    found = lists(folder(tmp_path, issues__2025__a_csv=issues((ONE.name, "1", "2025-03-20"))))
    owed = not_handed_in([], RULEBOOK, REGISTRY, 2025, (), found.pairs)
    assert TWO.code in owed.units and ONE.code not in owed.units
    assert not not_handed_in([], RULEBOOK, REGISTRY, 2025).units


def test_a_file_that_is_too_large_is_said_and_not_kept(tmp_path: Path) -> None:
    """Nothing of it is read or stored; everything else is."""
    data = folder(tmp_path, issues__2025__a_csv=issues((ONE.name, "1", "2025-03-20")))
    large = tmp_path / "tasks" / "2025" / f"{ONE.name}.png"
    large.parent.mkdir(parents=True)
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    found = lists(data)
    assert [f.code for f in found.findings] == ["W977"]
    assert (len(found.blobs), len(found.checked)) == (1, 1)


def test_misplaced_lists_and_a_rulebook_without_ratings(tmp_path: Path) -> None:
    """A list beside its year's folder is not read and is said; so is upward/ without its chapter."""
    data = folder(tmp_path, tasks__a_csv="x\n", upward__2025__a_csv="x\n")
    assert [(f.code, f.file) for f in unread(data.unread([2025]), 2025)] == [("W950", "tasks/a.csv")]
    bare = RULEBOOK.model_copy(update={"upward": None})
    taken = take_ratings(data.lists(2025), 2025, CUT, bare, REGISTRY)
    assert ([f.code for f in taken.findings], taken.checked) == (["W980"], ())


def test_no_lists_change_nothing(tmp_path: Path) -> None:
    """Without the folders the typed files come back as they were."""
    found = lists(folder(tmp_path))
    before = [typed((ONE.name, 3, 3))]
    after, said = counted_instead(before, found, RULEBOOK, REGISTRY)
    assert after == before and said == []


@pytest.mark.parametrize(("name", "tables"), [("tasks", TASK_TABLES), ("upward", UPWARD_TABLES)])
def test_the_command_offers_every_table(name: str, tables: dict[str, object], tmp_path: Path) -> None:
    """The parser knows every table, and each is made of an empty folder too."""
    data = folder(tmp_path)
    for table in tables:
        arguments = make_parser().parse_args([name, "--data", "x", "--year", "2025", "--table", table])
        assert arguments.table == table
        made = task_table if name == "tasks" else upward_table
        content, said = made(ListRequest(tmp_path, 2025, table, "csv"))
        assert content.decode("utf-8-sig").strip() == "" and said == []
    assert data.lists(2025) == []


def test_a_formula_in_an_exported_table_is_text(tmp_path: Path) -> None:
    """A spreadsheet must not run what somebody typed as a place."""
    text = issues((ONE.name, "=1+1", "2025-03-20")).replace("某处", "=cmd()")
    folder(tmp_path, issues__2025__a_csv=text)
    content, _ = task_table(ListRequest(tmp_path, 2025, "issues", "csv"))
    assert ",'=1+1," in content.decode() and ",'=cmd()," in content.decode()
