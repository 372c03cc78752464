"""How long pages take to load in Chromium: bench_load.py SITE RUNS PAGE….

Each page is opened from the disk RUNS times in a context of its own: on a desktop (1366 px), and on what
stands for a phone (390 px, the processor four times slower). Prints the medians of milliseconds up to the
load event, by page and machine, and the number of elements.
"""

import json
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scorecard.publish.browser import find

MACHINES = {"desktop": (1366, 1), "phone": (390, 4)}
_LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
_COUNT = "document.getElementsByTagName('*').length"


def load(browser: Browser, url: str, width: int, slower: int) -> tuple[float, int]:
    """Return milliseconds up to the load event, and how many elements there are."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(url)
    page.wait_for_function(f"{_LOADED} > 0")
    found = float(page.evaluate(_LOADED)), int(page.evaluate(_COUNT))
    context.close()
    return found


def main() -> None:
    """Measure and print."""
    site, runs = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    said: dict[str, dict[str, float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        for path in sys.argv[3:]:
            url = (site / path).as_uri()
            for machine, (width, slower) in MACHINES.items():
                load(browser, url, width, slower)
                seen = [load(browser, url, width, slower) for _ in range(runs)]
                said.setdefault(path, {})[machine] = statistics.median(ms for ms, _ in seen)
                said[path]["elements"] = seen[-1][1]
        browser.close()
    print(json.dumps(said))


if __name__ == "__main__":
    main()
