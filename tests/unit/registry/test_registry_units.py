"""Who exists, who is assessed and who came from whom, year by year."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scorecard.registry import Registry, Unit, load_registry, remarks


def names(units: tuple[Unit, ...]) -> list[str]:
    """Return the units' names."""
    return [unit.name for unit in units]


def test_communities_of_a_year(registry: Registry) -> None:
    """A community counts in a year if it exists on 31 December."""
    assert {"吴家屯社区", "张家屯村"} <= set(names(registry.communities(2019)))
    assert "张家屯社区" not in names(registry.communities(2019))
    assert names(registry.communities(2025))[-2:] == ["张家屯社区", "新城社区"]
    assert names(registry.streets(2025)) == ["鱼化寨街道", "丈八街道"]


def test_population_of_a_year(registry: Registry) -> None:
    """Assessed and excluded together are the communities; every exclusion has its reason."""
    assert len(registry.assessed(2025)) == 7
    assert [(unit.name, reason) for unit, reason in registry.excluded(2025)] == [
        ("丈八沟村", "城中村不参评"),
        ("新城社区", "新设，单列不排名"),
    ]
    both = {unit.code for unit in registry.assessed(2025)} | {
        unit.code for unit, _ in registry.excluded(2025)
    }
    assert both == {unit.code for unit in registry.communities(2025)}


def test_a_label_names_the_street_only_where_it_must() -> None:
    """Two communities of one name are told apart by their streets; a unique name stands alone."""
    rows = [("990113", "雁塔区", "区", ""), ("990113001", "甲街道", "街道", "990113")]
    rows += [("990113002", "乙街道", "街道", "990113"), ("990113001001", "兴隆社区", "社区", "990113001")]
    rows += [
        ("990113002001", "兴隆社区", "社区", "990113002"),
        ("990113002002", "东门社区", "社区", "990113002"),
    ]
    registry = Registry({row[0]: Unit(row[0], row[1], row[2], row[3]) for row in rows})  # type: ignore[arg-type]
    assert [registry.label(row[0]) for row in rows] == [
        "雁塔区",
        "甲街道",
        "乙街道",
        "兴隆社区（甲街道）",
        "兴隆社区（乙街道）",
        "东门社区",
    ]


def test_street_of(registry: Registry) -> None:
    """A community leads to its street, a street to itself, the district to none."""
    street = registry.units["990113009"]
    assert registry.street_of("990113009001") is street and registry.street_of("990113009") is street
    assert registry.street_of("990113") is None
    assert registry.belongs("990113009001", "990113009") and registry.belongs("990113009", "990113009")
    assert not (registry.belongs("990113009001", "990113010") or registry.belongs("990113", "990113009"))
    with pytest.raises(KeyError):
        registry.street_of("990199")


def test_street_of_a_community_in_an_area() -> None:
    """A 片区 between street and community is climbed through."""
    units = [
        Unit("990113", "雁塔区", "区"),
        Unit("990113009", "鱼化寨街道", "街道", "990113"),
        Unit("990113009100", "北片区", "片区", "990113009"),
        Unit("990113009001", "3507社区", "社区", "990113009100"),
    ]
    registry = Registry({unit.code: unit for unit in units})
    assert registry.street_of("990113009001") is units[1]


def test_crosswalk_of_a_merged_unit(registry: Registry) -> None:
    """张家屯社区 was formed in 2020 from a community and a village; before, it was those two."""
    assert names(registry.crosswalk("990113010003", 2019)) == ["吴家屯社区", "张家屯村"]
    assert names(registry.crosswalk("990113010003", 2020)) == ["张家屯社区"]


def test_crosswalk_of_a_new_unit_is_empty(registry: Registry) -> None:
    """A newly founded community has no year before."""
    assert registry.crosswalk("990113010006", 2024) == ()
    assert names(registry.crosswalk("990113009001", 2024)) == ["3507社区"]


def test_crosswalk_over_two_mergers() -> None:
    """Origins are followed as far back as the year needs, each unit once."""
    units = [
        Unit("990113", "雁塔区", "区"),
        Unit("990113009", "鱼化寨街道", "街道", "990113"),
        Unit("990113009001", "甲社区", "社区", "990113009", valid_to=date(2018, 1, 1)),
        Unit(
            "990113009002",
            "乙社区",
            "社区",
            "990113009",
            valid_from=date(2018, 1, 1),
            valid_to=date(2022, 7, 1),
            predecessors=("990113009001",),
        ),
        Unit(
            "990113009003",
            "丙社区",
            "社区",
            "990113009",
            valid_from=date(2018, 1, 1),
            valid_to=date(2022, 7, 1),
            predecessors=("990113009001",),
        ),
        Unit(
            "990113009004",
            "丁社区",
            "社区",
            "990113009",
            valid_from=date(2022, 7, 1),
            predecessors=("990113009002", "990113009003"),
        ),
    ]
    registry = Registry({unit.code: unit for unit in units})
    assert names(registry.crosswalk("990113009004", 2021)) == ["乙社区", "丙社区"]
    assert names(registry.crosswalk("990113009004", 2016)) == ["甲社区"]


def test_communities_without_households_are_told(write: Callable[[str], Path], rows: str) -> None:
    """A mean weighted by households leaves them out: each assessed one is named, an excluded one is not."""
    assert remarks(load_registry(write(rows)), 2025) == ()
    gaps = rows.replace("老旧社区,2400,", "老旧社区,,").replace("回迁社区,2000,", "回迁社区,0,")
    [finding] = remarks(load_registry(write(gaps)), 2025)
    assert (finding.code, finding.severity, finding.file) == ("K539", "warning", "registry.csv")
    assert "有2个参评社区没有户数（「3507社区」、「金域牟家（牟家村回迁社区）社区」）" in finding.message
