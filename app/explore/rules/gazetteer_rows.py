"""From the columns of an operator's table to gazetteer entries; columns are recognised by synonyms in it and en."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.core.text import clean_line, fold
from app.explore.rules.gazetteer import GazetteerKind
from app.explore.rules.street_words import compared, shown
from geo.point import Point

STREET = (
    "street",
    "street name",
    "via",
    "strada",
    "nome via",
    "toponimo",
    "addr street",
    "indirizzo",
    "address",
)
NAME = ("name", "nome", "denominazione", "stop name", "fermata", "ubicazione", "label")
POSTCODE = ("cap", "postcode", "postal code", "codice postale", "addr postcode", "zip")
CIVIC = ("civic", "civico", "numero civico", "house number", "housenumber", "addr housenumber", "numero")
LON = ("lon", "longitude", "longitudine", "lng", "long", "x", "coorx", "coord x")
LAT = ("lat", "latitude", "latitudine", "y", "coory", "coord y")
MAX_NAME = 200
_POSTCODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{1,10}", re.ASCII)


class Refused(ValueError):
    """The row cannot be used; the message is for the operator."""


@dataclass(frozen=True)
class GazetteerRow:
    """One entry: the name shown, the form compared, where it is."""

    kind: GazetteerKind
    name: str
    folded: str
    location: Point


def entries(
    columns: Mapping[str, str], point: Point | None, kinds: Sequence[GazetteerKind]
) -> list[GazetteerRow]:
    """The entries of the wanted kinds that one row gives, or Refused with the reason.

    `columns` is the row as read; `point` its geometry where the format has one.

    >>> row = {"street": "VIA VARSAVIA", "civic": "4", "cap": "20137", "lon": "9,22", "lat": "45,45"}
    >>> [entry.name for entry in entries(row, None, [GazetteerKind.ADDRESS, GazetteerKind.POSTCODE])]
    ['Via Varsavia 4', '20137']
    """
    known = {fold(name): clean_line(value) for name, value in columns.items()}
    location = point or _location(known)
    names = {kind: _name(kind, known) for kind in kinds}
    found = [_entry(kind, name, location) for kind, name in names.items() if name]
    if not found:
        raise Refused(f"no name for {', '.join(kinds)} in the columns {', '.join(columns)[:200] or '(none)'}")
    return found


def merged(rows: Iterable[GazetteerRow]) -> list[GazetteerRow]:
    """One entry for each kind and name, in the middle of its rows (the two sides of a stop, points of a street)."""
    groups: dict[tuple[GazetteerKind, str], list[GazetteerRow]] = {}
    for row in rows:
        groups.setdefault((row.kind, row.folded), []).append(row)
    return [
        GazetteerRow(kind, group[0].name, folded, _middle(group)) for (kind, folded), group in groups.items()
    ]


def _middle(group: Sequence[GazetteerRow]) -> Point:
    if len(group) == 1:
        return group[0].location
    lon = sum(row.location.lon for row in group) / len(group)
    lat = sum(row.location.lat for row in group) / len(group)
    return Point(lon=round(lon, 6), lat=round(lat, 6))


def _entry(kind: GazetteerKind, name: str, location: Point) -> GazetteerRow:
    if len(name) > MAX_NAME:
        raise Refused(f"the name has {len(name)} characters; at most {MAX_NAME} are kept")
    folded = compared(name)
    if not folded:
        raise Refused(f"the name {name!r} has no letters or digits")
    return GazetteerRow(kind, name, folded, location)


def _name(kind: GazetteerKind, known: Mapping[str, str]) -> str:
    if kind is GazetteerKind.POSTCODE:
        postcode = _first(known, POSTCODE)
        return postcode if _POSTCODE.fullmatch(postcode) else ""
    if kind is GazetteerKind.STOP:
        return shown(_first(known, NAME))
    street = shown(_first(known, STREET) or _first(known, NAME))
    if kind is GazetteerKind.STREET:
        return street
    civic = _first(known, CIVIC)
    return f"{street} {civic}" if street and civic else ""


def _first(known: Mapping[str, str], names: Iterable[str]) -> str:
    return next((known[name] for name in names if known.get(name)), "")


def _location(known: Mapping[str, str]) -> Point:
    lon, lat = (_first(known, names).replace(",", ".") for names in (LON, LAT))
    if not lon or not lat:
        raise Refused("no coordinates (columns such as lon and lat)")
    try:
        return Point(lon=float(lon), lat=float(lat))
    except ValueError as error:
        raise Refused(f"the coordinates {lon!r}, {lat!r} are not longitude and latitude: {error}") from error
