"""A small registry with the names that went wrong in practice; codes begin with 99 and are invented."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.registry import Registry, load_registry

HEADER = (
    "编码,名称,层级,上级编码,类型,户数,常住人口,网格数,居民小组数,"
    "参评,不参评原因,成立日期,撤销日期,前身编码,别名,备注"
)
ROWS = """\
990113,雁塔区,区,,,,,,,,,,,,,
990113009,鱼化寨街道,街道,990113,,,,,,,,,,,,
990113010,丈八街道,街道,990113,,,,,,,,,,,,
990113009001,3507社区,社区,990113009,老旧社区,2400,8800,6,22,是,,,,,三五零七社区,
990113009002,西钞社区,社区,990113009,老旧社区,1600,5900,4,15,是,,,,,,
990113009003,西钞西社区居委会,社区,990113009,城市社区,1200,4400,3,11,是,,,,,,
990113009004,金域牟家（牟家村回迁社区）社区,社区,990113009,回迁社区,2000,7000,5,18,是,,,,,金域牟家；牟家村回迁社区,
990113009005,和平社区,社区,990113009,城市社区,1000,3600,2,8,是,,,,,,
990113010001,和平社区,社区,990113010,城市社区,1100,3900,3,10,是,,,,,,
990113010002,丈八沟村,社区,990113010,城中村,,,,,否,城中村不参评,,,,,
990113010003,张家屯社区,社区,990113010,城市社区,1900,6800,5,17,是,,2020-05-01,,990113010004；990113010005,,合并
990113010004,吴家屯社区,社区,990113010,城市社区,900,3300,2,8,是,,,2020-05-01,,,
990113010005,张家屯村,社区,990113010,城中村,800,3000,2,7,否,城中村不参评,,2020/5/1,,,
990113010006,新城社区,社区,990113010,新建小区,700,2500,2,6,否,新设，单列不排名,2025年3月1日,,,,
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Write rows below the header as a CSV in UTF-8 and return its path."""

    def to_file(rows: str, header: str = HEADER) -> Path:
        path = tmp_path / "registry.csv"
        path.write_text(f"{header}\n{rows}", "utf-8")
        return path

    return to_file


@pytest.fixture
def registry(write: Callable[[str], Path]) -> Registry:
    """The registry above."""
    return load_registry(write(ROWS))


@pytest.fixture
def rows() -> str:
    """The rows above, to be broken."""
    return ROWS


@pytest.fixture
def header() -> str:
    """The header of registry.csv."""
    return HEADER
