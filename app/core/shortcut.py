"""A WSGI short-cut before Flask for public bytes: 200, 304, HEAD and gzip while the stored data is unchanged.

A view that answers with public bytes, the same for everybody, sets `X-Until-Change: <seconds>`: for at most that long,
and only while app.core.freshness gives the same version, the short-cut answers in Flask's place. Cookies are neither
read nor set on such answers. The Host is part of the key, and only answers that Flask gave (after checking the host)
are kept.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import parse_accept_header, parse_date, parse_etags
from werkzeug.wrappers import Response

from app.core import clock
from app.core.freshness import Freshness

if TYPE_CHECKING:
    from werkzeug.datastructures import Headers

MARK = "X-Until-Change"
IMMUTABLE_FROM_SECONDS = 86_400
MAX_ENTRIES = 1_000
MAX_BYTES = 64 * 1024 * 1024
MAX_QUERY_LETTERS = (
    1_000  # an address of 60 kB is nobody's but its writer's; kept ones count by their bodies alone
)
MIN_GZIP_BYTES = 600
COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/javascript",
    "image/svg+xml",
)

Key = tuple[str, str, str, bool]


@dataclass(frozen=True)
class Kept:
    """One stored answer: headers ready to send, with and without a body."""

    version: str
    until: float
    etag: str
    last_modified: str
    headers: list[tuple[str, str]]
    headers_unchanged: list[tuple[str, str]]
    body: bytes


class Shortcut:
    """WSGI middleware; bounded by entries and bytes, least recently used goes first."""

    def __init__(self, application: WSGIApplication, freshness: Freshness) -> None:
        self._application = application
        self._freshness = freshness
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory, or ask Flask."""
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        key = (
            environ.get("HTTP_HOST", ""),
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
            _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")),
        )
        kept = self._recall(key)
        if kept is not None and self._is_valid(kept):
            return _answer(kept, environ, start_response)
        return self._ask(key, environ, start_response)

    def _recall(self, key: Key) -> Kept | None:
        """What is kept, as the most recently used from now on."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        return kept

    def _is_valid(self, kept: Kept) -> bool:
        if clock.monotonic() >= kept.until:
            return False
        return kept.version == "" or kept.version == self._freshness.version()

    def _ask(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Let Flask answer a plain GET in full; keep the answer if it is marked."""
        version = self._freshness.version()
        seen: list[tuple[str, list[tuple[str, str]]]] = []

        def remember(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], object]:
            seen.append((status, headers))
            return _no_write

        conditions = {
            name: environ.pop(name, None) for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
        }
        method = environ["REQUEST_METHOD"]
        environ["REQUEST_METHOD"] = "GET"
        result = self._application(environ, remember)
        environ["REQUEST_METHOD"] = method
        environ.update({name: value for name, value in conditions.items() if value is not None})
        status, headers = seen[-1]
        mark = next((value for name, value in headers if name.lower() == MARK.lower()), None)
        if mark is None or not status.startswith("200"):
            start_response(status, [h for h in headers if h[0].lower() != MARK.lower()])
            if method != "HEAD":
                return result  # the server closes it
            _close(result)
            return []
        try:
            body = b"".join(result)
        finally:
            _close(result)
        kept = _prepare(
            headers, body, gzipped=key[3], seconds=int(mark), version=version, old=self._recall(key)
        )
        self._keep(key, kept)
        return _answer(kept, environ, start_response)

    def _keep(self, key: Key, kept: Kept) -> None:
        if len(key[2]) > MAX_QUERY_LETTERS:
            return
        with self._lock:
            old = self._kept.pop(key, None)
            self._bytes += len(kept.body) - (len(old.body) if old else 0)
            self._kept[key] = kept
            while self._kept and (len(self._kept) > MAX_ENTRIES or self._bytes > MAX_BYTES):
                _, dropped = self._kept.popitem(last=False)
                self._bytes -= len(dropped.body)


def _takes_gzip(accept_encoding: str) -> bool:
    """Whether it is named, and not by `gzip;q=0`."""
    if "gzip" not in accept_encoding:
        return False
    return "q=0" not in accept_encoding or parse_accept_header(accept_encoding).quality("gzip") > 0


def _close(result: Iterable[bytes]) -> None:
    """Flask ends its request there, and files are let go (PEP 3333)."""
    close = getattr(result, "close", None)
    if close is not None:
        close()


def _no_write(_data: bytes) -> object:
    raise RuntimeError("write() of WSGI is not used here")


def _prepare(
    headers: list[tuple[str, str]],
    body: bytes,
    *,
    gzipped: bool,
    seconds: int,
    version: str,
    old: Kept | None,
) -> Kept:
    """Compress where asked, give a strong ETag of the bytes sent, and make both header lists once.

    A view that knows a strong ETag of its bytes saves hashing them; when it is the `old` answer's, the bytes that were
    compressed then are sent again.
    """
    response = Response(headers=[h for h in headers if h[0].lower() not in {MARK.lower(), "content-length"}])
    response.vary.discard("Cookie")  # added by Flask's session, which such an answer neither reads nor sets
    compressible = (response.mimetype or "").startswith(COMPRESSIBLE) and len(body) >= MIN_GZIP_BYTES
    etag = response.headers.get("ETag") or f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if compressible:
        response.vary.add("Accept-Encoding")
    if compressible and gzipped:
        etag = etag[:-1] + '-gzip"'
        response.headers["Content-Encoding"] = "gzip"
        body = old.body if old is not None and old.etag == etag else gzip.compress(body, 6, mtime=0)
    response.headers["ETag"] = etag
    unchanged = [
        (n, v) for n, v in _pairs(response.headers) if n.lower() not in {"content-type", "content-encoding"}
    ]
    response.headers["Content-Length"] = str(len(body))
    return Kept(
        version="" if seconds >= IMMUTABLE_FROM_SECONDS else version,
        until=clock.monotonic() + seconds,
        etag=response.headers["ETag"],
        last_modified=response.headers.get("Last-Modified", ""),
        headers=_pairs(response.headers),
        headers_unchanged=unchanged,
        body=body,
    )


def _pairs(headers: "Headers") -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in headers]


def _answer(kept: Kept, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    if _is_unchanged(kept, environ):
        start_response("304 NOT MODIFIED", kept.headers_unchanged[:])
        return []
    start_response("200 OK", kept.headers[:])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [kept.body]


def _is_unchanged(kept: Kept, environ: WSGIEnvironment) -> bool:
    """If-None-Match (lists, weak, *) wins over If-Modified-Since (RFC 9110, 13.2.2)."""
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked is not None:
        return asked == kept.etag or parse_etags(asked).contains_weak(kept.etag.strip('"'))
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None or not kept.last_modified:
        return False
    return since == kept.last_modified or _not_after(kept.last_modified, since)


def _not_after(last_modified: str, since: str) -> bool:
    changed, asked = parse_date(last_modified), parse_date(since)
    return changed is not None and asked is not None and changed <= asked
