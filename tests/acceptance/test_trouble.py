"""Ordinary trouble, as it happens to a person: one Chinese sentence, an exit code, and nothing broken."""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.conftest import EXAMPLES, ROOT, Built, Ran

STREET = EXAMPLES / "yuhuazhai"
FILE = STREET / "submissions" / "2025" / "鱼化寨街道.xlsx"
BUILD = ("build", "--year", "2025", "--quiet")
ENGLISH = ("Traceback", "Error", "Errno", "invalid", "argument", "sqlalche", "No such")


def assert_told(done: Ran, *said: str, code: int = 2) -> None:
    """One Chinese sentence and no engine's English."""
    assert done.code == code, done.err
    assert done.err.startswith("错误：") and done.err.count("\n") == 1, done.err
    assert all(word in done.err for word in said), done.err
    assert not any(word in done.err for word in ENGLISH), done.err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("scores", "--out", "{file}/x.csv"), ("「{file}/x.csv」", "有一级是文件")),
        (("check", FILE, "--out", "{folder}"), ("「{folder}」", "这是文件夹")),
        (("check", FILE, "--format", "xlsx", "--out", "{folder}/no/x.xlsx"), ("没有这个文件或文件夹",)),
        (("template", "--street", "990200001", "--out", "{folder}/no/x.xlsx"), ("没有这个文件或文件夹",)),
        (("build", "--out", "{file}"), ("「{file}」", "是一个文件，不是文件夹")),
        (("build", "--out", "{file}/site"), ("「{file}/site", "有一级是文件")),
        (("build", "--out", "{folder}/used"), ("已有不是本程序生成的「current」", "没有写入")),
        (("build", "--as-of", "2025-02-30", "--no-pages"), ("--as-of", "「2025-02-30」不是日期")),
        (("build", "--as-of", "2024-12-31", "--no-pages"), ("早于2025年1月1日",)),
        (("build", "--year", "二〇二五", "--no-pages"), ("「二〇二五」不是年度", "四位数字")),
        (("build", "--no-pages", "--out", "x"), ("--out", "只能写一个")),
        (("build",), ("--out --no-pages 要写其中一个",)),
        (("explain",), ("缺少 UNIT",)),
        (("check", FILE, "--format", "pdf"), ("「pdf」", "text、json、xlsx")),
    ],
)
def test_what_goes_wrong_is_one_sentence(
    command: tuple[str | Path, ...],
    said: tuple[str, ...],
    run: Callable[..., Ran],
    street: Built,
    tmp_path: Path,
) -> None:
    """A place that cannot be written, or a command written wrongly: what, where and why; nothing is left."""
    (tmp_path / "file").write_text("x", "utf-8")
    (tmp_path / "used" / "current" / "own").mkdir(parents=True)
    places = {"file": tmp_path / "file", "folder": tmp_path}
    before = sorted(tmp_path.rglob("*"))
    home = () if command[0] in ("check", "template") else ("--home", street.home)
    words = [str(word).format(**places) for word in command[1:]]
    done = run(command[0], "--data", STREET, "--year", "2025", *home, *words)
    assert_told(done, *(word.format(**places) for word in said))
    assert sorted(tmp_path.rglob("*")) == before


def test_no_year_is_told(run: Callable[..., Ran]) -> None:
    """What is missing is named."""
    assert_told(run("scores", "--data", STREET), "缺少 --year", "scorecard scores --help")


@pytest.mark.parametrize("place", ["", "submissions/2025", "sources/x", "evidence", "decisions/s", ".."])
def test_a_site_never_lies_among_the_data(
    place: str, copy: Callable[[str], Path], run: Callable[..., Ran]
) -> None:
    """Among the data it would be read, or publish them: refused before anything is done."""
    data = copy("yuhuazhai")
    before = sorted(data.rglob("*"))
    assert_told(run(*BUILD, "--data", data, "--out", data / place), "请换")
    assert sorted(data.rglob("*")) == before


