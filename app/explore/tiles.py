"""One tile for the map: of the operator's archive, kept, fetched, or drawn by us; there is always one."""

import threading
from dataclasses import dataclass
from typing import Literal, cast

from flask import Flask, current_app

from app.config import Settings
from app.core.cache import until_change
from app.explore.basemap import Basemap, opened
from app.explore.queries import backdrop
from app.explore.rules.tile_address import SVG, TYPE_OF_SUFFIX, TileAddress
from app.explore.tile_source import TileSource
from app.explore.tile_store import TileStore
from geo.backdrop_milano import completed
from geo.errors import GeometryError
from geo.tiles import Backdrop
from geo.vector_map import bare_ground

BASEMAP = "basemap"
PROXY = "tile proxy"
DRAWN = "drawn map"
PROXIED_SECONDS = 86_400
DRAWN_SECONDS = 3_600
FALLBACK_SECONDS = 60
THREADS_FOR_PAGES = 2  # never wait for somebody else's tiles
Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Tile:
    """Bytes, media type, and for how many seconds browsers may keep them."""

    body: bytes
    content_type: str
    seconds: int


@dataclass(frozen=True)
class Proxy:
    """The configured source with its store."""

    source: TileSource
    store: TileStore


class DrawnMap:
    """Our own map, made again only when another backdrop was imported: making one takes a second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamp: backdrop.Stamp | None = None
        self._backdrop: Backdrop | None = None

    def current(self) -> Backdrop:
        """The imported backdrop, completed, else the schematic of Milan."""
        stamp = until_change("backdrop stamp", backdrop.stamp)
        with self._lock:
            if self._backdrop is None or stamp != self._stamp:
                self._backdrop, self._stamp = Backdrop(completed(backdrop.features())), stamp
            return self._backdrop


def init_app(app: Flask) -> None:
    """Open the operator's archive, else make the proxy where a source is configured; and our own map for when not."""
    settings = cast(Settings, app.extensions["settings"])
    app.extensions[BASEMAP] = opened(settings) if settings.basemap_file else None
    app.extensions[PROXY] = _proxy(settings) if settings.tiles_url else None
    app.extensions[DRAWN] = DrawnMap()


def tile(address: TileAddress, theme: Theme) -> Tile:
    """The archive's tile where one is configured, else the source's as long as it can be had, else our own drawing.

    No database connection is held while the source is asked.
    """
    basemap = cast(Basemap | None, current_app.extensions[BASEMAP])
    if basemap is not None:
        return _of_archive(basemap, address, theme)
    proxy = cast(Proxy | None, current_app.extensions[PROXY])
    if proxy is None:
        return Tile(drawn(address, theme), SVG, DRAWN_SECONDS)
    kept = proxy.store.get(address)
    if kept is not None and kept.is_fresh:
        return Tile(kept.body, kept.content_type, PROXIED_SECONDS)
    fetched = proxy.source.fetch(address)
    if fetched is not None:
        proxy.store.put(address, fetched)
        return Tile(fetched.body, TYPE_OF_SUFFIX[fetched.suffix], PROXIED_SECONDS)
    if kept is not None:
        return Tile(kept.body, kept.content_type, FALLBACK_SECONDS)
    return Tile(drawn(address, theme), SVG, FALLBACK_SECONDS)


def _of_archive(basemap: Basemap, address: TileAddress, theme: Theme) -> Tile:
    """A damaged tile is bare ground for a minute: the file may be put right meanwhile."""
    try:
        picture = basemap.tile(address, theme)
    except GeometryError as error:
        current_app.logger.warning(
            "Tile %d/%d/%d of BASEMAP_FILE: %s.", address.z, address.x, address.y, error
        )
        return Tile(bare_ground(theme), SVG, FALLBACK_SECONDS)
    return Tile(picture.body, picture.content_type, PROXIED_SECONDS)


def drawn(address: TileAddress, theme: Theme) -> bytes:
    """Our own tile as SVG."""
    own_map = cast(DrawnMap, current_app.extensions[DRAWN])
    return own_map.current().tile_svg(address.z, address.x, address.y, theme)


def _proxy(settings: Settings) -> Proxy:
    user_agent = f"IsoleDiWendy (+{settings.base_url})"
    store = TileStore(settings.data_dir / "tiles", settings.tiles_url)
    at_once = max(1, settings.web_threads - THREADS_FOR_PAGES)
    return Proxy(TileSource(settings.tiles_url, user_agent, at_once=at_once), store)
