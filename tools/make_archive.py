"""Write tests/archives/2025.zip: an archive of an older version, which every later one must verify.

It is written again only when the archive's format gets a new number; the old file then stays beside it. Run
with the root of the checkout as working directory.
"""

import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

import scorecard

scorecard.__version__ = "2025.12.1"  # before anything asks for it: the archive is of an older version

from scorecard.pipeline.basis import Request  # noqa: E402
from scorecard.pipeline.build import build  # noqa: E402
from scorecard.pipeline.decide import Ruling, decide  # noqa: E402
from scorecard.pipeline.lodge import Lodged, lodge  # noqa: E402
from scorecard.pipeline.seal import seal  # noqa: E402

NOW = "2026-03-05T00:00:00+00:00"
EXAMPLE = Path("examples/yuhuazhai")

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        data, document = Path(place) / "data", Path(place) / "决定.txt"
        shutil.copytree(EXAMPLE, data, ignore=shutil.ignore_patterns("evidence", "products"))
        document.write_text("示例决定\n", "utf-8")
        request = Request(data, 2025, None)
        build(request, now=NOW)
        appeal, _ = lodge(
            Lodged(
                data=data,
                year=2025,
                home=None,
                unit="3507社区",
                indicator="TH01",
                receipt="",
                sheet="",
                cell="",
                ground="遗漏材料",
                statement="示例：问卷结果漏报",
                evidence=document,
                actor="示例甲",
                on=date(2026, 3, 4),
            ),
            now=NOW,
        )
        ruling = Ruling(
            data=data,
            home=None,
            appeal_no=appeal.appeal_no,
            outcome="upheld",
            decision_no="示例〔2026〕12号",
            decider="示例乙",
            reason="示例：查实",
            document=document,
            on=date(2026, 3, 6),
            changes=["TH01.numerator=85", "TH01.denominator=100"],
        )
        decide(ruling, now=NOW)
        build(request, now=NOW)
        made = seal(data, 2025, None, Path("tests/archives/2025.zip"))
        sys.stdout.write(f"{made.printed}\n")
