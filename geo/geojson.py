"""Reading GeoJSON files (RFC 7946) as they come, and joining ready feature bytes into collections.

Files may be gzipped; a FeatureCollection, one Feature, or one Feature a line (RFC 8142 record separators too).
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from geo.errors import GeometryError
from geo.point import Point

# No city's layer is larger; a gzip bomb is.
MAX_FILE_BYTES = 512 * 1024 * 1024
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Feature:
    """One record: its properties, its geometry still as GeoJSON (or none), its id if it has one."""

    properties: Mapping[str, Any]
    geometry: Mapping[str, Any] | None
    id: str | int | None = field(default=None)


def read_features(path: Path) -> Iterator[Feature]:
    """Every feature of a GeoJSON file in its order (GeometryError with a sentence when it is broken)."""
    text = _decoded(read_bytes(path), path)
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data" and not text.startswith("\x1e"):
            raise GeometryError(f"{path.name} is not JSON: {error.msg} in line {error.lineno}.") from None
        yield from _lines(text, path)
        return
    except RecursionError:
        raise GeometryError(f"{path.name} is nested too deeply to be GeoJSON.") from None
    yield from _of_document(document, path)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, unpacked when gzipped; GeometryError when unreadable or beyond MAX_FILE_BYTES."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == _GZIP_MAGIC
            file.seek(0)
            return _limited(gzip.open(file) if packed else file, path)  # type: ignore[arg-type]  # a GzipFile reads bytes
    except FileNotFoundError:
        raise GeometryError(f"There is no file {path.name}.") from None
    except (OSError, EOFError, zlib.error) as error:
        raise GeometryError(f"{path.name} cannot be read: {error}.") from None


def point_feature_bytes(id: str | int | None, point: Point, properties: Mapping[str, Any]) -> bytes:  # noqa: A002  # the GeoJSON member's name
    """One point feature as compact JSON with five decimals (about a metre).

    >>> point_feature_bytes("a", Point(9.19, 45.46), {"kind": "cafe"}).decode()
    '{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[9.19,45.46]},"properties":{"kind":"cafe"}}'
    """
    place = point.rounded(5)
    feature: dict[str, Any] = {"type": "Feature"}
    if id is not None:
        feature["id"] = id
    feature["geometry"] = {"type": "Point", "coordinates": [place.lon, place.lat]}
    feature["properties"] = dict(properties)
    return _compact(feature)


def collection_bytes(features: Iterable[bytes], members: Mapping[str, Any] | None = None) -> bytes:
    """A FeatureCollection of ready feature bytes, joined without reading them; `members` are added to it.

    >>> collection_bytes([b"{}"], {"numberReturned": 1}).decode()
    '{"type":"FeatureCollection","numberReturned":1,"features":[{}]}'
    """
    extra = b"" if not members else _compact(dict(members))[1:-1] + b","
    return b'{"type":"FeatureCollection",' + extra + b'"features":[' + b",".join(features) + b"]}"


def _compact(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _limited(file: BinaryIO, path: Path) -> bytes:
    data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise GeometryError(f"{path.name} is larger than {MAX_FILE_BYTES // 1024 // 1024} MB.")
    return data


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise GeometryError(f"{path.name} is not UTF-8 text.") from None


def _lines(text: str, path: Path) -> Iterator[Feature]:
    """Features that stand one on a line."""
    for number, line in enumerate(text.split("\n"), start=1):
        record = line.strip(" \t\r\x1e")
        if not record:
            continue
        try:
            document = json.loads(record)
        except json.JSONDecodeError as error:
            raise GeometryError(f"{path.name} is not JSON in line {number}: {error.msg}.") from None
        except RecursionError:
            raise GeometryError(f"{path.name} is nested too deeply in line {number}.") from None
        yield from _of_document(document, path)


def _of_document(document: Any, path: Path) -> Iterator[Feature]:
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "Feature":
        yield _feature(document, path)
    elif kind == "FeatureCollection" and isinstance(document.get("features"), list):
        for member in document["features"]:
            yield _feature(member, path)
    else:
        raise GeometryError(f"{path.name} holds no GeoJSON features.")


def _feature(member: Any, path: Path) -> Feature:
    if not isinstance(member, dict) or member.get("type") != "Feature":
        raise GeometryError(f"{path.name} holds something that is not a GeoJSON feature.")
    geometry, properties, feature_id = (
        member.get("geometry"),
        member.get("properties") or {},
        member.get("id"),
    )
    if not (geometry is None or isinstance(geometry, dict)) or not isinstance(properties, dict):
        raise GeometryError(f"{path.name} holds a feature whose geometry or properties are not objects.")
    return Feature(properties, geometry, feature_id if isinstance(feature_id, str | int) else None)
