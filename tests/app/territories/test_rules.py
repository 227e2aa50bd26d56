"""What the columns of an open-data file say about an area."""

import pytest

from app.territories.rules import TerritoryKind, Unrecognised, identify


@pytest.mark.parametrize(
    ("properties", "code", "name"),
    [
        ({"MUNICIPIO": 1, "AREA": 9426871.6}, "municipio-1", "Municipio 1"),
        ({"municipio": "07"}, "municipio-7", "Municipio 7"),
        ({"MUNICIPIO": 3.0}, "municipio-3", "Municipio 3"),
        ({"ID_NIL": 48, "NIL": "BARONA  "}, "nil-48", "Barona"),
        ({"id_nil": "5", "nil": "PORTA VIGENTINA - PORTA LODOVICA", "MUNICIPIO": 5}, "nil-5",
         "Porta Vigentina - Porta Lodovica"),
    ],
)  # fmt: skip
def test_an_area_is_recognised_by_its_columns(properties, code, name) -> None:
    identity = identify(properties)
    assert (identity.code, identity.name) == (code, name)


def test_the_kind_can_be_said_where_no_column_says_it() -> None:
    identity = identify({"id": 12, "name": "Vallila"}, TerritoryKind.NEIGHBOURHOOD)
    assert (identity.code, identity.name) == ("nil-12", "Vallila")


@pytest.mark.parametrize("properties", [{}, {"AREA": 12.5}, {"NIL": "BRERA"}, {"MUNICIPIO": "centro"}])
def test_an_area_that_says_nothing_is_refused_with_its_columns(properties) -> None:
    with pytest.raises(Unrecognised, match="columns"):
        identify(properties)
