"""The table of the year as people read it: a Mermaid diagram and a list, for docs/year.md."""

from collections.abc import Iterator, Mapping, Sequence

from scorecard.cycle.table import EXCUSE, FILE, PLEA, YEAR, At, Step
from scorecard.messages.year import DIAGRAM, NEED_NAMES


def renewed(page: str, deadlines: Mapping[str, str]) -> str:
    """Return `page` with the diagrams and lists of the current table between its marks.

    `deadlines` are the names of the rulebook's deadlines by code.
    """
    page = _block(_block(page, "year", YEAR, deadlines), "file", FILE, deadlines)
    return _block(_block(page, "plea", PLEA, deadlines), "excuse", EXCUSE, deadlines)


def _block(page: str, name: str, table: Sequence[Step[At]], deadlines: Mapping[str, str]) -> str:
    begin, end = (DIAGRAM[mark].format(name=name) for mark in ("begin", "end"))
    head, _, rest = page.partition(begin)
    _, _, tail = rest.partition(end)
    body = "\n".join([*_diagram(table), "", *_listing(table, deadlines)])
    return f"{head}{begin}\n\n{body}\n\n{end}{tail}"


def _diagram(table: Sequence[Step[At]]) -> Iterator[str]:
    """Yield a Mermaid state diagram; the state before the first step is its beginning."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    states = dict.fromkeys(state for step in table for state in (step.source, step.target))
    yield from (f'  state "{state.label}" as {state}' for state in states if state != "NONE")
    ways = dict.fromkeys((step.source, step.target) for step in table)
    yield from (f"  {'[*]' if source == 'NONE' else source} --> {target}" for source, target in ways)
    sources = {step.source for step in table}
    ends = dict.fromkeys(step.target for step in table if step.target not in sources)
    yield from (f"  {end} --> [*]" for end in ends)
    yield "```"


def _listing(table: Sequence[Step[At]], deadlines: Mapping[str, str]) -> Iterator[str]:
    """Yield the steps as a table: from, to, who, term, what it needs."""
    yield DIAGRAM["head"]
    yield "|-|-|-|-|-|"
    for step in table:
        roles = "、".join(role.label for role in step.roles) or DIAGRAM["program"]
        needs = [NEED_NAMES[need] for need in step.needs]
        needs += [DIAGRAM["four_eyes"]] if step.four_eyes else []
        needs += [DIAGRAM["judges"]] if step.judges else []
        term = deadlines.get(step.deadline, "")
        cells = [step.source.label, step.target.label, roles, term, "；".join(needs)]
        yield "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"
