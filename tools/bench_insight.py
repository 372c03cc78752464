"""What is said of changes, timed in CPU seconds: bench_insight.py DATA HOME (all | one)."""

import json
import sys
import time
from pathlib import Path

from scorecard.insight.change import score_change
from scorecard.insight.corner import Pair
from scorecard.insight.moved import Ranks
from scorecard.insight.reach import Reaching
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.insight import of_build

seconds: dict[str, float] = {}
mark = time.process_time()


def lap(name: str) -> None:
    """Close a stage."""
    global mark
    seconds[name] = time.process_time() - mark
    mark = time.process_time()


whole = sys.argv[3] == "all"
insight = of_build(DataFolder.open(Path(sys.argv[1]), Path(sys.argv[2])), 2025, whole=whole)
assert insight.old is not None
unit = sorted(insight.new.ranked)[7]
links = insight.links
lap("reading")
if whole:
    insight.changes()
else:
    score_change(Pair(insight.old, insight.new), links[unit])
lap("changes of total")
ranks = Ranks.of(insight.old, insight.new, links)
found = ranks.changes() if whole else ranks.change(unit)
lap("changes of rank")
reached = insight.reaches() if whole else Reaching(insight.new).unit(unit)
lap("what it takes")
assert found and reached is not None
print(json.dumps(seconds))