def _limited(size: int) -> Callable[[], None]:
    """Return what lets a process write no file larger than `size` bytes, as a full disk would not."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_no_room_is_told_and_leaves_what_was_there(
    copy: Callable[[str], Path], run: Callable[..., Ran], tmp_path: Path
) -> None:
    """Wherever room runs out (store, ledger, warehouse, pages), the sentence names a path of ours."""
    words = (*BUILD, "--data", str(copy("yuhuazhai")), "--out", str(tmp_path / "site"))
    command = [sys.executable, "-m", "scorecard", *words]
    for size in (1_000, 80_000, 300_000):
        done = subprocess.run(command, capture_output=True, text=True, preexec_fn=_limited(size), cwd=ROOT)
        assert_told(Ran(done.returncode, done.stdout, done.stderr), str(tmp_path))
    assert run(*words).code == 0


def test_a_file_name_in_gbk_is_read_and_a_folder_is_told(
    copy: Callable[[str], Path], run: Callable[..., Ran]
) -> None:
    """Out of a Windows archive: a file counts under the name as it was meant; a folder must be renamed."""
    data = copy("yuhuazhai")
    file = data / "submissions" / "2025" / "鱼化寨街道.xlsx"
    file.rename(file.with_name(os.fsdecode("鱼化寨（终稿）.xlsx".encode("gbk"))))
    done = run("build", "--data", data, "--year", "2025", "--no-pages", "--json")
    assert [f["file"] for f in done.json["files"]] == ["submissions/2025/鱼化寨（终稿）.xlsx"]
    meant = data.with_name(os.fsdecode("鱼化寨".encode("gbk")))
    data.rename(meant)
    assert_told(run("build", "--data", meant, "--year", "2025", "--no-pages", "--json"), "鱼化寨")


def test_a_damaged_ledger_is_told(copy: Callable[[str], Path], run: Callable[..., Ran]) -> None:
    """Neither building nor looking goes on with a ledger that is none; verifying says it did not pass."""
    data = copy("yuhuazhai")
    ledger = data / "evidence" / "ledger.sqlite"
    ledger.parent.mkdir()
    ledger.write_bytes(b"garbage" * 100)
    for command in (("build", "--year", "2025", "--no-pages"), ("ledger", "show")):
        assert_told(run(*command, "--data", data), f"「{ledger}」已经损坏")
    done = run("ledger", "verify", "--data", data)
    assert (done.code, "未通过" in done.err) == (1, True)


def test_a_forged_record_is_told(
    copy: Callable[[str], Path], run: Callable[..., Ran], tmp_path: Path
) -> None:
    """Nothing is made from a ledger in which somebody edited a record: the sentence names it."""
    data = copy("yuhuazhai")
    run(*BUILD, "--data", data, "--no-pages")
    with sqlite3.connect(data / "evidence" / "ledger.sqlite") as raw:
        raw.execute("DROP TRIGGER entry_no_update")
        raw.execute("UPDATE entry SET actor = '别人' WHERE seq = 2")
    raw.close()
    for command in (
        (*BUILD, "--no-pages"),
        ("seal", "--year", "2025", "--out", tmp_path / "a.zip"),
    ):
        assert_told(run(*command, "--data", data), "台账第2条记录", "被改动过", "请换回备份的台账")


def test_lost_products_are_told(copy: Callable[[str], Path], run: Callable[..., Ran]) -> None:
    """Half-deleted products ask for a new build."""
    data = copy("yuhuazhai")
    run(*BUILD, "--data", data, "--no-pages")
    shutil.rmtree(data / "products" / "warehouse")
    assert_told(run("scores", "--data", data, "--year", "2025"), "不完整", "请重新运行")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", [("scores",), ("explain", "3507社区"), ("explain", "3507社区", "FY01")])
def test_a_full_stdout_is_told(command: tuple[str, ...], street: Built) -> None:
    """What cannot be printed is no success, and Python itself does not complain on top."""
    arguments = (*command, "--data", str(STREET), "--year", "2025", "--home", str(street.home))
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "scorecard", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
    assert_told(Ran(done.returncode, "", done.stderr), "写不到标准输出：磁盘已满")


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONUTF8": "0", "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "gbk"},
    ],
)
def test_any_locale_can_read_and_say_chinese(env: dict[str, str], street: Built, tmp_path: Path) -> None:
    """Names of files, arguments and sentences are Chinese whatever the locale says; data stay the same."""
    place = ("--data", str(STREET), "--year", "2025", "--home", str(tmp_path))

    def out(*arguments: str) -> str:
        command = [sys.executable, "-m", "scorecard", *arguments]
        done = subprocess.run(command, capture_output=True, env={**os.environ, **env}, cwd=ROOT)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode("gb18030" if env.get("PYTHONIOENCODING") == "gbk" else "utf-8")

    assert "用时" in out("build", *place, "--no-pages")
    assert "submissions/2025/鱼化寨街道.xlsx" in out("explain", "3507社区", "FY01", *place)


def test_a_fault_of_the_program_has_its_own_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What we did not foresee keeps its traceback, and is not taken for blocking findings."""
    from scorecard import cli
    from scorecard.cli import commands

    def broken(_: object) -> int:
        raise ZeroDivisionError("一除以零")

    monkeypatch.setattr(commands, "rulebook_lint", broken)
    assert cli.run(["rulebook", "lint"]) == 3
    said = capsys.readouterr().err
    assert "Traceback" in said and "程序自身出错" in said


def test_verify_finds_what_a_chain_alone_cannot_show(
    copy: Callable[[str], Path], run: Callable[..., Ran]
) -> None:
    """An emptied table leaves stored files that no entry names; a cut end is found by the head noted down."""
    data = copy("yuhuazhai")
    head = run("build", "--year", "2025", "--data", data, "--no-pages", "--json").json["ledger_head"]
    printed = run("build", "--year", "2025", "--data", data, "--no-pages").out
    assert f"scorecard ledger verify --data {data} --head {head[:16]}" in printed
    assert run("ledger", "verify", "--data", data, "--head", head[:16]).code == 0
    assert_told(run("ledger", "verify", "--data", data, "--head", "not-a-hash"), "不是指纹")
    with sqlite3.connect(data / "evidence" / "ledger.sqlite") as raw:
        raw.execute("DROP TRIGGER entry_no_delete")
        for condition, said in (("seq >= 2", "没有1份留存文件的记录"), ("true", "没有2份留存文件的记录")):
            raw.execute(f"DELETE FROM entry WHERE {condition}")
            raw.commit()
            done = run("ledger", "verify", "--data", data)
            assert (done.code, said in done.err) == (1, True), done.err
            done = run("ledger", "verify", "--data", data, "--head", head[:16])
            assert (done.code, "末尾的记录被截掉" in done.err) == (1, True), done.err
    raw.close()


def test_the_ledger_is_shown_in_chinese(run: Callable[..., Ran], street: Built) -> None:
    """A line an entry: when, what, which file and receipt, and what came of it."""
    lines = run("ledger", "show", "--data", STREET, "--home", street.home).out.splitlines()
    assert "收到 submissions/2025/鱼化寨街道.xlsx，回执2025-990200001-A-001" in lines[0]
    assert "北京时间" in lines[0] and "采用7个单位，待更正0个" in lines[1]
