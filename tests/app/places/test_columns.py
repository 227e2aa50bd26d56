"""Columns are recognised by their words and their contents; coordinates the wrong way round are noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places.importing.zones import home_of
from app.places.rules.columns import UnknownField, recognise
from app.places.rules.coordinates import (
    Numbers,
    from_geojson,
    from_geometry,
    from_pair,
    from_wkt,
    number,
    orientation,
)
from app.places.rules.spoken import hours_as_osm, kind_of_words, shown_name, yes_or_no
from app.places.rules.vocabulary import Amenity, PlaceKind
from geo.errors import GeometryError
from geo.point import Point

MILAN = Numbers(lon=9.19, lat=45.46)
ROME = home_of("Europe/Rome")


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (["CODICE_FARMACIA", "DESCRIZIONE_FARMACIA", "INDIRIZZO", "COMUNE", "CAP", "CODICE_ISTAT", "LATITUDINE"],
         {"id": "CODICE_FARMACIA", "name": "DESCRIZIONE_FARMACIA", "street_address": "INDIRIZZO",
          "locality": "COMUNE", "postal_code": "CAP", "lat": "LATITUDINE"}),
        (["COORDINATA GEOGRAFICA X", "COORDINATA GEOGRAFICA Y", "DESCRIZIONE STRUTTURA DI RICOVERO"],
         {"lon": "COORDINATA GEOGRAFICA X", "lat": "COORDINATA GEOGRAFICA Y",
          "name": "DESCRIZIONE STRUTTURA DI RICOVERO"}),
        (["DENOM_SEDE", "INDIRIZZO_SEDE", "CIVICO_SEDE", "coorY", "coorX"],
         {"name": "DENOM_SEDE", "street_address": "INDIRIZZO_SEDE", "house_number": "CIVICO_SEDE", "lat": "coorY",
          "lon": "coorX"}),
        (["ADRESSE", "ARRONDISSEMENT", "HORAIRE"],
         {"street_address": "ADRESSE", "postal_code": "ARRONDISSEMENT", "opening_hours": "HORAIRE"}),
        (["Name", "Latitude", "Longitude", "Opening hours", "E-mail"],
         {"name": "Name", "lat": "Latitude", "lon": "Longitude", "opening_hours": "Opening hours", "email": "E-mail"}),
    ],
)  # fmt: skip
def test_columns_are_recognised_by_their_words(headers: list[str], found: dict[str, str]) -> None:
    assert dict(recognise(headers, []).by_field) == found


def test_positions_are_recognised_by_what_stands_in_them() -> None:
    rows = [{"LOCATION": "POINT (9.2 45.4)", "geo_shape": '{"coordinates": [[2.3, 48.8]]}', "geo_point_2d": "48.8,2.3",
             "COORD_X": "45,52"}]  # fmt: skip
    columns = recognise(list(rows[0]), rows)
    assert columns.by_field == {
        "wkt": "LOCATION",
        "geojson": "geo_shape",
        "pair": "geo_point_2d",
        "lon": "COORD_X",
    }


def test_amenities_have_columns_too() -> None:
    columns = recognise(["RELAIS_BEBE", "ACCES_PMR", "Fasciatoio papà"], [])
    assert columns.amenities[Amenity.CHANGING_TABLE] == "RELAIS_BEBE"
    assert columns.amenities[Amenity.STEP_FREE] == "ACCES_PMR"
    assert columns.amenities[Amenity.CHANGING_TABLE_FATHERS] == "Fasciatoio papà"


def test_a_column_with_the_same_code_twice_is_no_id() -> None:
    rows = [{"CODICE": "1", "NOME": "a"}, {"CODICE": "1", "NOME": "b"}]
    assert "id" not in recognise(["CODICE", "NOME"], rows).by_field


def test_a_column_named_by_hand_comes_first() -> None:
    assert recognise(["NOME", "ALIAS"], [], {"name": "ALIAS"}).by_field["name"] == "ALIAS"


@pytest.mark.parametrize("mapping", [{"colour": "NOME"}, {"name": "NOTHING"}])
def test_a_mapping_that_cannot_be_is_refused_with_what_there_is(mapping: dict[str, str]) -> None:
    with pytest.raises(UnknownField, match=r"NOME|fields are"):
        recognise(["NOME"], [], mapping)


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (from_wkt, "POINT (9.228964061117 45.452590689739)", (9.228964061117, 45.452590689739)),
        (from_wkt, "SRID=4326;point(9.2 45.4)", (9.2, 45.4)),
        (from_pair, "48.84090598651907,2.300280980817689", (2.300280980817689, 48.84090598651907)),
        (from_pair, "(45.52331438, 9.328467624)", (9.328467624, 45.52331438)),
        (from_geojson, '{"coordinates": [[2.3, 48.8]], "type": "MultiPoint"}', (2.3, 48.8)),
    ],
)
def test_positions_are_read_in_their_own_order(read, text: str, expected: tuple[float, float]) -> None:
    assert read(text) == Numbers(*expected)


@pytest.mark.parametrize("text", ["", "nord", "1e999", "nan", "4.545.259", "45°27'"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(GeometryError):
        number(text)


@pytest.mark.parametrize(
    "numbers",
    [Numbers(0, 0), Numbers(9.2, 145), Numbers(1_514_000, 5_034_000), Numbers(-190, 45)],
)
def test_coordinates_off_the_globe_are_refused_with_a_reason(numbers: Numbers) -> None:
    with pytest.raises(GeometryError, match=r"0,0|between|off the globe"):
        numbers.point()


@pytest.mark.parametrize(
    "geometry", [None, {}, {"coordinates": []}, {"coordinates": ["a", "b"]}, {"coordinates": 3}]
)
def test_a_geometry_without_positions_is_refused(geometry) -> None:
    with pytest.raises(GeometryError):
        from_geometry(geometry)


def test_columns_named_the_wrong_way_round_are_noticed() -> None:
    rows = dict.fromkeys(range(2, 12), MILAN.swapped())
    found = orientation(rows, ROME)
    assert found.whole_file
    assert found.rows == frozenset(rows)


def test_a_lone_row_the_wrong_way_round_is_noticed_among_right_ones() -> None:
    rows = {**dict.fromkeys(range(2, 22), MILAN), 22: MILAN.swapped()}
    found = orientation(rows, ROME)
    assert (found.whole_file, found.rows) == (False, frozenset({22}))


def test_a_file_of_the_whole_world_is_left_as_it_is() -> None:
    somalia = MILAN.swapped()
    rows = {2: MILAN, 3: somalia, 4: Numbers(-74, 40.7), 5: Numbers(139.7, 35.7), 6: Numbers(151, -33)}
    assert not orientation(rows, ROME).rows


def test_nothing_is_turned_round_where_the_zone_names_no_part_of_the_world() -> None:
    assert home_of("UTC") is None
    assert not orientation({2: MILAN.swapped()}, None).rows


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=30))
def test_only_rows_that_make_sense_the_other_way_round_are_turned(pairs: list[tuple[float, float]]) -> None:
    rows = {row: Numbers(*pair) for row, pair in enumerate(pairs)}
    assert isinstance(ROME, Point)
    for row in orientation(rows, ROME).rows:
        assert rows[row].swapped().is_near(ROME)


@pytest.mark.parametrize(
    ("text", "osm"),
    [("6 h - 22 h", "06:00-22:00"), ("24 h / 24", "24/7"), ("24h/24", "24/7"), ("H24", "24/7"), ("10h à 22h", "10:00-22:00"),
     ("19 h - 7 h", "19:00-07:00"), ("8h30 - 12h15", "08:30-12:15"), ("Voir fiche équipement", "Voir fiche équipement"),
     ("30 h - 7 h", "30 h - 7 h"), ("Mo-Fr 09:00-12:00", "Mo-Fr 09:00-12:00"), ("", "")],
)  # fmt: skip
def test_french_hours_are_written_in_openstreetmaps_grammar(text: str, osm: str) -> None:
    assert hours_as_osm(text) == osm


@pytest.mark.parametrize(
    ("text", "state"), [("Oui", "yes"), ("SÌ", "yes"), ("Non", "no"), ("", None), ("forse", None)]
)
def test_yes_and_no_in_three_languages(text: str, state: str | None) -> None:
    assert yes_or_no(text) == state


@pytest.mark.parametrize(
    ("name", "shown"),
    [("CORSO VERCELLI", "Farmacia Corso Vercelli"), ("A.F.M. N. 48", "Farmacia A.F.M. N. 48"),
     ("ANTICA FARMACIA DEL VERZIERE SNC", "Antica Farmacia del Verziere SNC"),
     ("LAFARMACIA.DELL'ORSO MILANO", "Lafarmacia.dell'Orso Milano"), ("Brera", "Farmacia Brera")],
)  # fmt: skip
def test_a_pharmacy_is_called_one(name: str, shown: str) -> None:
    assert shown_name(name, PlaceKind.PHARMACY, "it") == shown


def test_elsewhere_and_for_other_kinds_nothing_is_put_before_the_name() -> None:
    assert shown_name("Apotheke am Markt", PlaceKind.PHARMACY, "de") == "Apotheke am Markt"
    assert shown_name("OSPEDALE BUZZI", PlaceKind.MEDICAL, "it") == "Ospedale Buzzi"


@pytest.mark.parametrize(
    ("words", "kind"),
    [("SANISETTE", PlaceKind.PUBLIC_SERVICE), ("Consultorio familiare", PlaceKind.ADVICE_CENTRE), ("library", PlaceKind.LIBRARY),
     ("Librairie", PlaceKind.BOOKSHOP), ("STRUTTURA DI RICOVERO", PlaceKind.MEDICAL), ("Calcetto a 5", None)],
)  # fmt: skip
def test_kinds_are_known_by_their_words(words: str, kind: PlaceKind | None) -> None:
    assert kind_of_words(words) == kind
