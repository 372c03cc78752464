"""A year as people walk it: the commands on one data folder, word for word those of docs/year.md."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.conftest import ROOT, Ran, scorecard

OFFICE = ("--actor", "张三", "--role", "区考核办")
GROUP = ("--actor", "李四", "--role", "考核领导小组")
_PAGE = (ROOT / "docs" / "year.md").read_text("utf-8")


def documented(title: str) -> list[list[str]]:
    """Return the words of each command below a heading of the page."""
    section = re.split(r"\n##+ ", _PAGE.split(f"\n### {title}\n", 1)[1], maxsplit=1)[0]
    lines = [line for block in section.split("```")[1::2] for line in block.strip().splitlines()]
    return [shlex.split(line) for line in lines]


@dataclass
class Year:
    """The commands on one data folder."""

    data: Path
    site: Path

    @property
    def common(self) -> tuple[str | Path, ...]:
        """Which year of which folder."""
        return ("--data", self.data, "--year", "2025")

    def walk(self, title: str) -> list[Ran]:
        """Run what the page shows below a heading, with the folder's names in the place of its own."""
        beside = self.data.parent
        names = {"我区文件夹": self.data, "结果文件夹": self.site}
        done = []
        for program, *words in documented(title):
            assert program == "scorecard"
            given = [names.get(w, beside / w if w.endswith((".pdf", ".zip")) else w) for w in words]
            done.append(scorecard(*given))
            assert done[-1].code == 0, (words, done[-1].err)
        return done

    def build(self) -> dict[str, bytes]:
        """Build and return the site's files."""
        done = scorecard("build", *self.common, "--out", self.site, "--quiet")
        assert done.code == 0, done.err
        return self.pages()

    def pages(self) -> dict[str, bytes]:
        """Return the files of the site as it was built last."""
        root = (self.site / "current").resolve()
        return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}

    def compute(self) -> Ran:
        """Build without pages and return the summary."""
        done = scorecard("build", *self.common, "--no-pages", "--json")
        assert done.code == 0, done.err
        return done

    def scores(self, table: str = "items") -> str:
        """Return a table of the last build as CSV."""
        done = scorecard("scores", *self.common, "--table", table)
        assert done.code == 0, done.err
        return done.out

    def advance(self, to: str, on: str, *more: str, who: tuple[str, ...] = OFFICE) -> Ran:
        """Take a step of the year."""
        return scorecard("cycle", "advance", *self.common, "--to", to, "--on", on, *who, *more)

    def step(self, receipt: str, to: str, on: str, actor: str, role: str, *more: str) -> Ran:
        """Take a step of a file."""
        who = ("--actor", actor, "--role", role)
        return scorecard("submission", "step", receipt, *self.common, "--to", to, "--on", on, *who, *more)
