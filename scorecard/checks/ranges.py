"""Row numbers as a reader writes them."""

from collections.abc import Iterable


def ranges(rows: Iterable[int]) -> str:
    """Return row numbers as `2–41、55`."""
    found: list[list[int]] = []
    for row in sorted(set(rows)):
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in found)
