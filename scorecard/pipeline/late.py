"""What came or was changed after a year was frozen: it is not counted, and it is said."""

from typing import Any

from scorecard.findings import Finding
from scorecard.messages import make
from scorecard.names import listed
from scorecard.pipeline.view import View, other_inputs
from scorecard.store import sha256_hex


def late(view: View) -> dict[str, str]:
    """Return what lies in the data folder otherwise than it was frozen: its place and its finding's code.

    What was deleted since is not there to be told. Documents that are still being decided are not late.
    """
    kept = view.frozen
    if kept is None:
        return {}
    was = {file.relative: file.sha256 for file in kept.files}
    was |= {document.name: document.sha256 for document in kept.others}
    lying = {f.relative: f.path for year in kept.years for f in view.live.files(year)}
    lying |= dict(other_inputs(view.live, kept.years))
    found = {
        name: "W902" if name in was else "W901"
        for name, path in sorted(lying.items())
        if sha256_hex(path.read_bytes()) != was.get(name)
    }
    decided = {document.name: document.sha256 for document in kept.decisions}
    undecided = {path.name for path in view.live.outcomes()} if view.outcomes_open else set()
    found |= {
        f"decisions/{name}": "W903"
        for name, path in sorted(view.live.decisions())
        if name not in undecided and sha256_hex(path.read_bytes()) != decided.get(name)
    }
    registry = view.live.registry_path()
    if sha256_hex(registry.read_bytes()) != kept.registry.sha256:
        found[registry.name] = "W907"
    return found


def too_late(view: View) -> list[Finding]:
    """Return the findings about it, decision documents in one."""
    if view.frozen is None:
        return []
    found, said = late(view), dict[str, Any](year=view.year, on=view.frozen.on)
    names = [name for name, code in found.items() if code == "W903"]
    return [
        *(make(code, file=name, **said) for name, code in found.items() if code != "W903"),
        *([make("W903", names=listed(names), **said)] if names else []),
    ]
