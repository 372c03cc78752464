"""The street that a person named on the command line: by its code, its name or an alias."""

from scorecard.errors import UserError
from scorecard.registry import Registry, Unit


def asked_street(registry: Registry, year: int, typed: str | None) -> Unit:
    """Return the street of `year` that `typed` means.

    Raises:
        UserError: Nothing was typed, or it is no street of that year; the text lists those there are.
    """
    unit = registry.match(typed, None, "街道", year).unit if typed else None
    if unit is not None and unit.exists(year):
        return unit
    known = "、".join(f"{street.code}（{street.name}）" for street in registry.streets(year))
    said = f"没有街道「{typed}」" if typed else "请用 --street 指定街道"
    raise UserError(f"{said}，可选：{known}。")
