"""GeoJSON files as they come, and collections joined from ready bytes."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import geojson
from geo.errors import GeometryError
from geo.geojson import collection_bytes, point_feature_bytes, read_features
from geo.point import Point

FEATURE = {
    "type": "Feature",
    "id": 7,
    "properties": {"name": "Città"},
    "geometry": {"type": "Point", "coordinates": [9, 45]},
}
COLLECTION = {
    "type": "FeatureCollection",
    "features": [FEATURE, {**FEATURE, "geometry": None, "properties": None}],
}


def written(folder: Path, content: str | bytes, name: str = "file.geojson") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_collection_gives_its_features_in_order(tmp_path: Path) -> None:
    first, second = read_features(written(tmp_path, json.dumps(COLLECTION)))
    assert (first.id, first.properties, first.geometry) == (7, {"name": "Città"}, FEATURE["geometry"])
    assert (second.geometry, second.properties) == (None, {})


def test_gzip_is_recognised_by_its_bytes_not_its_name(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(json.dumps(COLLECTION).encode()), "file.geojson")
    assert len(list(read_features(path))) == 2


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\n\n", "\n\x1e"])
def test_one_feature_a_line_is_read_too(tmp_path: Path, separator: str) -> None:
    text = separator.join(json.dumps({**FEATURE, "id": number}) for number in range(3))
    assert [feature.id for feature in read_features(written(tmp_path, text))] == [0, 1, 2]


def test_record_separators_at_the_start_are_read_too(tmp_path: Path) -> None:
    text = f"\x1e{json.dumps(FEATURE)}\n"
    assert len(list(read_features(written(tmp_path, text)))) == 1


def test_a_single_feature_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    assert len(list(read_features(written(tmp_path, "\ufeff" + json.dumps(FEATURE, indent=1))))) == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        ("[]", "no GeoJSON features"),
        ('{"type": "Topology"}', "no GeoJSON features"),
        ('{"type": "FeatureCollection", "features": 3}', "no GeoJSON features"),
        ('{"type": "FeatureCollection", "features": [3]}', "not a GeoJSON feature"),
        ('{"type": "Feature", "geometry": [], "properties": {}}', "not objects"),
        ('{"type": "Feature", "geometry": null, "properties": "x"}', "not objects"),
        (json.dumps(FEATURE) + "\n{broken", "line 2"),
        ("[" * 100_000, "nested too deeply"),
        (json.dumps(FEATURE) + "\n" + "[" * 100_000, "nested too deeply in line 2"),
        (gzip.compress(b"{}" * 100, mtime=0)[:-9], "cannot be read"),
        (b"\x1f\x8bnonsense", "cannot be read"),
    ],
)
def test_broken_files_are_refused_with_a_sentence(tmp_path: Path, content: str | bytes, says: str) -> None:
    with pytest.raises(GeometryError, match=says):
        list(read_features(written(tmp_path, content)))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GeometryError, match=r"no file gone\.geojson"):
        list(read_features(tmp_path / "gone.geojson"))


def test_a_gzip_bomb_stops_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "MAX_FILE_BYTES", 1024 * 1024)
    with pytest.raises(GeometryError, match="larger than 1 MB"):
        list(read_features(written(tmp_path, gzip.compress(b" " * 5_000_000))))


def test_a_feature_is_compact_and_has_five_decimals() -> None:
    made = point_feature_bytes("k3", Point(9.1234567, 45.9876543), {"name": "Caffè «Sì»", "n": None})
    assert made.decode() == (
        '{"type":"Feature","id":"k3","geometry":{"type":"Point","coordinates":[9.12346,45.98765]},'
        '"properties":{"name":"Caffè «Sì»","n":null}}'
    )


def test_a_feature_without_id_has_none() -> None:
    assert "id" not in json.loads(point_feature_bytes(None, Point(0, 0), {}))


@given(
    st.lists(st.dictionaries(st.text(), st.text())),
    st.dictionaries(st.sampled_from(["links", "n"]), st.integers()),
)
def test_a_joined_collection_is_the_json_that_it_should_be(
    properties: list[dict[str, str]], members: dict[str, int]
) -> None:
    features = [point_feature_bytes(number, Point(1, 2), each) for number, each in enumerate(properties)]
    read = json.loads(collection_bytes(features, members))
    assert [feature["properties"] for feature in read.pop("features")] == properties
    assert read == {"type": "FeatureCollection", **members}


def test_numbers_that_json_does_not_know_are_never_written() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        point_feature_bytes(1, Point(1, 2), {"x": float("nan")})
