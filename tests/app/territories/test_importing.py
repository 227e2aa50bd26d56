"""Territories come from GeoJSON files: twice is once, and nobody's mistake stops the others."""

import gzip
import json
from pathlib import Path

import pytest
from flask import Flask

from app.territories import queries
from geo.point import Point

MILANO = Path(__file__).resolve().parents[4] / "shared" / "data" / "milano"


def square(west: float, south: float, size: float = 0.1) -> dict:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(properties: dict, geometry: dict | None) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write(path: Path, *features: dict) -> Path:
    text = json.dumps({"type": "FeatureCollection", "features": list(features)})
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


def run(app: Flask, *arguments: str | Path):
    return app.test_cli_runner().invoke(args=["wendy", "import-territories", *map(str, arguments)])


def last_line(result) -> str:
    return result.output.strip().splitlines()[-1]


def test_a_second_import_changes_nothing(app: Flask, tmp_path: Path) -> None:
    file = write(
        tmp_path / "areas.geojson.gz",
        feature({"MUNICIPIO": 1}, square(9.1, 45.4)),
        feature({"ID_NIL": 2, "NIL": "BRERA "}, square(9.1, 45.4, 0.05)),
    )
    assert last_line(run(app, file)) == "new 2, changed 0, unchanged 0, refused 0"
    assert last_line(run(app, file)) == "new 0, changed 0, unchanged 2, refused 0"
    with app.app_context():
        assert [(t.code, t.name) for t in queries.all_territories()] == [
            ("municipio-1", "Municipio 1"),
            ("nil-2", "Brera"),
        ]


def test_a_moved_border_is_a_change_and_points_find_their_territory_again(app: Flask, tmp_path: Path) -> None:
    run(app, write(tmp_path / "a.geojson", feature({"MUNICIPIO": 1}, square(9.1, 45.4))))
    with app.app_context():
        assert len(queries.polygon_index().containing(Point(lon=9.15, lat=45.45))) == 1
    result = run(app, write(tmp_path / "b.geojson", feature({"MUNICIPIO": 1}, square(9.3, 45.4))))
    assert last_line(result) == "new 0, changed 1, unchanged 0, refused 0"
    with app.app_context():
        assert queries.polygon_index().containing(Point(lon=9.15, lat=45.45)) == []
        assert len(queries.polygon_index().containing(Point(lon=9.35, lat=45.45))) == 1


def test_a_dry_run_tells_and_writes_nothing(app: Flask, tmp_path: Path) -> None:
    file = write(tmp_path / "a.geojson", feature({"MUNICIPIO": 1}, square(9.1, 45.4)))
    assert last_line(run(app, file, "--dry-run")) == "new 1, changed 0, unchanged 0, refused 0"
    with app.app_context():
        assert queries.all_territories() == []


def test_a_bad_area_is_refused_with_its_reason_and_stops_nobody(app: Flask, tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.geojson",
        feature({"MUNICIPIO": 1}, None),
        feature({"MUNICIPIO": 2}, {"type": "Polygon", "coordinates": [[[500, 500], [501, 500], [501, 501], [500, 500]]]}),
        feature({"nothing": "here"}, square(9.1, 45.4)),
        feature({"MUNICIPIO": 4}, square(9.1, 45.4)),
        feature({"MUNICIPIO": 4}, square(9.2, 45.4)),
    )  # fmt: skip
    result = run(app, file)
    assert result.exit_code == 0
    assert last_line(result) == "new 1, changed 0, unchanged 0, refused 4"
    assert "feature 1 refused" in result.output
    assert "feature 5 refused: municipio-4 is already feature 4 of this file" in result.output


def test_a_file_without_one_usable_area_is_a_failure(app: Flask, tmp_path: Path) -> None:
    assert run(app, write(tmp_path / "a.geojson", feature({}, None))).exit_code == 1
    (tmp_path / "b.geojson").write_text("<html>", encoding="utf-8")
    result = run(app, tmp_path / "b.geojson")
    assert result.exit_code == 1
    assert "JSON" in result.output


def test_a_file_without_areas_refuses_nothing_and_is_no_failure(app: Flask, tmp_path: Path) -> None:
    result = run(app, write(tmp_path / "a.geojson"))
    assert (result.exit_code, last_line(result)) == (0, "new 0, changed 0, unchanged 0, refused 0")


@pytest.mark.skipif(not MILANO.is_dir(), reason="the real data beside the repository is not on this machine")
def test_milans_boroughs_and_neighbourhoods_go_in(app: Flask) -> None:
    boroughs = run(app, MILANO / "municipi_ds379_original.geojson.gz")
    assert last_line(boroughs) == "new 9, changed 0, unchanged 0, refused 0"
    neighbourhoods = run(app, MILANO / "nil_ds964_original.geojson.gz")
    assert last_line(neighbourhoods) == "new 88, changed 0, unchanged 0, refused 0"
    with app.app_context():
        codes = {t.code: t.name for t in queries.all_territories()}
        assert codes["municipio-6"] == "Municipio 6"
        assert codes["nil-48"] == "Ronchetto sul Naviglio - Q.re Lodovico il Moro"
        inside = queries.by_ids(queries.polygon_index().containing(Point(lon=9.1590, lat=45.4511)))
        found = [territory.name for territory in inside]
    assert found[0] == "Municipio 6"
    assert len(found) == 2
