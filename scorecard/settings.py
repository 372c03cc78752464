"""Where the program's own files lie, and the limits that it keeps."""

from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the folder `indicators`, `sql` or `reports`.

    An installed wheel carries them inside the package; a checkout has them beside it.
    """
    inside = _PACKAGE / "resources" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one submitted file may cost. Every number has its reason."""

    max_bytes: int = 20_000_000  # a street's yearly file is under 1 MB; 20 MB is a scan or a mistake
    max_canonical_bytes: int = 64_000_000  # of machine-written rows, such as a platform hands over
    max_canonical_rows: int = 2_000_000
    max_rows: int = 20_000  # a street has tens of communities and 51 indicators each
    max_columns: int = 400  # the widest template has under 100
    max_cell_chars: int = 2_000  # a note may be long; a pasted web page may not
    max_text_chars: int = 131_072  # of any cell: four times what Excel itself can hold
    worker_memory_bytes: int = 1_500_000_000  # address space of the child that parses a workbook
    worker_seconds: int = 20
    max_unpacked_bytes: int = 200_000_000  # of a workbook's members; 20,000 full rows stay below 100 MB
    max_members: int = 2_000  # members of a workbook; a hundred sheets with charts have under 500

    grid_cells: int = 25  # failing cells on a page to fill in: a screen or two, saved before the next
    max_patch_cells: int = 5_000  # failing cells that a patch lists; with more a whole column is wrong

    max_archive_bytes: int = 4_000_000_000  # 20,000 communities with their results have under 300 MB
    max_archive_members: int = 200_000  # one for each file of each community, ten times over


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something may be asked: `burst` times at once, and `per_minute` for as long as it goes on."""

    burst: int
    per_minute: int


@dataclass(frozen=True, slots=True)
class Rates:
    """How often the portal may be asked. A whole district often has one address and logs in together."""

    login: Rate = Rate(200, 60)  # of one address: forty streets with five people; one in a second ever after
    upload: Rate = Rate(60, 30)  # of one account, which has ten drafts at most and corrects each a few times
    call: Rate = Rate(600, 300)  # of one account's programs; handing in a form takes four requests
    remembered: int = 10_000  # addresses or accounts of each; some 2 MB, then the longest silent is forgotten


RATES = Rates()
