"""The data folder is read in one fixed order, and what is not a table is left alone."""

import os
from pathlib import Path

import pytest

from scorecard.errors import UserError
from scorecard.pipeline.folder import DataFolder, in_folders, natural


def folder(tmp_path: Path, *files: str) -> DataFolder:
    """Return a data folder with these empty files."""
    (tmp_path / "registry.csv").touch()
    for name in files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return DataFolder.open(tmp_path)


def test_versions_stand_in_natural_order() -> None:
    """第2版 comes before 第10版, and a name without a version before one with (2)."""
    names = ["第10版.csv", "第2版.csv", "第1版.csv"]
    assert sorted(names, key=natural) == ["第1版.csv", "第2版.csv", "第10版.csv"]


def test_a_year_folder_keeps_other_years_out(tmp_path: Path) -> None:
    """Only the files of the asked year are taken where years have folders; sub-folders count."""
    data = folder(tmp_path, "submissions/2024/a.csv", "submissions/2025/b/附件2.xlsx", "sources/2025/c.csv")
    assert [f.relative for f in data.files(2025)] == ["submissions/2025/b/附件2.xlsx", "sources/2025/c.csv"]
    assert [f.party for f in data.files(2025)] == ["street", "district"]
    assert data.has_year(2024)
    assert not data.has_year(2023)


def test_a_flat_folder_is_taken_whole(tmp_path: Path) -> None:
    """Without year folders every file is offered; the files themselves say their year."""
    assert [f.relative for f in folder(tmp_path, "submissions/x/a.csv").files(2025)] == [
        "submissions/x/a.csv"
    ]


def test_locks_and_hidden_files_are_no_submissions(tmp_path: Path) -> None:
    """~$ locks, dot files and notes are not read; whatever else lies there is, and is told about."""
    data = folder(
        tmp_path, "submissions/~$a.xlsx", "submissions/.a.csv", "submissions/说明.md", "submissions/扫描.pdf"
    )
    assert [f.relative for f in data.files(2025)] == ["submissions/扫描.pdf"]


def test_no_registry_is_one_sentence(tmp_path: Path) -> None:
    """A folder without registry cannot be opened."""
    with pytest.raises(UserError, match=r"registry\.csv"):
        DataFolder.open(tmp_path)


def test_a_name_in_gbk_bytes_is_shown_in_chinese(tmp_path: Path) -> None:
    """A file out of a Windows archive keeps its bytes as its name; people see what they called it."""
    (tmp_path / "registry.csv").write_text("编码\n", "utf-8")
    (tmp_path / "submissions").mkdir()
    name = os.fsdecode("望河街道.csv".encode("gb18030"))
    (tmp_path / "submissions" / name).write_bytes(b"x")
    [found] = DataFolder.open(tmp_path).files(2025)
    assert found.relative == "submissions/望河街道.csv"
    assert found.path.read_bytes() == b"x"


def test_a_name_stays_on_one_line(tmp_path: Path) -> None:
    """A line break in a file's name is shown as its picture, wherever the name is printed."""
    [file] = folder(tmp_path, "submissions/2025/上报\n表.csv").files(2025)
    assert file.relative == "submissions/2025/上报␊表.csv"
    assert file.path.is_file()


def test_a_link_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    """It is no file, and nobody would miss it; one that leads to a file is that file."""
    data = folder(tmp_path, "submissions/2025/a.csv", "elsewhere.csv")
    (tmp_path / "submissions/2025/断.csv").symlink_to(tmp_path / "没有.csv")
    (tmp_path / "submissions/2025/通.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert [(u.relative, u.why) for u in data.unread([2025]) if u.why == "broken"] == [
        ("submissions/2025/断.csv", "broken")
    ]
    assert "submissions/2025/通.csv" in [f.relative for f in data.files(2025)]


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    """Natural order, other files as they are given; a data folder and an empty one are refused in words."""
    folder(tmp_path, "submissions/2025/第10版.csv", "submissions/2025/第2版.csv", "x.csv")
    place = tmp_path / "submissions/2025"
    names = [p.name for p in in_folders([tmp_path / "x.csv", place])]
    assert names == ["x.csv", "第2版.csv", "第10版.csv"]
    with pytest.raises(UserError, match="是数据文件夹"):
        in_folders([tmp_path])
    (tmp_path / "空").mkdir()
    with pytest.raises(UserError, match="里没有可以检查的文件"):
        in_folders([tmp_path / "空"])
