"""What went wrong, in the words of a page or of an answer to a program: one table for both."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.exceptions import HTTPException

from scorecard.errors import AwayError, NotAllowedError, TroubleError, UserError
from scorecard.messages.portal import PORTAL
from scorecard.messages.trouble import REASONS
from scorecard.portal.guard import TooLargeError
from scorecard.portal.rates import TooOftenError
from scorecard.portal.refused import said

_LOG: Final = logging.getLogger("scorecard.portal")


@dataclass(frozen=True, slots=True)
class Fault:
    """A refusal: HTTP status, heading and sentence. `why`: what of the year forbids it, for programs.

    `headers`: what the answer has besides.
    """

    status: int
    title: str
    text: str
    why: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


FORBIDDEN: Final = Fault(403, PORTAL["forbidden_title"], PORTAL["forbidden"])


def fault_of(error: Exception, most: int = 0) -> Fault:
    """Return what is said of an error; what the server's people have to see goes into its log.

    `most`: how many bytes the route takes.
    """
    refused = PORTAL["refused_title"]
    match error:
        case TooLargeError():
            return Fault(413, refused, PORTAL["too_large"].format(limit=f"{most // 1_000_000 or 1}"))
        case TooOftenError(door=door, wait=wait):
            text = PORTAL[f"often_{door.value}"].format(wait=wait)
            return Fault(429, refused, text, headers={"Retry-After": str(wait)})
        case NotAllowedError():
            return Fault(409, refused, said(error), error.why)
        case TroubleError(reason=reason):
            _LOG.error("a database is in trouble", exc_info=error)
            return Fault(507, refused, PORTAL["machine"].format(reason=reason))
        case AwayError():
            _LOG.error("the store is away", exc_info=error)
            return Fault(503, refused, PORTAL["away"])
        case UserError():
            return Fault(400, refused, str(error))
        case HTTPException(status_code=404):
            return Fault(404, PORTAL["missing_title"], PORTAL["missing"])
        case HTTPException():
            return Fault(error.status_code, refused, PORTAL["bad"])
        case OSError():
            _LOG.error("the machine is in trouble", exc_info=error)
            reason = REASONS.get(error.errno or 0, PORTAL["unknown_trouble"])
            return Fault(507, refused, PORTAL["machine"].format(reason=reason))
    _LOG.error("a fault of the program", exc_info=error)
    return Fault(500, PORTAL["fault_title"], PORTAL["fault"])
