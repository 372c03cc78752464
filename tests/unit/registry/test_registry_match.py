"""Names as people type them lead to the one unit meant, or to nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.registry import Registry, Unit
from scorecard.registry.naming import unit_key

YUHUAZHAI, ZHANGBA = "990113009", "990113010"

# What a clerk typed, the community meant, and how it is known.
COMMUNITIES = [
    ("3507社区", "990113009001", "exact"),
    ("3507", "990113009001", "normalised"),
    ("3507社区居委会", "990113009001", "normalised"),
    ("3507社区居民委员会", "990113009001", "normalised"),
    ("３５０７社区", "990113009001", "normalised"),
    (" 3507 社区\u200b", "990113009001", "normalised"),
    ("3507社區", "990113009001", "normalised"),
    ("雁塔区3507社区", "990113009001", "normalised"),
    ("三五零七社区", "990113009001", "alias"),
    ("三五零七社区居委会", "990113009001", "alias"),
    ("990113009001", "990113009001", "code"),
    ("'990113009001", "990113009001", "code"),
    ("９９０１１３００９００１", "990113009001", "code"),
    ("西钞社区居委会", "990113009002", "normalised"),
    ("西钞", "990113009002", "normalised"),
    ("西钞西社区居委会", "990113009003", "exact"),
    ("西钞西社区", "990113009003", "normalised"),
    ("金域牟家（牟家村回迁社区）社区", "990113009004", "exact"),
    ("金域牟家(牟家村回迁社区)", "990113009004", "normalised"),
    ("金域牟家【牟家村回迁社区】社区", "990113009004", "normalised"),
    ("金域牟家[牟家村回迁社区]社区", "990113009004", "normalised"),
    ("⾦域牟家（牟家村回迁社区）社区", "990113009004", "normalised"),
    ("金域牟家", "990113009004", "alias"),
    ("金域牟家社区", "990113009004", "alias"),
    ("⾦域牟家", "990113009004", "alias"),
    ("牟家村回迁社区", "990113009004", "alias"),
    ("丈八沟村村民委员会", "990113010002", "normalised"),
    ("丈八沟村委会", "990113010002", "normalised"),
]
STREETS = [
    "鱼化寨街道",
    "鱼化寨街道办事处",
    "鱼化寨街办",
    "鱼化寨",
    "雁塔区鱼化寨街道",
    "鱼化寨街道辦事處",
    "990113009",
]
NOBODY = [
    "时尚",
    "游戏",
    "350",
    "3508社区",
    "西钞东社区",
    "金",
    "合计",
    "社区",
    "",
    "335行动计划",
    "6.10113E+11",
]


@pytest.mark.parametrize(("typed", "code", "how"), COMMUNITIES)
def test_community(registry: Registry, typed: str, code: str, how: str) -> None:
    """Every spelling of a registered name, alias or code means that community and says how."""
    match = registry.match(typed)
    assert match.unit is registry.units[code] and match.how == how and match.suggestions == ()


@pytest.mark.parametrize("typed", STREETS)
def test_street(registry: Registry, typed: str) -> None:
    """The five spellings of one street are one street."""
    assert registry.match(typed, level="街道").unit is registry.units[YUHUAZHAI]


@pytest.mark.parametrize("typed", NOBODY)
def test_nobody(registry: Registry, typed: str) -> None:
    """What is not registered is nobody, however alike it looks."""
    match = registry.match(typed)
    assert match.unit is None and match.how == "none"


def test_neighbours_are_not_confused(registry: Registry) -> None:
    """西钞社区居委会 and 西钞西社区 are two units, whichever is asked for."""
    one, other = registry.match("西钞社区居委会").unit, registry.match("西钞西社区").unit
    assert one is not None and other is not None and one.code != other.code


def test_similar_names_are_only_suggested(registry: Registry) -> None:
    """A near miss suggests the nearest names, best first, and decides nothing."""
    match = registry.match("西钞东社区")
    assert match.unit is None and match.how == "none"
    assert [unit.name for unit in match.suggestions] == ["西钞社区", "西钞西社区居委会"]


def test_suggestions_of_the_given_street_come_first(registry: Registry) -> None:
    """The same name in another street is suggested, after those of the street itself."""
    match = registry.match("张家屯社区", street_code=YUHUAZHAI)
    assert match.how == "none" and match.suggestions[0].code == "990113010003"


def test_one_name_in_two_streets_needs_the_street(registry: Registry) -> None:
    """和平社区 is ambiguous, even typed exactly, until the street is known."""
    match = registry.match("和平社区")
    assert (match.unit, match.how) == (None, "ambiguous")
    assert [unit.code for unit in match.suggestions] == ["990113009005", "990113010001"]
    assert registry.match("和平社区", street_code=ZHANGBA).unit is registry.units["990113010001"]


def test_a_code_of_another_street_or_level_is_refused(registry: Registry) -> None:
    """A street's code in the community column, or another street's community, only suggests its unit."""
    for typed, street in (("990113009", None), ("990113010001", YUHUAZHAI)):
        match = registry.match(typed, street_code=street)
        assert match.unit is None and match.how == "none" and match.suggestions == (registry.units[typed],)


def test_year_leaves_those_that_exist(registry: Registry) -> None:
    """A withdrawn unit is not meant by a file of a later year."""
    assert registry.match("吴家屯社区").how == "exact"
    assert registry.match("吴家屯社区", year=2025).how == "none"
    assert registry.match("吴家屯社区", year=2019).how == "exact"
    assert registry.match("吴家屯社区[已撤销]").how == "normalised"
    assert registry.match("吴家屯社区[已撤销]", year=2025).unit is None


@given(st.text(max_size=12))
def test_any_text_has_an_answer(text: str) -> None:
    """No typed text breaks the matching, and a unit is given exactly when the answer is certain."""
    units = (Unit("990113", "雁塔区", "区"), Unit("990113009", "鱼化寨街道", "街道", "990113"))
    registry = Registry({unit.code: unit for unit in units})
    match = registry.match(text, level="街道")
    assert (match.unit is None) == (match.how in ("none", "ambiguous"))


@given(st.text(alphabet="东西南北3507钞村", min_size=1, max_size=6))
def test_suffixes_carry_no_meaning(stem: str) -> None:
    """Every official ending of a community's name leads to the same key."""
    keys = {unit_key(stem + end, "社区") for end in ("社区", "社区居委会", "社区居民委员会", "社區居委會")}
    assert keys == {stem}


