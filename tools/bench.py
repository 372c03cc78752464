"""`make bench`: how fast the program is, as ratios to a raw baseline measured in the same run.

Every figure is a fresh process, measured RUNS times after one warm-up; the median is kept. CPU seconds
(user + system, children included) are steadier than wall time on a shared machine.
"""

import argparse
import json
import platform
import tempfile
from pathlib import Path
from statistics import median

import bench_data
import psutil
from bench_measure import PYTHON, ROOT, Figure, build_command, line, measure, once, stages
from bench_sites import rebuilds, sites

SCAN = """
import duckdb, sys
names = {n: 'VARCHAR' for n in sys.argv[2].split(',')}
con = duckdb.connect(); con.execute('set threads=2')
sql = 'select count(*), max(length(value)) from read_csv(?, header=true, auto_detect=false, columns=?)'
print(con.execute(sql, [sys.argv[1] + '/*.csv', names]).fetchone())
"""

READS = {
    "polars reading the file": "import polars, sys; polars.read_csv(sys.argv[1], infer_schema=False)",
    "DuckDB reading the file": """
import duckdb, sys
con = duckdb.connect()
con.execute("create table t as from read_csv(?, all_varchar=true)", [sys.argv[1]])
""",
}
WARM_ROWS = 50_000


def main() -> None:
    """Measure everything and write the table to build/bench.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--largest", type=int, default=20_000, help="communities of the largest build")
    options = parser.parse_args()
    rows: list[str] = []
    notes: list[str] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        work = Path(temporary)
        _start(rows, options.runs)
        _checks(rows, notes, work, options.runs)
        _builds(rows, notes, work, options.runs, options.largest)
        sites(notes, work, options.runs, options.largest)
        rebuilds(notes, work, options.runs)
        _insights(rows, notes, work, options.runs, options.largest)
        _appeals(rows, work, options.runs, options.largest)
    head = ["| what | wall s | CPU s | peak MB | ratio to a raw baseline |", "|-|-|-|-|-|"]
    machine = f"{platform.machine()}, {psutil.cpu_count()} cores, Python {platform.python_version()}"
    text = "\n".join([f"Measured on {machine}.", "", *head, *rows, "", *notes]) + "\n"
    target = ROOT / "build" / "bench.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, "utf-8")
    print(text)


def _start(rows: list[str], runs: int) -> None:
    bare = measure([PYTHON, "-c", "pass"], runs * 5)
    help_text = measure([str(Path(PYTHON).parent / "scorecard"), "--help"], runs * 5)
    rows.append(line("scorecard --help", help_text, bare, "python -c pass"))


def _checks(rows: list[str], notes: list[str], work: Path, runs: int) -> None:
    """Files in long form of three sizes, beside plain reads of the same bytes; the smallest warm as well."""
    for communities in (24, 392, 20_000):
        data = work / f"check{communities}"
        bench_data.make(data, communities, shape="canonical", per_street=30)
        file = _joined(data)
        count = len(file.read_bytes().splitlines()) - 1
        command = [PYTHON, "-m", "scorecard", "check", str(file), "--data", str(data)]
        figure = measure([*command, "--year", str(bench_data.YEAR), "--party", "district"], runs)
        for name, reading in READS.items():
            raw = measure([PYTHON, "-c", reading, str(file)], runs)
            rows.append(line(f"scorecard check, {count:,} rows", figure, raw, name))
        if count < WARM_ROWS:
            warm = once([PYTHON, str(ROOT / "tools" / "bench_check.py"), str(data), str(file), "20"])
            said = json.loads(warm.out)
            notes.append(
                f"{count:,} rows in a warm process: check and marked workbook p95 {said['p95']:.3f} s, "
                f"of a workbook {said['workbook_p95']:.3f} s; "
                f"every number wrong {said['wrong_to_clean']:.1f} × clean"
            )


def _joined(data: Path) -> Path:
    """Return one file with the rows of all files of `data`."""
    texts = [p.read_text("utf-8") for p in sorted((data / "sources" / str(bench_data.YEAR)).iterdir())]
    file = data / "joined.csv"
    file.write_text(texts[0] + "".join(t.partition("\n")[2] for t in texts[1:]), "utf-8")
    return file


def _builds(rows: list[str], notes: list[str], work: Path, runs: int, largest: int) -> None:
    importing = measure([PYTHON, "-c", "import duckdb, polars, jinja2"], runs)
    for communities, shape in ((56, "wide"), (335, "wide")):
        data = work / f"d{communities}"
        files = bench_data.make(data, communities, shape=shape)
        figure = measure(build_command(data, work / f"site{communities}"), runs)
        rows.append(
            line(
                f"build, {communities} communities, {files} files, pages",
                figure,
                importing,
                "the imports alone",
            )
        )
        notes.append(f"Stages of {communities}, wall s: {stages(figure)}")
    data = work / "largest"
    files = bench_data.make(data, largest, shape="canonical", per_street=30)
    folder = data / "sources" / str(bench_data.YEAR)
    scan = measure([PYTHON, "-c", SCAN, str(folder), ",".join(bench_data.CANONICAL)], runs)
    command = build_command(data, None)
    figure = measure(command, runs)
    name = f"build, {largest:,} communities, {files:,} canonical files, no pages"
    rows.append(line(name, figure, scan, "DuckDB's bare scan of the files"))
    notes.append(f"Stages of {largest:,}, wall s: {stages(figure)}")
    [warehouse] = (Path(command[3]) / "products" / "warehouse").glob("*.duckdb")
    notes += ["", _floor(folder, warehouse, scan, runs), ""]


def _floor(folder: Path, warehouse: Path, scan: Figure, runs: int) -> str:
    """Return the least work that keeping evidence asks for, step by step, as multiples of the bare scan."""
    command = [PYTHON, str(ROOT / "tools" / "bench_floor.py"), str(folder), str(warehouse)]
    seen = [json.loads(once(command).out) for _ in range(runs)]
    steps = {name: [median(one[name][n] for one in seen) for n in (0, 1)] for name in seen[0]}
    steps["together"] = [sum(values) for values in zip(*steps.values(), strict=True)]
    head = ["| least work with evidence | wall s | × scan | CPU s | × scan |", "|-|-|-|-|-|"]
    return "\n".join(
        head
        + [
            f"| {name} | {wall:.2f} | {wall / scan.wall:.1f} | {cpu:.2f} | {cpu / scan.cpu:.1f} |"
            for name, (wall, cpu) in steps.items()
        ]
    )


def _appeals(rows: list[str], work: Path, runs: int, largest: int) -> None:
    """An upheld appeal: the build after it, its effect, one explanation, the archive and its check."""
    importing = measure([PYTHON, "-c", "import duckdb, polars, sqlalchemy"], runs)
    for communities in (335, largest):
        data = work / f"appeal{communities}"
        bench_data.make(data, communities, shape="canonical", per_street=30)
        unit, indicator = _appealed(data)
        _appeal(data, unit, indicator)
        where = ["--data", str(data), "--year", str(bench_data.YEAR)]
        archive = work / f"{communities}.zip"
        for name, command in (
            ("the build after it", ["build", *where, "--no-pages", "--quiet"]),
            ("its effect on everybody", ["appeal", "show", _NUMBER, "--data", str(data)]),
            ("explain the corrected number", ["explain", unit, indicator, *where]),
            ("seal", ["seal", *where, "--out", str(archive)]),
            ("verify", ["verify", str(archive)]),
        ):
            words = [PYTHON, "-m", "scorecard", *command]
            figure = measure(words, runs) if communities < largest else once(words)  # minutes each
            rows.append(
                line(f"appeal, {communities:,} communities: {name}", figure, importing, "the imports")
            )


_NUMBER = "2025-SS-001"


def _appealed(data: Path) -> tuple[str, str]:
    """Return unit and indicator of the first row with two counts: the ones that are appealed."""
    [first, *_] = sorted((data / "sources" / str(bench_data.YEAR)).iterdir())
    rows = [text.split(",") for text in first.read_text("utf-8").splitlines()[1:]]
    return next((row[1], row[2]) for row in rows if row[3] and row[4] and int(row[3]) < int(row[4]))


def _appeal(data: Path, unit: str, indicator: str) -> None:
    """Build, lodge an appeal, and uphold it with one more in the numerator's place."""
    paper = data.parent / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7 evidence")
    for words in (
        f"build --year {bench_data.YEAR} --no-pages --quiet",
        f"appeal open --year {bench_data.YEAR} --unit {unit} --indicator {indicator} --ground 数据错误 "
        f"--statement 少计 --evidence {paper} --actor 甲 --on 2026-03-04",
        f"appeal decide {_NUMBER} --outcome upheld --decision-no 示例〔2026〕1号 --decider 乙 --reason 查实 "
        f"--document {paper} --on 2026-03-06 --set {indicator}.numerator=1",
    ):
        once([PYTHON, "-m", "scorecard", *words.split(), "--data", str(data)])


def _insights(rows: list[str], notes: list[str], work: Path, runs: int, largest: int) -> None:
    """What is said of changes: of every community of a district, and of one among many."""
    importing = measure([PYTHON, "-c", "import duckdb, polars, jinja2"], runs)
    for communities, which in ((335, "all"), (largest, "one")):
        data = work / f"insight{communities}"
        bench_data.make(data, communities, shape="canonical", per_street=30)
        bench_data.year_before(data)
        build = build_command(data, None)
        once(build)
        tool = str(ROOT / "tools" / "bench_insight.py")
        figure = measure([PYTHON, tool, str(data), build[3], which], runs)
        name = f"changes and what it takes, {which} of {communities:,}"
        rows.append(line(name, figure, importing, "the imports alone"))
        notes.append(f"Stages of {which} of {communities:,}, CPU s: {stages(figure)}")


if __name__ == "__main__":
    main()
