"""Small charts as inline SVG. All coordinates are integers; colour comes from classes in the stylesheet.

A chart that says what its row or sentence already says is `aria-hidden`; every other one has a name.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from markupsafe import Markup

STRIP_WIDTH = 60
RANK_WIDTH = 160
BULLET_WIDTH = 200
PLOT_WIDTH = 640
_DOT = 8  # distance between stacked dots
_EDGE = 16  # room at both ends of a plot, for the outermost label


def scaled(number: int, low: int, high: int, width: int) -> int:
    """Return where `number` falls between `low` (0) and `high` (`width`); the middle if both ends meet."""
    if high <= low:
        return width // 2
    return max(0, min(width, (number - low) * width // (high - low)))


@cache
def strip(at: int | None, middle: int | None) -> str:
    """Return a line from worst to best with a bar at the district's middle and a diamond at this unit."""
    bar = f'<path class="m" d="M{middle} 1v8"/>' if middle is not None else ""
    mark = f'<path class="u" d="M{at} 1l4 4-4 4-4-4z"/>' if at is not None else ""
    return (
        '<svg class="s" aria-hidden="true" viewBox="-4 0 68 10">'
        f'<path d="M0 5h{STRIP_WIDTH}"/>{bar}{mark}</svg>'
    )


def whisker(low: int, middle: int, high: int, at: int, count: int) -> Markup:
    """Return an interval of ranks between the first (left) and the last of `count`: line, bar, diamond."""
    first, half, last, here = (scaled(number, 1, count, RANK_WIDTH) for number in (low, middle, high, at))
    return Markup(  # noqa: S704 - integers only
        f'<svg class="w" aria-hidden="true" viewBox="-4 0 {RANK_WIDTH + 8} 10">'
        f'<path class="t" d="M0 5h{RANK_WIDTH}"/>'
        f'<path class="r" d="M{first} 5H{max(last, first + 1)}"/><path class="m" d="M{half} 1v8"/>'
        f'<path class="u" d="M{here} 1l4 4-4 4-4-4z"/></svg>'
    )


def bullet(points_e2: int, full_e2: int, mean_e2: int | None, street_e2: int | None) -> Markup:
    """Return points within their weight: bar = this unit, line = district mean, triangle = street mean."""

    def at(number: int) -> int:
        return scaled(number, 0, full_e2, BULLET_WIDTH)

    parts = [f'<rect class="t" width="{BULLET_WIDTH}" height="16"/>']
    parts.append(f'<rect class="b" y="5" width="{at(points_e2)}" height="6"/>')
    if mean_e2 is not None:
        parts.append(f'<path class="m" d="M{at(mean_e2)} 1v14"/>')
    if street_e2 is not None:
        parts.append(f'<path class="st" d="M{at(street_e2)} 5l-4-5h8z"/>')
    body = "".join(parts)
    return Markup(  # noqa: S704 - integers only
        f'<svg class="bl" aria-hidden="true" viewBox="-4 0 {BULLET_WIDTH + 8} 16" '
        f'preserveAspectRatio="none">{body}</svg>'
    )


def steps(low: int, high: int, wanted: int = 6) -> list[int]:
    """Return round tick values (1, 2 or 5 times a power of ten) inside [low, high]."""
    span = max(high - low, 1)
    power = 1
    while True:
        for factor in (1, 2, 5):
            step = factor * power
            if span // step <= wanted:
                return list(range(-(-low // step) * step, high + 1, step))
        power *= 10


def _dot(kind: int, x: int, y: int) -> str:
    """Return one mark of a level: circle, diamond, triangle, square."""
    if kind == 0:
        return f"M{x - 3} {y}a3 3 0 1 0 6 0a3 3 0 1 0-6 0z"
    if kind == 1:
        return f"M{x} {y - 4}l4 4-4 4-4-4z"
    if kind == 2:
        return f"M{x} {y - 4}l4 7h-8z"
    return f"M{x - 3} {y - 3}h6v6h-6z"


@dataclass(frozen=True, slots=True)
class Axis:
    """A horizontal axis from `low` to `high` with ticks below it and dashed lines through it.

    `ticks` and `lines` are (value, text); everything is on one integer scale.
    """

    low: int
    high: int
    ticks: Sequence[tuple[int, str]]
    lines: Sequence[tuple[int, str]] = ()

    def place(self, number: int) -> int:
        """Return the x coordinate of a value."""
        return _EDGE + scaled(number, self.low, self.high, PLOT_WIDTH - 2 * _EDGE)


def dot_plot(numbers: Sequence[tuple[int, int]], axis: Axis, label: str) -> Markup:
    """Return stacked dots over an axis, one for each unit.

    Args:
        numbers: Value and level (0 best … 3) of each unit.
        axis: The axis, on the same scale.
        label: What a screen reader says instead of the picture.
    """
    columns = [(axis.place(number) // _DOT, level) for number, level in sorted(numbers)]
    tallest = max(Counter(column for column, _ in columns).values(), default=1)
    base = tallest * _DOT + 34
    drawn = f'<path class="ax" d="M0 {base}h{PLOT_WIDTH}"/>' + _dots(columns, base)
    return Markup('<svg class="plot" role="img" aria-label="{}" viewBox="0 0 {} {}">{}{}</svg>').format(
        label,
        PLOT_WIDTH,
        base + 28,
        Markup(drawn),  # noqa: S704 - integers only
        _marks(axis, base),
    )


def _dots(columns: Sequence[tuple[int, int]], base: int) -> str:
    """Return one path a level; dots of the same column are stacked upwards from `base`."""
    stacks: Counter[int] = Counter()
    paths: dict[int, list[str]] = {}
    for column, level in columns:
        paths.setdefault(level, []).append(_dot(level, column * _DOT + 4, base - 6 - stacks[column] * _DOT))
        stacks[column] += 1
    return "".join(f'<path class="g{level + 1}" d="{"".join(d)}"/>' for level, d in sorted(paths.items()))


def _marks(axis: Axis, base: int) -> Markup:
    """Return the texts of the ticks, and the dashed lines with theirs."""
    tick = Markup('<text x="{}" y="{}">{}</text>')
    line = Markup('<path class="ln" d="M{} 22V{}"/><text class="lt" x="{}" y="16">{}</text>')
    ticks = [tick.format(axis.place(at), base + 20, text) for at, text in axis.ticks]
    lines = [line.format(axis.place(at), base, axis.place(at), text) for at, text in axis.lines]
    return Markup("").join([*ticks, *lines])


def rounded_bounds(numbers: Sequence[int]) -> tuple[int, int]:
    """Return the axis for `numbers`: their range, widened by a twentieth at each end."""
    low, high = min(numbers), max(numbers)
    room = max(int(Fraction(high - low, 20)), 1)
    return low - room, high + room
