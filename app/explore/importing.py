"""Operators' files read row by row (CSV or GeoJSON, .gz too); a bad row is refused with its reason and stops nobody."""

import csv
import gzip
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from app.core.text import clean_line
from app.explore.commands import DrawnFeature
from app.explore.rules.gazetteer import GazetteerKind
from app.explore.rules.gazetteer_rows import GazetteerRow, Refused, entries
from geo.errors import GeometryError
from geo.geojson import read_features
from geo.geometry import parse_geometry
from geo.point import Point

LAYER_COLUMNS = ("layer", "livello", "class", "type", "tipo")
NAME_COLUMNS = ("name", "nome", "nil", "denominazione")
MAX_LAYER = 40
MAX_NAME = 200


@dataclass(frozen=True)
class Refusal:
    """The row or feature with this number (from 1) cannot be used, and why."""

    row: int
    reason: str


def gazetteer(path: Path, kinds: Sequence[GazetteerKind]) -> Iterator[GazetteerRow | Refusal]:
    """Every entry of the file; GeometryError when the file is neither CSV nor GeoJSON."""
    for number, (columns, point) in enumerate(_rows(path), start=1):
        try:
            yield from entries(columns, point, kinds)
        except (Refused, GeometryError) as error:
            yield Refusal(number, str(error))


def backdrop(path: Path) -> Iterator[DrawnFeature | Refusal]:
    """Every feature of a GeoJSON file as something to draw; GeometryError when the file is not GeoJSON."""
    for number, feature in enumerate(read_features(path), start=1):
        try:
            geometry = parse_geometry(feature.geometry)
        except GeometryError as error:
            yield Refusal(number, str(error))
            continue
        texts = {name.lower(): clean_line(str(value)) for name, value in feature.properties.items() if value}
        layer = next((texts[name] for name in LAYER_COLUMNS if name in texts), "")
        if not layer or len(layer) > MAX_LAYER:
            yield Refusal(number, "no property named layer, which says how it is drawn")
            continue
        name = next((texts[name] for name in NAME_COLUMNS if name in texts), "")
        yield DrawnFeature(layer, name[:MAX_NAME], geometry)


def _rows(path: Path) -> Iterator[tuple[dict[str, str], Point | None]]:
    """Columns and, where the format has one, the point of each row."""
    text = _text(path)
    if not text.lstrip().startswith("{"):
        yield from ((columns, None) for columns in _csv_rows(text))
        return
    for feature in read_features(path):
        columns = {name: str(value) for name, value in feature.properties.items() if value is not None}
        yield columns, _middle(parse_geometry(feature.geometry)) if feature.geometry else None


def _csv_rows(text: str) -> Iterator[dict[str, str]]:
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    for row in csv.DictReader(io.StringIO(text), delimiter=delimiter):
        yield {name: value for name, value in row.items() if name and isinstance(value, str)}


def _middle(geometry: BaseGeometry) -> Point:
    """A line or an area stands for the point in its middle."""
    inside = geometry.representative_point()
    return Point(lon=inside.x, lat=inside.y)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
    except (OSError, EOFError) as error:
        raise GeometryError(f"The file cannot be read: {error}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
