"""What went wrong with a code that nobody has: a letter, a digit too few, a number with decimals."""

import re
from collections.abc import Iterator

from scorecard.language import NC_
from scorecard.names import fold
from scorecard.registry.model import Registry, UnitLevel

_LETTERS = re.compile("[OoIlL〇]")
_DIGITS_MEANT = str.maketrans({"o": "0", "〇": "0", "i": "1", "l": "1"})  # of a folded text
_FLOAT = re.compile(r"(\d+)\.0+", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)


def code_slip(raw: str, level: UnitLevel, registry: Registry) -> dict[str, str]:
    """Return the parameters `why` and `hint` of the sentence about an unknown code of a unit of `level`.

    Either is "" where there is nothing to say; `hint` names the code to type, and `meant` is that code, if
    exactly one unit fits.
    """
    code = fold(raw).lstrip("'’")
    meant, letter = code.translate(_DIGITS_MEANT), _LETTERS.search(raw)
    if found := _FLOAT.fullmatch(code):
        why, fitting = NC_("part", "，像是当作数字存成了小数"), _known({found[1]}, level, registry)
    elif letter and _DIGITS.fullmatch(meant):
        why = NC_("part", "，里面有「{raw}」，不是数字").format(raw=letter[0])
        fitting = _known({meant}, level, registry)
    elif _DIGITS.fullmatch(code):
        why, fitting = _length(code, level, registry)
    else:
        return {"why": "", "hint": "", "meant": ""}
    unit = fitting[0] if len(fitting) == 1 else ""
    asked = NC_("part", "是否应为「{code}」（{title}）？")
    hint = asked.format(code=unit, title=registry.units[unit].name) if unit else ""
    return {"why": why, "hint": hint, "meant": unit}


def _known(codes: set[str], level: UnitLevel, registry: Registry) -> list[str]:
    return [code for code in sorted(codes) if code in registry.units and registry.units[code].level == level]


def _length(code: str, level: UnitLevel, registry: Registry) -> tuple[str, list[str]]:
    """Return what is said of a code of digits, and the codes that it is with one digit left out."""
    codes = [unit.code for unit in registry.units.values() if unit.level == level]
    lengths = {len(known) for known in codes}
    if len(lengths) != 1 or len(code) in lengths:
        return "", []
    wanted = lengths.pop()
    apart = wanted - len(code)
    few, many = NC_("part", "，应有{wanted}位，只有{count}位"), NC_("part", "，应有{wanted}位，却有{count}位")
    said = (few if apart > 0 else many).format(wanted=wanted, count=len(code))
    return said, [known for known in codes if apart == 1 and code in _one_less(known)]


def _one_less(code: str) -> Iterator[str]:
    return (code[:place] + code[place + 1 :] for place in range(len(code)))
