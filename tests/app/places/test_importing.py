"""`flask wendy import-places`: whatever a file looks like, each row goes in or is refused with its reason."""

import gzip
import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.database import db
from app.core.text import clean_line
from app.places.models import Place, PlaceAmenity
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy, PlaceKind

CSV = """Codice;Nome;Indirizzo;Civico;CAP;Comune;Latitudine;Longitudine;Orari;Fasciatoio;Telefono;Sito
A1;BIBLIOTECA SORMANI;VIA FRANCESCO SFORZA;7;20122;MILANO;45,4607;9,1966;Mo-Sa 09:00-19:30;sì;02 1;www.example.org
A2;Senza posto;Via Nulla;1;20122;MILANO;0;0;;;;
A3;Fuori dal mondo;Via Nulla;2;20122;MILANO;145,46;9,19;;;;
A4;Orari a parole;Via Roma;3;20122;MILANO;45,4610;9,1970;lunedì chiuso;no;;javascript:alert(1)
A5;;Via Roma;4;20122;MILANO;45,4610;9,1970;;;;
"""


@pytest.fixture
def engine_url(spatialite_url: str) -> str:
    """What is read from files does not depend on the engine; tests/app/places/test_service.py runs on both."""
    return spatialite_url


def run(app: Flask, *arguments: object):
    return app.test_cli_runner().invoke(args=["wendy", "import-places", *map(str, arguments)])


def last_line(result) -> str:
    return result.output.strip().splitlines()[-1]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def places(app: Flask) -> dict[str, Place]:
    with app.app_context():
        found = db.session.scalars(sa.select(Place).options(sa.orm.selectinload(Place.amenities)))
        return {place.source_id: place for place in found}


