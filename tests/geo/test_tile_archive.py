"""Archives in one file: every tile the format's own reader finds, and a sentence for a file that is none."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, TileType

from geo.errors import GeometryError
from geo.tile_archive import MAX_TILE_BYTES, VECTOR, TileArchive
from tests.geo.archives import png, write_archive

PICTURES = {(12, 2152, 1465): png((1, 2, 3)), (12, 2153, 1465): png((4, 5, 6))}


@pytest.mark.parametrize("packing", [Compression.GZIP, Compression.NONE])
def test_tiles_come_as_the_formats_own_reader_gives_them(tmp_path: Path, packing: Compression) -> None:
    path = write_archive(tmp_path / "a.pmtiles", PICTURES, TileType.PNG, packing)
    archive = TileArchive(path)
    assert (archive.media_type, archive.min_zoom, archive.max_zoom) == ("image/png", 12, 12)
    with path.open("rb") as file:
        reader = Reader(MmapSource(file))
        for address, body in PICTURES.items():
            theirs = reader.get(*address)
            assert archive.tile(*address) == body
            assert body == (gzip.decompress(theirs) if packing is Compression.GZIP else theirs)


def test_tiles_of_an_archive_too_large_for_one_directory_are_found(tmp_path: Path) -> None:
    # Lengths without a pattern, so that the directory packs badly and is split.
    tiles = {
        (14, x, y): f"{x} {y}".encode().ljust(8 + x * y * 7919 % 997)
        for x in range(8000, 8160)
        for y in range(5000, 5160)
    }
    archive = TileArchive(write_archive(tmp_path / "a.pmtiles", tiles, TileType.PNG, Compression.NONE))
    assert archive._header["leaf_directory_length"] > 0
    assert archive.tile(14, 8123, 5077) == tiles[14, 8123, 5077]
    assert archive.tile(14, 8159, 5159) == tiles[14, 8159, 5159]


def test_what_an_archive_has_not_is_none(tmp_path: Path) -> None:
    archive = TileArchive(write_archive(tmp_path / "a.pmtiles", PICTURES, TileType.PNG))
    assert archive.tile(12, 2154, 1465) is None
    assert archive.tile(11, 1076, 732) is None
    assert archive.tile(13, 4304, 2930) is None
    assert archive.covers(12, 2152, 1465)
    assert not archive.covers(12, 0, 0)


def test_another_file_has_another_fingerprint(tmp_path: Path) -> None:
    one = TileArchive(write_archive(tmp_path / "a.pmtiles", PICTURES, TileType.PNG))
    other = TileArchive(write_archive(tmp_path / "b.pmtiles", {(12, 1, 1): b"x"}, TileType.PNG))
    assert one.fingerprint != other.fingerprint
    assert one.media_type != VECTOR


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a PMTiles archive"),
        (b"PK\x03\x04" + b"\0" * 400, "not a PMTiles archive"),
        (b"PMTiles\x02" + b"\0" * 400, "another version"),
        (b"PMTiles\x03" + b"\xff" * 400, "kinds of tiles"),
    ],
)
def test_a_file_that_is_no_archive_is_refused_in_words(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.pmtiles").write_bytes(content)
    with pytest.raises(GeometryError, match=reason):
        TileArchive(tmp_path / "a.pmtiles")


def test_a_missing_or_half_copied_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GeometryError, match="no such file"):
        TileArchive(tmp_path / "none.pmtiles")
    path = write_archive(tmp_path / "a.pmtiles", PICTURES, TileType.PNG)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(GeometryError, match="cut off"):
        TileArchive(path)


def test_a_small_tile_that_unpacks_to_a_large_one_is_refused(tmp_path: Path) -> None:
    tiles = {(12, 2152, 1465): b"\0" * (MAX_TILE_BYTES + 1)}
    archive = TileArchive(write_archive(tmp_path / "a.pmtiles", tiles))
    with pytest.raises(GeometryError, match="unpacks to more"):
        archive.tile(12, 2152, 1465)


@given(st.data())
def test_a_damaged_file_gives_a_tile_none_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("archive") / "a.pmtiles"
    content = bytearray(write_archive(path, PICTURES, TileType.PNG).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        body = TileArchive(path).tile(12, 2152, 1465)
    except GeometryError:
        return
    assert body is None or isinstance(body, bytes)
