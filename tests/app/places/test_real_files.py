"""Real files that nobody made for us go in, and the second time change nothing."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.database import db
from app.places.models import Place, PlaceAmenity
from app.places.rules.vocabulary import PlaceKind
from tests.app.places.test_importing import last_line, run

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real data beside the repository is not on this machine"
)
HELSINKI = ("--tzid", "Europe/Helsinki", "--country", "FI")
VADUZ = ("--tzid", "Europe/Vaduz", "--country", "LI")
PARIS = ("--tzid", "Europe/Paris", "--country", "FR")


@pytest.fixture
def engine_url(spatialite_url: str) -> str:
    """On one engine; the pharmacies go in on both (test_pharmacies_of_milan.py)."""
    return spatialite_url


def test_lombardys_hospitals_are_found_although_their_columns_are_swapped(app: Flask) -> None:
    result = run(app, DATA / "milano/ospedali_lombardia.csv")
    assert (
        "Warning: Latitude and longitude are swapped in the columns COORDINATA GEOGRAFICA X" in result.output
    )
    assert last_line(result) == "new 212, changed 0, unchanged 0, refused 0"
    with app.app_context():
        for place in db.session.scalars(sa.select(Place)):
            assert 8.4 < place.location.lon < 11.5
            assert 44.6 < place.location.lat < 46.7
            assert place.kind is PlaceKind.MEDICAL


def test_parisian_toilets_keep_their_hours_and_changing_tables(app: Flask) -> None:
    file = DATA / "paris_sanisettes/sanisettesparis_2022.csv"
    assert last_line(run(app, file, *PARIS)) == "new 615, changed 0, unchanged 0, refused 0"
    assert last_line(run(app, file, *PARIS)) == "new 0, changed 0, unchanged 615, refused 0"
    with app.app_context():
        facts = db.session.execute(
            sa.select(PlaceAmenity.amenity, PlaceAmenity.state, sa.func.count()).group_by(
                PlaceAmenity.amenity, PlaceAmenity.state
            )
        )
        assert {(row[0].value, row[1].value): row[2] for row in facts} == {
            ("changing_table", "yes"): 12, ("changing_table", "no"): 159, ("step_free", "yes"): 508,
            ("step_free", "no"): 106, ("toilets", "yes"): 615,
        }  # fmt: skip
        counted = sa.select(Place.opening_hours, sa.func.count()).group_by(Place.opening_hours)
        hours = {row[0]: row[1] for row in db.session.execute(counted)}
        assert (hours["06:00-22:00"], hours["24/7"], hours["Voir fiche équipement"]) == (246, 157, 168)


@pytest.mark.parametrize(
    ("file", "options", "new"),
    [
        ("osm/helsinki.osm.pbf", HELSINKI, 1329),
        ("osm/helsinki_poi.geojson.gz", HELSINKI, 1118),
        ("osm/liechtenstein.osm.pbf", VADUZ, 265),
        ("osm/liechtenstein_poi.geojson.gz", VADUZ, 276),
        ("osm/lund.osm.pbf", ("--tzid", "Europe/Stockholm", "--country", "SE"), None),
        ("milano/scuole_milano.csv", (), 440),
        ("milano/post_offices_ds555.geojson", (), 82),
        ("milano/sport_centres_ds629_nomail.geojson", (), 407),
    ],
)
def test_extracts_and_city_layers_go_in_once(
    app: Flask, file: str, options: tuple[str, ...], new: int | None
) -> None:
    first = run(app, DATA / file, *options)
    assert first.exit_code == 0
    if new is not None:
        assert last_line(first).startswith(f"new {new}, changed 0, unchanged 0")
    second = last_line(run(app, DATA / file, *options))
    assert second.startswith("new 0, changed 0, unchanged ")
