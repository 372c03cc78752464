"""From TOML tables to the typed rulebook: what is missing, unknown or of the wrong type, in Chinese."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scorecard.rulebook.model import Rulebook
from scorecard.rulebook.problem import ERROR, Problem
from scorecard.rulebook.source import Loc, Source

M = TypeVar("M", bound=BaseModel)

# By pydantic's error type; `{…}` come from its context, `{value}` is what was written.
_SENTENCES = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识的键，请检查拼写",
    "literal_error": "「{value}」不在可选值之内，应为 {expected}",
    "union_tag_invalid": "不认识的规则类型「{tag}」，应为 {expected_tags}",
    "union_tag_not_found": "规则缺少 type",
    "string_type": "应为文字，请加双引号",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "「{value}」的写法不对，应符合 {pattern}",
    "int_type": "应为整数，现为「{value}」",
    "int_from_float": "应为整数，现为「{value}」",
    "int_parsing": "应为整数，现为「{value}」",
    "decimal_type": "应为数，现为「{value}」",
    "decimal_parsing": "应为数，现为「{value}」",
    "finite_number": "应为有限的数，现为「{value}」",
    "date_type": "应为日期，写作 2025-01-31，不加引号",
    "date_from_datetime_parsing": "应为日期，写作 2025-01-31，不加引号",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "tuple_type": "应为列表，请用方括号",
    "model_type": "应为一组键值",
    "model_attributes_type": "应为一组键值",
    "too_short": "至少要有 {min_length} 项",
    "greater_than": "应大于 {gt}，现为「{value}」",
    "greater_than_equal": "应不小于 {ge}，现为「{value}」",
    "less_than_equal": "应不大于 {le}，现为「{value}」",
}
_KINDS = {"number": "数（不加引号）", "bool": "true 或 false", "date": "日期（写作 2025-01-31，不加引号）"}


def parse(source: Source) -> tuple[Rulebook | None, list[Problem]]:
    """Return the typed rulebook, or None and every problem of its structure."""
    book = validate(Rulebook, source.raw)
    if isinstance(book, Rulebook):
        found = [problem(source, loc, text) for loc, text in quoted(source.raw, book, ())]
        return (None if found else book), found
    wrong = (problem(source, error["loc"], sentence(error)) for error in book)
    return None, [p for p in wrong if p.file not in source.broken]


def validate(model: type[M], raw: Any) -> M | list[ErrorDetails]:
    """Return `raw` as `model`, or what is wrong with it."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        return error.errors(include_url=False)


def problem(source: Source, loc: Loc, message: str) -> Problem:
    """Return an error at `loc` of the source."""
    file, key = source.place(loc)
    return Problem(file, key, ERROR, message)


def sentence(error: ErrorDetails) -> str:
    """Return the Chinese sentence of one pydantic error."""
    context = {name: str(value).replace("' or '", "'、'").replace("'", "") for name, value in _context(error)}
    template = _SENTENCES.get(error["type"], "「{value}」不合要求")
    return template.format(**context)


def _context(error: ErrorDetails) -> Iterator[tuple[str, Any]]:
    yield from error.get("ctx", {}).items()
    yield "value", error["input"]


def quoted(raw: Any, typed: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Yield the values that pydantic converted from another type: "3" is not 3, true is not 1."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            yield from quoted(value, getattr(typed, key), (*loc, key))
    elif isinstance(raw, list):
        for index, (value, one) in enumerate(zip(raw, typed, strict=True)):
            yield from quoted(value, one, (*loc, index))
    elif _kind(raw) != _kind(typed):
        yield loc, f"应为{_KINDS.get(_kind(typed), '文字')}，现为「{raw}」"


def _kind(value: Any) -> str:
    """Return which TOML type a leaf has."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | Decimal):
        return "number"
    return "date" if isinstance(value, date) else "text"
