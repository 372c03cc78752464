"""A district of five communities of one type, small enough to work out by hand; built in-process."""

import shutil
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from scorecard.pipeline.appeals import Appeal, Decision
from scorecard.pipeline.basis import Request
from scorecard.pipeline.build import build
from scorecard.pipeline.decide import Ruling, decide, preview
from scorecard.pipeline.effect import Effect
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.lodge import Lodged, lodge
from scorecard.rulebook import find_rulebook

NOW = "2026-03-05T00:00:00+00:00"
UNITS = {f"99010000100{n}": f"{name}社区" for n, name in enumerate("甲乙丙丁戊", start=1)}
FIRST, SECOND, THIRD, FOURTH, FIFTH = UNITS
SATISFIED = dict(zip(UNITS, (60, 70, 80, 90, 100), strict=True))
STAFF, TRAINED, HOURS = 10, 5, 300


def registry() -> str:
    """The registry as CSV."""
    rows = ["编码,名称,层级,上级编码,类型,参评", "990100,示例区,区,,,", "990100001,示例街道,街道,990100,,"]
    return (
        "\n".join(rows + [f"{code},{name},社区,990100001,新建小区,是" for code, name in UNITS.items()]) + "\n"
    )


def facts(**changed: str) -> str:
    """The district's numbers as CSV: safety satisfaction, and two items over the same head count."""
    rows = ["年度,社区编码,指标编码,分子,分母"]
    for code, satisfied in SATISFIED.items():
        rows.append(changed.get(f"u{code}", f"2025,{code},TH02,{satisfied},100"))
        rows += [f"2025,{code},XN01,{HOURS},{STAFF}", f"2025,{code},XN02,{TRAINED},{STAFF}"]
    return "\n".join(row for row in rows if row) + "\n"


LEFT = ("evidence", "products")  # what a build leaves in the data folder
_BUILT: dict[tuple[Path, frozenset[tuple[Path, bytes]]], tuple[Path, Any]] = {}


class District:
    """The data folder, and what people do with it; in `keep` lie builds that others may take over."""

    def __init__(self, root: Path, rulebook: Path, keep: Path | None = None) -> None:
        self.root, self.rulebook, self.keep = root, rulebook, keep
        self.document = root.parent / "决定.txt"
        self.document.write_text("决定", "utf-8")
        self.put("registry.csv", registry())
        self.put("sources/2025/各项.csv", facts())
        self.folder = DataFolder.open(root)

    def put(self, name: str, text: str) -> None:
        """Write a file of the folder."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def build(self, out: Path | None = None) -> Any:
        """Build the year; what a first build of the same files left in another test is taken over.

        Nothing in it depends on the place of the folder or on the time.
        """
        if out or self.keep is None or (self.root / LEFT[0]).exists():
            return build(Request(self.root, 2025, out, str(self.rulebook)), now=NOW)
        files = {p.relative_to(self.root): p.read_bytes() for p in self.root.rglob("*") if p.is_file()}
        key = (self.rulebook, frozenset(files.items()))
        if key not in _BUILT:
            made = build(Request(self.root, 2025, None, str(self.rulebook)), now=NOW)
            kept = Path(mkdtemp(dir=self.keep))
            for name in LEFT:
                shutil.copytree(self.root / name, kept / name, symlinks=True)
            _BUILT[key] = (kept, made)
        else:
            for name in LEFT:
                shutil.copytree(_BUILT[key][0] / name, self.root / name, symlinks=True)
        return _BUILT[key][1]

    def appeal(self, **given: Any) -> Appeal:
        """Open an appeal of the first community against its safety satisfaction."""
        said: dict[str, Any] = {
            "unit": FIRST,
            "indicator": "TH02",
            "receipt": "",
            "sheet": "",
            "cell": "",
            "ground": "数据错误",
            "statement": "抄错",
            "evidence": self.document,
            "actor": "张三",
            "on": date(2026, 3, 4),
        }
        return lodge(Lodged(data=self.root, year=2025, home=None, **{**said, **given}), now=NOW)[0]

    def decide(self, number: str, *changes: str, **given: Any) -> Decision:
        """Uphold an appeal if there are changes, reject it if not."""
        return decide(self._ruling(number, *changes, **given), now=NOW)

    def preview(self, number: str, *changes: str, **given: Any) -> Effect:
        """See what that would do."""
        return preview(self._ruling(number, *changes, **given), now=NOW)

    def _ruling(self, number: str, *changes: str, **given: Any) -> Ruling:
        said: dict[str, Any] = {
            "outcome": "upheld" if changes else "rejected",
            "decision_no": "示例〔2026〕12号",
            "decider": "李四",
            "reason": "查实",
            "document": self.document,
            "on": date(2026, 3, 6),
        }
        return Ruling(data=self.root, home=None, appeal_no=number, changes=changes, **{**said, **given})


@pytest.fixture(scope="session")
def keep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place for builds that several tests start from."""
    return tmp_path_factory.mktemp("built")


@pytest.fixture
def district(tmp_path: Path, keep: Path) -> District:
    """The district under the rulebook of 2025."""
    return District(tmp_path / "data", find_rulebook(None, 2025), keep)


@pytest.fixture
def relative(tmp_path: Path, keep: Path) -> District:
    """The same where safety satisfaction is scored between the worst and the best of the type."""
    book = Path(shutil.copytree(find_rulebook(None, 2025), tmp_path / "book"))
    for path in book.glob("community/*.toml"):
        text = path.read_text("utf-8")
        before, _, after = text.partition('code = "TH02"')
        changed = after.replace(
            'rule = { type = "LIN", zero_at = 70, full_at = 90 }', 'rule = { type = "MM" }', 1
        )
        path.write_text(f'{before}code = "TH02"{changed}' if after else text, "utf-8")
    return District(tmp_path / "data", book, keep)
