"""The file that goes back to the clerk: whatever was found in it is found again at the same place."""

import checks_files
import checks_scenarios
import pytest
from checks_files import NAMES, codes, context, run
from checks_scenarios import SCENARIOS

from scorecard.checks import CheckContext, CheckResult, check
from scorecard.checks.own import LIST_MARK, PROBLEMS
from scorecard.intake import read_bytes
from scorecard.intake.document import Document, Sheet
from scorecard.sheets import annotated

_ABOUT_THE_FILE = ("F", "K532")  # encodings and extensions are not carried over; our own marks are new


def places(result: CheckResult) -> list[tuple[int, str, str, str]]:
    """Return what was found where, but for what belongs to the file's kind."""
    found = [f for f in result.findings if not f.code.startswith(_ABOUT_THE_FILE)]
    return sorted((f.row or 0, f.column, f.code, f.raw) for f in found)


@pytest.mark.parametrize("code", [c for c in SCENARIOS if c not in ("C429", "C437", "K532", "T706")])
def test_a_returned_file_is_read_as_the_original(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sent back and sent in again unchanged: the same findings at the same cells, the same facts."""
    asked: list[CheckContext] = []

    def spy(document: Document, given: CheckContext) -> CheckResult:
        asked.append(given)
        return check(document, given)

    monkeypatch.setattr(checks_files, "check", spy)
    monkeypatch.setattr(checks_scenarios, "check", spy)
    first = SCENARIOS[code]()
    second = check(read_bytes("退回.xlsx", annotated(first)), asked[-1])
    assert places(second) == places(first)
    assert second.facts.drop("sha256", "sheet").equals(first.facts.drop("sha256", "sheet"))


def test_an_identity_number_does_not_go_round() -> None:
    """The returned file hides it; what is left of the row is then taken in."""
    first = run([["社区名称", "持证人数", "备注"], [NAMES[0], "3", "张三610102198001011234"]])
    back = check(read_bytes("退回.xlsx", annotated(first)), context())
    assert codes(first) == ["C429"]
    assert codes(back) == ["K532"]
    assert not any("19800101" in text for s in back.document.sheets for row in s.rows for text in row)


def test_our_marks_are_no_data() -> None:
    """Column and sheets of ours are left out and said, once; cells keep their places."""
    rows = (("社区名称", PROBLEMS, "持证人数"), (NAMES[0], "第2行：坏了", "3"))
    ours = Sheet("随便改的名", ((LIST_MARK,), ("社区名称", "持证人数"), (NAMES[1], "9")))
    document = Document("报表.xlsx", "0" * 64, 1, "xlsx", sheets=(Sheet("填报", rows), ours))
    result = check(document, context())
    assert codes(result) == ["K532"]
    assert [(c.column, c.header) for c in result.mapping] == [("A", "社区名称"), ("C", "持证人数")]
    assert result.facts["row"].to_list() == [2]


def test_a_sheet_of_data_may_be_called_like_ours() -> None:
    """The name alone makes no sheet ours: 问题清单 with a form in it is read."""
    rows = (("社区名称", "持证人数"), (NAMES[0], "3"))
    document = Document("报表.xlsx", "0" * 64, 1, "xlsx", sheets=(Sheet("问题清单", rows),))
    assert check(document, context()).facts.height == 1


def test_our_sheets_alone_are_no_submission() -> None:
    """Somebody sends the list of problems without the form: that is an error, not a clean file."""
    document = Document("报表.xlsx", "0" * 64, 1, "xlsx", sheets=(Sheet("问题清单", ((LIST_MARK,),)),))
    assert [f.code for f in check(document, context()).findings] == ["H210", "K532"]
