"""Features of the map as bytes: stored ones with their openness put in, and clusters."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geo.bbox import BBox
from geo.mercator import to_pixel
from geo.point import Point

RING_PIXELS = 48  # the width of a ring and of a pin's target
# Stored features end with their properties, of which there is at least one (places.service writes them so).
_END = b"}}"
_OPENNESS = {True: b',"open":true}}', False: b',"open":false}}', None: b',"open":null}}'}


class Pin(NamedTuple):
    """A stored feature (GeoJSON bytes) and whether the place is open: None where its hours are not known."""

    feature: bytes
    is_open: bool | None


class Cell(NamedTuple):
    """Places that share a cell of the map: how many, the first one's id, sums of coordinates, and their box."""

    cell: int
    number: int
    first_id: int
    lon_sum: float
    lat_sum: float
    west: float
    south: float
    east: float
    north: float

    def joined(self, other: "Cell") -> "Cell":
        """Both together, under this cell's number."""
        return Cell(
            self.cell, self.number + other.number, min(self.first_id, other.first_id),
            self.lon_sum + other.lon_sum, self.lat_sum + other.lat_sum, min(self.west, other.west),
            min(self.south, other.south), max(self.east, other.east), max(self.north, other.north),
        )  # fmt: skip

    def as_cluster(self) -> "Cluster":
        """The middle is the mean of the members, so that a cluster stands where they are."""
        centre = Point(lon=self.lon_sum / self.number, lat=self.lat_sum / self.number)
        return Cluster(self.number, centre, BBox(self.west, self.south, self.east, self.north))


def coarsened(cells: Sequence[Cell], most: int) -> list[Cell]:
    """Join cells into their parents until at most `most` are left: a calm map, whatever its size.

    >>> [
    ...     cell.number
    ...     for cell in coarsened(
    ...         [Cell(4, 1, 1, 9, 45, 9, 45, 9, 45), Cell(5, 2, 2, 18, 90, 9, 45, 9, 45)], 1
    ...     )
    ... ]
    [3]
    """
    joined = list(cells)
    while len(joined) > most:
        parents: dict[int, Cell] = {}
        for cell in joined:
            moved = cell._replace(cell=cell.cell >> 2)
            known = parents.get(moved.cell)
            parents[moved.cell] = known.joined(moved) if known else moved
        joined = list(parents.values())
    return joined


def apart(cells: Sequence[Cell], zoom: int) -> list[Cell]:
    """Join what would overlap on the screen: the larger one takes in whatever stands nearer than a ring is wide.

    >>> at = [Cell(1, 5, 1, 5 * 9.1, 5 * 45.4, 9, 45, 9, 45), Cell(2, 1, 9, 9.101, 45.4, 9, 45, 9, 45)]
    >>> [cell.number for cell in apart(at, 12)], [cell.number for cell in apart(at, 18)]
    ([6], [5, 1])
    """
    kept: list[tuple[float, float, Cell]] = []
    for cell in sorted(cells, key=lambda one: (-one.number, one.first_id)):
        x, y = to_pixel(cell.as_cluster().centre, zoom)
        near = next(
            (
                i
                for i, (kx, ky, _) in enumerate(kept)
                if abs(kx - x) < RING_PIXELS and abs(ky - y) < RING_PIXELS
            ),
            None,
        )
        if near is None:
            kept.append((x, y, cell))
        else:
            kept[near] = (*kept[near][:2], kept[near][2].joined(cell))
    return [cell for _, _, cell in kept]


@dataclass(frozen=True)
class Cluster:
    """Several places drawn as one ring: how many, their middle, and the box that holds them."""

    count: int
    centre: Point
    bounds: BBox


def pin_bytes(pin: Pin) -> bytes:
    """The stored feature with `open` as its last property; nothing is decoded.

    >>> pin_bytes(Pin(b'{"type":"Feature","properties":{"id":"a"}}', True))
    b'{"type":"Feature","properties":{"id":"a","open":true}}'
    """
    return pin.feature[: -len(_END)] + _OPENNESS[pin.is_open]


def cluster_bytes(cluster: Cluster) -> bytes:
    """A point feature with `cluster` (the number of places) and `bounds` (west, south, east, north)."""
    edges = (cluster.bounds.west, cluster.bounds.south, cluster.bounds.east, cluster.bounds.north)
    feature = {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [round(cluster.centre.lon, 5), round(cluster.centre.lat, 5)],
        },
        "properties": {"cluster": cluster.count, "bounds": [round(edge, 5) for edge in edges]},
    }
    return json.dumps(feature, separators=(",", ":")).encode()


def collection(features: Iterable[bytes], *, total: int, is_complete: bool) -> bytes:
    """The FeatureCollection; `numberMatched` counts places, `complete` says whether all of them are in it."""
    return b'{"type":"FeatureCollection","features":[%b],"numberMatched":%d,"complete":%b}' % (
        b",".join(features),
        total,
        b"true" if is_complete else b"false",
    )
