"""Whoever is counted, on whatever page: 参评, 已排名, 待更正 and 未参评 are the same numbers everywhere."""

import re
from collections.abc import Iterator

import pytest

from tests.acceptance.conftest import built_once
from tests.golden.pages import Parsed
from tests.web.conftest import parsed

Said = dict[str, set[int]]  # what is counted → every number that some page gives for it
_DISTRICT = {
    "index.html": (
        ("population", r"^参评社区(\d+)个，"),
        ("waiting", r"，其中(\d+)个待更正、暂不排名"),
        ("ranked", r"；已排名的(\d+)个平均"),
        ("waiting", r"^(\d+)个参评社区"),
        ("population", r"^参评／全部社区\n(\d+)／\d+个$"),
        ("all", r"^参评／全部社区\n\d+／(\d+)个$"),
        ("ranked", r"^已排名(\d+)个、待更正"),
        ("waiting", r"、待更正(\d+)个、未参评"),
        ("outside", r"、未参评(\d+)个$"),
        ("ranked", r"^已排名的(\d+)个；最高"),
        ("population", r"^参评(\d+)个(?:都|中\d+个)有数值"),
        ("waiting", r"^待更正、暂不排名的参评社区（(\d+)个）"),
        ("outside", r"^未参评社区（(\d+)个）"),
    ),
    "about.html": (
        ("population", r"^参评社区(\d+)个（"),
        ("ranked", r"（已排名(\d+)个，"),
        ("waiting", r"，(\d+)个待更正、暂不排名）"),
        ("outside", r"，未参评(\d+)个；"),
    ),
    "quality.html": (
        ("population", r"。参评社区(\d+)个中"),
        ("waiting", r"个中(\d+)个待更正："),
        ("waiting", r"^哪些参评社区待更正？（(\d+)个）"),
    ),
}
_STREET = (  # added up over the streets
    ("population", r"^参评／全部社区\n(\d+)／\d+个$"),
    ("all", r"^参评／全部社区\n\d+／(\d+)个$"),
    ("ranked", r"^已排名的(\d+)个社区$"),
    ("ranked", r"^已排名的(\d+)个；"),
    ("population", r"^参评的(\d+)个社区$"),
    ("population", r"；参评(\d+)个(?:都|中\d+个)有数值"),
    ("waiting", r"^待更正、暂不排名的参评社区（(\d+)个）"),
    ("outside", r"^未参评、不列名次的(\d+)个"),
)


@pytest.fixture(scope="module", params=["synthetic", "example"])
def held(
    request: pytest.FixtureRequest, pages: dict[str, Parsed], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Parsed]:
    """The synthetic site, and the example district as the program builds it."""
    if request.param == "synthetic":
        return pages
    built = built_once("district-xx", tmp_path_factory)
    return parsed((built.site / "current").resolve())


def kind(held: dict[str, Parsed], folder: str) -> list[str]:
    """Return the texts of all pages of a kind."""
    return [page.text for path, page in held.items() if path.startswith(f"{folder}/")]


def numbers(pattern: str, text: str) -> list[int]:
    """Return every number that a pattern finds."""
    return [int(found) for found in re.findall(pattern, text, re.MULTILINE)]


def of_streets(streets: list[str]) -> Iterator[tuple[str, int]]:
    """Yield each kind of count added up over the streets; a street that repeats itself must agree."""
    for what, pattern in _STREET:
        found = [set(numbers(pattern, text)) for text in streets]
        assert all(len(n) <= 1 for n in found), (what, pattern)
        yield what, sum(n for one in found for n in one)


def test_every_page_counts_the_same_communities(held: dict[str, Parsed]) -> None:
    """All statements about who is assessed, ranked, waiting or outside give one number each, and add up."""
    said: Said = {}
    for path, patterns in _DISTRICT.items():
        for what, pattern in patterns:
            found = numbers(pattern, held[path].text)
            assert found, (path, pattern)
            said.setdefault(what, set()).update(found)
    for what, count in of_streets(kind(held, "street")):
        said.setdefault(what, set()).add(count)
    assert {what: len(counts) for what, counts in said.items()} == dict.fromkeys(said, 1), said
    one = {what: counts.pop() for what, counts in said.items()}
    assert one["population"] == one["ranked"] + one["waiting"]
    assert one["all"] == one["population"] + one["outside"]
    assert _pages(held) == {what: one[what] for what in ("ranked", "waiting", "outside")}
    assert _tables(held) == {what: one[what] for what in ("ranked", "population")}


