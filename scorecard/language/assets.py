"""Scripts and stylesheets in another language: the Chinese in their literals is said otherwise.

A text is what stands between the quotation marks, tags and `${…}` of a script, and between those of
`content:"…"` in a stylesheet, where names of fonts stay. A translation has no sign that would end a literal.
"""

import re
from collections.abc import Iterator
from typing import Final

from scorecard.language.catalogue import Catalogue
from scorecard.language.filling import FOREIGN

CONTEXT: Final = "script"  # pieces of sentences that a script puts together: not said as elsewhere
_TEXT: Final = re.compile(r"""(?<=["'`>}])[^"'`<>{}$\\\n]+(?=["'`<$])|(?<=content:")[^"\\]+""")
UNSAFE: Final = re.compile(r"""["'`<>{}$\\\n]""")


def texts(asset: str) -> Iterator[str]:
    """Yield the Chinese texts of a script or stylesheet that has no comments any more."""
    yield from dict.fromkeys(found[0] for found in _TEXT.finditer(asset) if FOREIGN.search(found[0]))


def in_language(asset: str, catalogue: Catalogue | None) -> str:
    """Return a script or stylesheet whose texts are what the catalogue says; without one as it is."""
    if catalogue is None:
        return asset
    return _TEXT.sub(lambda found: _said(found[0], catalogue), asset)


def _said(text: str, catalogue: Catalogue) -> str:
    return catalogue.text(text, CONTEXT) if FOREIGN.search(text) else text
