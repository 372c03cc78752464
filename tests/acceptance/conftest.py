"""The commands as a person runs them, word for word, on copies of the examples."""

import gc
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scorecard.cli import run as run_command
from scorecard.pipeline.check import check_files
from scorecard.pipeline.folder import DataFolder
from scorecard.rulebook import Rulebook
from tests.once import once

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


@dataclass(frozen=True)
class Ran:
    """What a finished command left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout as JSON."""
        return json.loads(self.out)


def scorecard(*arguments: str | Path) -> Ran:
    """Run the command in this process and return what it left; Python starts slower than most commands run.

    What a command changes of its process is put back: it counts on ending with it.
    """
    out, err, thresholds = io.StringIO(), io.StringIO(), gc.get_threshold()
    try:
        with redirect_stdout(out), redirect_stderr(err), chdir(ROOT):
            code = run_command([str(argument) for argument in arguments])
    except SystemExit as refused:  # what the parser does not take
        code = int(refused.code or 0)
    finally:
        gc.set_threshold(*thresholds)
    return Ran(code, out.getvalue(), err.getvalue())


def apart(*arguments: str | Path, env: dict[str, str] | None = None) -> Ran:
    """Run the command in a process of its own, where that is the subject; it must end within two minutes."""
    done = subprocess.run(
        [sys.executable, "-m", "scorecard", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **(env or {})},
        cwd=ROOT,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


_LAST_YEAR: dict[tuple[Path, Path, str, Any], Any] = {}


@pytest.fixture(autouse=True, scope="package")
def last_year() -> Iterator[None]:
    """Judge last year's files of an example as it lies here once: a check of one file needs them all.

    Nobody may change the examples, so they are the same for every test here; others' tests are left alone.
    """
    module, known = sys.modules[check_files.__module__], _LAST_YEAR
    judge = module.values_before

    def values(folder: DataFolder, rulebook: Rulebook, *more: Any) -> Any:
        if EXAMPLES not in folder.root.parents:
            return judge(folder, rulebook, *more)
        key = (folder.root, folder.home, rulebook.sha256, more[-1])
        if key not in known:
            known[key] = judge(folder, rulebook, *more)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "values_before", values)
        yield


@pytest.fixture(scope="session")
def run() -> Callable[..., Ran]:
    """The command."""
    return scorecard


@dataclass(frozen=True)
class Built:
    """One build of an example."""

    data: Path
    home: Path
    site: Path
    summary: dict[str, Any]


def build(data: Path, folder: Path, *more: str) -> Built:
    """Build `data` into a fresh home and site below `folder`."""
    home, site = folder / "home", folder / "site"
    done = scorecard(
        "build", "--data", data, "--year", "2025", "--out", site, "--home", home, "--json", *more
    )
    assert done.code == 0, done.err
    return Built(data, home, site, done.json)


def built_once(name: str, rooms: pytest.TempPathFactory) -> Built:
    """Return the build of an example that all workers share."""
    data, said = EXAMPLES / name, "said.json"

    def make(folder: Path) -> None:
        summary = build(data, folder).summary
        (folder / said).write_text(json.dumps(summary), "utf-8")

    made = once(rooms.mktemp(name), f"built-{name}", make)
    return Built(data, made / "home", made / "site", json.loads((made / said).read_text("utf-8")))


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The example district, built once."""
    return built_once("district-xx", tmp_path_factory)


@pytest.fixture(scope="session")
def street(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The example street with real names, built once."""
    return built_once("yuhuazhai", tmp_path_factory)


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[str], Path]:
    """Return a writable copy of an example."""

    def make(name: str) -> Path:
        ignored = shutil.ignore_patterns("evidence", "products")
        return Path(shutil.copytree(EXAMPLES / name, tmp_path / name, ignore=ignored))

    return make
