"""Tiles of another server, asked politely: two seconds, our name, no way to a third host, and a rest after failures."""

import http.client
import ssl
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.core import clock
from app.explore.rules.tile_address import TileAddress, image_suffix

TIMEOUT_SECONDS = 2.0
SLOW_SECONDS = 1.0
FAILURES_BEFORE_REST = 3
REST_SECONDS = 600.0
MAX_TILE_BYTES = 512 * 1024
_CHUNK = 32 * 1024


class SourceFailed(OSError):
    """The source did not answer with a tile in time."""


@dataclass(frozen=True)
class FetchedTile:
    """Bytes of an image and the ending that names its type (png, jpg, webp)."""

    body: bytes
    suffix: str


class TileSource:
    """One tile server; after three failures or slow answers in a row it is left alone for ten minutes.

    `at_once`: how many of the server's threads may wait for it; the others go on answering pages.
    """

    def __init__(
        self, template: str, user_agent: str, *, at_once: int = 1, timeout: float = TIMEOUT_SECONDS
    ) -> None:
        self._template = template
        self._headers = {
            "User-Agent": user_agent,
            "Accept": "image/png,image/webp,image/jpeg",
            "Connection": "close",
        }
        self._timeout = timeout
        self._free = threading.BoundedSemaphore(at_once)
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = float("-inf")

    @property
    def is_resting(self) -> bool:
        """Whether the source is left alone just now."""
        return clock.monotonic() < self._rests_until

    def fetch(self, address: TileAddress) -> FetchedTile | None:
        """The tile, or None: the source has none here, failed, is resting, or enough threads wait for it already.

        Takes two seconds at most, once the name of its host is known.
        """
        if self.is_resting or not self._free.acquire(blocking=False):
            return None
        asked_at = clock.monotonic()
        try:
            tile = self._ask(address, asked_at + self._timeout)
        except (OSError, http.client.HTTPException, ValueError):
            self._count_failure()
            return None
        finally:
            self._free.release()
        if clock.monotonic() - asked_at > SLOW_SECONDS:
            self._count_failure()
        else:
            with self._lock:
                self._failures = 0
        return tile

    def _count_failure(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES_BEFORE_REST:
                self._failures = 0
                self._rests_until = clock.monotonic() + REST_SECONDS

    def _ask(self, address: TileAddress, deadline: float) -> FetchedTile | None:
        url = urlsplit(address.within(self._template))
        connection = self._connection(url.scheme, url.hostname or "", url.port)
        try:
            connection.connect()
            _wait_until(deadline, connection)
            connection.request(
                "GET", url.path + (f"?{url.query}" if url.query else ""), headers=self._headers
            )
            _wait_until(deadline, connection)
            response = connection.getresponse()
            if response.status in {204, 404}:
                return None
            if response.status != 200:  # a redirect too: we follow nobody to another host
                raise SourceFailed(response.status)
            body = _read(response, connection, deadline)
            suffix = image_suffix(response.headers.get("Content-Type", ""), body)
        finally:
            connection.close()
        if suffix is None:
            raise SourceFailed("not an image")
        return FetchedTile(body, suffix)

    def _connection(self, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
        if scheme == "https":
            return http.client.HTTPSConnection(
                host, port, timeout=self._timeout, context=ssl.create_default_context()
            )
        return http.client.HTTPConnection(host, port, timeout=self._timeout)


def _wait_until(deadline: float, connection: http.client.HTTPConnection) -> None:
    """Let the next step of the connection take what is left of the time, not a time of its own."""
    left = deadline - clock.monotonic()
    if left <= 0:
        raise SourceFailed("too slow")
    if connection.sock is not None:  # gone once the whole answer has been received
        connection.sock.settimeout(left)


def _read(
    response: http.client.HTTPResponse, connection: http.client.HTTPConnection, deadline: float
) -> bytes:
    """The body, within the time and the size: a server that drips must not hold a thread."""
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_TILE_BYTES:
            raise SourceFailed("too large")
        _wait_until(deadline, connection)
    return b"".join(parts)
