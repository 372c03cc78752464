"""The sealed archive: it verifies, is the same every time, and nobody changes a byte of it unnoticed."""

import json
import re
import stat
import struct
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.cli import run
from scorecard.cycle import State
from scorecard.errors import ArchiveError, UserError
from scorecard.ledger import Ledger, Record
from scorecard.pipeline.seal import seal
from scorecard.pipeline.verify import verify
from scorecard.sealed import grouped, root_of, write
from scorecard.sealed.manifest import placeable
from scorecard.store import sha256_hex
from tests.appeals.conftest import NOW, SECOND, District
from tests.appeals.test_signature import keys

OLD = Path(__file__).parents[1] / "archives" / "2025.zip"
BYTES = OLD.read_bytes()
HEADS = {head.filename: head for head in zipfile.ZipFile(OLD).infolist()}
MEMBERS = {name: zipfile.ZipFile(OLD).read(name) for name in HEADS}
ROOT = "ae3e-13c6-6270-dfbe-9645-eb35-08b7-aa74"

in_place = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(path: Path, data: bytes) -> Path:
    """Return a file with these bytes."""
    path.write_bytes(data)
    return path


def forged(path: Path, members: dict[str, bytes], **said: Any) -> Path:
    """Return an archive all of whose hashes agree, whatever is in it: only the root hash gives it away."""
    manifest = json.loads(members["manifest.json"]) | said
    hashes = {n: sha256_hex(d) for n, d in members.items() if n not in ("manifest.json", "ROOT")}
    text = json.dumps(manifest | {"members": hashes}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    head = {"manifest.json": text.encode(), "ROOT": f"{root_of(text.encode())}\n".encode()}
    write(path, {**members, **head}.items())
    return path


def test_an_archive_of_an_older_version_verifies() -> None:
    """Scores, ranks and grades come out as they were; the pages of another version are not compared."""
    found = verify(OLD, ROOT)
    assert found.differences == ()
    assert (found.version, found.same_version, grouped(found.root)) == ("2025.12.1", False, ROOT)


def test_a_sealed_year_verifies_and_is_the_same_every_time(district: District, tmp_path: Path) -> None:
    """Two seals of one evidence are one archive, signed or not; this version compares the pages as well."""
    district.build()
    district.decide(district.appeal().appeal_no, "TH02.numerator=75")
    district.build()
    private, public = keys(tmp_path, "区", 1)
    one = seal(district.root, 2025, None, tmp_path / "1.zip")
    other = seal(district.root, 2025, None, tmp_path / "2.zip", sign_with=private)
    assert one.path.read_bytes() == other.path.read_bytes()
    found = verify(other.path, one.printed, key=public)
    assert (found.ok, found.same_version, found.root, found.signed) == (True, True, one.root, True)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (None, "没有登记年度步骤"),
        ("OPEN", "现在是“填报审核”，这一份是试算结果，请不要印在通报上"),
        ("PUBLICISED", "还在公示，这一份不是定稿，请不要印在通报上"),
        ("FINAL", "根指纹（请印在通报上）："),
        ("ARCHIVED", "以那一份的根指纹为准"),
    ],
)
def test_only_a_final_root_goes_on_the_notice(
    state: str | None,
    said: str,
    district: District,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is sealed before is told to be no final result, and verify tells it too."""
    district.build()
    if state:
        step = {"from": "NONE", "to": state, "actor": "考核办", "role": "office", "on": "2026-03-02"}
        entry = step | {"year": 2025, "document_no": "", "note": ""}
        Ledger.at(district.folder.ledger).append([Record("考核办", "cycle.advance", "2025", entry)], at=NOW)
    out = tmp_path / "a.zip"
    assert run(["seal", "--data", str(district.root), "--year", "2025", "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert said in printed
    assert ("请印在通报上）" in printed) == (state == "FINAL")
    found = verify(out)
    assert found.record()["stamp"] == State(state or "NONE").stamp
    monkeypatch.setattr("scorecard.pipeline.verify.verify", lambda *_, **__: found)  # once is enough
    assert run(["verify", str(out)]) == 0
    assert f"封存时的状态：{State(state or 'NONE').label}" in capsys.readouterr().out


def test_what_is_not_settled_is_not_sealed(district: District, tmp_path: Path) -> None:
    """An undecided appeal, and a decision or a file that no build has seen, stand in the way."""
    district.build()
    number = district.appeal().appeal_no
    with pytest.raises(UserError, match=r"没有决定的申诉（2025-SS-001）"):
        seal(district.root, 2025, None, tmp_path / "a.zip")
    district.decide(number, "TH02.numerator=75")
    with pytest.raises(UserError, match="请先运行 scorecard build 再封存"):
        seal(district.root, 2025, None, tmp_path / "a.zip")
    district.build()
    district.put("sources/2025/补报.csv", f"年度,社区编码,指标编码,分子,分母\n2025,{SECOND},TH03,9,10\n")
    with pytest.raises(UserError, match="请先运行 scorecard build 再封存"):
        seal(district.root, 2025, None, tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


@pytest.mark.parametrize("name", HEADS)
def test_a_changed_byte_of_a_member_is_found_and_named(name: str, tmp_path: Path) -> None:
    """In the middle of any member, by its name."""
    place = BYTES.index(MEMBERS[name], HEADS[name].header_offset) + len(MEMBERS[name]) // 2
    path = written(tmp_path / "a.zip", BYTES[:place] + bytes([BYTES[place] ^ 1]) + BYTES[place + 1 :])
    with pytest.raises(ArchiveError, match=f"「{name}」被改动过"):
        verify(path)


@in_place
@given(st.integers(0, len(BYTES) - 1), st.integers(1, 255))
def test_no_byte_can_be_changed_unnoticed(tmp_path: Path, place: int, by: int) -> None:
    """Members, headers between them, directory, end: whichever byte, and whatever it becomes."""
    changed = BYTES[:place] + bytes([BYTES[place] ^ by]) + BYTES[place + 1 :]
    with pytest.raises(ArchiveError):
        verify(written(tmp_path / "a.zip", changed))


@in_place
@given(st.integers(min(h.header_offset for h in HEADS.values()), len(BYTES) - 1))
def test_what_is_cut_off_is_refused(tmp_path: Path, length: int) -> None:
    """A transfer that ended early gives one sentence."""
    with pytest.raises(ArchiveError, match="打不开，可能在传送中被截断或改动"):
        verify(written(tmp_path / "a.zip", BYTES[:length]))


@pytest.mark.skipif(len(HEADS) > 60, reason="only a small archive is tried byte by byte")
def test_no_byte_of_the_directory_can_be_changed_unnoticed(tmp_path: Path) -> None:
    """Ordinary readers skip much of it; every byte of it is tried."""
    places = range(len(BYTES) - len(HEADS) * 110 - 22, len(BYTES))
    path, changed = tmp_path / "a.zip", bytearray(BYTES)

    def unnoticed(place: int) -> bool:
        changed[place] ^= 0x80
        path.write_bytes(changed)
        changed[place] ^= 0x80
        try:
            verify(path)
        except ArchiveError:
            return False
        return True

    assert len(places) > 2000
    assert [place for place in places if unnoticed(place)] == []


def member(name: str, **said: Any) -> zipfile.ZipInfo:
    """Return the head of a hostile member."""
    head = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    for key, value in said.items():
        setattr(head, key, value)
    return head


def hostile(path: Path, *heads: zipfile.ZipInfo) -> Path:
    """Return the archive with members of a stranger behind ours."""
    path.write_bytes(BYTES)
    with zipfile.ZipFile(path, "a") as file:
        for head in heads:
            file.writestr(head, b"0" * 100_000)
    return path


LINK = (stat.S_IFLNK | 0o777) << 16
SPARE = f"objects/{'0' * 64}"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("heads", "said"),
    [
        ([member("../../etc/passwd")], "可能要写到别的文件夹"),
        ([member("/etc/passwd")], "可能要写到别的文件夹"),
        ([member("objects/..\\a")], "可能要写到别的文件夹"),
        ([member("outputs/")], "可能要写到别的文件夹"),
        ([member("outputs/\u202efdp.csv")], "可能要写到别的文件夹"),
        ([member(SPARE, external_attr=LINK)], "是链接或设备"),
        ([member(SPARE, compress_type=zipfile.ZIP_DEFLATED)], "防止解压炸弹"),
        ([member("ledger.jsonl")], "两个成员同名「ledger.jsonl」"),
        ([member(SPARE)], f"多了成员「{SPARE}」"),
    ],
)
def test_a_hostile_member_is_refused_in_words(
    heads: list[zipfile.ZipInfo], said: str, tmp_path: Path
) -> None:
    """Traversal, links, bombs, doubles and strangers: none is unpacked."""
    with pytest.raises(ArchiveError, match=said):
        verify(hostile(tmp_path / "a.zip", *heads))


def overlapping(data: bytes) -> bytes:
    """Return the archive whose directory claims that one member is as large as everything."""
    place = data.rindex(b"PK\x01\x02")
    size = struct.pack("<I", len(data))
    return data[: place + 20] + size + size + data[place + 28 :]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: b"", "打不开"),
        (lambda data: b"GIF89a" * 1000, "打不开"),
        (lambda data: b"#!/bin/sh\n" + data, "第1个字节被改动过"),
        (lambda data: data + b"\n", "个字节被改动过|打不开"),
        (overlapping, "成员互相重叠"),
    ],
)
def test_what_is_no_archive_of_ours_is_refused(
    change: Callable[[bytes], bytes], said: str, tmp_path: Path
) -> None:
    """Something before, behind or instead of the archive is not taken for it."""
    with pytest.raises(ArchiveError, match=said):
        verify(written(tmp_path / "a.zip", change(BYTES)))


SHA = "0" * 64


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"format": 2}, "格式是第2版，本程序只认第1版"),
        ({"inputs": [{"name": "../registry.csv", "sha256": SHA}]}, "会写到文件夹之外"),
        ({"inputs": [{"name": "/tmp/registry.csv", "sha256": SHA}]}, "会写到文件夹之外"),
        ({"rulebook": [{"name": "a\\b.toml", "sha256": SHA}]}, "会写到文件夹之外"),
        ({"unread": ["submissions/./a.csv"]}, "会写到文件夹之外"),
        ({"inputs": [{"name": n, "sha256": SHA} for n in ("A.csv", "a.csv")]}, "占同一个位置"),
        ({"inputs": [{"name": "registry.csv", "sha256": "../../etc"}]}, "读不懂"),
        ({"inputs": "registry.csv"}, "读不懂"),
        ({"year": "2025"}, "读不懂"),
        ({"year": True}, "读不懂"),
        ({"surprise": 1}, "读不懂"),
        ({"inputs": []}, "不能重新计算"),
        ({"as_of": "yesterday"}, "不能重新计算"),
        ({"inputs": [{"name": "registry.csv", "sha256": SHA}]}, f"缺少成员「objects/{SHA}」"),
    ],
)
def test_a_hostile_manifest_is_refused_in_words(said: dict[str, Any], reason: str, tmp_path: Path) -> None:
    """All hashes agree; what the manifest asks for is still not done."""
    with pytest.raises(ArchiveError, match=reason):
        verify(forged(tmp_path / "a.zip", MEMBERS, **said))


def test_what_was_not_read_is_named_only_where_it_can_be_laid_out() -> None:
    """A name that differs in its letters' case alone, or that no other computer could hold, is left out."""
    names = ["乙.csv", "A.csv", "a.csv", "\n.csv", "x\\y.csv", "B.csv", "../z.csv"]
    assert placeable(names, ["b.CSV"]) == ("A.csv", "乙.csv")


def changed_row(name: str, row: int, old: str, new: str) -> dict[str, bytes]:
    """Return the members with one row of an output changed."""
    lines = MEMBERS[name].decode().split("\n")
    assert old in lines[row - 1]
    lines[row - 1] = lines[row - 1].replace(old, new, 1)
    return {**MEMBERS, name: "\n".join(lines).encode()}


@pytest.mark.parametrize(
    ("name", "row", "old", "new"),
    [
        ("outputs/units.csv", 2, ",1,", ",2,"),
        ("outputs/items.csv", 5, ",0", ",1"),
        ("outputs/district.csv", 2, "7", "8"),
    ],
)
def test_a_forged_result_is_found_by_computing_it_anew(
    name: str, row: int, old: str, new: str, tmp_path: Path
) -> None:
    """Who changes a result and every hash is told the member, the row, both texts; the root differs too."""
    path = forged(tmp_path / "a.zip", changed_row(name, row, old, new))
    found = verify(path)
    assert not found.ok
    assert f"「{name}」第{row}行不同：归档里是「" in found.differences[0]
    with pytest.raises(ArchiveError, match="不是公布的那一份"):
        verify(path, ROOT)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: [rows[0], *(row + "1" for row in rows[1:])], "第2行不同：.*」。此外还有{}行不同。$"),
        (lambda rows: [*rows, "7", "8"], "从第{}行起，归档和重新计算只有一边有内容。此外还有1行不同。归档里"),
    ],
)
def test_a_comparison_stops_at_nothing(
    change: Callable[[list[str]], list[str]], said: str, tmp_path: Path
) -> None:
    """The first row that differs is named, the others are counted, and so are rows that one side lacks."""
    name = "outputs/units.csv"
    rows = MEMBERS[name].decode().splitlines()
    text = "".join(f"{row}\n" for row in change(rows))
    found = verify(forged(tmp_path / "a.zip", {**MEMBERS, name: text.encode()}))
    number = len(rows) - 2 if "此外" in said[:20] else len(rows) + 1
    assert len(found.differences) == 1
    assert re.search(said.format(number), found.differences[0])


