"""`make catalogue`: bring the catalogues of translations up to date with the texts of the program.

A text is found where it stands in the code: in a call of `_` and its likes, in a template, in the message
catalogue, in the rulebook that comes along. A translation is kept as long as its text is there; a new text
has none yet, and a test says so.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from scorecard.language import assets
from scorecard.language.catalogue import LOCALE, files
from scorecard.language.templates import messages
from scorecard.messages import CATALOGUE
from scorecard.portal.pages import TEMPLATES
from scorecard.portal.pages import environment as pages
from scorecard.portal.speech import texts as tables
from scorecard.publish.release import asset
from scorecard.publish.render import environment
from scorecard.rulebook import find_rulebook, load_rulebook
from scorecard.rulebook.printed import texts

ROOT: Final = Path(__file__).resolve().parent.parent
LANGUAGE: Final = "en"
_SIMPLE: Final = frozenset(("_", "N_", "html", "later"))
_IN_CONTEXT: Final = frozenset(("_c", "NC_"))
_REPORT: Final = ("publish", "cycle", "calendar")
_FINDINGS: Final = (
    "names.py",
    "messages",
    "checks",
    "intake",
    "worker",
    "registry",
    "lists",
    "selfscores",
    "pipeline",
)
_EXPLAIN: Final = (
    "explain",
    "insight",
    "robustness",
    "worklist",
    "decisions",
    "survey",
    "upward",
    "rulebook",
    "language",
    "pipeline",
)


class Said(NamedTuple):
    """One text: where it stands, and in which context it means what it means."""

    msgid: str
    place: str
    context: str = ""


def of_python(places: Iterable[str]) -> Iterator[Said]:
    """Yield what modules of these places of the package have said: folders, or single modules."""
    for held in (ROOT / "scorecard" / place for place in places):
        for path in [held] if held.suffix else sorted(held.rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            for node in _calls(ast.parse(path.read_text("utf-8"))):
                yield from _call(node, place)


def _calls(tree: ast.AST) -> list[ast.Call]:
    """Return the calls of a module in the order in which they stand."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def _call(node: ast.Call, place: str) -> Iterator[Said]:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if name in _SIMPLE and words:
        yield Said(words[0], place)
    if name in _IN_CONTEXT and len(words) == 2:
        yield Said(words[1], place, words[0])


def of_report() -> Iterator[Said]:
    """Yield the texts of the report: its templates, its scripts and styles, and the code of its pages."""
    for name, msgid in messages(ROOT / "reports" / "templates", environment()):
        yield Said(msgid, f"reports/templates/{name}")
    for path in sorted((ROOT / "reports" / "assets").iterdir()):
        for text in assets.texts(path.name, asset(path.name)):
            yield Said(text, f"reports/assets/{path.name}", assets.CONTEXT)
    yield from of_python(_REPORT)


def of_findings() -> Iterator[Said]:
    """Yield the sentences of the findings that pages show."""
    for code, text in CATALOGUE.items():
        for said in (text.title, text.message, text.fix):
            yield Said(said, f"scorecard/messages/{code}")
    yield from of_python(_FINDINGS)


def of_explanations() -> Iterator[Said]:
    """Yield what is said of numbers: rules in words, goals, changes, tasks."""
    yield from of_python(_EXPLAIN)


def of_rulebook() -> Iterator[Said]:
    """Yield the texts of the rulebook that comes along; one of somebody else stays Chinese."""
    rulebook = load_rulebook(find_rulebook(None, None))
    yield from (Said(text, f"indicators/{rulebook.id}") for text in texts(rulebook))


def of_portal() -> Iterator[Said]:
    """Yield the texts of the portal's pages, and of the tables that they say things by."""
    for name, msgid in messages(TEMPLATES, pages()):
        yield Said(msgid, f"scorecard/portal/templates/{name}")
    yield from of_python(("portal",))
    yield from (Said(text, "scorecard/portal/speech.py") for text in tables())


SOURCES: Final[dict[str, Callable[[], Iterator[Said]]]] = {
    "report": of_report,
    "findings": of_findings,
    "explain": of_explanations,
    "rulebook": of_rulebook,
    "portal": of_portal,
}


def renewed(language: str = LANGUAGE) -> dict[str, bytes]:
    """Return the catalogues of a language as they must be, each text in one of them."""
    known = {(str(m.context or ""), str(m.id)): m for file in files(language) for m in read(file, language)}
    taken: set[tuple[str, str]] = set()
    made = {}
    for name, source in SOURCES.items():
        held = Catalog(locale=language, fuzzy=False)
        for said in source():
            key = (said.context, said.msgid)
            if key in taken:
                continue
            old = known.get(key)
            taken.add(key)
            held.add(
                said.msgid,
                old.string if old else "",
                locations=[(said.place, 0)],
                flags=old.flags - {"python-brace-format", "python-format"} if old else (),
                user_comments=old.user_comments if old else (),
                context=said.context or None,
            )
        made[name] = _written(held)
    return made


def read(file: Path, language: str) -> Iterator[Any]:
    """Yield the messages of a catalogue; its head is none."""
    with file.open("rb") as opened:
        yield from (m for m in read_po(opened, locale=language, ignore_obsolete=True) if m.id)


def _written(held: Catalog) -> bytes:
    """Return a catalogue as a file: no dates, no line numbers, so that it changes only with the texts."""
    for message in held:
        message.flags -= {"python-brace-format", "python-format"}
    body = BytesIO()
    write_po(body, held, width=0, omit_header=True, include_lineno=False)
    return HEADER + body.getvalue()


HEADER: Final = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'

if __name__ == "__main__":
    for name, content in renewed().items():
        path = LOCALE / LANGUAGE / "LC_MESSAGES" / f"{name}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
