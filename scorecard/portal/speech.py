"""What a page says in another language of what was said in Chinese: refusals, deadlines, notices.

A refusal is one Chinese sentence, whoever raised it; it is taken apart by the tables it was made of. What the
portal makes itself remembers how (`later`).
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Final

from markupsafe import Markup, escape

from scorecard.checks.render import HOW, SHAPES
from scorecard.cycle import Excuse, Plea, Role, Stage, State
from scorecard.explain import STATES
from scorecard.explain.correction import FIELDS
from scorecard.findings import Severity
from scorecard.intake.decode import NAMES
from scorecard.language import ENGLISH, NC_, Catalogue, Later, _, catalogue, chinese, is_chinese, spoken
from scorecard.language import said as said_later
from scorecard.language.filling import marked
from scorecard.messages import appeals, portal_mail, seal, year
from scorecard.messages.absent import EXCUSE_REFUSED, EXCUSING, VERDICTS
from scorecard.messages.again import taken_apart
from scorecard.messages.encodings import EVIDENCE
from scorecard.messages.mending import MENDING, TRYING
from scorecard.messages.phrases import TYPED, phrase
from scorecard.messages.pleas import AGREES, KINDS, PLEADING, UNTIL
from scorecard.messages.portal import (
    ACCOUNT_STEPS,
    BUILDS,
    BULK,
    HANDIN,
    LOCKED,
    LOGINS,
    PORTAL,
    POSTS,
    REFUSED,
    TERM,
    VERBS,
)
from scorecard.messages.portal_appeals import APPEALING
from scorecard.messages.portal_effects import RANKED, UNGRADED, UNRANKED
from scorecard.messages.portal_outbox import GRANTS, HAPPENED, WAITS
from scorecard.messages.portal_pleas import PLEA_PAGE, PLEA_REFUSED
from scorecard.messages.portal_year import ADVANCING, BACK, SEALING, WILL, YEAR_REFUSED
from scorecard.messages.programs import TOKENS
from scorecard.messages.rating import RATING, SUGGESTING
from scorecard.messages.trouble import REASONS
from scorecard.pipeline.appeal_text import OUTCOMES
from scorecard.pipeline.appeals import GROUNDS
from scorecard.upward import CARD_WORDS, STAGE_WORDS, STATE_WORDS, TRANSITIONS

OWN: Final = "portal"  # the context of the words below
# Words that the portal uses in a sense of its own: what stands in a report is called otherwise.
_OWN: Final = (
    *(NC_("portal", "申诉"), NC_("portal", "报表"), NC_("portal", "回执号"), NC_("portal", "意见")),
    *(NC_("portal", "提出"), NC_("portal", "依据"), NC_("portal", "项"), NC_("portal", "权重")),
    *(NC_("portal", "应评"), NC_("portal", "没有报送"), NC_("portal", "缺报"), NC_("portal", "待核")),
    *(NC_("portal", "不涉及"), NC_("portal", "试算"), NC_("portal", "公示"), NC_("portal", "定稿")),
)
_KEPT: Final = ("web_name", "api_name", "web_said", "api_said")  # of `MENDING`: evidence, Chinese everywhere
# Why something was not done: what a page says of it is taken apart by these.
_REFUSALS: Final[tuple[Mapping[Any, str], ...]] = (
    *(PORTAL, HANDIN, BULK, BUILDS, LOCKED, REFUSED, APPEALING, PLEA_PAGE, PLEA_REFUSED, PLEADING),
    *(ADVANCING, SEALING, YEAR_REFUSED, year.REFUSALS, year.NEEDS, year.FROZEN_YEAR, year.CYCLE),
    *(
        EXCUSING,
        EXCUSE_REFUSED,
        RATING,
        SUGGESTING,
        TOKENS,
        appeals.REFUSALS,
        seal.REFUSALS,
        portal_mail.REASONS,
    ),
    EVIDENCE,
    {key: text for key, text in MENDING.items() if key not in _KEPT},
    {"": portal_mail.ADDRESS, "at": portal_mail.TROUBLE},
)
# Words, and sentences that remember how they were made.
_WORDS: Final[tuple[Mapping[Any, str], ...]] = (
    *(
        POSTS,
        ACCOUNT_STEPS,
        LOGINS,
        TERM,
        VERBS,
        WAITS,
        HAPPENED,
        GRANTS,
        KINDS,
        AGREES,
        VERDICTS,
        WILL,
        TRYING,
        REASONS,
    ),
    *(REASONS, seal.ROOT_SAID, HOW, SHAPES, STATES, NAMES, FIELDS, OUTCOMES),
    *(CARD_WORDS, STAGE_WORDS, STATE_WORDS),
    {"back": BACK, "until": UNTIL, "ungraded": UNGRADED, "ranked": RANKED, "unranked": UNRANKED},
    dict(enumerate(GROUNDS)),
    {each: each.label for kind in (Role, Stage, State, Plea, Excuse, Severity) for each in kind},
    {each: each.stamp for each in State},
    {word: word for each in TRANSITIONS.values() for word in (*each.verdicts, each.level) if word},
)


def texts() -> Iterator[str]:
    """Yield the texts that stand in tables, for the catalogue of translations."""
    for table in (*_REFUSALS, *_WORDS):
        yield from table.values()


def said(text: str) -> str:
    """Return a sentence of ours in the language of the page; what is none of ours, marked as Chinese."""
    if is_chinese() or isinstance(text, Markup):
        return text
    return said_later(text) if isinstance(text, Later) else _sentences(text)


def joined(one: str, two: str) -> str:
    """Return one sentence after another."""
    return _("{one}{two}", one=one, two=two)


def _sentences(text: str) -> str:
    """Return one refusal, or several; else a phrase of ours, or what is marked as Chinese."""
    found = spoken() or catalogue(ENGLISH)
    for cut in (len(text), *(end.end() for end in reversed(list(_END.finditer(text))))):
        first = _refusal(text[:cut], found)
        if first is not None:
            return joined(first, _sentences(text[cut:])) if text[cut:] else first
    return phrase(text, found)


def _refusal(text: str, found: Catalogue) -> str | None:
    """Return one sentence; None if it was made of nothing that is known."""
    known = found.known(text)
    if known is not None:
        return escape(known)
    for msgid in _patterns():
        fields, translation = taken_apart(msgid, text, {}), found.known(msgid)
        if fields is not None and translation is not None:
            return marked(escape(translation), {name: _within(name, v) for name, v in fields.items()})
    return None


def _within(name: str, value: str) -> str:
    """Return what stands in a sentence: a quotation, a word of ours, several of them, another sentence."""
    if name in TYPED or name == "name":
        return chinese(value)
    return _("、").join(map(_sentences, value.split("、")))


def with_names(names: Mapping[str, str]) -> Catalogue:
    """Return the English catalogue with a rulebook's own names; the same for the same names."""
    return _with_names(tuple(sorted(names.items())))


@lru_cache(maxsize=4)
def _with_names(names: tuple[tuple[str, str], ...]) -> Catalogue:
    english = catalogue(ENGLISH)
    return english.with_own({**{word: english.text(word, OWN) for word in _OWN}, **dict(names)})


@cache
def _patterns() -> tuple[str, ...]:
    """Return the refusals that are filled in, those that say most first."""
    found = {text for table in _REFUSALS for text in table.values() if "{" in text}
    return tuple(sorted(found, key=lambda text: (-len(_FIELD.sub("", text)), text)))


_FIELD: Final = re.compile(r"\{[^}]*\}")
_END: Final = re.compile("[。；]")
