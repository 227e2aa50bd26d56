"""What operators ask of finding, already typed."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from app.explore.rules.gazetteer_rows import GazetteerRow


@dataclass(frozen=True)
class SaveGazetteer:
    """Entries of one source; those of the same kind and compared name are the same entry."""

    source: str
    rows: tuple[GazetteerRow, ...]


@dataclass(frozen=True)
class DrawnFeature:
    """One line, area or stop of a backdrop: its layer, its name (may be empty) and its geometry in degrees."""

    layer: str
    name: str
    geometry: BaseGeometry


@dataclass(frozen=True)
class SaveBackdrop:
    """The whole backdrop and the words that name its source; it replaces the one before."""

    features: tuple[DrawnFeature, ...]
    attribution: str
