"""What the polygons of a city's open data are called here: kind, code and name, recognised by their columns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.core.text import clean_line, fold
from geo.naming import from_capitals


class TerritoryKind(StrEnum):
    """Milan's nine boroughs, and the neighbourhoods (NIL) inside them."""

    MUNICIPIO = "municipio"
    NEIGHBOURHOOD = "neighbourhood"


CODE_PREFIX = {TerritoryKind.MUNICIPIO: "municipio", TerritoryKind.NEIGHBOURHOOD: "nil"}
NUMBER_COLUMNS = {
    TerritoryKind.NEIGHBOURHOOD: (
        "id nil",
        "nil id",
        "codice nil",
        "numero nil",
        "neighbourhood id",
        "id quartiere",
    ),
    TerritoryKind.MUNICIPIO: ("municipio", "id municipio", "numero municipio", "borough", "zona", "district"),
}
ANY_NUMBER_COLUMNS = ("id", "codice", "code", "numero", "number")
NAME_COLUMNS = ("nil", "nome nil", "quartiere", "nome", "name", "denominazione", "neighbourhood", "label")
MAX_NAME = 120
_NUMBER = re.compile(r"(?:municipio|zona|nil)?\s*0*(\d{1,4})(?: 0+)?\Z")


class Unrecognised(ValueError):
    """No column says what this area is; the message is for the operator."""


@dataclass(frozen=True)
class TerritoryIdentity:
    """The kind, the code ("nil-48") and the name of one area."""

    kind: TerritoryKind
    code: str
    name: str


def identify(properties: Mapping[str, Any], kind: TerritoryKind | None = None) -> TerritoryIdentity:
    """Find kind, number and name among a feature's properties, or raise Unrecognised.

    >>> identify({"MUNICIPIO": 4, "AREA": 9.4})
    TerritoryIdentity(kind=<TerritoryKind.MUNICIPIO: 'municipio'>, code='municipio-4', name='Municipio 4')
    >>> identify({"ID_NIL": 48, "NIL": "RONCHETTO SUL NAVIGLIO   "}).name
    'Ronchetto sul Naviglio'
    """
    columns = {fold(name): clean_line(str(value)) for name, value in properties.items() if value is not None}
    found = kind or _kind_of(columns)
    number = _number(columns, found)
    name = _name(columns)
    if found is TerritoryKind.MUNICIPIO and (not name or name.isdigit()):
        name = f"Municipio {number}"
    if not name:
        raise Unrecognised(f"no name in the columns {_listed(properties)}")
    return TerritoryIdentity(found, f"{CODE_PREFIX[found]}-{number}", name[:MAX_NAME])


def _kind_of(columns: Mapping[str, str]) -> TerritoryKind:
    """A neighbourhood may also name its municipio, hence neighbourhoods first."""
    for kind, names in NUMBER_COLUMNS.items():
        if any(_NUMBER.match(fold(columns.get(name, ""))) for name in names):
            return kind
    raise Unrecognised(f"no MUNICIPIO or ID_NIL among the columns {_listed(columns)}; say --kind")


def _number(columns: Mapping[str, str], kind: TerritoryKind) -> int:
    for column in (*NUMBER_COLUMNS[kind], *ANY_NUMBER_COLUMNS):
        match = _NUMBER.match(fold(columns.get(column, "")))
        if match:
            return int(match[1])
    raise Unrecognised(f"no number of a {kind.value} among the columns {_listed(columns)}")


def _name(columns: Mapping[str, str]) -> str:
    named = (
        columns[column] for column in NAME_COLUMNS if columns.get(column) and not columns[column].isdigit()
    )
    return from_capitals(next(named, ""))


def _listed(columns: Mapping[str, Any]) -> str:
    return ", ".join(sorted(str(name) for name in columns)[:12]) or "(none)"
