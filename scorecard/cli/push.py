"""`scorecard push`: files to a portal, what it says of them, and their receipts."""

import argparse
import json
import os
import sys

from scorecard.cli import output
from scorecard.errors import Exit, UserError
from scorecard.messages.programs import PUSH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from scorecard.cli.client import Client


def push(arguments: argparse.Namespace) -> Exit:
    """Upload files and print what the checks say, as `check` does; with `--submit` hand them in.

    0 where nothing blocks or, with `--submit`, every file has a receipt; else 1.
    """
    from scorecard.cli.client import printable

    client, files = _client(arguments), [(path, _bytes(path)) for path in arguments.files]
    if arguments.street is not None:
        own = client.ask("GET", "/task")["sender"]
        if own != arguments.street:
            raise UserError(PUSH["sender"].format(own=printable(own), asked=arguments.street))
    seen = [_upload(client, path.name, data) for path, data in files]
    if arguments.format == "json":
        sys.stdout.write(output.as_json([said["check"] for said in seen]))
    else:
        print("\n\n".join(printable(said["text"]) for said in seen))
    if arguments.submit:
        done = [_submitted(client, said, arguments) for said in seen]
        return Exit.OK if all(done) else Exit.BLOCKED
    return Exit.BLOCKED if any(said["check"]["summary"]["blocked"] for said in seen) else Exit.OK


def _client(arguments: argparse.Namespace) -> "Client":
    from scorecard.cli.client import Client, place_of, token_of

    url = place_of(arguments.to, plain=arguments.plain_http)
    if arguments.token_file is not None:
        if not arguments.token_file.is_file():
            raise UserError(PUSH["missing"].format(path=arguments.token_file))
        text = arguments.token_file.read_bytes()[:1000].decode("utf-8-sig", "replace")
        return Client(url, token_of(text, str(arguments.token_file)))
    if "SCORECARD_TOKEN" not in os.environ:
        raise UserError(PUSH["no_token"])
    return Client(url, token_of(os.environ["SCORECARD_TOKEN"], "SCORECARD_TOKEN"))


def _bytes(path: "Path") -> bytes:
    """Return a file's bytes; too many are not sent at all."""
    from scorecard.settings import LIMITS

    if not path.is_file():
        raise UserError(PUSH["missing"].format(path=path))
    if path.stat().st_size > LIMITS.max_bytes:
        raise UserError(PUSH["size"].format(path=path, limit=LIMITS.max_bytes // 1_000_000))
    return path.read_bytes()


def _upload(client: "Client", name: str, data: bytes) -> "Any":
    from hashlib import sha256
    from urllib.parse import quote

    path = f"/uploads/{sha256(data).hexdigest()}?name={quote(name, safe='')}"
    return client.ask("PUT", path, data, "application/octet-stream")


def _submitted(client: "Client", said: "Any", arguments: argparse.Namespace) -> bool:
    """Hand one upload in and print its receipt, or why it is refused; where stdout is JSON, on stderr."""
    from scorecard.cli.client import RefusedError, printable

    out = sys.stderr if arguments.format == "json" else sys.stdout
    ticks = {
        "errors": arguments.with_errors,
        "removed": arguments.removed,
        "replacing": arguments.replacing,
        "reason": arguments.reason,
    }
    try:
        receipt = client.ask("POST", f"/uploads/{said['sha256']}/submit", json.dumps(ticks).encode())
    except RefusedError as error:
        print(
            PUSH["not_submitted"].format(name=printable(said["name"]), detail=error.detail),
            file=sys.stderr,
        )
        return False
    waiting = receipt["waiting"]
    lines = [
        PUSH["receipt"].format(
            number=receipt["number"], at=receipt["at"], sender=receipt["sender"], form=receipt["form"]
        ),
        PUSH["hash"].format(sha256=receipt["sha256"]),
        PUSH["units"].format(
            facts=receipt["facts"],
            accepted=len(receipt["accepted"]),
            waiting=len(waiting),
            names=f"（{'、'.join(waiting)}）" if waiting else "",
        ),
    ]
    print("\n" + "\n".join(map(printable, lines)), file=out)
    return True
