"""Jinja templates in another language: the parsed template is rewritten before it is compiled.

Nothing is marked in a template. Every run of text with Chinese in it, every value of an attribute and
every Chinese word in an expression is a message, so that none can be forgotten; what is compared or looked
up stays.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

from jinja2 import Environment, nodes

from scorecard.language.catalogue import Catalogue
from scorecard.language.filling import FOREIGN, chosen, plain
from scorecard.language.runs import Item, Lookup, Tag, rebuilt
from scorecard.language.scan import INLINE, Piece, Place, Scanner, tag_name

_DATA: Final = (
    nodes.Compare,
    nodes.Test,
    nodes.Extends,
    nodes.Import,
    nodes.FromImport,
    nodes.Include,
)  # what they hold is compared, not read
_Node = TypeVar("_Node", bound=nodes.Node)


class TranslatedEnvironment(Environment):
    """An environment whose templates speak the language of a catalogue."""

    def __init__(self, catalogue: Catalogue, **options: Any) -> None:
        super().__init__(**options)
        self.catalogue = catalogue
        self.filters.update(chosen=chosen, plain=plain)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Return the parsed template, translated: the place that Jinja leaves for changing a tree."""
        return translated(super()._parse(source, name, filename), self, self.catalogue.text)


def translated(tree: nodes.Template, environment: Environment, lookup: Lookup) -> nodes.Template:
    """Return a parsed template whose messages are what `lookup` says; a block is where its base has it."""
    _Rewriter(lookup, _places(tree, environment)).body(tree.body)
    return tree.set_environment(environment)  # type: ignore[return-value] # what is returned is the tree


def messages(folder: Path, environment: Environment) -> Iterator[tuple[str, str]]:
    """Yield the name of each template in `folder` with each of its messages, in their order."""
    for path in sorted(folder.glob("*.j2")):
        found: dict[str, None] = {}

        def noted(msgid: str, found: dict[str, None] = found) -> str:
            found[msgid] = None
            return msgid

        translated(environment.parse(path.read_text("utf-8")), environment, noted)
        yield from ((path.name, msgid) for msgid in found)


def _places(tree: nodes.Template, environment: Environment) -> dict[str, Place]:
    """Return in what each block of a template's base stands: a heading, an attribute, the title."""
    extended = tree.find(nodes.Extends)
    if extended is None or environment.loader is None or not isinstance(extended.template, nodes.Const):
        return {}
    source, _, _ = environment.loader.get_source(environment, extended.template.value)
    rewriter = _Rewriter(lambda msgid: msgid, {})
    rewriter.body(Environment(autoescape=True).parse(source).body)
    return rewriter.blocks


