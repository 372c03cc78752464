"""Bytes to text: which encoding, why, and when nobody may guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.intake import read_bytes
from scorecard.intake.decode import Decoded, Refused, decode, garbled

TEXT = "社区名称,户数\n西钞社区,1200\n鱼化寨街道三五零七社区,900\n"


@pytest.mark.parametrize(
    ("data", "encoding", "evidence"),
    [
        (TEXT.encode(), "utf-8", "UTF-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8", "字节序标记"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le", "字节序标记"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be", "字节序标记"),
        (TEXT.encode("utf-16-le"), "utf-16-le", "零字节"),
        (TEXT.encode("utf-16-be"), "utf-16-be", "零字节"),
        (TEXT.encode("gbk"), "gb18030", "常用字占"),
        (b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"), "utf-32-le", "字节序标记"),
        (b"a,b\n1,2\n", "ascii", "ASCII"),
    ],
)
def test_each_encoding_is_recognised_with_its_reason(data: bytes, encoding: str, evidence: str) -> None:
    """Every encoding that Excel and WPS write gives the same text, without its mark, and says why."""
    decoded = decode(data)
    assert isinstance(decoded, Decoded)
    assert decoded.encoding == encoding
    assert evidence in decoded.evidence
    assert decoded.text in (TEXT, "a,b\n1,2\n")


def test_trail_bytes_that_look_like_separators_survive() -> None:
    """誠 is D5 5C in GBK: a parser of bytes would see a backslash, a parser of text does not."""
    text = "社区名称,备注\n西钞社区,精誠|合作社区服务中心办公室\n"
    assert decode(text.encode("gbk")) == Decoded(text, "gb18030", "符合 GB18030，常用字占 95%")


def test_big5_is_told_from_gb18030() -> None:
    """GB18030 decodes Big5 bytes without an error; the share of common characters tells them apart."""
    text = "社區名稱,人口,戶數\n大安里,1200,400\n信義區文化里,3000,900\n"
    decoded = decode(text.encode("big5"))
    assert isinstance(decoded, Decoded)
    assert (decoded.text, decoded.encoding) == (text, "big5")
    assert [f.code for f in read_bytes("a.csv", text.encode("big5")).findings] == ["F114"]


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("名前,人口\n東京都,カタカナ\n", "shift_jis"),
        ("café,naïve\nça,é\n", "latin-1"),
        ("Привет,мир\n", "cp1251"),
    ],
)
def test_what_is_not_plausibly_chinese_is_asked(text: str, codec: str) -> None:
    """Another legacy encoding is refused with the line where UTF-8 breaks, never guessed."""
    assert decode(text.encode(codec)) == Refused("F112", {"line": 1})


def test_the_line_where_utf8_breaks_is_named() -> None:
    """One bad byte on line 3 of a UTF-8 file is a refusal that names line 3, not GB18030 by accident."""
    data = TEXT.encode() + b"a\xff\xff\n"
    assert decode(data) == Refused("F112", {"line": 4})


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("named", [None, "same"])
def test_a_single_broken_character_is_named_by_its_row(codec: str, named: str | None) -> None:
    """One bad byte on line 8 of a long Chinese file: the likeliest encoding, the line and what to do."""
    lines = [TEXT.splitlines()[2].encode(codec)] * 20
    lines[7] += b"\xff"
    data = b"\n".join(lines)
    refused = decode(data, codec if named else None)
    assert isinstance(refused, Refused)
    assert refused.code == "F122"
    assert (refused.params["line"], refused.params["count"]) == (8, 1)
    [finding] = read_bytes("上报.csv", data).findings
    assert "第8行起有1处损坏的字符" in finding.message and "改正第8行里的乱字" in finding.fix


def test_half_a_character_in_the_middle_of_a_row() -> None:
    """A lost byte shifts the pairs behind it; the line is still the one where it happened."""
    lines = [TEXT.splitlines()[2].encode("gbk")] * 20
    lines[4] = lines[4][:3] + lines[4][4:]
    refused = decode(b"\n".join(lines))
    assert isinstance(refused, Refused)
    assert (refused.code, refused.params["line"]) == ("F122", 5)


def test_utf8_saved_after_being_read_as_gbk_is_refused() -> None:
    """绀惧尯 for 社区 is well-formed text in every encoding; it is refused with a sample, in one finding."""
    broken = TEXT.encode().decode("gb18030", "replace")
    assert "绀惧尯" in broken
    for codec in ("utf-8", "gb18030"):
        document = read_bytes("上报.csv", broken.encode(codec))
        assert [f.code for f in document.findings] == ["F115"]
        assert "绀惧尯" in document.findings[0].message
        assert document.sheets == ()


def test_the_replacement_character_read_as_gbk_is_garbled() -> None:
    """锟斤拷 is what two lost characters become."""
    assert garbled("社区锟斤拷名称")


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=1))
def test_a_single_hanzi_is_never_garbled(text: str) -> None:
    """One character is no evidence."""
    assert garbled(text) == ""


def test_the_named_encoding_is_used_and_strict() -> None:
    """What the user names is used, GBK as its superset; when it does not fit, the user is told."""
    short = "一".encode("gbk")  # also valid UTF-8: nobody can know
    assert decode(short, "GBK") == Decoded("一", "gb18030", "按指定的编码读取")
    assert decode(TEXT.encode("gbk"), "utf-8") == Refused("F113", {"encoding": "utf-8"})
    assert decode(b"a", "rot13") == Refused("F113", {"encoding": "rot13"})


def test_a_binary_file_is_no_text() -> None:
    """NULs without the pattern of UTF-16 refuse the file instead of making cells of it."""
    assert [f.code for f in read_bytes("a.csv", b"abc\x00def").findings] == ["F111"]
