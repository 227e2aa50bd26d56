"""/tiles: always a tile, from the source, from disk or drawn by us; and the files of the map."""

import re

import pytest

from app.core.database import db
from app.explore import map_script
from app.explore.tile_source import FetchedTile, TileSource
from tests import engines
from tests.app.explore.test_tile_source import PNG, TileServer

MILAN = "/tiles/12/2152/1465"


@pytest.fixture
def tile_server():
    with TileServer().running() as server:
        yield server


@pytest.fixture
def proxied(tile_server, spatialite_url, tmp_path):
    settings = engines.settings_for(tmp_path, spatialite_url, tiles_url=tile_server.template)
    with engines.running_app(settings) as app:
        yield app.test_client()


def test_without_a_source_we_draw_the_tile_light_and_dark(client):
    light = client.get(MILAN)
    dark = client.get(f"{MILAN}.svg?theme=dark")
    assert (light.status_code, light.mimetype) == (200, "image/svg+xml")
    assert light.data.startswith(b"<svg")
    assert dark.data != light.data
    assert "public, max-age=3600" in light.headers["Cache-Control"]
    assert "Set-Cookie" not in light.headers


def test_the_source_is_asked_once_and_then_the_disk(proxied, tile_server):
    first = proxied.get(f"{MILAN}.png")
    assert (first.data, first.mimetype) == (PNG, "image/png")
    assert "max-age=86400" in first.headers["Cache-Control"]
    assert proxied.get(f"{MILAN}?theme=dark").data == PNG
    assert len(tile_server.asked) == 1
    assert tile_server.asked[0][1].endswith("(+http://localhost:8000)")


def test_when_the_source_fails_we_draw_and_ask_again_soon(proxied, tile_server):
    tile_server.status = 503
    answer = proxied.get(MILAN)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "max-age=60" in answer.headers["Cache-Control"]


def test_when_the_source_fails_an_old_tile_is_better_than_none(proxied, tile_server, monkeypatch):
    proxied.get(MILAN)
    tile_server.status = 503
    monkeypatch.setattr("app.explore.tile_store.FRESH_SECONDS", -1)
    assert proxied.get(f"{MILAN}.png").data == PNG


def test_no_database_connection_is_held_while_the_source_is_asked(proxied, monkeypatch):
    held = []

    def fetch(self, address):
        held.append(db.session().in_transaction())
        return FetchedTile(PNG, "png")

    monkeypatch.setattr(TileSource, "fetch", fetch)
    proxied.get("/tiles/12/2150/1465")
    assert held == [False]


@pytest.mark.parametrize(
    "address", ["/tiles/20/0/0", "/tiles/1/2/0", "/tiles/1/0/-1", "/tiles/a/b/c", "/tiles/1/0/0.exe"]
)
def test_a_tile_off_the_globe_is_a_problem(client, address):
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(("parameter", "value"), [("theme", "sepia"), ("style", "x"), ("lang", "tlh")])
def test_an_unknown_parameter_is_named(client, parameter, value):
    answer = client.get(f"{MILAN}?{parameter}={value}")
    assert (answer.status_code, answer.json["parameter"]) == (400, parameter)


def test_the_map_script_is_built_once_and_kept_for_a_year(app, client):
    with app.app_context():
        map_script.ensure_map_script()
        digest = map_script.current_hash()
        map_script.ensure_map_script()
        assert map_script.current_hash() == digest
    answer = client.get(f"/map-{digest}.js")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.mimetype == "text/javascript"
    assert b"window.wendyMap" in answer.data
    assert not re.search(rb"https?://(?!localhost)", answer.data)
    assert "immutable" not in client.get("/map-000000000000.js").headers["Cache-Control"]


def test_leaflet_comes_from_our_host_with_its_pictures(client):
    from app.explore import leaflet_files

    for name, kind in (("leaflet.js", "javascript"), ("leaflet.css", "css"), ("images/layers.png", "png")):
        answer = client.get(leaflet_files.address(name))
        assert answer.status_code == 200
        assert kind in answer.mimetype
        assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(leaflet_files.address("../../../__init__.py")).status_code == 404
    assert client.get("/static/leaflet/0/leaflet.js").status_code == 404
