"""One large synthetic site and one browser for all page tests of a worker."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from scorecard.publish import Publication, publish
from scorecard.publish.browser import find
from scorecard.rulebook import find_rulebook, load_rulebook
from tests.golden import fake
from tests.golden.fake_seen import full
from tests.golden.pages import Parsed, parse
from tests.once import once

WAITING = "990101002003"
OWING = "990101004002"
LONG = "金域华府第二期及周边代管楼院联合社区"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A district of 84 communities by the example rulebook; one has a very long name, two wait.

    It is compared with an earlier publication, in which one of the two did not wait yet; built once in a run.
    """
    made = once(tmp_path_factory.mktemp("large"), "large-site", _publish)
    known = json.loads((made / "known.json").read_text("utf-8"))
    return Publication(release=(made / "site" / "current").resolve(), **known)


def _publish(place: Path) -> None:
    rules = load_rulebook(find_rulebook(None, 2025))
    earlier = fake.inputs(rules, fake.LARGE, strange={0: LONG}, waiting=frozenset({WAITING}))
    before = publish(replace(earlier, as_of=date(2025, 12, 31)), place / "before").release
    inputs = fake.inputs(
        rules, fake.LARGE, strange={0: LONG}, waiting=frozenset({WAITING}), owing=frozenset({OWING})
    )
    made = publish(replace(full(inputs), against=before), place / "site")
    known = {"site_hash": made.site_hash, "page_count": made.page_count}
    (place / "known.json").write_text(json.dumps(known), "utf-8")


@pytest.fixture(scope="session")
def site(published: Publication) -> Path:
    """The folder of the published site."""
    return published.release


def parsed(folder: Path) -> dict[str, Parsed]:
    """Every HTML page below `folder`, parsed, by its path; copies and what is for paper only are none."""
    paths = (p for p in sorted(folder.rglob("*.html")) if p.parent.name != "share" and p.stem != "attachment")
    return {str(p.relative_to(folder)): parse(p.read_text("utf-8")) for p in paths}


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Parsed]:
    """Every HTML page of the synthetic site, parsed, by its path."""
    return parsed(site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium, without a sandbox because tests may run as root."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        yield chromium
        chromium.close()
