"""What is split is what the warehouse published: two years, a renamed community among them."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from scorecard.insight.change import score_changes
from scorecard.insight.corner import Pair
from scorecard.insight.links import links
from scorecard.insight.moved import Ranks
from scorecard.insight.reach import Reaching
from scorecard.insight.result import Result
from tests.sql import sample
from tests.sql.test_agreement import BOOK, reported

OLD, NEW = 2024, 2025


def test_published_changes_are_split_to_the_last_hundredth(tmp_path: Path) -> None:
    """Every published difference is the sum of its parts; a new code with one past is the same unit."""
    random = Random(7)
    born, gone = {"valid_from": date(2025, 4, 1)}, {"valid_to": date(2025, 4, 1)}
    stay = [sample.community(n, type=random.choice(["城市社区", "老旧社区"])) for n in range(1, 9)]
    before = replace(sample.community(20, **gone), name="旧名")
    after = sample.community(21, predecessors=(before.code,), **born)
    registry = sample.registry(sample.street(1), *stay, before, after)
    facts = {
        (year, unit.code, i.code): reported(random, i)
        for year in (OLD, NEW)
        for unit in registry.communities(year)
        for i in BOOK.community_indicators
    }
    built = sample.make(tmp_path, BOOK, registry, facts, (OLD, NEW))
    old, new = (Result(built.tables, BOOK, year) for year in (OLD, NEW))
    known = links(registry, old, new)
    changes, ranks = score_changes(Pair(old, new), known), Ranks.of(old, new, known).changes()
    assert changes[after.code].link.before == before.code and len(ranks) == 9
    for unit, row in new.units.items():
        assert changes[unit].before_e2 == row["previous_total_e2"]
        assert sum(changes[unit].parts_e2.values()) == row["total_e2"] - row["previous_total_e2"]
        assert (ranks[unit].before, ranks[unit].after) == (row["previous_rank"], row["rank_overall"])
        assert sum(ranks[unit].shares.values()) == row["previous_rank"] - row["rank_overall"]
    assert any(reach.ways for found in Reaching(new).all().values() for reach in found)
    built.tables.close()
