"""One thing wrong with a rulebook: where it stands and why it cannot stay."""

from dataclasses import dataclass
from typing import Literal

ERROR: Literal["error"] = "error"
WARNING: Literal["warning"] = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """`file` is relative to the rulebook's folder, `key` names the entry by its code: `indicator[…].weight`.

    An error forbids scoring; a warning asks a person to look.
    """

    file: str
    key: str
    severity: Literal["error", "warning"]
    message: str

    def __str__(self) -> str:
        """Return the line `file: key: reason`."""
        return ": ".join(part for part in (self.file, self.key, self.message) if part)
