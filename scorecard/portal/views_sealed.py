"""The sealed archive: make it, recompute it, and what its root hash is."""

from collections.abc import Callable

from starlette.responses import RedirectResponse, Response

from scorecard.errors import UserError
from scorecard.language import later
from scorecard.messages.portal_year import SEALING
from scorecard.messages.seal import ROOT_SAID
from scorecard.portal.sealing import SEAL, VERIFY, archive_of, begin_seal, begin_verify
from scorecard.portal.web import Ask
from scorecard.sealed import grouped

_LONGEST = 100


def sealed_page(ask: Ask) -> Response:
    """Show what was sealed since the portal was started, and what a verification found."""
    return _page(ask)


def seal(ask: Ask) -> Response:
    """Begin to seal the year."""

    def job() -> None:
        if "confirm" not in ask.form:
            raise UserError(SEALING["confirm"])
        begin_seal(ask.desk, ask.account)

    return _done(ask, job)


def verify(ask: Ask) -> Response:
    """Begin to recompute the archive, against a root hash where one is given."""
    return _done(
        ask, lambda: begin_verify(ask.desk, ask.account, ask.form.get("root", "").strip()[:_LONGEST])
    )


def _done(ask: Ask, job: Callable[[], None]) -> Response:
    try:
        job()
    except UserError as error:
        return _page(ask, str(error), 400)
    return RedirectResponse("/sealed", 303)


def _page(ask: Ask, wrong: str = "", status: int = 200) -> Response:
    works = ask.desk.works
    sealing, verifying = works.of(SEAL), works.of(VERIFY)
    made = sealing.result if sealing else None
    found = verifying.result if verifying else None
    said = (ROOT_SAID.get(made.state) or ROOT_SAID[made.state.stamp]) if made else ""
    return ask.page(
        "sealed.html.j2",
        status,
        running=any(work is not None and work.running for work in (sealing, verifying)),
        sealing=sealing,
        verifying=verifying,
        made=made,
        said=later(said, root=made.printed, state=made.state.label) if made else "",
        found=found,
        root=grouped(found.root) if found else "",
        there=archive_of(ask.desk).is_file(),
        place=archive_of(ask.desk).name,
        given={"root": made.printed if made else "", **ask.form},
        wrong=wrong,
    )