def test_good_rows_go_in_and_bad_ones_are_refused_with_number_and_reason(app: Flask, tmp_path: Path) -> None:
    result = run(app, write(tmp_path / "luoghi.csv", CSV))
    assert result.exit_code == 0
    assert last_line(result) == "new 3, changed 0, unchanged 0, refused 2"
    assert "row 3 refused: the coordinates are 0,0" in result.output
    assert "row 4 refused: The latitude 145.46 is not between -90 and 90." in result.output
    found = places(app)
    assert (found["A1"].name, found["A1"].street_address) == ("Biblioteca Sormani", "Via Francesco Sforza 7")
    assert (found["A1"].opening_hours, found["A1"].website) == (
        "Mo-Sa 09:00-19:30",
        "https://www.example.org",
    )
    assert found["A1"].amenities[0].state is AmenityState.YES
    assert found["A1"].amenities[0].confirmed_by is ConfirmedBy.SOURCE
    assert (found["A4"].opening_hours, found["A4"].website) == ("lunedì chiuso", "")
    assert found["A5"].name == "Via Roma 4"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_delimiter_and_encoding_is_read(
    app: Flask, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    text = 'id;name;lat;lon\n1;"Caffè; dell\'Ànatra";45.46;9.19\n'.replace(";", delimiter)
    result = run(app, write(tmp_path / "a.csv", text, encoding))
    assert last_line(result) == "new 1, changed 0, unchanged 0, refused 0"
    assert places(app)["1"].name == clean_line(f"Caffè{delimiter} dell'Ànatra")


def test_a_second_import_changes_nothing_and_a_changed_row_is_changed(app: Flask, tmp_path: Path) -> None:
    file = write(tmp_path / "luoghi_2026.csv", CSV)
    run(app, file)
    assert last_line(run(app, file)) == "new 0, changed 0, unchanged 3, refused 2"
    newer = write(tmp_path / "luoghi_2027.csv", CSV.replace("Mo-Sa 09:00-19:30", "Mo-Su 09:00-19:30"))
    assert last_line(run(app, newer)) == "new 0, changed 1, unchanged 2, refused 2"


def test_a_dry_run_writes_nothing(app: Flask, tmp_path: Path) -> None:
    result = run(app, write(tmp_path / "luoghi.csv", CSV), "--dry-run")
    assert last_line(result) == "new 3, changed 0, unchanged 0, refused 2"
    assert places(app) == {}


def test_rows_without_an_id_are_known_by_name_and_address(app: Flask, tmp_path: Path) -> None:
    text = "nome,indirizzo,lat,lon\nA,Via Roma 1,45.4,9.1\nA,Via Roma 1,45.4,9.1\nB,Via Roma 2,45.4,9.1\n"
    file = write(tmp_path / "a.csv", text)
    assert last_line(run(app, file)) == "new 3, changed 0, unchanged 0, refused 0"
    assert last_line(run(app, file)) == "new 0, changed 0, unchanged 3, refused 0"


def test_an_id_given_twice_is_refused_the_second_time(app: Flask, tmp_path: Path) -> None:
    rows = "".join(f"{number},Bar {number},45.4,9.1\n" for number in range(99)) + "7,Bar,45.4,9.1\n"
    result = run(app, write(tmp_path / "a.csv", "id,nome,lat,lon\n" + rows))
    assert last_line(result) == "new 99, changed 0, unchanged 0, refused 1"
    assert "row 101 refused: the id 7 is already that of row 9" in result.output


def test_columns_named_the_wrong_way_round_are_noticed_and_said(app: Flask, tmp_path: Path) -> None:
    text = 'id,nome,COORD X,COORD Y\n1,A,"45,46","9,19"\n2,B,"45,47","9,20"\n'
    result = run(app, write(tmp_path / "a.csv", text))
    assert "Warning: Latitude and longitude are swapped in the columns COORD X and COORD Y" in result.output
    assert places(app)["1"].location.lat == pytest.approx(45.46)


def test_one_row_the_wrong_way_round_is_said_by_its_number(app: Flask, tmp_path: Path) -> None:
    rows = "".join(f"{number},Bar {number},45.4,9.1\n" for number in range(20)) + "99,Bar,9.1,45.4\n"
    result = run(app, write(tmp_path / "a.csv", "id,nome,lat,lon\n" + rows))
    assert "Warning: row 22: latitude and longitude are swapped" in result.output
    assert last_line(result) == "new 21, changed 0, unchanged 0, refused 0"


def test_columns_zone_kind_and_source_can_be_said(app: Flask, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "k,alias,title,lat,lon\n1,Oodi,Keskustakirjasto,60.17,24.94\n")
    options = ("--map", "name=alias", "--map", "id=k", "--kind", "library", "--source", "hel", "--tzid", "Europe/Helsinki", "--country", "fi")  # fmt: skip
    assert last_line(run(app, file, *options)) == "new 1, changed 0, unchanged 0, refused 0"
    place = places(app)["1"]
    assert (place.name, place.kind, place.source) == ("Oodi", PlaceKind.LIBRARY, "hel")
    assert (place.tzid, place.country, place.subdivision) == ("Europe/Helsinki", "FI", "")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--map", "colour=nome"), "there is no field 'colour'"),
        (("--map", "name=colour"), "the file has no column 'colour'"),
        (("--map", "name"), "FIELD=COLUMN"),
        (("--kind", "castle"), "castle"),
        (("--tzid", "Europe/Nowhere"), "is not a time zone"),
        (("--country", "Italia"), "not a country code"),
    ],
)
def test_a_wrong_option_is_explained(app: Flask, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    result = run(app, write(tmp_path / "a.csv", "id,nome,lat,lon\n1,A,45.4,9.1\n"), *options)
    assert result.exit_code != 0
    assert said in result.output
    assert places(app) == {}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b"nome,lat,lon\n"),
        ("a.csv", b"nome,lat,lon\nA,,\n"),
        ("a.csv.gz", b"not gzip at all, but commas"),
        ("a.geojson", b"<html>"),
        ("a.geojson", b'{"type": "FeatureCollection"}'),
        ("a.osm.pbf", b"PBF? no"),
        ("a.json", b'{"elements": 3}'),
        ("a.csv", b"\x00\xff\xfe,\n\x00,1\n"),
        ("a.geojson", b"[" * 50_000),
    ],
)
def test_a_file_that_cannot_be_read_is_a_failure_in_a_sentence(app: Flask, tmp_path: Path, name: str, content: bytes) -> None:  # fmt: skip
    file = tmp_path / name
    file.write_bytes(content)
    result = run(app, file)
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert places(app) == {}


def test_only_a_file_whose_every_row_was_refused_is_a_failure(app: Flask, tmp_path: Path) -> None:
    empty = run(app, write(tmp_path / "a.geojson", '{"type": "FeatureCollection", "features": []}'))
    assert (empty.exit_code, last_line(empty)) == (0, "new 0, changed 0, unchanged 0, refused 0")
    refused = run(app, write(tmp_path / "b.csv", "nome,lat,lon\nA,,\n"))
    assert (refused.exit_code, last_line(refused)) == (1, "new 0, changed 0, unchanged 0, refused 1")


