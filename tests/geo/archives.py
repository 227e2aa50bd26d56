"""Real PMTiles archives for tests: made by the format's own writer, vector tiles by an encoder that is not ours."""

import gzip
import struct
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import shapely
from numpy.typing import NDArray
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

from geo.mercator import world_fraction
from geo.point import Point

MILANO = (9.04, 45.38, 9.28, 45.54)
EXTENT = 4096
Address = tuple[int, int, int]
# A feature of a test: layer, properties, geometry in degrees.
Described = tuple[str, Mapping[str, Any], shapely.Geometry]


def png(colour: tuple[int, int, int] = (200, 220, 210), side: int = 8) -> bytes:
    """A small picture of one colour."""
    rows = b"".join(b"\0" + bytes(colour) * side for _ in range(side))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def write_archive(
    path: Path,
    tiles: Mapping[Address, bytes],
    kind: TileType = TileType.MVT,
    packing: Compression = Compression.GZIP,
    bounds: tuple[float, float, float, float] = MILANO,
) -> Path:
    """An archive of these tiles; with gzip they are packed here."""
    names = ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
    header: dict[str, Any] = {
        name: round(degrees * 1e7) for name, degrees in zip(names, bounds, strict=True)
    } | {"tile_type": kind, "tile_compression": packing}
    with write(str(path)) as writer:
        for address, body in sorted(tiles.items(), key=lambda item: zxy_to_tileid(*item[0])):
            is_packed = packing is Compression.GZIP
            writer.write_tile(zxy_to_tileid(*address), gzip.compress(body, mtime=0) if is_packed else body)
        writer.finalize(header, {"name": "test"})
    return path


def vector_tiles(features: Iterable[Described], zooms: Iterable[int]) -> dict[Address, bytes]:
    """The features cut into vector tiles with a margin, as tile makers do."""
    world = [(layer, values, shapely.transform(shape, _to_world)) for layer, values, shape in features]
    tiles: dict[Address, bytes] = {}
    for z in zooms:
        side = 1 << z
        for x, y in _touched([shape for _, _, shape in world], side):
            body = _encoded(world, x, y, side)
            if body:
                tiles[z, x, y] = body
    return tiles


def encoded(layer: str, features: list[tuple[Mapping[str, Any], str]]) -> bytes:
    """One tile with one layer; shapes as WKT in tile units, y southwards."""
    described = [{"geometry": wkt, "properties": dict(values)} for values, wkt in features]
    return mapbox_vector_tile.encode(
        {"name": layer, "features": described}, default_options={"y_coord_down": True}
    )


def _encoded(world: list[Any], x: int, y: int, side: int) -> bytes:
    margin = 1 / 32
    window = ((x - margin) / side, (y - margin) / side, (x + 1 + margin) / side, (y + 1 + margin) / side)
    layers: dict[str, list[dict[str, Any]]] = {}
    for layer, values, shape in world:
        if not shape.intersects(shapely.box(*window)):
            continue
        cut = shapely.transform(
            shapely.clip_by_rect(shape, *window), lambda at: (at * side - (x, y)) * EXTENT
        )
        if not cut.is_empty:
            layers.setdefault(layer, []).append({"geometry": cut, "properties": dict(values)})
    return mapbox_vector_tile.encode(
        [{"name": name, "features": found} for name, found in layers.items()],
        default_options={"y_coord_down": True, "extents": EXTENT},
    )


def _touched(shapes: list[shapely.Geometry], side: int) -> list[tuple[int, int]]:
    west, north, east, south = shapely.total_bounds(shapes)
    return [
        (x, y)
        for x in range(int(west * side), int(east * side) + 1)
        for y in range(int(north * side), int(south * side) + 1)
    ]


def _to_world(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([world_fraction(Point(lon, lat)) for lon, lat in coordinates])
