"""Fetch a calendar from an address that somebody typed: never from our own network, never for ever, never too much.

The name is resolved once, every address of it must be a public one, and the connection goes to that very address: a
name that answers differently the second time gains nothing. Redirects are followed by the same rules.
"""

import http.client
import ipaddress
import socket
import ssl
import zlib
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from app.core import clock
from app.core.errors import Invalid
from app.events.importing.blocks import MAX_BYTES

MAX_REDIRECTS = 4
STEP_SECONDS, WHOLE_SECONDS = 10, 30
CHUNK = 65_536
MAX_VALIDATOR = 200
REDIRECTS = {301, 302, 303, 307, 308}


class FetchRefused(Invalid):
    """Nothing was fetched; `details["cause"]` says why in a few words."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause, cause=cause)


@dataclass(frozen=True)
class Validators:
    """What the other side says of a version: sent back, it answers 304 where nothing is new."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Fetched:
    """A body with its validators; `content` None: it is as it was."""

    content: bytes | None
    validators: Validators


def fetch_calendar(url: str, known: Validators | None = None, *, allows_loopback: bool = False) -> Fetched:
    """What stands at an http(s) address, at most 5 MB, within half a minute. Raises FetchRefused."""
    deadline, known = clock.monotonic() + WHOLE_SECONDS, known or Validators()
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(_checked(url), known, allows_loopback=allows_loopback, deadline=deadline)
        if isinstance(answer, Fetched):
            return answer
        url = urljoin(url, answer)
    raise FetchRefused("too many redirects")


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.replace("webcal://", "https://", 1) if url.startswith("webcal://") else url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused("not an address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or port == 0:
        raise FetchRefused("only http and https addresses")
    return parts


def _ask(parts: SplitResult, known: Validators, *, allows_loopback: bool, deadline: float) -> Fetched | str:
    """The answer, or where it has moved to."""
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _public_address(host, port, allows_loopback=allows_loopback)
    try:
        connection = _connect(host, address, port, is_tls=parts.scheme == "https")
        try:
            path = parts.path or "/"
            headers = {
                "Accept": "text/calendar, */*;q=0.1",
                "Accept-Encoding": "gzip",
                "User-Agent": "IsoleDiWendy/0.1",
                **_conditions(known),
            }
            connection.request("GET", f"{path}?{parts.query}" if parts.query else path, headers=headers)
            response = connection.getresponse()
            if response.status in REDIRECTS:
                return response.getheader("Location") or ""
            if response.status == 304:
                return Fetched(None, known)
            if response.status != 200:
                raise FetchRefused(f"the other side answered {response.status}")
            return Fetched(_body(response, deadline), _validators(response))
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        raise FetchRefused("the other side did not answer as it should") from error


def _conditions(known: Validators) -> dict[str, str]:
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _validators(response: http.client.HTTPResponse) -> Validators:
    """Those of the other side; one that is too long, or that no header may hold, is none."""
    etag, changed = response.getheader("ETag") or "", response.getheader("Last-Modified") or ""
    return Validators(
        *(
            text if len(text) <= MAX_VALIDATOR and text.isprintable() and text.isascii() else ""
            for text in (etag, changed)
        )
    )


def _public_address(host: str, port: int, *, allows_loopback: bool) -> str:
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise FetchRefused("this name is not known") from error
    for text in found:
        address = ipaddress.ip_address(text.partition("%")[0])
        mapped = getattr(address, "ipv4_mapped", None) or address
        is_ours = allows_loopback and mapped.is_loopback
        if not is_ours and (not mapped.is_global or mapped.is_multicast):
            raise FetchRefused("this address is not a public one")
    return min(found)


def _connect(host: str, address: str, port: int, *, is_tls: bool) -> http.client.HTTPConnection:
    """To the address that was checked, under the name that was asked for."""
    connection = http.client.HTTPConnection(host, port, timeout=STEP_SECONDS)
    opened: socket.socket = socket.create_connection((address, port), timeout=STEP_SECONDS)
    if is_tls:
        opened = ssl.create_default_context().wrap_socket(opened, server_hostname=host)
    connection.sock = opened
    return connection


def _body(response: http.client.HTTPResponse, deadline: float) -> bytes:
    """Bounded in size, also once it is unpacked, and in time."""
    packed = (response.getheader("Content-Encoding") or "").lower()
    if packed not in ("", "identity", "gzip"):
        raise FetchRefused("packed in an unknown way")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed == "gzip" else None
    body = b""
    while chunk := response.read1(CHUNK):
        body += unpack.decompress(chunk, MAX_BYTES + 1 - len(body)) if unpack else chunk
        if len(body) > MAX_BYTES:
            raise FetchRefused("more than 5 MB")
        if clock.monotonic() > deadline:
            raise FetchRefused("too slow")
    return body
