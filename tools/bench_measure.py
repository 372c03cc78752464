"""Commands run in fresh processes and measured: wall and CPU seconds, peak memory."""

import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured command: medians of wall and CPU seconds, and the highest memory seen."""

    wall: float
    cpu: float
    peak_mb: float
    out: str


def measure(command: list[str], runs: int) -> Figure:
    """Run `command` in fresh processes and return its figures.

    Raises:
        SystemExit: The command failed; a failed run is no measurement.
    """
    once(command)
    seen = [once(command) for _ in range(runs)]
    return Figure(
        wall=statistics.median(f.wall for f in seen),
        cpu=statistics.median(f.cpu for f in seen),
        peak_mb=max(f.peak_mb for f in seen),
        out=seen[-1].out,
    )


def once(command: list[str]) -> Figure:
    """Run `command` once, watching its memory."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = psutil.Popen(command, stdout=out, stderr=errors, cwd=ROOT)
        peak, cpu = 0.0, 0.0
        while process.poll() is None:
            try:
                peak = max(peak, process.memory_info().rss)
                times = process.cpu_times()
                cpu = times.user + times.system + times.children_user + times.children_system
            except (psutil.NoSuchProcess, psutil.ZombieProcess):
                break
            time.sleep(0.004)
        code = process.wait()
        wall = time.perf_counter() - started
        if code != 0:
            errors.seek(0)
            sys.exit(f"{command} ended with {code}: {errors.read().decode()[-2000:]}")
        out.seek(0)
        return Figure(wall, cpu, peak / 1e6, out.read().decode())


def build_command(data: Path, out: Path | None) -> list[str]:
    """Return the command that builds `data` with or without pages, into a fresh home."""
    pages = ["--out", str(out)] if out else ["--no-pages"]
    home = tempfile.mkdtemp(prefix="home-", dir=data.parent)
    return [PYTHON, str(ROOT / "tools" / "bench_build.py"), str(data), home, *pages]


def line(name: str, figure: Figure, base: Figure, of: str) -> str:
    """Return one row of the table."""
    ratio = figure.wall / base.wall
    return (
        f"| {name} | {figure.wall:.3f} | {figure.cpu:.2f} | {figure.peak_mb:.0f} | {ratio:.1f} × {of} "
        f"({base.wall:.3f} s, {base.cpu:.2f} CPU s) |"
    )


def stages(figure: Figure) -> str:
    """Return the stages that a build printed, as one line."""
    seconds: dict[str, float] = json.loads(figure.out.strip().splitlines()[-1])
    return "; ".join(f"{name} {value:.2f}" for name, value in seconds.items())
