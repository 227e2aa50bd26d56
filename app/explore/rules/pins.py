"""Features of the map as bytes: stored ones with their openness put in, and clusters."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from geo.bbox import BBox
from geo.point import Point

# Stored features end with their properties, of which there is at least one (places.service writes them so).
_END = b"}}"
_OPENNESS = {True: b',"open":true}}', False: b',"open":false}}', None: b',"open":null}}'}


class Pin(NamedTuple):
    """A stored feature (GeoJSON bytes) and whether the place is open: None where its hours are not known."""

    feature: bytes
    is_open: bool | None


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
