"""What `make bench` says of sites: pages a second, bytes, load times, and a build after a correction."""

import json
import shutil
import statistics
from collections.abc import Callable
from pathlib import Path

import bench_data
from bench_measure import PYTHON, ROOT, build_command, once, stages

FIRST = 500  # communities of the largest district that get pages: all of them take minutes
COLUMNS = (
    "pages of",
    "a second of a core: all, communities'",
    "wall s",
    "site MB, files",
    "page",
    "desktop ms",
    "phone ms",
    "elements",
)


def sites(notes: list[str], work: Path, runs: int, largest: int) -> None:
    """Pages per second of one core, size of the site, and how long pages take to load."""
    notes += ["", f"| {' | '.join(COLUMNS)} |", "|-" * len(COLUMNS) + "|"]
    for communities, most in ((56, None), (335, None), (largest, FIRST)):
        data = work / f"pages{communities}"
        shape = "wide" if communities < largest else "canonical"
        bench_data.make(data, communities, shape=shape, per_street=15 if shape == "wide" else 30)
        home, site = data.parent / f"{data.name}-home", data.parent / f"{data.name}-site"
        tool = [PYTHON, str(ROOT / "tools" / "bench_pages.py"), str(data), str(home), str(site)]
        said = json.loads(once([*tool, *([str(most)] if most else [])]).out)
        release = site / "current"
        unit = min(path.name for path in (release / "c").iterdir())
        paths = [
            "index.html",
            f"c/{unit}",
            f"indicator/{min(p.name for p in (release / 'indicator').iterdir())}",
        ]
        load = [PYTHON, str(ROOT / "tools" / "bench_load.py"), str(release), str(runs), *paths]
        loads = json.loads(once(load).out)
        some = f" (of the first {most:,})" if most else ""
        what = f"{communities:,}{some}"
        size = f"{said['bytes'] / 1e6:.1f}, {said['files']:,}"
        rate = f"{said['pages'] / said['cpu']:.0f}, {said['communities'] / said['communities_cpu']:.0f}"
        for n, path in enumerate(paths):
            mine = [what, rate, f"{said['wall']:.1f}", size] if not n else [""] * 4
            seen = loads[path]
            timed = [f"{seen['desktop']:.0f}", f"{seen['phone']:.0f}", f"{seen['elements']:,.0f}"]
            notes.append(f"| {' | '.join([*mine, path.partition('/')[0], *timed])} |")
    notes.append("")


def rebuilds(notes: list[str], work: Path, runs: int) -> None:
    """A first build with pages, and the one after one number of one file was corrected."""
    example = work / "example"
    shutil.copytree(
        ROOT / "examples" / "district-xx", example, ignore=shutil.ignore_patterns("evidence", "products")
    )
    wide = work / "rebuild335"
    bench_data.make(wide, 335, shape="wide")
    for name, data in (("the example district", example), ("335 communities", wide)):
        first, again = [], []
        for number in range(runs):
            command = [*build_command(data, work / f"{data.name}-{number}")]
            first.append(once(command))
            undo = _corrected(data)
            again.append(once(command))
            undo()
        for kind, of in (("wall", lambda f: f.wall), ("CPU", lambda f: f.cpu)):
            before, after = statistics.median(map(of, first)), statistics.median(map(of, again))
            notes.append(
                f"Rebuild of {name} after one corrected number, {kind} s: {before:.2f} first, "
                f"{after:.2f} after it: {before / after:.1f} times as fast"
            )
        notes.append(f"Stages of the first build of {name}, wall s: {stages(first[-1])}")
        notes.append(f"Stages of its rebuild, wall s: {stages(again[-1])}")


def _corrected(data: Path) -> Callable[[], None]:
    """Make one number of the first street's text file one less; return what undoes it."""
    path = min((data / "submissions" / str(bench_data.YEAR)).glob("*.csv"))
    before = path.read_bytes()
    lines = before.split(b"\n")
    at = next(n for n, text in enumerate(lines) if _numbers(text))
    cells = lines[at].split(b",")
    place = _numbers(lines[at])[0]
    cells[place] = b"%d" % (int(cells[place]) - 1)
    lines[at] = b",".join(cells)
    path.write_bytes(b"\n".join(lines))

    def undo() -> None:
        path.write_bytes(before)

    return undo


def _numbers(text: bytes) -> list[int]:
    """Return the places of a line's counts; a code has twelve digits."""
    return [n for n, cell in enumerate(text.split(b",")) if cell.isdigit() and 1 < int(cell) < 10**6]
