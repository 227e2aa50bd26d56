"""From a GeoJSON file to commands, feature by feature; a bad feature is refused with its reason and stops nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.territories.commands import SaveTerritory
from app.territories.rules import TerritoryKind, Unrecognised, identify
from geo.errors import GeometryError
from geo.geojson import Feature, read_features
from geo.polygon import parse_polygon


@dataclass(frozen=True)
class Refusal:
    """The feature with this number (from 1) cannot be used, and why."""

    row: int
    reason: str


def read(path: Path, kind: TerritoryKind | None = None) -> Iterator[SaveTerritory | Refusal]:
    """Every feature as a command or a refusal; GeometryError when the file itself is not GeoJSON."""
    seen: dict[str, int] = {}
    for row, feature in enumerate(read_features(path), start=1):
        result = _command(row, feature, kind)
        if isinstance(result, SaveTerritory):
            if result.code in seen:
                result = Refusal(row, f"{result.code} is already feature {seen[result.code]} of this file")
            else:
                seen[result.code] = row
        yield result


def _command(row: int, feature: Feature, kind: TerritoryKind | None) -> SaveTerritory | Refusal:
    try:
        identity = identify(feature.properties, kind)
        return SaveTerritory(identity.code, identity.kind, identity.name, parse_polygon(feature.geometry))
    except (Unrecognised, GeometryError) as error:
        return Refusal(row, str(error))
