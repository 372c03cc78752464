"""Every sentence of the checks is produced by a file, and reads as Chinese."""

import re

import pytest
from checks_files import rulebook
from checks_scenarios import NEVER, SCENARIOS

from scorecard.checks import CheckResult
from scorecard.findings import Finding
from scorecard.messages import CATALOGUE
from scorecard.messages.cells import CELLS

_HAN = "[\u4e00-\u9fff」）]"
_ASCII_PUNCTUATION = re.compile(rf"{_HAN}[,.;:!?()]|[,;:!?()]{_HAN}")
_ENGINE = re.compile(r"error|exception|null|nan|none|polars|pandera|traceback|schema", re.IGNORECASE)


def found(result: CheckResult, code: str) -> list[Finding]:
    """Return the findings of `code`."""
    return [f for f in result.findings if f.code == code]


def test_every_code_is_produced_or_listed() -> None:
    """The catalogue holds no sentence that no file can bring out."""
    assert set(SCENARIOS) | NEVER == set(CELLS)


@pytest.mark.parametrize("code", SCENARIOS)
def test_a_small_file_gives_the_finding(code: str) -> None:
    """The finding comes, with a sentence, a fix and the file's name."""
    findings = found(SCENARIOS[code](), code)
    assert findings
    assert all(f.message and f.fix and f.file for f in findings)
    assert all(f.severity == CATALOGUE[code].severity for f in findings)


@pytest.mark.parametrize("code", SCENARIOS)
def test_sentences_are_chinese(code: str) -> None:
    """Full-width punctuation, a full stop at the end, no placeholder, no word of an engine."""
    for finding in found(SCENARIOS[code](), code):
        for sentence in (finding.message, finding.fix):
            typed = sentence.replace(finding.raw, "") if finding.raw else sentence
            assert sentence.endswith(("。", "？"))
            assert not _ASCII_PUNCTUATION.search(typed), sentence
            assert not _ENGINE.search(typed), sentence
            assert "{" not in typed, sentence


@pytest.mark.parametrize("code", [c for c in SCENARIOS if c.startswith("C4") and c not in ("C429", "C430")])
def test_a_cell_is_named_with_its_value(code: str) -> None:
    """A finding about a cell has its Excel coordinate, and the sentence quotes the value in 「」."""
    for finding in found(SCENARIOS[code](), code):
        assert finding.cell
        assert f"第{finding.row}行{finding.column}列" in finding.message
        assert f"「{finding.raw}」" in finding.message or f"「{finding.raw}" in finding.message


@pytest.mark.parametrize("code", SCENARIOS)
def test_the_same_bytes_give_the_same_result(code: str) -> None:
    """Twice the same file: the same findings in the same order, the same facts."""
    first, second = SCENARIOS[code](), SCENARIOS[code]()
    assert first.findings == second.findings
    assert first.facts.equals(second.facts)


def test_every_finding_names_the_rule_that_is_not_met() -> None:
    """The code of the rulebook's check where one stands behind it, else the catalogue's own code."""
    own = {c.code for c in (*rulebook().cross_checks, *rulebook().sum_checks, *rulebook().order_checks)}
    own |= {value.code for value in rulebook().context}
    for code, scenario in SCENARIOS.items():
        for finding in found(scenario(), code):
            by_rulebook = code in ("X610", "X612", "X616", "X617", "X618", "X619")
            assert (finding.rule in own) if by_rulebook else finding.rule == code
            assert finding.record()["rule"] == finding.rule