def _pages(held: dict[str, Parsed]) -> dict[str, int]:
    """Return how many communities' own pages say what they are."""
    texts = kind(held, "c")
    standing = [numbers(r"^全区名次\n(?:并列)?\d+／(\d+)个$", text) for text in texts]
    ranked = [found for found in standing if found]
    assert len({n for found in ranked for n in found}) == 1
    assert ranked[0] == [len(ranked)]  # 第12／51个: of as many as have such a page
    return {
        "ranked": len(ranked),
        "waiting": sum("\n参评情况\n待更正\n" in text for text in texts),
        "outside": sum("\n参评情况\n未参评\n" in text for text in texts),
    }


def _tables(held: dict[str, Parsed]) -> dict[str, int]:
    """Return what the tables of the overview add up to: grades, the heat table, its charts."""
    text = held["index.html"].text
    heat = text[text.index("\n哪个街道") : text.index("\n得分排序\n")]
    pairs = [(int(a), int(b)) for a, b in re.findall(r"^(\d+)／(\d+)$", heat, re.MULTILINE)]
    ranked = sum(a for a, _ in pairs)
    assert (
        sum(numbers(r"、?(?:优秀|良好|合格|不合格)(\d+)个(?=[、。])", text.split("\n哪个街道")[0])) == ranked
    )
    [label] = [
        str(a["aria-label"]) for tag, a in held["index.html"].tags if tag == "svg" and "aria-label" in a
    ]
    assert numbers(r"^(\d+)个已排名社区", label) == [ranked]
    return {"ranked": ranked, "population": sum(b for _, b in pairs)}


def test_an_indicator_is_over_the_ranked(held: dict[str, Parsed]) -> None:
    """Every community indicator's figures say that they are of the ranked communities, and of how many."""
    ranked = numbers(r"^已排名的(\d+)个；最高", held["index.html"].text)
    for text in kind(held, "indicator"):
        if "各社区数值" in text:
            assert numbers(r"^已排名(\d+)个$", text) == ranked


def test_a_share_of_a_street_is_over_its_population(held: dict[str, Parsed]) -> None:
    """The divisor of 创建率 and its like is the number of assessed communities, waiting ones included."""
    for text in kind(held, "street"):
        lines = text.split("\n")
        bases = [n for n, line in enumerate(lines) if re.fullmatch(r"参评的\d+个社区", line)]
        assert bases
        for at in bases:
            [base] = numbers(r"参评的(\d+)个社区", lines[at])
            value = next(line for line in reversed(lines[:at]) if "÷" in line)
            assert value.endswith(f"÷{base}")


def test_no_sum_of_a_waiting_community_without_its_word(held: dict[str, Parsed]) -> None:
    """On the page of a community that waits every `x／y分` stands behind 暂计, and 合计 or 总分 nowhere."""
    waiting = [text for text in kind(held, "c") if "\n参评情况\n待更正\n" in text]
    assert waiting
    for text in waiting:
        assert not re.search("合计|总分", text)
        assert not re.search(r"(?<!暂计)(?<![\d.])\d+\.\d\d／\d+分", text)
        assert "不是考核结果" in text


def test_what_never_came_is_not_among_the_missing(held: dict[str, Parsed]) -> None:
    """The list of 缺报 counts cells of 0 points; a community without a row is listed apart."""
    text = held["quality.html"].text
    apart, rest = text[text.index("\n没有任何文件报送（") :].split("\n缺报（", 1)
    missing = rest.split("\n不涉及（", 1)[0]
    owing = re.findall(r"^(.+)（待更正）$", apart, re.MULTILINE)
    assert owing
    assert not [name for name in owing if f"{name}（待更正）" in missing]
