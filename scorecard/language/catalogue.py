"""A catalogue: what a Chinese text is called in another language, from the .po files that people review."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ONE: Final = "one"  # context of what a word is called beside a single one
LOCALE: Final = Path(__file__).resolve().parent.parent / "locale"


class UntranslatedError(LookupError):
    """A text that the catalogue does not have, where every text must be there."""


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Texts by their Chinese; `strict`: one that is not there is an error, else it stays Chinese."""

    language: str
    texts: Mapping[str, str]
    strict: bool = False

    def known(self, msgid: str, context: str = "") -> str | None:
        """Return the translation of `msgid`, None where there is none."""
        return self.texts.get(key(msgid, context))

    def text(self, msgid: str, context: str = "") -> str:
        """Return the translation of `msgid`.

        Raises:
            UntranslatedError: There is none, and the catalogue is strict.
        """
        found = self.known(msgid, context)
        if found is not None:
            return found
        if self.strict:
            raise UntranslatedError(f"{self.language}: {msgid!r}")
        return msgid

    def with_own(self, own: Mapping[str, str]) -> "Catalogue":
        """Return the catalogue with texts of somebody's own, such as a rulebook's names: they come first."""
        return Catalogue(self.language, {**self.texts, **own}, self.strict)


def key(msgid: str, context: str = "") -> str:
    """Return what a text is found by, as gettext joins the two."""
    return f"{context}\x04{msgid}" if context else msgid


def files(language: str) -> list[Path]:
    """Return the files of a language: one text stands in one of them."""
    return sorted((LOCALE / language / "LC_MESSAGES").glob("*.po"))


@cache
def catalogue(language: str, *, strict: bool = False) -> Catalogue:
    """Return the catalogue of a language; what has no translation, or a doubtful one, is left out."""
    from babel.messages.pofile import read_po  # 50 ms that only a translated site needs

    texts: dict[str, str] = {}
    for path in files(language):
        with path.open("rb") as file:
            read = read_po(file, locale=language, ignore_obsolete=True)
        for m in read:
            if m.id and m.string and not m.fuzzy:
                texts |= _forms(str(m.id), str(m.context or ""), str(m.string))
    return Catalogue(language, texts, strict)


def _forms(msgid: str, context: str, said: str) -> dict[str, str]:
    """Return a translation by its key; of a word that has two forms, `time|times`, both."""
    one, mark, many = said.partition("|")
    if not mark or context or "{" in msgid:
        return {key(msgid, context): said}
    return {key(msgid): many, key(msgid, ONE): one}
