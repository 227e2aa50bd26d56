"""A map of the operator's own: one archive of tiles on this machine, pictures as they are or vectors drawn by us."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.config import VERSION, Settings, SettingsError
from app.explore.rules.tile_address import SVG, TileAddress
from app.explore.tile_source import FetchedTile
from app.explore.tile_store import MAX_STORE_BYTES, TileStore
from geo.errors import GeometryError
from geo.tile_archive import VECTOR, TileArchive
from geo.tile_picture import picture_svg
from geo.tile_style import PALETTES, ThemeName
from geo.vector_map import VectorMap, bare_ground


@dataclass(frozen=True)
class Picture:
    """A tile's bytes and media type."""

    body: bytes
    content_type: str


class Basemap(Protocol):
    """Tiles of the operator's own map."""

    def tile(self, address: TileAddress, theme: ThemeName) -> Picture:
        """The tile; GeometryError where the archive is damaged."""


def opened(settings: Settings) -> Basemap:
    """The map that BASEMAP_FILE names (SettingsError with one sentence where it cannot be used)."""
    path = Path(settings.basemap_file).expanduser()
    archive = _archive(path)
    if archive.media_type == VECTOR:
        return DrawnBasemap(archive, settings.data_dir / "tiles")
    beside = path.with_name(f"{path.stem}-dark{path.suffix}")
    dark = _archive(beside) if beside.exists() else None
    if dark is not None and dark.media_type == VECTOR:
        raise SettingsError(
            f"BASEMAP_FILE: {beside} holds vector tiles, {path} pictures: take away one of them."
        )
    return PicturedBasemap(archive, dark)


class DrawnBasemap:
    """A vector archive: drawn in our own style in both themes and kept on disk until the file or the style changes."""

    def __init__(self, archive: TileArchive, folder: Path) -> None:
        self._map = VectorMap(archive)
        self._stores = {
            theme: TileStore(
                folder,
                f"{archive.fingerprint} {VERSION} {VectorMap.style} {theme}",
                max_bytes=MAX_STORE_BYTES // len(PALETTES),
            )
            for theme in PALETTES
        }

    def tile(self, address: TileAddress, theme: ThemeName) -> Picture:
        """The kept drawing, however old: its key changes with what it is drawn from; else a new one."""
        store = self._stores[theme]
        kept = store.get(address)
        if kept is not None:
            return Picture(kept.body, kept.content_type)
        body = self._map.tile_svg(address.z, address.x, address.y, theme)
        if body != bare_ground(theme):
            store.put(address, FetchedTile(body, "svg"))
        return Picture(body, SVG)


class PicturedBasemap:
    """An archive of pictures, with another one for the dark or darkened by us."""

    def __init__(self, light: TileArchive, dark: TileArchive | None) -> None:
        self._light, self._dark = light, dark

    def tile(self, address: TileAddress, theme: ThemeName) -> Picture:
        """The picture as it is; cut from the last zoom beyond that; bare ground where there is none."""
        archive = self._dark if theme == "dark" and self._dark else self._light
        is_darkened = theme == "dark" and self._dark is None
        levels = max(0, address.z - archive.max_zoom)
        x, y = address.x >> levels, address.y >> levels
        body = archive.tile(address.z - levels, x, y)
        if body is None:
            return Picture(bare_ground(theme), SVG)
        if not levels and not is_darkened:
            return Picture(body, archive.media_type)
        column, row = address.x - (x << levels), address.y - (y << levels)
        cut = picture_svg(
            body, archive.media_type, levels=levels, column=column, row=row, is_darkened=is_darkened
        )
        return Picture(cut, SVG)


def _archive(path: Path) -> TileArchive:
    try:
        return TileArchive(path)
    except GeometryError as error:
        raise SettingsError(
            f"BASEMAP_FILE={path} cannot be used: {error}. Make it as README.md says, or leave the setting out."
        ) from error
