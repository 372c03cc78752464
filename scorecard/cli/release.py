"""What is done with a site that is there: print it, compare two publications."""

import argparse
import json
import sys
from pathlib import Path

from scorecard.cli.files import save
from scorecard.errors import Exit

_TIMES = 2  # a slide of 1920 × 1080 points


def release_diff(arguments: argparse.Namespace) -> Exit:
    """Print what the later publication says otherwise. 0 whatever it is."""
    from scorecard.publish.changes import Changes, compare
    from scorecard.publish.pages.changes import arrow, sentences, told
    from scorecard.publish.published import published

    found: Changes = compare(published(arguments.before), published(arguments.after))
    if arguments.format == "json":
        sys.stdout.write(json.dumps(found.record(), ensure_ascii=False, indent=1) + "\n")
        return Exit.OK
    lines = [str(sentence.striptags()) for sentence in sentences(found)]
    for unit in (*found.units, *found.streets):
        fields = (("总分", "total"), ("名次", "rank"), ("等次", "grade"))
        moved = [
            f"{word}{arrow(old, new)}"
            for word, field in fields
            if (old := getattr(unit.before, field)) != (new := getattr(unit.after, field))
        ]
        where = f"（{unit.street}）" if unit.street else ""
        lines.append(f"{unit.name}{where}：{'，'.join(moved) or '得分、名次和等次没有变'}")
        lines += [f"  {told(reason)}" for reason in unit.reasons]
    print("\n".join(lines))
    return Exit.OK


def pdf(arguments: argparse.Namespace) -> Exit:
    """Print pages of a published site to one PDF and say where it is."""
    from scorecard.publish.browser import find, print_pdf
    from scorecard.publish.paper import Site, sheet, steady

    browser, site = find(arguments.browser), Site.open(arguments.site)
    paths = arguments.page or site.volume(communities=arguments.communities)
    made = steady(print_pdf(browser, sheet(site, paths)), site.manifest["as_of"])
    out = arguments.out or Path()
    target = out / site.name(paths) if out.is_dir() else out
    save(made, target)
    print(target)
    return Exit.OK


def charts(arguments: argparse.Namespace) -> Exit:
    """Draw charts of a published site as PNG, one file each, and say where they are."""
    from scorecard.publish.browser import draw_png, find
    from scorecard.publish.charts import SIZE
    from scorecard.publish.paper import Site

    browser, site = find(arguments.browser), Site.open(arguments.site)
    for name in arguments.chart or site.charts():
        target = (arguments.out or Path()) / site.name([name], "png")
        save(draw_png(browser, site.chart(name), SIZE, _TIMES), target)
        print(target)
    return Exit.OK
