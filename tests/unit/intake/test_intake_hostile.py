"""Files that no honest program writes: a refusal in plain words, within 5 seconds and 500 MB."""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from intake_files import archive, ole, raw_xlsx, table

_SECONDS, _MEGABYTES = 5, 500
_READ = """
import json, resource, sys
from pathlib import Path
from scorecard.intake import read
document = read(Path(sys.argv[1]))
own, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
child_counts = document.kind in ("xlsx", "unknown") and child.ru_utime > 0
used = sum(r.ru_utime + r.ru_stime for r in (own, child))
memory = max(int(peak.split()[1]), child.ru_maxrss * child_counts) // 1024
print(json.dumps([[f.code for f in document.findings], used, memory, len(document.sheets)]))
"""


def text(size: int) -> bytes:
    """Return that many bytes of letters that hardly pack."""
    return random.Random(7).randbytes(size // 2).hex().encode()


def one_cell(content: bytes) -> bytes:
    """Return a workbook whose only cell holds `content`."""
    cell = f'<c r="A1" t="inlineStr"><is><t>{content.decode()}</t></is></c>'
    return raw_xlsx(f'<sheetData><row r="1">{cell}</row></sheetData>')


def shared(size: int) -> bytes:
    """Return a workbook with so many bytes of shared strings that nobody uses."""
    strings = b"".join(b"<si><t>%d</t></si>" % n for n in range(size // 20))
    return raw_xlsx("<sheetData/>", extra={"xl/sharedStrings.xml": b"<sst>" + strings + b"</sst>"})


def tall(rows: int) -> bytes:
    """Return a workbook with a number in each of so many rows."""
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, rows + 1))
    return raw_xlsx(f"<sheetData>{cells}</sheetData>")


_LAUGH = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
CLAIM = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'

# Name of the file, its bytes, the codes, and whether a sheet is read all the same.
HOSTILE: list[tuple[str, Callable[[], bytes], list[str], bool]] = [
    ("empty.csv", lambda: b"", ["F101"], False),
    ("bomb.xlsx", lambda: raw_xlsx("", extra={"xl/a.xml": b" " * 300_000_000}), ["F116"], False),
    (
        "nested.xlsx",
        lambda: archive({"xl/workbook.xml": text(1000), **{f"xl/{n}": b"" for n in range(2500)}}),
        ["F116"],
        False,
    ),
    ("cell-60MB.csv", lambda: text(60_000_000), ["F102"], False),
    ("cell-19MB.csv", lambda: text(19_000_000), ["S303"], False),
    ("quote-19MB.csv", lambda: b'a,b\n"' + text(19_000_000), ["S303"], False),
    ("cell-60MB.xlsx", lambda: one_cell(b"a" * 60_000_000), ["F116"], False),
    ("cell-16MB.xlsx", lambda: one_cell(text(16_000_000)), ["S303"], False),
    ("strings.xlsx", lambda: shared(60_000_000), [], True),
    ("claim.xlsx", lambda: raw_xlsx(CLAIM), [], True),
    ("tall.xlsx", lambda: tall(1_048_576), ["S301"], False),
    ("laughs.xlsx", lambda: raw_xlsx("<sheetData/>", prolog=_LAUGH), ["F110"], False),
    ("password.xlsx", Path(__file__).with_name("password.xlsx").read_bytes, ["F109"], False),
    ("password-shell.xlsx", lambda: ole("EncryptedPackage", b"x"), ["F109"], False),
    ("macro.xlsm", lambda: raw_xlsx(CLAIM, extra={"xl/vbaProject.bin": b"x" * 9_999}), ["F119"], True),
    ("pdf.csv", lambda: b"%PDF-1.7\n" + text(1_000_000), ["F104"], False),
    ("picture.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + text(1_000_000), ["F105"], False),
    ("cut.xlsx", lambda: table([["a", 1]])[:-30], ["F110"], False),
    ("commas.csv", lambda: b"," * 19_000_000, [], True),
    ("lines.csv", lambda: b"1\n" * 9_000_000, ["S301"], False),
]


@pytest.mark.parametrize(("name", "make", "codes", "read"), HOSTILE, ids=[h[0] for h in HOSTILE])
def test_a_hostile_file_is_refused_quickly(
    name: str, make: Callable[[], bytes], codes: list[str], read: bool, tmp_path: Path
) -> None:
    """Processor time of both processes and the larger one's memory stay within bounds."""
    path = tmp_path / name
    path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=True
    )
    found, seconds, megabytes, sheets = json.loads(done.stdout)
    assert (found, bool(sheets)) == (codes, read)
    assert seconds < _SECONDS
    assert megabytes < _MEGABYTES
