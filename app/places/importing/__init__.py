"""From files of any shape to commands: CSV, GeoJSON, OpenStreetMap; a bad row is refused and stops nobody."""

from pathlib import Path

from app.places.importing.features import read_geojson
from app.places.importing.options import ImportOptions, Reading, Refusal
from app.places.importing.osm import read_osm
from app.places.importing.tables import read_csv

READERS = {"csv": read_csv, "geojson": read_geojson, "osm": read_osm}

__all__ = ["READERS", "ImportOptions", "Reading", "Refusal", "format_of", "read"]


def format_of(path: Path) -> str:
    """The format that a file's ending means; JSON with Overpass's elements is osm.

    >>> format_of(Path("places.csv.gz")), format_of(Path("city.osm.pbf")), format_of(Path("a.geojson"))
    ('csv', 'osm', 'geojson')
    """
    name = path.name.lower().removesuffix(".gz")
    if name.endswith((".pbf", ".osm", ".osm.bz2")):
        return "osm"
    if name.endswith((".json", ".geojson", ".geojsonl")):
        return "geojson"
    return "csv"


def read(path: Path, file_format: str, options: ImportOptions) -> Reading:
    """All rows as commands or refusals; raises GeometryError or UnknownField when the file cannot be used at all."""
    return READERS[file_format](path, options)
