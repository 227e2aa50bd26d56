"""One tile for the map: kept, fetched, or drawn by us; there is always one."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import Literal, cast

from flask import Flask, current_app
from geo.backdrop_milano import schematic

from app.config import Settings
from app.core.cache import until_change
from app.explore.queries import backdrop
from app.explore.rules.tile_address import TYPE_OF_SUFFIX, TileAddress
from app.explore.tile_source import TileSource
from app.explore.tile_store import TileStore
from geo.tiles import Backdrop

EXTENSION = "tiles"
PROXIED_SECONDS = 86_400
DRAWN_SECONDS = 3_600
FALLBACK_SECONDS = 60
SVG = "image/svg+xml"

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


def init_app(app: Flask) -> None:
    """Make the proxy where a tile source is configured."""
    settings = cast(Settings, app.extensions["settings"])
    app.extensions[EXTENSION] = _proxy(settings) if settings.tiles_url else None


def tile(address: TileAddress, theme: Theme) -> Tile:
    """The source's tile as long as it can be had, else a kept old one, else our own drawing.

    No database connection is held while the source is asked.
    """
    proxy = cast(Proxy | None, current_app.extensions[EXTENSION])
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


def drawn(address: TileAddress, theme: Theme) -> bytes:
    """Our own tile: the imported backdrop, else the schematic of Milan."""
    stamp = until_change("backdrop stamp", backdrop.stamp)
    return _backdrop(stamp).tile_svg(address.z, address.x, address.y, theme)


@lru_cache(maxsize=2)
def _backdrop(stamp: backdrop.Stamp) -> Backdrop:
    """The stamp says which features are stored, so it is a sufficient key; making one takes a second."""
    return Backdrop(backdrop.features() if stamp[0] else schematic())


def _proxy(settings: Settings) -> Proxy:
    user_agent = f"IsoleDiWendy/{version('isole-di-wendy')} (+{settings.base_url})"
    store = TileStore(settings.data_dir / "tiles", settings.tiles_url)
    return Proxy(TileSource(settings.tiles_url, user_agent), store)
