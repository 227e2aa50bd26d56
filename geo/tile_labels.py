"""Which names a zoom shows and where: one placement for the whole map, so that tiles agree at their edges.

Greedy by rank: a name is placed at the first of its positions where nothing stands yet, else left out.
All in world pixels of the zoom. Text widths are those of a wide system face, so that narrower faces fit too.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]
Rect = tuple[float, float, float, float]

_GRID = 128
_WIDE, _NARROW = frozenset("MWQOG@mw%&"), frozenset("iljtf.,'’ :I|!-()r")
_GAP_X, _GAP_Y = 7.0, 4.0
_LINE_HEIGHT = 1.2


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """How one sort of name is written; sizes in screen pixels."""

    size: float
    weight: int = 400
    spacing: float = 0.0
    italic: bool = False
    colour: str = "label"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that would like to stand at a world pixel; lower ranks come first, ties by name and place.

    `beside` is the radius of the dot it belongs to; without one the name is centred. `angle` turns it along its
    street, in degrees clockwise.
    `apart` is how far, in pixels, the same name has to be away; `clear` is extra room around, for sparse zooms.
    """

    rank: tuple[float, ...]
    text: str
    x: float
    y: float
    style: LabelStyle
    beside: float | None = None
    apart: float = 300.0
    clear: float = 0.0
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A name at its place: baseline position, where the text hangs on it, and the box it fills."""

    text: str
    x: float
    y: float
    anchor: Anchor
    style: LabelStyle
    box: Rect
    angle: float = 0.0


class Occupied:
    """Boxes that are taken, in a coarse grid."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Rect]] = defaultdict(list)

    def take(self, box: Rect) -> None:
        """Mark a box as taken."""
        for cell in _cells_of(box):
            self._cells[cell].append(box)

    def is_free(self, box: Rect) -> bool:
        """Whether nothing taken overlaps the box."""
        return not any(overlaps(box, taken) for cell in _cells_of(box) for taken in self._cells.get(cell, ()))

    def meeting(self, box: Rect) -> list[Rect]:
        """The taken boxes that overlap the box, each once."""
        return sorted(
            {taken for cell in _cells_of(box) for taken in self._cells.get(cell, ()) if overlaps(box, taken)}
        )


def place_labels(
    candidates: Iterable[Candidate], dots: Iterable[Rect] = (), frame: Rect | None = None
) -> list[PlacedLabel]:
    """The names that fit, best rank first; none touches another or a dot that is not its own, or leaves the frame."""
    occupied, points = Occupied(), Occupied()
    for dot in dots:
        points.take(dot)
    written: dict[str, list[tuple[float, float]]] = defaultdict(list)
    placed: list[PlacedLabel] = []
    for candidate in sorted(candidates, key=lambda each: (each.rank, each.text, each.x, each.y)):
        near = written[candidate.text]
        if frame is not None and not _within((candidate.x, candidate.y, candidate.x, candidate.y), frame):
            continue
        if any(abs(x - candidate.x) + abs(y - candidate.y) < candidate.apart for x, y in near):
            continue
        label = next(
            (
                label
                for label in _positions(candidate)
                if _fits(label, candidate.clear, occupied, points)
                and (frame is None or _within(label.box, frame))
            ),
            None,
        )
        if label is not None:
            near.append((candidate.x, candidate.y))
            occupied.take(_grown(label.box))
            placed.append(label)
    return placed


def text_width(text: str, style: LabelStyle) -> float:
    """A generous width of the text on screen, in pixels."""
    ems = sum(
        0.92 if letter in _WIDE else 0.38 if letter in _NARROW else 0.74 if letter.isupper() else 0.63
        for letter in text
    )
    return ems * style.size * (1.06 if style.weight > 500 else 1.0) + style.spacing * len(text)


def overlaps(a: Rect, b: Rect) -> bool:
    """Whether two boxes share some area."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _within(box: Rect, frame: Rect) -> bool:
    return frame[0] <= box[0] and box[2] <= frame[2] and frame[1] <= box[1] and box[3] <= frame[3]


def _positions(candidate: Candidate) -> Iterator[PlacedLabel]:
    """Right of the dot, left, below, above; or centred where there is no dot."""
    width, height = text_width(candidate.text, candidate.style), candidate.style.size * _LINE_HEIGHT
    x, y, down = candidate.x, candidate.y, candidate.style.size * 0.36
    if candidate.angle:
        yield _turned(candidate, width, height)
        return
    if candidate.beside is None:
        for nudge in (0, -1, 1, -2, 2):
            yield _label(candidate, x, y + down + nudge * height, "middle", width, height)
        return
    aside = candidate.beside + 5
    yield _label(candidate, x + aside, y + down, "start", width, height)
    yield _label(candidate, x - aside, y + down, "end", width, height)
    yield _label(candidate, x, y + aside + candidate.style.size * 0.8, "middle", width, height)
    yield _label(candidate, x, y - aside, "middle", width, height)


def _label(
    candidate: Candidate, x: float, y: float, anchor: Anchor, width: float, height: float
) -> PlacedLabel:
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    top = y - height * 0.78
    return PlacedLabel(candidate.text, x, y, anchor, candidate.style, (left, top, left + width, top + height))


def _turned(candidate: Candidate, width: float, height: float) -> PlacedLabel:
    """A name along its street; its box is the upright one around it."""
    angle = math.radians(candidate.angle)
    half_x = (abs(math.cos(angle)) * width + abs(math.sin(angle)) * height) / 2
    half_y = (abs(math.sin(angle)) * width + abs(math.cos(angle)) * height) / 2
    x, y, down = candidate.x, candidate.y, candidate.style.size * 0.36
    box = (x - half_x, y - half_y, x + half_x, y + half_y)
    baseline = (x - math.sin(angle) * down, y + math.cos(angle) * down)
    return PlacedLabel(candidate.text, *baseline, "middle", candidate.style, box, candidate.angle)


def _fits(label: PlacedLabel, clear: float, occupied: Occupied, dots: Occupied) -> bool:
    west, north, east, south = label.box
    wide = (west - clear, north - clear, east + clear, south + clear)
    return occupied.is_free(wide) and dots.is_free(label.box)


def _grown(box: Rect) -> Rect:
    return box[0] - _GAP_X, box[1] - _GAP_Y, box[2] + _GAP_X, box[3] + _GAP_Y


def _cells_of(box: Rect) -> Iterator[tuple[int, int]]:
    for column in range(int(box[0] // _GRID), int(box[2] // _GRID) + 1):
        for row in range(int(box[1] // _GRID), int(box[3] // _GRID) + 1):
            yield column, row
