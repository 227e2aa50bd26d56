"""BASEMAP_FILE: the operator's own map instead of anybody else's tiles."""

import os
import re
from pathlib import Path

import pytest
import shapely
from pmtiles.tile import TileType

from app import create_app
from app.config import SettingsError
from tests import engines
from tests.geo.archives import png, vector_tiles, write_archive

MILAN = (12, 2152, 1465)
ADDRESS = "/tiles/12/2152/1465"
STREET = ("roads", {"kind": "major_road"}, shapely.LineString([(9.0, 45.40), (9.3, 45.52)]))


@pytest.fixture
def with_map(spatialite_url: str, tmp_path: Path):
    """The site with this file as its map."""

    def opened(path: Path):
        return engines.running_app(engines.settings_for(tmp_path, spatialite_url, basemap_file=str(path)))

    return opened


def _vector(path: Path) -> Path:
    return write_archive(path, vector_tiles([STREET], range(10, 14)))


def _pictures(path: Path, colour: tuple[int, int, int] = (200, 220, 210)) -> Path:
    return write_archive(path, {MILAN: png(colour)}, TileType.PNG)


def test_a_vector_archive_is_drawn_light_and_dark_and_kept(with_map, tmp_path: Path) -> None:
    path = _vector(tmp_path / "milano.pmtiles")
    with with_map(path) as app:
        client = app.test_client()
        light, dark = client.get(ADDRESS), client.get(f"{ADDRESS}?theme=dark")
        assert (light.status_code, light.mimetype, dark.mimetype) == (200, "image/svg+xml", "image/svg+xml")
        assert b"#FFFFFF" in light.data
        assert b"#2A3945" in dark.data
        assert "max-age=86400" in light.headers["Cache-Control"]
        kept = list((app.extensions["settings"].data_dir / "tiles").rglob("1465.svg"))
        assert len(kept) == 2
    kept[0].write_bytes(b"<svg>kept</svg>")
    with with_map(path) as app:
        client = app.test_client()
        assert b"<svg>kept</svg>" in {client.get(ADDRESS).data, client.get(f"{ADDRESS}?theme=dark").data}


def test_another_file_is_drawn_anew(with_map, tmp_path: Path) -> None:
    path = _vector(tmp_path / "milano.pmtiles")
    with with_map(path) as app:
        before = app.test_client().get(ADDRESS).data
    write_archive(path, vector_tiles([("water", {}, shapely.box(9.0, 45.4, 9.3, 45.6))], range(10, 14)))
    with with_map(path) as app:
        after = app.test_client().get(ADDRESS).data
    assert b"#CFE3E6" in after
    assert after != before


def test_pictures_come_as_they_are_and_dark_ones_from_the_file_beside(with_map, tmp_path: Path) -> None:
    path = _pictures(tmp_path / "milano.pmtiles")
    with with_map(path) as app:
        client = app.test_client()
        light, dark = client.get(f"{ADDRESS}.png"), client.get(f"{ADDRESS}?theme=dark")
        assert (light.data, light.mimetype) == (png((200, 220, 210)), "image/png")
        assert b"feColorMatrix" in dark.data
        larger = client.get("/tiles/14/8611/5862")
        assert b'width="1024"' in larger.data
        assert b'x="-768" y="-512"' in larger.data
        assert client.get("/tiles/12/0/0").mimetype == "image/svg+xml"
    _pictures(tmp_path / "milano-dark.pmtiles", (1, 2, 3))
    with with_map(path) as app:
        assert app.test_client().get(f"{ADDRESS}?theme=dark").data == png((1, 2, 3))


def test_a_tile_that_got_damaged_is_bare_ground_for_a_minute(with_map, tmp_path: Path) -> None:
    path = _vector(tmp_path / "milano.pmtiles")
    with with_map(path) as app:
        os.truncate(path, path.stat().st_size - 40)
        for _ in range(2):
            answer = app.test_client().get("/tiles/14/8611/5862")
            assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
        damaged = [
            app.test_client().get(f"/tiles/14/{8600 + x}/{5850 + y}").headers["Cache-Control"]
            for x in range(0, 20, 4)
            for y in range(0, 20, 4)
        ]
        assert any("max-age=60" in each for each in damaged)


def test_a_file_that_cannot_be_used_stops_the_start_with_a_sentence(
    spatialite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "not.pmtiles").write_text("no map")
    for name, reason in (("none.pmtiles", "no such file"), ("not.pmtiles", "not a PMTiles archive")):
        settings = engines.settings_for(tmp_path, spatialite_url, basemap_file=str(tmp_path / name))
        with pytest.raises(SettingsError, match=f"BASEMAP_FILE=.*{reason}"):
            create_app(settings)
    path = _pictures(tmp_path / "milano.pmtiles")
    _vector(tmp_path / "milano-dark.pmtiles")
    with pytest.raises(SettingsError, match="take away one"):
        create_app(engines.settings_for(tmp_path, spatialite_url, basemap_file=str(path)))


def test_the_map_names_whose_it_is(with_map, tmp_path: Path) -> None:
    with with_map(_vector(tmp_path / "milano.pmtiles")) as app:
        client = app.test_client()
        page = client.get("/").get_data(as_text=True)
        assert "schematica" not in page
        script = re.search(r'data-map-script="([^"]+)"', page)
        assert script
        assert "OpenStreetMap contributors" in client.get(script[1]).get_data(as_text=True)