def shortened(lines: Iterable[str]) -> bytes:
    """Return a ledger without its first entry."""
    return "\n".join(list(lines)[1:]).encode()


def test_a_forged_ledger_is_found(tmp_path: Path) -> None:
    """An entry taken out breaks the chain, whatever the manifest says of the file."""
    text = shortened(MEMBERS["ledger.jsonl"].decode().split("\n"))
    with pytest.raises(ArchiveError, match=r"「ledger.jsonl」不是完整的台账：台账缺少第1条记录"):
        verify(forged(tmp_path / "a.zip", {**MEMBERS, "ledger.jsonl": text}))


@pytest.mark.parametrize("root", [ROOT.upper(), ROOT.replace("-", " "), ROOT.replace("-", "")])
def test_the_printed_root_is_read_as_people_copy_it(root: str, tmp_path: Path) -> None:
    """Capitals, blanks or no groups at all: the root is understood, a strange member refused at once."""
    with pytest.raises(ArchiveError, match="「ROOS」不是本程序写的"):
        verify(written(tmp_path / "a.zip", BYTES.replace(b"ROOT", b"ROOS")), root)


@pytest.mark.parametrize("root", ["ae3e-13c6", "g" * 32, "0" * 65])
def test_what_is_no_root_is_said(root: str) -> None:
    """Less than is printed would prove too little."""
    with pytest.raises(UserError, match="不是根指纹，应是32至64位"):
        verify(OLD, root)
