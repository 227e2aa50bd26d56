"""Leaflet's own files, from its package, under an address that changes with their bytes."""

import hashlib
from functools import lru_cache
from pathlib import Path

from xstatic.pkg import leaflet

FOLDER = Path(leaflet.BASE_DIR)
PREFIX = "/static/leaflet"


@lru_cache
def version() -> str:
    """Twelve characters over the script and the sheet."""
    digest = hashlib.sha256()
    for name in ("leaflet.js", "leaflet.css"):
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()[:12]


def address(name: str) -> str:
    """Where a browser finds `leaflet.js` or `leaflet.css`."""
    return f"{PREFIX}/{version()}/{name}"
