"""How the backdrop looks: colours of both themes (interface.md, Map style) and sizes by zoom, in screen pixels."""

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark"]
FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif'


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme."""

    land: str
    park: str
    water: str
    road: str
    casing: str
    path: str
    square: str
    building: str
    rail: str
    metro: str
    stop: str
    stop_fill: str
    border: str
    label: str
    water_label: str


PALETTES: dict[ThemeName, Palette] = {
    "light": Palette(
        land="#F3EEE4", park="#DCE8D6", water="#CFE3E6", road="#FFFFFF", casing="#E4DCCB", path="#FBF8F1",
        square="#F8F4EB", building="#EAE3D5", rail="#CDC3B1", metro="#9BBDBD", stop="#0B5A63", stop_fill="#FFFFFF", border="#D9CFBC", label="#4E5865",
        water_label="#37616B",
    ),
    "dark": Palette(
        land="#18232D", park="#1B2E27", water="#12303A", road="#2A3945", casing="#131C25", path="#222F3A",
        square="#1D2A35", building="#1D2934", rail="#3B4854", metro="#3C6B72", stop="#7FD1D8", stop_fill="#18232D", border="#33424E", label="#B4C0C8",
        water_label="#8DB9C4",
    ),
}  # fmt: skip

Steps = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class LineStyle:
    """A line layer: from which zoom, its colour's name, width by zoom, an outline, a dash."""

    first_zoom: int
    colour: str
    width: Steps
    casing: float = 0.0
    dash: tuple[float, ...] = ()


LINES: dict[str, LineStyle] = {
    "municipio": LineStyle(11, "border", ((10, 0.8), (14, 1.4), (18, 2)), dash=(1, 4)),
    "street_cycle": LineStyle(14, "path", ((13, 0.8), (15, 1.6), (18, 5))),
    # Those below, with their names, come from the operator's own archive only.
    "path": LineStyle(15, "path", ((14, 0.7), (16, 1.4), (18, 3))),
    "lane": LineStyle(15, "road", ((14, 0.8), (15, 1.2), (16, 2.6), (18, 8)), casing=0.6),
    "minor_road": LineStyle(
        13, "road", ((12, 0.5), (13, 1), (14, 2.2), (15, 3.6), (16, 6.5), (18, 15)), casing=0.7
    ),
    "waterway": LineStyle(10, "water", ((10, 0.6), (12, 1), (14, 2), (16, 4), (18, 8))),
    # Those that a backdrop has too.
    "ring": LineStyle(
        9, "road", ((9, 1), (11, 2), (12, 3), (13, 4.6), (14, 6.5), (16, 13), (18, 26)), casing=1.0
    ),
    "road": LineStyle(
        11, "road", ((10, 0.6), (12, 1.6), (13, 2.8), (14, 4.6), (16, 10), (18, 20)), casing=0.9
    ),
    "street_bus_tram": LineStyle(
        11, "road", ((10, 0.6), (12, 1.4), (13, 2.6), (14, 4.2), (16, 9.5), (18, 19)), casing=0.9
    ),
    "rail": LineStyle(10, "rail", ((10, 0.9), (13, 1.4), (16, 2.4), (18, 3)), dash=(5, 3)),
    "metro_line": LineStyle(9, "metro", ((9, 1), (12, 1.6), (14, 2.2), (16, 3), (18, 4))),
    "water": LineStyle(9, "water", ((9, 1), (12, 3), (13, 4), (14, 6), (16, 14), (18, 44))),
}
AREAS: dict[str, tuple[int, str]] = {
    "park": (9, "park"),
    "dog_area": (13, "park"),
    "pedestrian": (14, "square"),
    "water": (4, "water"),
    "building": (17, "building"),
}
# From the ground upwards.
DRAWING_ORDER = ("park", "dog_area", "pedestrian", "municipio", "water", "waterway", "building", "street_cycle",
                 "path", "lane", "minor_road", "road", "street_bus_tram", "ring", "rail", "metro_line")  # fmt: skip

STOP_FIRST_ZOOM = 12
STOP_RADIUS: Steps = ((12, 2.4), (13, 3.4), (14, 4.2), (16, 5), (18, 6))


def at_zoom(steps: Steps, zoom: int) -> float:
    """A size at a zoom, read between the steps and flat beyond them.

    >>> at_zoom(((10, 1.0), (12, 3.0)), 11)
    2.0
    """
    before = steps[0]
    for step in steps:
        if zoom <= step[0]:
            span = step[0] - before[0]
            return step[1] if not span else before[1] + (step[1] - before[1]) * (zoom - before[0]) / span
        before = step
    return before[1]
