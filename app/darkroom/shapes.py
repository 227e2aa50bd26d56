"""The shapes of our drawings: the island of the logo, waves, a tick. Sizes in pixels of the canvas."""

from math import pi, sin

from PIL import ImageDraw

Points = list[tuple[float, float]]
Curve = tuple[tuple[float, float], ...]

LAGOON, LAGOON_TINT, SUN = "#0b5a63", "#e2f0f0", "#f2b84b"
# The logo of the pages (templates/base.html), 40 × 28: a start, then cubic curves.
ISLE: Curve = (
    (6, 18), (9, 10), (14, 4), (21, 5.5), (27, 6.8), (30, 12.5), (34, 18), (30, 16), (27, 16), (24, 18.3),
    (21, 20.6), (18, 20.6), (15, 18.3), (12, 16), (9, 16), (6, 18),
)  # fmt: skip
WAVE: Curve = (
    (2, 24), (5.5, 21.5), (9, 21.5), (12.5, 24), (16, 26.5), (19.5, 26.5), (23, 24), (26.5, 21.5), (31, 21.5), (38, 24),
)  # fmt: skip
STEPS = 24


def flat(curve: Curve) -> Points:
    """The curve as short straight lines.

    >>> flat(((0, 0), (0, 0), (1, 1), (1, 1)))[-1]
    (1.0, 1.0)
    """
    points: Points = [curve[0]]
    for number in range(0, len(curve) - 1, 3):
        a, b, c, d = curve[number : number + 4]
        for step in range(1, STEPS + 1):
            t, u = step / STEPS, 1 - step / STEPS
            x, y = (u**3 * a[i] + 3 * u * u * t * b[i] + 3 * u * t * t * c[i] + t**3 * d[i] for i in (0, 1))
            points.append((float(x), float(y)))
    return points


def isle(draw: ImageDraw.ImageDraw, at: tuple[float, float], scale: float) -> None:
    """The logo's island with its sun and its wave; `at` is the upper left corner of its 40 × 28 box."""
    draw.polygon(_placed(flat(ISLE), at, scale), fill=LAGOON)
    x, y = at[0] + 23 * scale, at[1] + 11.5 * scale
    draw.ellipse((x - 3 * scale, y - 3 * scale, x + 3 * scale, y + 3 * scale), fill=SUN)
    draw.line(_placed(flat(WAVE), at, scale), fill=LAGOON, width=max(1, round(scale * 1.9)), joint="curve")


def tick(draw: ImageDraw.ImageDraw, at: tuple[float, float], size: float) -> None:
    """A check mark in a square of this size."""
    points = _placed([(0.05, 0.55), (0.36, 0.86), (0.95, 0.2)], at, size)
    draw.line(points, fill=LAGOON, width=max(2, round(size * 0.17)), joint="curve")


def shore(width: int, height: int, *, left: float, swell: float) -> Points:
    """Everything to the right of a wavy line that falls from top to bottom at `left`."""
    line = [(left + swell * sin(2 * pi * y / height * 1.5), float(y)) for y in range(0, height + 1, 4)]
    return [*line, (float(width), float(height)), (float(width), 0.0)]


def _placed(points: Points, at: tuple[float, float], scale: float) -> Points:
    return [(at[0] + x * scale, at[1] + y * scale) for x, y in points]
