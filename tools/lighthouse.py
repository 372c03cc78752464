"""`make lighthouse`: Google's Lighthouse over the built site, as a report: lighthouse.py SITE.

Needs Node and its package registry; the version is fixed here, and nothing of the product depends on it. The
site is served from this machine to this machine. Writes build/lighthouse.md, and each full report beside it.
"""

import functools
import json
import os
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from scorecard.publish.browser import find

LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices")
ROOT = Path(__file__).parents[1]


class Quiet(SimpleHTTPRequestHandler):
    """A server that does not log."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def main(site: Path) -> None:
    """Measure one page of each main kind on a desktop and on a phone."""
    kinds = ("index.html", "brief.html", "quality.html", *_first(site, "street", "c", "indicator"))
    reports = ROOT / "build" / "lighthouse"
    reports.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    rows = ["| page | device | " + " | ".join(CATEGORIES) + " |", "|-|-|" + "-|" * len(CATEGORIES)]
    for page in kinds:
        for device in ("desktop", "phone"):
            target = reports / f"{page.replace('/', '-')}-{device}.json"
            _run(f"http://127.0.0.1:{server.server_port}/{page}", device, target)
            scores = json.loads(target.read_text("utf-8"))["categories"]
            rows.append(f"| {page} | {device} | " + " | ".join(_score(scores[c]) for c in CATEGORIES) + " |")
    server.shutdown()
    text = f"{LIGHTHOUSE}\n\n" + "\n".join(rows) + "\n"
    (ROOT / "build" / "lighthouse.md").write_text(text, "utf-8")
    print(text)


def _first(site: Path, *folders: str) -> list[str]:
    return [min((site / f).glob("*.html")).relative_to(site).as_posix() for f in folders]


def _run(address: str, device: str, target: Path) -> None:
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={target}"]
    command += ["--chrome-flags=--headless=new --no-sandbox", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--preset=desktop"] if device == "desktop" else []
    subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": find()})


def _score(category: dict[str, float]) -> str:
    return f"{category['score'] * 100:.0f}"


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
