"""`flask wendy import-gazetteer` and `import-basemap`, as an operator types them, on both engines."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result

from app.core import state
from app.core.database import db
from app.explore.map_script import ensure_map_script, stored_script
from app.explore.models import BackdropFeature, GazetteerEntry
from app.explore.rules.gazetteer import GazetteerKind
from app.explore.service import MAP_SCRIPT_KEY

STREETS = """street;lon;lat
V.LE ZARA;9,1926;45,4926
VIALE ZARA;9,1930;45,4930
VIA CASSANO D'ADDA;9,2113;45,4376
;9,2;45,4
VIA SENZA POSTO;;
VIA SULLA LUNA;999;45,4
"""
ADDRESSES = """source,name,street,civic,cap,lon,lat
farmacie,UNO,VIA VARSAVIA,4,20137,9.2289,45.4525
farmacie,DUE,VIA VARSAVIA,6,20137,9.2291,45.4527
scuole,TRE,VIA SAVONA,,20144,9.16,45.45
"""
STOPS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"id_amat": 890, "nome": "P.TA GENOVA F.S.", "linee": "2"},
            "geometry": {"type": "Point", "coordinates": [9.17, 45.453]},
        }
    ],
}


@pytest.fixture
def wendy(app) -> Callable[..., Result]:
    """Run `flask wendy …`."""
    return lambda *words: app.test_cli_runner().invoke(args=["wendy", *map(str, words)])


def names(app, kind: GazetteerKind) -> list[str]:
    with app.app_context():
        query = (
            sa.select(GazetteerEntry.name).where(GazetteerEntry.kind == kind).order_by(GazetteerEntry.name)
        )
        return list(db.session.scalars(query))


def last_line(result: Result) -> str:
    return result.stdout.strip().splitlines()[-1]


def test_streets_go_in_once_and_a_second_import_changes_nothing(app, wendy, tmp_path):
    file = tmp_path / "streets.csv"
    file.write_text(STREETS)
    dry = wendy("import-gazetteer", file, "--kind", "street", "--dry-run")
    assert last_line(dry) == "new 2, changed 0, unchanged 0, refused 3"
    assert names(app, GazetteerKind.STREET) == []
    first = wendy("import-gazetteer", file, "--kind", "street")
    assert last_line(first) == "new 2, changed 0, unchanged 0, refused 3"
    assert "row 6 refused" in first.stderr
    assert names(app, GazetteerKind.STREET) == ["Via Cassano d'Adda", "Viale Zara"]
    again = wendy("import-gazetteer", file, "--kind", "street")
    assert last_line(again) == "new 0, changed 0, unchanged 2, refused 3"
    file.write_text(STREETS.replace("9,2113", "9,2200"))
    assert last_line(wendy("import-gazetteer", file, "--kind", "street")).startswith(
        "new 0, changed 1, unchanged 1"
    )


def test_postcodes_and_addresses_come_out_of_address_points(app, wendy, tmp_path):
    file = tmp_path / "address_points.csv"
    file.write_text(ADDRESSES)
    assert last_line(wendy("import-gazetteer", file, "--kind", "postcode,address")).startswith("new 4,")
    assert names(app, GazetteerKind.POSTCODE) == ["20137", "20144"]
    assert names(app, GazetteerKind.ADDRESS) == ["Via Varsavia 4", "Via Varsavia 6"]


def test_stops_are_read_from_geojson(app, wendy, tmp_path):
    file = tmp_path / "stops.geojson"
    file.write_text(json.dumps(STOPS))
    assert (
        last_line(wendy("import-gazetteer", file, "--kind", "stop"))
        == "new 1, changed 0, unchanged 0, refused 0"
    )
    assert names(app, GazetteerKind.STOP) == ["Porta Genova F.S."]


@pytest.mark.parametrize("content", ["", "{", '{"type": "Polygon"}', "a,b\n1,2\n", "\x00\x01"])
def test_a_file_of_something_else_is_a_sentence_and_a_failure(wendy, tmp_path, content):
    file = tmp_path / "odd.csv"
    file.write_text(content)
    result = wendy("import-gazetteer", file, "--kind", "street")
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    "words", [("import-places",), ("import-places", "--dry-run")], ids=["real", "dry run"]
)
def test_the_map_reaches_what_was_imported(app, wendy, tmp_path, words):
    file = tmp_path / "places.csv"
    file.write_text("id,name,kind,latitude,longitude\nH1,Kirjasto,library,60.17,24.94\n")
    with app.app_context():
        ensure_map_script()
        before = stored_script()
    done = wendy(*words, file)
    assert last_line(done) == "new 1, changed 0, unchanged 0, refused 0", done.output
    with app.app_context():
        after, key = stored_script(), state.read(MAP_SCRIPT_KEY)
    is_real = "--dry-run" not in words
    assert ("north=60.2" in key, before != after) == (is_real, is_real)


def test_an_unknown_kind_is_refused_with_the_known_ones(wendy, tmp_path):
    file = tmp_path / "x.csv"
    file.write_text(STREETS)
    result = wendy("import-gazetteer", file, "--kind", "river")
    assert result.exit_code == 2
    assert "postcode" in result.output


def test_a_backdrop_replaces_the_one_before(app, wendy, tmp_path):
    file = tmp_path / "map.geojson"

    def feature(layer: str | None, name: str) -> dict[str, object]:
        line = {"type": "LineString", "coordinates": [[9.1, 45.4], [9.2, 45.5]]}
        return {"type": "Feature", "properties": {"layer": layer, "name": name}, "geometry": line}

    def write(*features: dict[str, object]) -> None:
        file.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))

    write(feature("rail", "a"), feature("metro_line", "b"), feature(None, "c"))
    assert last_line(wendy("import-basemap", file)) == "new 2, changed 0, unchanged 0, refused 1"
    assert last_line(wendy("import-basemap", file)) == "new 0, changed 0, unchanged 2, refused 1"
    write(feature("rail", "a"), feature("water", "d"))
    assert last_line(wendy("import-basemap", file)) == "new 1, changed 0, unchanged 1, refused 0"
    with app.app_context():
        assert set(db.session.scalars(sa.select(BackdropFeature.layer))) == {"rail", "water"}


SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "milano"


@pytest.mark.skipif(
    not SHARED.exists(), reason="../shared/data/milano is not here: Milan's own files are not read"
)
@pytest.mark.parametrize(
    ("file", "kind", "at_least"),
    [
        ("streets.csv", "street", 1800),
        ("metro_stops_ds535.geojson", "stop", 100),
        ("bus_tram_stops_ds534.geojson.gz", "stop", 1500),
        ("address_points.csv", "address,postcode", 900),
    ],
)
def test_the_files_of_milan_go_in(wendy, file, kind, at_least):
    result = wendy("import-gazetteer", SHARED / file, "--kind", kind)
    assert result.exit_code == 0
    new, _changed, _unchanged, refused = (int(part.split()[-1]) for part in last_line(result).split(","))
    assert new >= at_least
    assert refused <= 90
