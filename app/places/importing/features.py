"""GeoJSON: features of any origin, those of OpenStreetMap by their tags."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.places.importing.options import OSM_SOURCE, ImportOptions, Reading
from app.places.importing.osm import Element, read_elements, read_osm
from app.places.importing.rows import Row, read_rows
from app.places.rules.coordinates import Numbers, from_geometry
from geo.errors import GeometryError
from geo.geojson import Feature, read_bytes, read_features

_OSM_ID = re.compile(r"(node|way|relation|[nwr])/(\d+)\Z")


def read_geojson(path: Path, options: ImportOptions) -> Reading:
    """All features; a file of OpenStreetMap's (ids such as node/1) by its tags, Overpass's JSON too."""
    try:
        features = list(read_features(path))
    except GeometryError:
        if b'"elements"' in read_bytes(path)[:100_000]:
            return read_osm(path, options)
        raise
    if features and all(_osm_id(feature) for feature in features):
        return read_elements(_elements(features), options.source or OSM_SOURCE, options)
    headers = list(dict.fromkeys(name for feature in features for name in feature.properties))
    rows = [
        Row(number, _cells(feature.properties), _numbers(feature), str(feature.id or ""))
        for number, feature in enumerate(features, start=1)
    ]
    stable = len({row.id for row in rows}) == len(rows) and not options.mapping.get("id")
    has_id_column = any(name.lower() in {"id", "@id", "uuid"} for name in headers)
    if not stable or has_id_column:
        rows = [Row(row.number, row.cells, row.numbers) for row in rows]
    return read_rows(rows, headers, options.source_of(path), options)


def _osm_id(feature: Feature) -> str:
    match = _OSM_ID.match(str(feature.id or feature.properties.get("@id") or ""))
    return f"{match[1][0]}/{match[2]}" if match else ""


def _elements(features: Sequence[Feature]) -> list[Element]:
    return [
        Element(number, _osm_id(feature), _cells(feature.properties), _numbers(feature))
        for number, feature in enumerate(features, start=1)
    ]


def _cells(properties: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in properties.items() if value is not None}


def _numbers(feature: Feature) -> Numbers | GeometryError | None:
    """The feature's position; a feature without geometry may still have columns with one."""
    if feature.geometry is None:
        return None
    try:
        return from_geometry(feature.geometry)
    except GeometryError as error:
        return error