def feature(properties: dict, coordinates: list | None, **members: object) -> dict:
    geometry = None if coordinates is None else {"type": "Point", "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry, **members}


def geojson(path: Path, *features: dict) -> Path:
    text = json.dumps({"type": "FeatureCollection", "features": list(features)})
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def test_geojson_goes_in_by_its_geometry(app: Flask, tmp_path: Path) -> None:
    file = geojson(
        tmp_path / "uffici.geojson.gz",
        feature({"Ente": "Ufficio PT", "nome": "POSTE BRERA", "CAP": 20121}, [9.18, 45.47], id=1),
        feature({"nome": "Senza geometria"}, None, id=2),
        feature({"nome": "Vuoto"}, [], id=3),
        feature({"nome": "Lontano"}, [999, 999], id=4),
        feature({"nome": "Rovescio", "tags": ["a"]}, [45.47, 9.18], id=5),
    )
    result = run(app, file)
    assert last_line(result) == "new 2, changed 0, unchanged 0, refused 3"
    assert places(app)["1"].name == "Poste Brera"


OSM_TAGS = {
    "amenity": "cafe", "name": "Kahvila", "addr:street": "Katu", "addr:housenumber": "4", "changing_table": "yes",
    "changing_table:location": "unisex_toilet", "wheelchair": "limited", "opening_hours": "Mo-Fr 08:00-18:00",
    "check_date": "2026-05-01", "language:fi": "yes", "website": "https://example.org",
}  # fmt: skip


@pytest.mark.parametrize("form", ["geojson", "overpass"])
def test_openstreetmaps_tags_are_understood(app: Flask, tmp_path: Path, form: str) -> None:
    parking = {"amenity": "parking", "name": "P1"}
    if form == "geojson":
        file = geojson(tmp_path / "a.geojson", feature(OSM_TAGS, [24.94, 60.17], id="node/1"), feature(parking, [24.9, 60.1], id="n/2"))  # fmt: skip
    else:
        elements = [
            {"type": "node", "id": 1, "lat": 60.17, "lon": 24.94, "tags": OSM_TAGS},
            {"type": "node", "id": 2, "lat": 60.1, "lon": 24.9, "tags": parking},
        ]
        file = write(tmp_path / "a.json", json.dumps({"elements": elements}))
    result = run(app, file, "--tzid", "Europe/Helsinki", "--country", "FI")
    assert last_line(result) == "new 1, changed 0, unchanged 0, refused 0"
    assert "1 things are no places: left out" in result.output
    place = places(app)["n/1"]
    assert (place.source, place.kind, place.name_language) == ("osm", PlaceKind.CAFE, "fi")
    assert (place.street_address, place.languages) == ("Katu 4", ["fi"])
    facts = {fact.amenity: fact for fact in place.amenities}
    assert facts[Amenity.CHANGING_TABLE_FATHERS].state is AmenityState.YES
    assert facts[Amenity.STEP_FREE].state is AmenityState.NO
    detail = facts[Amenity.CHANGING_TABLE].detail
    assert detail is not None
    assert detail.within("it").value == "in un bagno per tutti"
    assert str(facts[Amenity.CHANGING_TABLE].confirmed_on) == "2026-05-01"


def test_a_public_toilet_needs_no_name(app: Flask, tmp_path: Path) -> None:
    file = geojson(tmp_path / "a.geojson", feature({"amenity": "toilets"}, [9.1, 45.4], id="n/1"), feature({"shop": "yes"}, [9.1, 45.4], id="n/2"))  # fmt: skip
    assert last_line(run(app, file)) == "new 1, changed 0, unchanged 0, refused 1"
    assert places(app)["n/1"].name == "WC"


def test_facts_of_a_source_are_counted_by_state(app: Flask, tmp_path: Path) -> None:
    text = "id,nome,lat,lon,wheelchair,acqua\n1,A,45.4,9.1,yes,forse\n2,B,45.4,9.1,no,\n"
    run(app, write(tmp_path / "a.csv", text))
    with app.app_context():
        rows = db.session.execute(
            sa.select(PlaceAmenity.amenity, PlaceAmenity.state).order_by(PlaceAmenity.id)
        )
        assert [tuple(row) for row in rows] == [
            (Amenity.STEP_FREE, AmenityState.YES),
            (Amenity.STEP_FREE, AmenityState.NO),
        ]