class _Rewriter:
    """Walks a tree in the order in which it prints; `blocks` remembers where each block begins."""

    def __init__(self, lookup: Lookup, known: dict[str, Place]) -> None:
        self._lookup, self._known = lookup, known
        self._scanner = Scanner()
        self.blocks: dict[str, Place] = {}

    def body(self, body: list[nodes.Node]) -> None:
        """Rewrite a list of statements."""
        for node in body:
            if isinstance(node, nodes.Output):
                node.nodes = _Line(self._lookup, self._scanner).made([self._words(n) for n in node.nodes])
            elif isinstance(node, nodes.Block):
                self._block(node)
            elif isinstance(node, nodes.Macro):
                self._apart(node)
            elif isinstance(node, nodes.If):
                self._branches(node)
            else:
                self._statement(node)

    def _statement(self, node: nodes.Node) -> None:
        """Rewrite any other statement: its expressions, then what it holds."""
        for name, value in list(node.iter_fields()):
            if name in ("body", "else_"):
                self.body(value)
            else:
                setattr(node, name, self._value(value))

    def _block(self, node: nodes.Block) -> None:
        self.blocks[node.name] = before = self._scanner.place
        if node.name in self._known:
            self._scanner.place = self._known[node.name]
        self.body(node.body)
        if node.name in self._known:
            self._scanner.place = before

    def _apart(self, node: nodes.Macro) -> None:
        """Rewrite a macro: it prints elsewhere."""
        before, self._scanner.place = self._scanner.place, Place()
        self._statement(node)
        self._scanner.place = before

    def _branches(self, node: nodes.If) -> None:
        """Rewrite every branch from the same place on; they end alike, or the template is no HTML."""
        before = self._scanner.place
        node.test = self._words(node.test)
        self.body(node.body)
        after = self._scanner.place
        for branch in node.elif_:
            self._scanner.place = before
            self.body([branch])
        self._scanner.place = before
        self.body(node.else_)
        self._scanner.place = after

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._value(each) for each in value]
        return self._words(value) if isinstance(value, nodes.Node) else value

    def _words(self, node: _Node) -> _Node:
        """Translate the words in an expression that are printed."""
        if isinstance(node, nodes.Const):
            word = node.value
            foreign = isinstance(word, str) and FOREIGN.search(word)
            return nodes.Const(self._lookup(word)) if foreign else node  # type: ignore[return-value] # a Const too
        if isinstance(node, _DATA):
            return node
        for name, value in list(node.iter_fields()):
            if not (isinstance(node, nodes.Getitem | nodes.Pair) and name in ("arg", "key")):
                setattr(node, name, self._value(value))
        return node


class _Line:
    """What stands between two statements: data and expressions, made into runs, tags and values."""

    def __init__(self, lookup: Lookup, scanner: Scanner) -> None:
        self._lookup, self._scanner = lookup, scanner
        self._made: list[nodes.Expr] = []
        self._run: list[Item] = []
        self._value: list[Item] = []
        self._tag: list[nodes.Expr] | None = [] if scanner.place.kind in ("tag", "value") else None
        self._name = ""
        self._plain = False

    def made(self, parts: list[nodes.Expr]) -> list[nodes.Expr]:
        """Return the parts, translated."""
        for part in parts:
            if isinstance(part, nodes.TemplateData):
                for piece in self._scanner.pieces(part.data):
                    self._take(piece)
            else:
                self._express(part)
        self._end_value()
        self._end_tag(inline=False)
        self._end_run()
        return self._made

    def _express(self, part: nodes.Expr) -> None:
        kind = self._scanner.place.kind
        if kind == "value":
            self._value.append(part)
        elif kind == "tag" and self._tag is not None:
            self._tag.append(part)
        else:
            self._add(part)

    def _take(self, piece: Piece) -> None:
        if piece.kind == "value":
            self._value.append(piece.text)
            if piece.ends:
                self._end_value()
        elif piece.kind == "tag":
            self._in_tag(piece)
        elif piece.kind == "text":
            self._add(piece.text)
        else:
            self._end_run()
            self._made.append(nodes.TemplateData(piece.text))

    def _add(self, item: Item) -> None:
        if item:
            self._run.append(item)
            self._plain = self._scanner.place.plain

    def _in_tag(self, piece: Piece) -> None:
        if self._tag is None:
            self._tag, self._name = [], tag_name(piece.text)
        self._tag.append(nodes.TemplateData(piece.text))
        if self._scanner.place.kind in ("text", "raw"):
            self._end_tag(inline=self._name.removeprefix("/") in INLINE)

    def _end_tag(self, *, inline: bool) -> None:
        if self._tag is None:
            return
        if inline:
            self._run.append(Tag(self._name, self._tag))
        else:
            self._end_run()
            self._made += self._tag
        self._tag, self._name = None, ""

    def _end_value(self) -> None:
        if self._value and self._tag is not None:
            self._tag += rebuilt(self._value, self._lookup, plain=True)
        self._value = []

    def _end_run(self) -> None:
        if self._run:
            self._made += rebuilt(self._run, self._lookup, plain=self._plain)
        self._run = []
