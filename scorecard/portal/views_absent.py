"""What streets ask to be taken as 不涉及: the list, and the district's decisions about what is ticked."""

from collections.abc import Sequence

from starlette.responses import Response

from scorecard.errors import UserError
from scorecard.messages.absent import EXCUSE_REFUSED
from scorecard.pipeline.approvals import FILE
from scorecard.pipeline.excusing import LONGEST
from scorecard.pipeline.frozen import frozen
from scorecard.pipeline.land_excused import PLACE
from scorecard.portal.absences import Answer, decide_ticked, lines
from scorecard.portal.web import Ask


def absent_page(ask: Ask) -> Response:
    """List the year's requests: what waits, and what was decided."""
    return _page(ask)


def absent_decide(ask: Ask) -> Response:
    """Decide what is ticked, each by itself; say of what was not decided why."""
    form = ask.form
    to, level, document_no, reason = (form.get(n, "") for n in ("to", "level", "document_no", "reason"))
    ticked = ask.many.get("request", ())
    try:
        answers = decide_ticked(ask.desk, ask.account, ticked, to, level, document_no, reason)
        return _page(ask, answers)
    except UserError as error:
        return _page(ask, wrong=str(error), status=400)


def _page(ask: Ask, answers: Sequence[Answer] = (), wrong: str = "", status: int = 200) -> Response:
    found = lines(ask.desk)
    given = ask.form if wrong else {}
    ticked = ask.many.get("request", ()) if wrong else ()
    locked = EXCUSE_REFUSED["need.not_frozen"] if frozen(ask.desk.ledger(), ask.desk.year) else ""
    if ask.query.get("all") == "open":
        ticked = tuple(line.key for line in found if line.open)
    return ask.page(
        "absent.html.j2",
        status,
        open=[line for line in found if line.open],
        decided=[line for line in found if not line.open],
        answers=answers,
        levels=ask.desk.rulebook.veto.effective_levels,
        ticked=ticked,
        given={"level": "", "document_no": "", "reason": "", "to": "", **given},
        longest=LONGEST,
        online=PLACE,
        hand=f"decisions/{FILE}",
        wrong=wrong,
        locked=locked.format(detail=ask.desk.year),
    )
