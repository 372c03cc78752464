"""Clean canonical files of the small registry, and every way in which the tests spoil one."""

import zlib
from collections.abc import Callable, Sequence
from fractions import Fraction

from checks_files import CODES, FAR, OTHER_STREET, STREET, registry, rulebook

from scorecard.checks.asks import asked_codes
from scorecard.rulebook.model import Cat, Form, Indicator, Input

HEADER = ["year", "unit_code", "indicator_code", "numerator", "denominator", "value", "text"]
_COLUMN = {name: number for number, name in enumerate(HEADER)}

Lines = list[list[str]]
Spoil = Callable[[Lines], object]


def form(code: str) -> Form:
    """Return a form of the example rulebook."""
    return next(f for f in rulebook().forms if f.code == code)


def asked(code: str) -> list[Indicator]:
    """Return the indicators of a form, in printed order."""
    codes = asked_codes(form(code), rulebook())
    return [i for i in rulebook().indicators.values() if i.code in codes]


def clean(units: Sequence[str], indicators: Sequence[Indicator], seed: int = 0) -> Lines:
    """Return the rows of a clean file."""
    return [_row(unit, indicator, seed) for unit in units for indicator in indicators]


def encode(lines: Lines) -> bytes:
    """Return the bytes as a machine writes them."""
    return "".join(",".join(line) + "\n" for line in [HEADER, *lines]).encode()


def _noise(*parts: object) -> int:
    return zlib.crc32("/".join(map(str, parts)).encode()) % 10_000


def _row(unit: str, indicator: Indicator, seed: int) -> list[str]:
    cells = {i.field: _number(unit, i, seed) for i in indicator.inputs if i.field != "text"}
    if "denominator" in cells:
        share = Fraction(_noise(unit, indicator.code, seed) % 5, 4)  # 0, 25, … 100 %
        cells["numerator"] = str(int(Fraction(cells["denominator"]) * share))
    if indicator.events:
        cells["value"] = "0"
    if isinstance(indicator.rule, Cat):
        names = [c.name for c in indicator.rule.categories]
        cells["text"] = names[_noise(unit, indicator.code, seed) % len(names)]
    return ["2025", unit, indicator.code, *(cells.get(f, "") for f in HEADER[3:])]


def _number(unit: str, item: Input, seed: int) -> str:
    """Return the registry's number where it has one, else a plausible one; some with decimals."""
    drawn = _noise(unit, item.name, seed)
    for context in rulebook().context:
        if item.name in context.same_as:
            registered = getattr(registry().units[unit], context.registry_field or "note")
            sound = {"households": 1200, "population": 3600, "grids": 3}
            low, high = context.minimum, context.maximum
            if context.registry_field:
                return str(registered or sound[context.registry_field])
            if low is not None and high is not None:
                return str(int(low + (high - low) / 4) + drawn % 3 + 1)
    if item.maximum is not None and item.maximum <= 100:
        return str(max(2, drawn % (int(item.maximum) + 1)))
    return f"{drawn % 50 + 4}" + (f".{drawn % 9 + 1}" if item.decimals else "")


def at(code: str, column: str, text: str) -> Spoil:
    """Return what writes `text` into the first row of an indicator, if it has one."""

    def spoil(lines: Lines) -> None:
        for line in [line for line in lines if line[2] == code][:1]:
            line[_COLUMN[column]] = text

    return spoil


def everywhere(column: str, text: str) -> Spoil:
    """Return what writes `text` into a whole column."""

    def spoil(lines: Lines) -> None:
        for line in lines:
            line[_COLUMN[column]] = text

    return spoil


def in_unit(text: str) -> Spoil:
    """Return what gives all rows of the first unit to another one."""

    def spoil(lines: Lines) -> None:
        first = lines[0][1]
        for line in lines:
            line[1] = text if line[1] == first else line[1]

    return spoil


def _without_unit(lines: Lines) -> None:
    first = lines[0][1]
    lines[:] = [line for line in lines if line[1] != first]


