"""`make docs`: rewrite the generated pages. Tests fail while one of them is stale."""

from pathlib import Path

from scorecard.cli import HELP
from scorecard.cli.arguments import make_parser
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.show import readme

ROOT = Path(__file__).resolve().parent.parent

if __name__ == "__main__":
    Path(HELP).write_text(make_parser().format_help(), "utf-8")
    rulebook = load_rulebook(find_rulebook(None, None))
    (ROOT / "indicators" / "README.md").write_text(readme(rulebook), "utf-8")
