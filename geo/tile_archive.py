"""One map in one file: a PMTiles archive (version 3), of which only the bytes of the asked tile are read.

The file is opened once and read by position (pread), so that threads share it without a lock, and a file that is
replaced while we run neither mixes with the old one nor ends the process (a memory map would).
Source: the PMTiles specification, version 3; https://github.com/protomaps/PMTiles.
"""

import gzip
import hashlib
import os
import zlib
from functools import lru_cache
from pathlib import Path

from pmtiles.tile import (
    Compression,
    Entry,
    HeaderDict,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from geo.errors import GeometryError
from geo.mercator import world_fraction
from geo.point import Point

VECTOR = "application/vnd.mapbox-vector-tile"
MEDIA_TYPES = {
    TileType.MVT: VECTOR,
    TileType.PNG: "image/png",
    TileType.JPEG: "image/jpeg",
    TileType.WEBP: "image/webp",
    TileType.AVIF: "image/avif",
}
MAX_TILE_BYTES = 8 * 1024 * 1024
MAX_DIRECTORY_BYTES = 2 * 1024 * 1024
_HEADER_BYTES = 127
_READABLE = {Compression.NONE, Compression.GZIP}
_MAX_DEPTH = 4
_KEPT_DIRECTORIES = 32


class TileArchive:
    """An open archive: `media_type` of its tiles, `min_zoom`, `max_zoom`, and a `fingerprint` of its contents.

    Opening raises GeometryError with a sentence about the file where it cannot be used.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise GeometryError("there is no such file")
        try:
            self._file = path.open("rb", buffering=0)
        except OSError as error:
            raise GeometryError("it cannot be read") from error
        self._size = os.fstat(self._file.fileno()).st_size
        self._header = self._read_header()
        self.media_type = self._media_type()
        self.min_zoom, self.max_zoom = self._header["min_zoom"], self._header["max_zoom"]
        self._bounds = _bounds(self._header)
        self._directory = lru_cache(maxsize=_KEPT_DIRECTORIES)(self._read_directory)
        self._check_contents()
        self.fingerprint = self._fingerprint()

    def covers(self, z: int, x: int, y: int) -> bool:
        """Whether some of the tile lies within the archive's bounds."""
        west, north, east, south = self._bounds
        side = 1 << z
        return west * side < x + 1 and x < east * side and north * side < y + 1 and y < south * side

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """The tile's bytes, unpacked; None where the archive has none, GeometryError where it is broken."""
        if not self.min_zoom <= z <= self.max_zoom:
            return None
        found = self._entry(zxy_to_tileid(z, x, y))
        if found is None:
            return None
        packed = self._range(self._header["tile_data_offset"] + found.offset, found.length, MAX_TILE_BYTES)
        is_packed = self._header["tile_compression"] is Compression.GZIP
        return _unpacked(packed, MAX_TILE_BYTES) if is_packed else packed

    def _entry(self, tile_id: int) -> Entry | None:
        offset, length = self._header["root_offset"], self._header["root_length"]
        for _ in range(_MAX_DEPTH):
            found = find_tile(self._directory(offset, length), tile_id)
            if found is None or found.run_length:
                return found
            offset, length = self._header["leaf_directory_offset"] + found.offset, found.length
        raise GeometryError("its directories lie deeper than the format allows")

    def _read_directory(self, offset: int, length: int) -> list[Entry]:
        raw = self._range(offset, length, MAX_DIRECTORY_BYTES)
        if self._header["internal_compression"] is Compression.GZIP:
            raw = _unpacked(raw, MAX_DIRECTORY_BYTES)
        try:
            # The library reads packed directories only; ours is plain by now, and known to be of a decent size.
            return deserialize_directory(gzip.compress(raw, compresslevel=0))
        except (EOFError, IndexError, OverflowError) as error:
            raise GeometryError("its directory is damaged") from error

    def _range(self, offset: int, length: int, most: int) -> bytes:
        """These bytes of the file, all of them or GeometryError."""
        if length > most:
            raise GeometryError("a part of it is larger than a map's tile can be")
        if offset + length > self._size:
            raise GeometryError("it is cut off")
        data = os.pread(self._file.fileno(), length, offset)
        if len(data) != length:
            raise GeometryError("it is cut off")
        return data

    def _read_header(self) -> HeaderDict:
        start = os.pread(self._file.fileno(), _HEADER_BYTES, 0)
        if len(start) < _HEADER_BYTES:
            raise GeometryError("it is not a PMTiles archive")
        try:
            return deserialize_header(start)
        except (MagicNumberNotFound, UnicodeDecodeError) as error:
            raise GeometryError("it is not a PMTiles archive") from error
        except SpecVersionUnsupported as error:
            raise GeometryError("it is a PMTiles archive of another version than 3") from error
        except ValueError as error:
            raise GeometryError("its header names kinds of tiles that we do not know") from error

    def _media_type(self) -> str:
        media_type = MEDIA_TYPES.get(self._header["tile_type"])
        if media_type is None:
            raise GeometryError("its tiles are neither images nor Mapbox vector tiles")
        return media_type

    def _check_contents(self) -> None:
        header = self._header
        if not {header["internal_compression"], header["tile_compression"]} <= _READABLE:
            raise GeometryError("it is packed in another way than gzip")
        if header["tile_data_offset"] + header["tile_data_length"] > self._size:
            raise GeometryError("it is cut off")
        if not self._directory(header["root_offset"], header["root_length"]):
            raise GeometryError("it holds no tiles")

    def _fingerprint(self) -> str:
        """Changes with the file: header, root directory, size and time of writing."""
        header = self._header
        root = self._range(header["root_offset"], header["root_length"], MAX_DIRECTORY_BYTES)
        written = os.fstat(self._file.fileno()).st_mtime_ns
        start = os.pread(self._file.fileno(), _HEADER_BYTES, 0)
        return hashlib.sha256(start + root + f"{self._size} {written}".encode()).hexdigest()[:16]


def _unpacked(data: bytes, most: int) -> bytes:
    """Gzip, up to a size: a small file must not fill the memory."""
    packer = zlib.decompressobj(wbits=31)
    try:
        plain = packer.decompress(data, most)
    except zlib.error as error:
        raise GeometryError("a part of it is damaged") from error
    if not packer.eof:
        raise GeometryError("a part of it is cut off or unpacks to more than a map's tile can be")
    return plain


def _bounds(header: HeaderDict) -> tuple[float, float, float, float]:
    """West, north, east, south as fractions of the square world; the whole world where the header has no area."""
    west, east = (_degrees(header[key], 180) for key in ("min_lon_e7", "max_lon_e7"))
    south, north = (_degrees(header[key], 90) for key in ("min_lat_e7", "max_lat_e7"))
    if not (west < east and south < north):
        return 0.0, 0.0, 1.0, 1.0
    return *world_fraction(Point(west, north)), *world_fraction(Point(east, south))


def _degrees(e7: int, most: int) -> float:
    return max(-most, min(most, e7 / 1e7))
