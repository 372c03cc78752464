"""A survey's report for programs: plain values for JSON in a fixed order of keys."""

from fractions import Fraction
from typing import Any

from scorecard.survey.answers import Content
from scorecard.survey.credibility import Verdict
from scorecard.survey.district import District
from scorecard.survey.measure import Result
from scorecard.survey.model import Definition, Mean
from scorecard.survey.report import Report
from scorecard.survey.wilson import quantile
from scorecard.survey.written import bounds, exactly, number, percentage

VERSION = 1
_MEANS: tuple[Mean, ...] = ("simple", "households", "pooled")


def render_json(report: Report) -> dict[str, Any]:
    """Return the report. Numbers are texts: the exact fraction, and the rounding that is printed."""
    survey = report.survey
    return {
        "version": VERSION,
        "year": report.year,
        "survey": {
            "id": survey.id,
            "title": survey.title,
            "sha256": survey.sha256,
            "confidence": str(survey.confidence),
            "z": str(quantile(survey.confidence)),
            "minimum_sample": survey.minimum_sample,
            "mean": survey.mean,
            "weighting": survey.weighting,
        },
        "blocked": report.blocked,
        "files": [_file(content) for content in report.contents],
        "findings": [finding.record() for finding in report.findings],
        "results": [_result(result, survey) for result in report.results],
        "district": [_district(one, survey) for one in report.districts],
        "shares": [_verdict(verdict) for verdict in report.verdicts],
        "waiting_units": [unit.code for unit in report.waiting],
        "facts": [fact.line for fact in report.facts],
    }


def _file(content: Content) -> dict[str, Any]:
    return {"name": content.file, "sha256": content.sha256, "shape": content.shape, "rows": content.rows}


def _result(result: Result, survey: Definition) -> dict[str, Any]:
    low, high = bounds(result.interval) if result.interval else (None, None)
    return {
        "unit_code": result.unit.code,
        "unit_name": result.unit.name,
        "respondent": result.respondent.code,
        "question": result.question.code,
        "issued": result.issued,
        "returned": result.returned,
        "refused": result.refused,
        "blank": result.blank,
        "dont_know": result.dont_know,
        "valid": result.valid,
        "small": result.small,
        "counts": dict(result.counts),
        "satisfied": exactly(result.satisfied),
        "base": exactly(result.base),
        "effective_sample": exactly(result.effective),
        "rate": _exact(result.rate),
        "rate_percent": None if result.rate is None else percentage(result.rate, survey.decimals),
        "low_percent": low,
        "high_percent": high,
        "score": _exact(result.score),
        "score_printed": None if result.score is None else number(result.score, survey.decimals),
        "file": result.file,
        "row": result.row,
    }


def _district(one: District, survey: Definition) -> dict[str, Any]:
    means = {which: one.mean(which) for which in _MEANS}
    return {
        "respondent": one.respondent.code,
        "question": one.question.code,
        "expected": one.expected,
        "units": one.units,
        "target": _exact(one.target),
        "reached_units": list(one.reached),
        "means": {
            which: {
                "exact": _exact(mean),
                "percent": None if mean is None else percentage(mean, survey.decimals),
                "reaches": one.reaches(which),
            }
            for which, mean in means.items()
        },
        "decided_by": survey.mean,
        "undecided": one.undecided,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    share = verdict.share
    return {
        "unit_code": share.unit.code,
        "respondent": share.respondent.code,
        "question": share.question.code,
        "option": share.option,
        "percent": str(share.percent),
        "base": verdict.base,
        "judgement": verdict.judgement,
        "counts": [verdict.counts[0], verdict.counts[-1]] if verdict.counts else [],
        "fits": [{"who": who, "base": size} for who, size in verdict.fits],
        "file": share.file,
        "cell": f"{share.column}{share.row}",
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else exactly(value)
