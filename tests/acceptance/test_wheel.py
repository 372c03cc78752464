"""`pip install .` gives a working command with its rulebooks, SQL and templates inside."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.conftest import EXAMPLES, ROOT

_FIRST = "import sys; sys.path.insert(0, {!r})"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked where nothing of the checkout can be seen."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    made = subprocess.run(
        [*pip, "--no-build-isolation", "--target", str(folder / "site"), str(ROOT)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert made.returncode == 0, made.stderr
    return folder


def call(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command from a folder of its own."""
    code = f"{_FIRST.format(str(installed / 'site'))}; import scorecard.__main__ as m; m.main()"
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=installed,
        env=environment,
    )


def test_the_installed_package_is_the_one_that_runs(installed: Path) -> None:
    """The test below would prove nothing if the checkout answered."""
    code = f"{_FIRST.format(str(installed / 'site'))}; import scorecard; print(scorecard.__file__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=installed)
    assert done.stdout.startswith(str(installed))


def test_the_installed_command_builds_a_report(installed: Path) -> None:
    """A data folder becomes a site with the wheel's own resources."""
    done = call(
        installed,
        *("build", "--data", str(EXAMPLES / "yuhuazhai"), "--year", "2025", "--quiet"),
        *("--out", str(installed / "out"), "--home", str(installed / "home")),
    )
    assert done.returncode == 0, done.stderr
    assert (installed / "out" / "current" / "index.html").is_file()
    assert (installed / "site" / "scorecard" / "resources" / "sql").is_dir()