@pytest.mark.parametrize(
    ("typed", "code", "how"),
    [
        ("鱼化寨街道西钞社区", "990113009002", "normalised"),
        ("雁塔区鱼化寨街道西钞社区居委会", "990113009002", "normalised"),
        ("鱼化寨街办西钞西社区", "990113009003", "normalised"),
        ("鱼化寨街道办事处三五零七社区", "990113009001", "alias"),
        ("丈八街道和平社区", "990113010001", "normalised"),
        ("鱼化寨街道和平社区", "990113009005", "normalised"),
    ],
)
def test_the_own_street_in_front_is_taken_away(registry: Registry, typed: str, code: str, how: str) -> None:
    """What is left is one registered name of that street, also where another street has one like it."""
    match = registry.match(typed)
    assert match.unit is registry.units[code] and match.how == how
    assert registry.knows(typed, "社区") and registry.means(typed, "社区")


@pytest.mark.parametrize(
    "typed", ["丈八街道西钞社区", "鱼化寨街道东社区", "鱼化寨西钞社区", "某街道西钞社区"]
)
def test_another_street_in_front_leads_to_nobody(registry: Registry, typed: str) -> None:
    """A street without such a community, half a street's name, or no street of ours: nothing is guessed."""
    match = registry.match(typed)
    assert match.unit is None and match.how == "none"
    assert not registry.knows(typed, "社区")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("西鈔社区（示范）", ["西钞社区"]),
        ("西錢社区", ["西钞社区"]),  # one character apart, in the own street only
        ("和岼社区", ["和平社区"]),
        ("甲1乙社区", []),
    ],
)
def test_a_name_one_character_apart_is_suggested_at_home(
    registry: Registry, typed: str, wanted: list[str]
) -> None:
    """Variants of a character and suffixes in brackets only suggest; elsewhere they would confuse."""
    match = registry.match(typed, street_code=YUHUAZHAI)
    assert match.unit is None
    assert [unit.name for unit in match.suggestions][: len(wanted) or 1] == wanted


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("石桥", "ambiguous"),
        (" 石 桥 ", "ambiguous"),
        ("石桥社区", "exact"),
        ("石桥居委会", "normalised"),
        ("石桥村", "exact"),
        ("柳岸", "normalised"),
        ("大桥", "alias"),
    ],
)
def test_a_bare_name_may_be_a_village_as_well(typed: str, how: str) -> None:
    """The kind of unit decides between the two; without a village, or as an alias, a bare name does."""
    street = "990113009"
    units = (
        Unit("990113", "雁塔区", "区"),
        Unit(street, "鱼化寨街道", "街道", "990113"),
        Unit(f"{street}001", "石桥社区", "社区", street, aliases=("大桥",)),
        Unit(f"{street}002", "石桥村", "社区", street),
        Unit(f"{street}003", "柳岸社区", "社区", street),
    )
    match = Registry({unit.code: unit for unit in units}).match(typed, street)
    assert match.how == how
    assert len(match.suggestions) == 2 * (how == "ambiguous")
