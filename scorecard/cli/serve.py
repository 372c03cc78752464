"""`scorecard serve`: the portal, until somebody stops it."""

import argparse
import os
import sys
from threading import Thread

from scorecard.errors import AwayError, Exit, UserError
from scorecard.messages.portal import PORTAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scorecard.portal.desk import Desk


def _catch_up(desk: "Desk") -> None:
    """Make up for what a sudden end left undone; what stands in the way is said, and serving goes on."""
    desk.drafts.tidy()
    try:
        desk.land()
    except (UserError, AwayError) as error:
        print(PORTAL["landing"].format(reason=error), file=sys.stderr)


def serve(arguments: argparse.Namespace) -> Exit:
    """Serve one district and year; print the address, and on the first run the link that sets it up."""
    import uvicorn

    from scorecard.portal.app import application
    from scorecard.portal.desk import Desk, Settings
    from scorecard.portal.judges import cores
    from scorecard.portal.mailing import start
    from scorecard.publish import refuse_among, refuse_taken

    if not 0 < arguments.port < 65536:
        raise UserError(PORTAL["port"].format(raw=arguments.port))
    refuse_among(arguments.out, [arguments.data, arguments.home or arguments.data])
    refuse_taken(arguments.out)
    settings = Settings(
        data=arguments.data,
        year=arguments.year,
        site=arguments.out,
        home=arguments.home,
        rulebook=arguments.rulebook,
        on=arguments.on,
    )
    desk = Desk(settings, workers=cores() if arguments.workers is None else arguments.workers)
    _catch_up(desk)
    start(desk, os.environ)
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    Thread(target=desk.warm, daemon=True).start()
    url = f"http://{host}:{arguments.port}"
    print(PORTAL["serving"].format(url=url, year=arguments.year, data=arguments.data), file=sys.stderr)
    first = desk.accounts.first_link(desk.now())
    if first:
        print(f"{PORTAL['setup']}\n{url}/link/{first}", file=sys.stderr)
    uvicorn.run(
        application(desk),
        host=arguments.host,
        port=arguments.port,
        workers=1,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=15,
        limit_concurrency=500,
    )
    return Exit.OK
