"""Small charts as inline SVG. All coordinates are integers; colour comes from classes in the stylesheet.

A chart that says what its row or sentence already says is `aria-hidden`; every other one has a name.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from markupsafe import Markup

STRIP_WIDTH = 60
BULLET_WIDTH = 200
PLOT_WIDTH = 640
_DOT = 8  # distance between stacked dots
_EDGE = 16  # room at both ends of a plot, for the outermost label


def scaled(number: int, low: int, high: int, width: int) -> int:
    """Return where `number` falls between `low` (0) and `high` (`width`), clamped; the middle if both are equal."""
    if high <= low:
        return width // 2
    return max(0, min(width, (number - low) * width // (high - low)))


def strip(at: int | None, middle: int | None) -> str:
    """Return a line from worst to best with a bar at the district's middle and a diamond at this unit."""
    bar = f'<path class="m" d="M{middle} 1v8"/>' if middle is not None else ""
    mark = f'<path class="u" d="M{at} 1l4 4-4 4-4-4z"/>' if at is not None else ""
    return (
        '<svg class="s" aria-hidden="true" viewBox="-4 0 68 10">'
        f'<path d="M0 5h{STRIP_WIDTH}"/>{bar}{mark}</svg>'
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


def dot_plot(
    numbers: Sequence[tuple[int, int]],
    bounds: tuple[int, int],
    ticks: Sequence[tuple[int, str]],
    lines: Sequence[tuple[int, str]],
    label: str,
) -> Markup:
    """Return stacked dots, one for each (number, level) pair, over an axis.

    Args:
        numbers: Value and level (0 best … 3) of each unit, all on one integer scale.
        bounds: Lowest and highest value of the axis.
        ticks: Axis values and their text.
        lines: Values marked by a dashed line, and their text.
        label: What a screen reader says instead of the picture.
    """
    low, high = bounds
    inner = PLOT_WIDTH - 2 * _EDGE

    def place(number: int) -> int:
        return _EDGE + scaled(number, low, high, inner)

    stacks: Counter[int] = Counter()
    paths: dict[int, list[str]] = {}
    columns = [(place(number) // _DOT, level) for number, level in sorted(numbers)]
    tallest = max(Counter(column for column, _ in columns).values(), default=1)
    base = tallest * _DOT + 34
    for column, level in columns:
        paths.setdefault(level, []).append(_dot(level, column * _DOT + 4, base - 6 - stacks[column] * _DOT))
        stacks[column] += 1
    drawn = "".join(f'<path class="g{level + 1}" d="{"".join(d)}"/>' for level, d in sorted(paths.items()))
    axis = f'<path class="ax" d="M0 {base}h{PLOT_WIDTH}"/>'
    marks = Markup("").join(
        [
            *(Markup('<text x="{}" y="{}">{}</text>').format(place(n), base + 20, t) for n, t in ticks),
            *(
                Markup('<path class="ln" d="M{} 22V{}"/><text class="lt" x="{}" y="16">{}</text>').format(
                    place(n), base, place(n), t
                )
                for n, t in lines
            ),
        ]
    )
    return Markup('<svg class="plot" role="img" aria-label="{}" viewBox="0 0 {} {}">{}</svg>').format(
        label, PLOT_WIDTH, base + 28, Markup(axis + drawn) + marks
    )


def rounded_bounds(numbers: Sequence[int]) -> tuple[int, int]:
    """Return the axis for `numbers`: their range, widened by a twentieth at each end."""
    low, high = min(numbers), max(numbers)
    room = max(int(Fraction(high - low, 20)), 1)
    return low - room, high + room
