"""The map's script: built by folium once for each configuration, stored, and served under the hash of its bytes."""

import hashlib
import math
from typing import cast

from flask import current_app
from markupsafe import escape

from app.config import Settings
from app.core import state
from app.core.cache import until_change
from app.core.jobs import daily
from app.core.translation import gettext
from app.explore import service
from app.explore.queries import extents
from geo.bbox import BBox
from geo.point import Point

TILES_ADDRESS = "/tiles/{z}/{x}/{y}?theme={theme}"
DATA_ADDRESS = "/api/v1/map"
MIN_ZOOM, MAX_ZOOM = 3, 18
START_ZOOM = 12
CITY = BBox(8.9, 45.3, 9.4, 45.6)
CENTRE = Point(lon=9.1900, lat=45.4642)
# Bounds are rounded outwards to this many degrees, so that one more place does not make another script.
GRID_DEGREES = 0.1


@daily("map script")
def ensure_map_script() -> None:
    """Build the script where it is missing or made for another configuration."""
    settings = cast(Settings, current_app.extensions["settings"])
    key = repr((MIN_ZOOM, MAX_ZOOM, START_ZOOM, _attribution(settings), _bounds()))
    script = state.read(service.MAP_SCRIPT)
    if script is None or state.read(service.MAP_SCRIPT_KEY) != key:
        script = _build(settings)
        service.save_map_script(key, script)


def stored_script() -> str:
    """The script as it is stored; built here only where set-up has not done so."""
    script = state.read(service.MAP_SCRIPT)
    if script is None:
        ensure_map_script()
        script = state.read(service.MAP_SCRIPT)
    return script or ""


def current_hash() -> str:
    """The hash in the script's address."""
    return until_change("map script hash", lambda: script_hash(stored_script()))


def script_hash(script: str) -> str:
    """Twelve characters that change with the bytes."""
    return hashlib.sha256(script.encode()).hexdigest()[:12]


def _build(settings: Settings) -> str:
    from geo.leaflet import (
        MapConfig,
        map_script,
    )  # folium takes 40 MB and half a second; the web process never needs it

    return map_script(
        MapConfig(
            tiles_url=TILES_ADDRESS,
            attribution=_attribution(settings),
            min_zoom=MIN_ZOOM,
            max_zoom=MAX_ZOOM,
            bounds=_bounds(),
            start=CENTRE,
            start_zoom=START_ZOOM,
            data_url=DATA_ADDRESS,
        )
    )


def attribution_text() -> str:
    """In the reader's language, for where no tile source is configured and nothing was imported: what the map is."""
    settings = cast(Settings, current_app.extensions["settings"])
    if (
        settings.tiles_url
        or settings.basemap_file
        or until_change("backdrop attribution", lambda: state.read(service.BACKDROP_ATTRIBUTION))
    ):
        return ""
    return gettext("Map drawn by us: schematic and approximate.")


def _attribution(settings: Settings) -> str:
    """Whose map is shown, as HTML: the archive's or tile source's words, the imported backdrop's (never shown beside
    an archive); the schematic is our own.
    """
    words = (
        settings.tiles_attribution if settings.tiles_url or settings.basemap_file else "",
        "" if settings.basemap_file else state.read(service.BACKDROP_ATTRIBUTION) or "",
    )
    return " · ".join(str(escape(text)) for text in words if text)


def _bounds() -> BBox:
    """Everything imported and the city itself, rounded outwards."""
    boxes = [CITY, *extents.of_data()]
    return BBox(
        max(-180.0, _down(min(box.west for box in boxes))),
        max(-90.0, _down(min(box.south for box in boxes))),
        min(180.0, -_down(-max(box.east for box in boxes))),
        min(90.0, -_down(-max(box.north for box in boxes))),
    )


def _down(degrees: float) -> float:
    return round(math.floor(degrees / GRID_DEGREES) * GRID_DEGREES, 4)
