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
_OF_SCRIPT: Final = re.compile(r"""(?<=["'`>}])[^"'`<>{}$\\\n]+(?=["'`<$])""")
_OF_STYLE: Final = re.compile(r'(?<=content:")[^"\\]+')
UNSAFE: Final = re.compile(r"""["'`<>{}$\\\n]""")


def texts(name: str, asset: str) -> Iterator[str]:
    """Yield the Chinese texts of a script or stylesheet that has no comments any more."""
    found = (match[0] for match in _pattern(name).finditer(asset))
    yield from dict.fromkeys(text for text in found if FOREIGN.search(text))


def in_language(name: str, asset: str, catalogue: Catalogue | None) -> str:
    """Return a script or stylesheet whose texts are what the catalogue says; without one as it is."""
    if catalogue is None:
        return asset
    return _pattern(name).sub(lambda found: _said(found[0], catalogue), asset)


def _pattern(name: str) -> re.Pattern[str]:
    return _OF_STYLE if name.endswith(".css") else _OF_SCRIPT


def _said(text: str, catalogue: Catalogue) -> str:
    return catalogue.text(text, CONTEXT) if FOREIGN.search(text) else text