# The indicators that are spoilt below, and others that ask for the same numbers: a file of these says as much
# as one of all, which takes three times as long.
SPOILT = (
    *("ZC01", "ZC03", "XZ07", "XZ10", "TH11"),
    *("XN01", "XN02", "XN03", "XN04", "XN08"),
    *("FY01", "FY02", "FY04", "FY05"),
)
# What the general path remarks upon, or not: in both cases the bulk must agree with it exactly.
JUDGED: dict[str, Spoil] = {
    "nothing": lambda lines: None,
    "rows in another order": lambda lines: lines.reverse(),
    "units interleaved": lambda lines: lines.sort(key=lambda line: line[2]),
    "no year": everywhere("year", ""),
    "no year in a row": at("ZC01", "year", ""),
    "decimals that are none": at("XN08", "value", "5.0"),
    "two decimals": at("FY02", "numerator", "5.25"),
    "category by another name": at("FY01", "text", "省级和谐社区"),
    "a zero": at("XN08", "value", "0"),
    "another year in a row": at("ZC01", "year", "2024"),
    "another year": everywhere("year", "2024"),
    "a word for a number": at("XN08", "value", "约3"),
    "a small digit": at("XN08", "value", "12²"),
    "a date without its format": at("XN08", "value", "45992"),
    "a day in one number": everywhere("value", "20251201"),
    "a fraction for a percentage": at("TH11", "value", "0.86"),
    "fractions for percentages": at("TH11", "value", "0.8598"),
    "an exponent": at("XN08", "value", "6.1E+11"),
    "a negative number": at("XN08", "value", "-3"),
    "not a number at all": at("XN08", "value", "nan"),
    "a percent sign": at("XN08", "value", "90%"),
    "不涉及": at("XN08", "value", "不涉及"),
    "待核": at("XN08", "value", "待核"),
    "缺报": at("XN08", "value", "—"),
    "too large": at("XN08", "value", "1000000000"),
    "too many decimals": at("XN08", "value", "1.5"),
    "five decimals": at("FY02", "numerator", "5.00001"),
    "above its maximum": at("FY05", "value", "24"),
    "a share in a % column": at("TH11", "value", "0.95"),
    "above its whole": at("ZC03", "numerator", "9999"),
    "over zero": at("ZC03", "denominator", "0"),
    "half": at("ZC03", "denominator", ""),
    "empty": at("XN08", "value", ""),
    "a surplus number": at("XN08", "numerator", "3"),
    "a wrong rate": at("ZC01", "value", "7.77"),
    "a surplus text": at("XN08", "text", "很好"),
    "more than a note allows": at("FY02", "numerator", "900"),
    "not the registry's": at("XZ07", "denominator", "1300"),
    "two answers to one question": at("XN02", "denominator", "77"),
    "not plausible": lambda lines: [at(c, "denominator", "9000")(lines) for c in ("XN01", "XN02", "XN03")],
    "an unknown category": at("FY01", "text", "世界级"),
    "no category": at("FY01", "text", ""),
    "a telephone number": at("FY01", "text", "13912345678"),
    "an identity number": at("FY01", "text", "110101199003072316"),
    "an unknown unit": in_unit("990100001088"),
    "a unit of yesterday": in_unit(f"{STREET}099"),
    "a unit of another level": in_unit(STREET),
    "a unit of another street": in_unit(FAR),
    "an unknown indicator": at("ZC01", "indicator_code", "ZC77"),
    "a derived indicator": at("ZC01", "indicator_code", "SJ01"),
    "a street's indicator": at("ZC01", "indicator_code", "SJ06"),
    "a row less": lambda lines: lines.pop(),
    "a row in the middle less": lambda lines: lines.pop(len(lines) // 2),
    "a row twice": lambda lines: lines.append(list(lines[0])),
    "a row moved to another unit": lambda lines: lines[0].__setitem__(1, lines[-1][1]),
    "a unit less": _without_unit,
    "a field more": lambda lines: lines[0].append("x"),
    "the header again": lambda lines: lines.append(list(HEADER)),
}
# Answers of an indicator made of events: (value, text).
EVENTS: dict[str, tuple[str, str]] = {
    "none": ("0", ""),
    "a breakdown": ("0.4", "迟报×2"),
    "a whole breakdown without a sum": ("", "迟报×2；退回×1；漏报×0"),
    "a part without a sum": ("", "迟报×2"),
    "a sum without a breakdown": ("0.4", ""),
    "nothing": ("", ""),
    "an unknown event": ("1", "早退×1"),
    "half an event": ("1", "迟报×1.5"),
    "a negative event": ("1", "迟报×-1"),
    "an event by another name": ("1", "迟报次数×1"),
    "words": ("1", "很多"),
}
# Clean or not, these are left to the general path.
LEFT: dict[str, Spoil] = {
    "a total": lambda lines: lines.append(["", "合计", "", "", "", "3", ""]),
    "a footer": lambda lines: lines.append(["填表人：某", "", "", "", "", "", ""]),
    "a blank in front": at("XN08", "value", " 5"),
    "a leading zero": at("XN08", "value", "05"),
    "a plus": at("XN08", "value", "+5"),
    "full-width digits": at("XN08", "value", "５"),
    "a word for zero": at("XN08", "value", "零"),
    "quotes": at("XN08", "value", '"5"'),
    "a comma too many": lambda lines: lines[0].append(""),
    "a comma less": lambda lines: next(line for line in lines if not line[-1]).pop(),
    "a blank line": lambda lines: lines.insert(1, [""]),
    "a line of commas": lambda lines: lines.insert(1, [""] * 7),
    "a right rate": at("ZC01", "value", "0"),
    "a unit with an apostrophe": in_unit(f"'{CODES[0]}"),
    "an indicator in small letters": at("ZC01", "indicator_code", "zc01"),
    "a year with a word": everywhere("year", "2025年"),
}
# The same for whole files, by their bytes.
BYTES: dict[str, Callable[[bytes], bytes]] = {
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "line ends of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "no last line end": lambda data: data[:-1],
    "a NUL": lambda data: data.replace(b"ZC01", b"ZC01\0", 1),
    "GB18030": lambda data: data.decode().encode("gb18030"),
    "broken UTF-8": lambda data: data.replace("级".encode(), "级".encode()[:2], 1),
    "another order of columns": lambda data: data.replace(b"year,unit_code", b"unit_code,year", 1),
    "only the header": lambda data: data.partition(b"\n")[0] + b"\n",
    "nothing": lambda data: b"",
}
OTHER_UNITS = (f"{OTHER_STREET}001", FAR)
