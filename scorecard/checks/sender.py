"""Whose file it is, before its header is known: the units and streets that it names."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from scorecard.checks.context import DISTRICT, CheckContext
from scorecard.intake.document import Document
from scorecard.intake.header import Vocabulary
from scorecard.names import fold, tidy
from scorecard.registry import Unit

_ENOUGH = 4_000  # cells: a street has some twenty communities
_TITLES = 5  # rows


def words_for(document: Document, context: CheckContext) -> Vocabulary:
    """Return every header that the file may have, with what was decided about its sender's headers."""
    if not context.remembered:
        return context.vocabulary
    own = context.remembered.get(sender(document, context))
    return context.vocabulary.remembering(own) if own else context.vocabulary


def sender(document: Document, context: CheckContext) -> str:
    """Return the code of the street that handed the file in, `DISTRICT` for a department, "" if unknown.

    As given; else the street of more than half of the units that cells name; else the one street that a
    title, or the file's own name, names. Nothing is guessed: two streets in a title are none.
    """
    if context.party == "district":
        return DISTRICT
    if context.street_code:
        return context.street_code
    cells = [text for sheet in document.sheets if not sheet.hidden for row in sheet.rows for text in row]
    named = Counter(_named(islice(filter(None, map(tidy, cells)), _ENOUGH), context))
    if named and 2 * max(named.values()) > named.total():
        return named.most_common(1)[0][0]
    titles = [text for sheet in document.sheets for row in sheet.rows[:_TITLES] for text in row]
    written = {s.code for text in (document.name, *titles) for s in streets_in(text, context)}
    return written.pop() if len(written) == 1 else ""


def _named(texts: Iterator[str], context: CheckContext) -> Iterator[str]:
    """Yield the street of each unit that a text names without doubt."""
    registry = context.registry
    for text in texts:
        for level in ("社区", "街道"):
            match = (
                registry.match(text, level=level, year=context.year) if registry.means(text, level) else None
            )
            street = registry.street_of(match.unit.code) if match and match.unit else None
            if street:
                yield street.code


def streets_in(text: str, context: CheckContext) -> list[Unit]:
    """Return the streets that a title names; the longest where one name is part of another."""
    plain = fold(text)
    found = [s for s in context.registry.streets(context.year) if fold(s.name) in plain]
    return [s for s in found if not any(s.name != o.name and fold(s.name) in fold(o.name) for o in found)]
