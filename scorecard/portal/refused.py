"""Why a step is refused, in words for who sees a page instead of a command line."""

from scorecard.errors import NotAllowedError
from scorecard.messages.absent import EXCUSE_REFUSED
from scorecard.messages.portal import REFUSED
from scorecard.messages.portal_pleas import PLEA_REFUSED
from scorecard.messages.portal_year import YEAR_REFUSED


def said(error: NotAllowedError) -> str:
    """Return the sentence for a page; the error's own where only that is known."""
    sentence = REFUSED.get(error.why)
    return sentence.format(**error.values) if sentence else str(error)


def said_of_year(error: NotAllowedError) -> str:
    """Return the sentence about a step of the year."""
    sentence = YEAR_REFUSED.get(error.why)
    return sentence.format(**error.values) if sentence else said(error)


def said_of_plea(error: NotAllowedError) -> str:
    """Return the sentence about a street's request."""
    sentence = PLEA_REFUSED.get(error.why)
    return sentence.format(**error.values) if sentence else said(error)


def said_of_excuse(error: NotAllowedError) -> str:
    """Return the sentence about a request for 不涉及."""
    sentence = EXCUSE_REFUSED.get(error.why)
    return sentence.format(**error.values) if sentence else said(error)
