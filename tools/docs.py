"""`make docs`: rewrite the generated pages. Tests fail while one of them is stale."""

from pathlib import Path

from scorecard.cli import HELP
from scorecard.cli.arguments import make_parser
from scorecard.cycle.diagram import renewed
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.show import readme

ROOT = Path(__file__).resolve().parent.parent

if __name__ == "__main__":
    Path(HELP).write_text(make_parser().format_help(), "utf-8")
    rulebook = load_rulebook(find_rulebook(None, None))
    (ROOT / "indicators" / "README.md").write_text(readme(rulebook), "utf-8")
    year = ROOT / "docs" / "year.md"
    deadlines = {deadline.code: deadline.name_zh for deadline in rulebook.deadlines}
    year.write_text(renewed(year.read_text("utf-8"), deadlines), "utf-8")
