"""What an operator asks of territories."""

from dataclasses import dataclass

from shapely import MultiPolygon

from app.territories.rules import TerritoryKind


@dataclass(frozen=True)
class SaveTerritory:
    """Create the territory with this code, or bring it up to date; the area is WGS84, lon before lat."""

    code: str
    kind: TerritoryKind
    name: str
    area: MultiPolygon
    is_demo: bool = False
