"""From the ledger into `decisions/`: what was approved as 不涉及 in the portal, as a list of its own.

The list is made of the ledger alone and made anew each time: whoever changes or deletes it finds it restored,
and what people wrote into the list beside it stays as it is. It has no dates: the day of a click is not that
of the document, and an approval acts by its document.
"""

from typing import Final

from scorecard.cycle import Excuse
from scorecard.ledger import Ledger
from scorecard.pipeline.approvals import COLUMNS, ONLINE_FILE
from scorecard.pipeline.excusing import words
from scorecard.pipeline.folder import DataFolder
from scorecard.pipeline.landing import table_bytes, write_whole

PLACE: Final = f"decisions/{ONLINE_FILE}"


def land_excused(folder: DataFolder) -> list[str]:
    """Write the approvals of every year that are not, or not so, in the data folder; return the place.

    Once there was one, there is the list: when all are taken back, with its columns alone.
    """
    if not folder.has_ledger:
        return []
    known = words(Ledger.followed(folder.ledger))
    if not any(word.at is Excuse.GRANTED for said in known.values() for word in said):
        return []
    rows = [
        [
            word.document_no,
            "",
            str(year),
            word.about.unit_code,
            word.unit_name,
            word.about.indicator_code,
            word.reason,
            word.level,
        ]
        for (year, _pair), (*_earlier, word) in sorted(known.items())
        if word.at is Excuse.GRANTED
    ]
    data, path = table_bytes([COLUMNS, *rows]), folder.root / PLACE
    if path.is_file() and path.read_bytes() == data:
        return []
    write_whole(path, data)
    return [PLACE]
