"""The tile proxy against a server on this machine: patience, manners, and what happens when it fails."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic, sleep

import pytest

from app.core import clock
from app.explore import tile_source
from app.explore.rules.tile_address import TileAddress, read_address
from app.explore.tile_source import FetchedTile, TileSource
from app.explore.tile_store import FRESH_SECONDS, TileStore

PNG = b"\x89PNG\r\n\x1a\n" + b"tile" * 30
ADDRESS = TileAddress(12, 2152, 1465)


class TileServer:
    """Answers with `status`, `headers` and `body`, and remembers who asked for what."""

    def __init__(self) -> None:
        self.status, self.body, self.headers = 200, PNG, {"Content-Type": "image/png"}
        self.asked: list[tuple[str, str]] = []
        self.delay = 0.0

    @property
    def template(self) -> str:
        return f"http://127.0.0.1:{self.port}/{{z}}/{{x}}/{{y}}.png"

    @contextmanager
    def running(self) -> Iterator["TileServer"]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, self.headers["User-Agent"]))
                self.send_response(outer.status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for byte in (
                    [outer.body]
                    if not outer.delay
                    else [outer.body[i : i + 8] for i in range(0, len(outer.body), 8)]
                ):
                    try:
                        self.wfile.write(byte)
                        self.wfile.flush()
                    except OSError:
                        return
                    sleep(outer.delay)

            def log_message(self, *args: object) -> None: ...

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


@pytest.fixture
def tile_server() -> Iterator[TileServer]:
    with TileServer().running() as server:
        yield server


@pytest.fixture
def source(tile_server: TileServer) -> TileSource:
    return TileSource(tile_server.template, "IsoleDiWendy/1 (+http://localhost:8000)", timeout=0.3)


def test_a_tile_is_asked_for_once_with_our_name(tile_server, source):
    assert source.fetch(ADDRESS) == FetchedTile(PNG, "png")
    assert tile_server.asked == [("/12/2152/1465.png", "IsoleDiWendy/1 (+http://localhost:8000)")]


@pytest.mark.parametrize(
    ("status", "content_type", "body"),
    [
        (500, "image/png", PNG),
        (429, "image/png", PNG),
        (302, "image/png", PNG),
        (200, "text/html", b"<html>please pay</html>"),
        (200, "image/png", b"<svg onload=alert(1)>"),
        (200, "image/svg+xml", b"<svg/>"),
        (200, "image/png", PNG + b"x" * tile_source.MAX_TILE_BYTES),
        (200, "image/png", b""),
    ],
)
def test_after_three_failures_the_source_rests(tile_server, source, status, content_type, body):
    tile_server.status, tile_server.body = status, body
    tile_server.headers = {"Content-Type": content_type, "Location": "http://elsewhere.example/1.png"}
    assert [source.fetch(ADDRESS) for _ in range(5)] == [None] * 5
    assert source.is_resting
    assert len(tile_server.asked) == 3


def test_a_missing_tile_is_no_failure(tile_server, source):
    tile_server.status = 404
    assert [source.fetch(ADDRESS) for _ in range(5)] == [None] * 5
    assert not source.is_resting


def test_after_ten_minutes_the_source_is_asked_again(tile_server, source, monkeypatch):
    tile_server.status = 500
    for _ in range(3):
        source.fetch(ADDRESS)
    tile_server.status = 200
    later = monotonic() + tile_source.REST_SECONDS + 1
    monkeypatch.setattr(clock, "monotonic", lambda: later)
    assert source.fetch(ADDRESS) is not None


def test_a_server_that_drips_does_not_hold_us(tile_server, source):
    tile_server.delay = 0.1
    assert source.fetch(ADDRESS) is None


def test_a_slow_source_is_left_alone_too(tile_server, source, monkeypatch):
    monkeypatch.setattr(tile_source, "SLOW_SECONDS", 0.05)
    tile_server.delay = 0.005
    assert [source.fetch(ADDRESS) for _ in range(3)] == [FetchedTile(PNG, "png")] * 3
    assert source.is_resting


def test_only_so_many_threads_wait_for_the_source(tile_server):
    source = TileSource(tile_server.template, "test", at_once=2, timeout=5)
    tile_server.delay = 0.05
    fetched: list[FetchedTile | None] = []
    waiting = [threading.Thread(target=lambda: fetched.append(source.fetch(ADDRESS))) for _ in range(2)]
    for thread in waiting:
        thread.start()
    while len(tile_server.asked) < 2:
        sleep(0.005)
    assert source.fetch(ADDRESS) is None  # at once, and without asking
    assert len(tile_server.asked) == 2
    for thread in waiting:
        thread.join()
    assert fetched == [FetchedTile(PNG, "png")] * 2
    tile_server.delay = 0
    assert source.fetch(ADDRESS) is not None


def test_a_closed_port_is_a_failure_without_an_exception():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert TileSource(f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}.png", "test").fetch(ADDRESS) is None


def test_kept_tiles_grow_old_but_stay(tmp_path, monkeypatch):
    store = TileStore(tmp_path, "http://tiles.example/{z}/{x}/{y}.png")
    assert store.get(ADDRESS) is None
    store.put(ADDRESS, FetchedTile(PNG, "png"))
    kept = store.get(ADDRESS)
    assert (kept.body, kept.content_type, kept.is_fresh) == (PNG, "image/png", True)
    with clock.frozen(clock.now() + timedelta(seconds=FRESH_SECONDS + 60)):
        assert store.get(ADDRESS).is_fresh is False


def test_another_source_has_its_own_tiles(tmp_path):
    TileStore(tmp_path, "http://one.example/{z}/{x}/{y}").put(ADDRESS, FetchedTile(PNG, "png"))
    assert TileStore(tmp_path, "http://two.example/{z}/{x}/{y}").get(ADDRESS) is None


def test_the_oldest_tiles_make_room(tmp_path):
    store = TileStore(tmp_path, "t", max_bytes=10 * len(PNG))
    for x in range(30):
        store.put(TileAddress(12, x, 0), FetchedTile(PNG, "png"))
    kept = [x for x in range(30) if store.get(TileAddress(12, x, 0))]
    assert len(kept) <= 10
    assert 29 in kept
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    ("z", "x", "y"),
    [("20", "0", "0"), ("1", "2", "0"), ("1", "0", "2"), ("-1", "0", "0"), ("a", "0", "0"), ("0", "0", "0.exe"), ("1", "٠", "0"), ("1", "99999999999", "0")],
)  # fmt: skip
def test_there_is_no_such_tile(z, x, y):
    assert read_address(z, x, y) is None
