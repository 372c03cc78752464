"""Reading the registry: encodings, workbooks, dates, and every mistake at once."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from scorecard.errors import RegistryError
from scorecard.registry import Registry, load_registry

Write = Callable[..., Path]


def problems(path: Path) -> list[str]:
    """Return the sentences of the refusal."""
    with pytest.raises(RegistryError) as caught:
        load_registry(path)
    return [line.strip() for line in str(caught.value).splitlines()[1:]]


def test_units_in_file_order(registry: Registry) -> None:
    """Units keep the order of the file; empty numbers are None, not 0."""
    assert list(registry.units)[:4] == ["990113", "990113009", "990113010", "990113009001"]
    unit = registry.units["990113009001"]
    assert (unit.households, unit.population, unit.grids, unit.groups) == (2400, 8800, 6, 22)
    assert unit.aliases == ("三五零七社区",) and unit.type == "老旧社区"
    assert registry.units["990113010002"].households is None
    assert registry.district.name == "雁塔区" and len(registry.sha256) == 64


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_encodings(registry: Registry, tmp_path: Path, rows: str, header: str, encoding: str) -> None:
    """UTF-8 with and without BOM and GB18030 give the same units."""
    path = tmp_path / "other.csv"
    path.write_bytes(f"{header}\r\n{rows}".encode(encoding))
    assert load_registry(path).units == registry.units


def test_workbook(registry: Registry, tmp_path: Path, rows: str, header: str) -> None:
    """A workbook with codes and names typed as numbers, real dates and a title row gives the same units."""
    path = tmp_path / "registry.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("名录")
        sheet.write(0, 0, "雁塔区名录（2025年）")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for r, line in enumerate([header, *rows.splitlines()], start=1):
            for c, text in enumerate(line.split(",")):
                if text == "2020-05-01":
                    sheet.write_datetime(r, c, date(2020, 5, 1), day)
                else:
                    sheet.write(r, c, int(text) if text.isdigit() else text)
    assert load_registry(path).units == registry.units


def test_dates(registry: Registry) -> None:
    """Dates are read as 2020-05-01, 2020/5/1 and 2025年3月1日."""
    assert registry.units["990113010004"].valid_to == date(2020, 5, 1)
    assert registry.units["990113010005"].valid_to == date(2020, 5, 1)
    assert registry.units["990113010006"].valid_from == date(2025, 3, 1)


def test_streets_need_no_answer_about_assessment(registry: Registry) -> None:
    """An empty 参评 of a street or district means 是."""
    assert registry.units["990113009"].assessed and registry.units["990113"].assessed


# old text in the rows, new text, the sentences expected
MISTAKES = {
    "short code": (
        "990113009002,西钞",
        "99011300902,西钞",
        ["第6行「西钞社区」：编码「99011300902」不对，社区的编码应为 12 位数字，按文本保存。"],
    ),
    "code of scientific notation": (
        "990113009002,西钞",
        "9.90113E+11,西钞",
        [
            "第6行「西钞社区」：编码「9.90113E+11」不对，社区的编码应为 12 位数字，按文本保存。",
            "第6行「西钞社区」：编码「9.90113E+11」的开头与上级编码「990113009」不一致。",
        ],
    ),
    "foreign prefix": (
        "990113009002,西钞",
        "990113011002,西钞",
        ["第6行「西钞社区」：编码「990113011002」的开头与上级编码「990113009」不一致。"],
    ),
    "code twice": (
        "990113009002,西钞",
        "990113009001,西钞",
        ["第6行「西钞社区」：编码「990113009001」与第5行重复。"],
    ),
    "name twice": (
        "西钞西社区居委会",
        "西钞社区居委会",
        ["第7行「西钞社区居委会」：名称或别名与第6行「西钞社区」相同。"],
    ),
    "alias of another": (
        "三五零七社区,",
        "和平,",
        ["第9行「和平社区」：名称或别名与第5行「3507社区」相同。"],
    ),
    "unknown parent": (
        "西钞社区,社区,990113009",
        "西钞社区,社区,990113019",
        ["第6行「西钞社区」：上级编码「990113019」不在名录里。"],
    ),
    "parent of the wrong level": (
        "西钞社区,社区,990113009,",
        "西钞社区,社区,990113,",
        ["第6行「西钞社区」：上级「雁塔区」是区，应为街道或片区。"],
    ),
    "no reason": (
        "否,城中村不参评,,,,,\n990113010003",
        "否,,,,,,\n990113010003",
        ["第11行「丈八沟村」：不参评要写明原因。"],
    ),
    "no answer": (
        "1600,5900,4,15,是",
        "1600,5900,4,15,",
        ["第6行「参评」为「」，应为是或否。"],
    ),
    "word for a number": (
        "1600,5900,4,15",
        "约1600,5900,4,15",
        ["第6行「户数」为「约1600」，应为整数。"],
    ),
    "dates reversed": (
        "2020-05-01,,990113010004",
        "2020-05-01,2019-01-01,990113010004",
        ["第12行「张家屯社区」：撤销日期 2019-01-01 早于成立日期 2020-05-01。"],
    ),
    "impossible date": (
        "2020/5/1",
        "2020/2/30",
        ["第14行「撤销日期」为「2020/2/30」，应为日期，例如 2025-01-31。"],
    ),
    "unknown predecessor": (
        "990113010004；990113010005",
        "990113010004；990113010015",
        ["第12行「张家屯社区」：前身编码「990113010015」不在名录里。"],
    ),
    "origin in a circle": (
        "是,,,2020-05-01,,,\n",
        "是,,,2020-05-01,990113010003,,\n",
        [
            "第12行「张家屯社区」：前身编码绕成一圈，自己成了自己的前身。",
            "第13行「吴家屯社区」：前身编码绕成一圈，自己成了自己的前身。",
        ],
    ),
    "level": (
        "西钞社区,社区",
        "西钞社区,居委会",
        ["第6行「层级」为「居委会」，应为区、街道、片区或社区。"],
    ),
    "no name": ("西钞社区,社区", ",社区", ["第6行「」：没有名称。"]),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake(write: Write, rows: str, name: str) -> None:
    """Each mistake is one Chinese sentence with its Excel row, and nothing else is complained about."""
    old, new, expected = MISTAKES[name]
    assert rows.count(old) == 1
    assert problems(write(rows.replace(old, new))) == expected


def test_all_at_once(write: Write, rows: str) -> None:
    """Mistakes of several rows and kinds come together, and are counted."""
    broken = rows.replace("约", "").replace("2400,8800", "若干,8800").replace("西钞西", "西钞")
    path = write(broken.replace("否,新设，单列不排名", "否,"))
    assert [line[:4] for line in problems(path)] == ["第5行「", "第7行「", "第15行"]
    with pytest.raises(RegistryError, match=r"名录「registry\.csv」有 3 处错误"):
        load_registry(path)


def test_thousands_of_mistakes_are_cut_by_kind(write: Write, rows: str) -> None:
    """The first ten of a kind are told, and how many more there are; another kind is not lost behind them."""
    bad = "".join(f"99011301{n:04d},某{n}社区,社区,990113999,老旧社区{',' * 11}\n" for n in range(1, 41))
    found = problems(write(rows.replace("2400,8800", "若干,8800") + bad))
    assert sum("若干" in line for line in found) == 1
    cut = [line for line in found if line.startswith("……同类的错误还有")]
    assert cut and len(found) < 40
    with pytest.raises(RegistryError, match=r"有 \d{2,} 处错误"):
        load_registry(write(rows + bad))


def test_parents_in_a_circle(write: Write, rows: str) -> None:
    """Two 片区 that contain each other are found instead of followed for ever."""
    one, other, rest = "990113009101", "990113009102", "," * 12
    loop = f"{one},甲片区,片区,{other}{rest}\n{other},乙片区,片区,{one}{rest}\n"
    found = problems(write(rows + loop))
    assert any("上级编码绕成一圈：990113009101→990113009102→990113009101" in line for line in found)


@pytest.mark.parametrize("district", ["", "990113,雁塔区,区,,,,,,,,,,,,,\n990114,莲湖区,区,,,,,,,,,,,,,\n"])
def test_exactly_one_district(write: Write, rows: str, district: str) -> None:
    """No district and two districts are both refused."""
    body = rows.split("\n", 1)[1]
    assert any("应正好有一行" in line for line in problems(write(district + body)))


def test_header_mistakes(write: Write, rows: str, header: str) -> None:
    """A misspelt column is named twice: as unknown and, if it is needed, as missing."""
    found = problems(write(rows, header.replace("上级编码", "上级").replace("备注", "别名")))
    assert "第1行表头缺少「上级编码」列。" in found
    assert "第1行表头有不认识的列「上级」，请改名或删除。" in found
    assert "第1行表头「别名」列出现 2 次，请只留一列。" in found


def test_same_name_after_another_unit_is_no_mistake(write: Write, rows: str) -> None:
    """A unit with a new code may carry the name of one that no longer exists."""
    again = "990113010007,吴家屯社区,社区,990113010,城市社区,,,,,是,,2020-05-01,,990113010004,,\n"
    registry = load_registry(write(rows + again))
    assert registry.match("吴家屯社区").how == "ambiguous"
    assert registry.match("吴家屯社区", year=2025).unit is registry.units["990113010007"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "找不到表头"),
        (b"\xff\xfe\x81\x00\xff", "编码认不出来"),
        (b"PK\x03\x04broken", "打不开"),
        ("编码,名称,层级,上级编码,参评\n".encode(), "没有一行数据"),
        (b'a,"' + b"x" * 200_000, "引号"),
    ],
)
def test_unreadable_files(tmp_path: Path, data: bytes, words: str) -> None:
    """An empty, foreign, broken or headless file is refused in Chinese."""
    path = tmp_path / "registry.csv"
    path.write_bytes(data)
    with pytest.raises(RegistryError, match=words):
        load_registry(path)


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is a sentence, not a traceback."""
    with pytest.raises(RegistryError, match=r"名录「none\.csv」打不开"):
        load_registry(tmp_path / "none.csv")
