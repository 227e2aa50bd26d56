"""Tiles kept on disk under DATA_DIR/tiles, one folder for each source, within a size; the oldest go first."""

import hashlib
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from app.core import clock
from app.explore.rules.tile_address import TYPE_OF_SUFFIX, TileAddress
from app.explore.tile_source import FetchedTile

FRESH_SECONDS = 7 * 86_400
MAX_STORE_BYTES = 500 * 1024 * 1024
_KEEP_SHARE = 0.9


@dataclass(frozen=True)
class StoredTile:
    """A kept tile: its bytes, media type, and whether it is younger than seven days."""

    body: bytes
    content_type: str
    is_fresh: bool


class TileStore:
    """Files `<source>/<z>/<x>/<y>.<suffix>`; written whole or not at all, so that readers never see half a tile."""

    def __init__(self, folder: Path, template: str, *, max_bytes: int = MAX_STORE_BYTES) -> None:
        self._root = folder
        self._folder = folder / hashlib.sha256(template.encode()).hexdigest()[:12]
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._size: int | None = None

    def get(self, address: TileAddress) -> StoredTile | None:
        """The kept tile, fresh or old, or None."""
        for suffix, content_type in TYPE_OF_SUFFIX.items():
            path = self._path(address, suffix)
            try:
                age = clock.now().timestamp() - path.stat().st_mtime
                return StoredTile(path.read_bytes(), content_type, age < FRESH_SECONDS)
            except FileNotFoundError:
                continue
        return None

    def put(self, address: TileAddress, tile: FetchedTile) -> None:
        """Keep a tile; a full disk is no reason not to show it."""
        path = self._path(address, tile.suffix)
        part = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(tile.body)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            return
        self._make_room(len(tile.body))

    def _path(self, address: TileAddress, suffix: str) -> Path:
        return self._folder / str(address.z) / str(address.x) / f"{address.y}.{suffix}"

    def _make_room(self, added: int) -> None:
        with self._lock:
            if self._size is None:
                self._size = sum(file.stat().st_size for file in self._files())
            else:
                self._size += added
            if self._size > self._max_bytes:
                self._size = self._drop_oldest()

    def _drop_oldest(self) -> int:
        """Remove files from the oldest until 90 % of the size is left; returns the size kept."""
        files = sorted((file.stat().st_mtime, file.stat().st_size, file) for file in self._files())
        size = sum(length for _, length, _ in files)
        for _, length, file in files:
            if size <= self._max_bytes * _KEEP_SHARE:
                break
            file.unlink(missing_ok=True)
            size -= length
        return size

    def _files(self) -> list[Path]:
        return [path for path in self._root.rglob("*.*") if path.is_file() and path.suffix != ".part"]
