"""The demo as `make run` serves it: granian and the worker on a free port, in a folder of its own."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.postgres_cluster import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 120


@pytest.fixture(scope="session")
def demo_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo network that a new user has just started; ended with all that it started."""
    port, folder = free_port(), tmp_path_factory.mktemp("demo")
    address = f"http://localhost:{port}"
    chosen = {
        "PORT": str(port),
        "DATA_DIR": str(folder),
        "PUBLIC_URL": address,
        "TILES_URL": "",
        "DATABASE_URL": "",
    }
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "app.serve"],
            cwd=ROOT,
            env={**os.environ, **chosen},
            stdout=log,
            stderr=log,
        )
        try:
            wait_until_it_answers(f"{address}/healthz", server)
            yield address
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


@pytest.fixture
def served_app(demo_address: str) -> tuple[Any, str]:
    """Pages of journeys are opened on the demo."""
    return None, demo_address


def wait_until_it_answers(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Return at the first answer; fail if the server ends or never answers."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the demo ended by itself"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("the demo never answered")


def fetch(address: str) -> bytes:
    """What a program without a browser gets."""
    with urllib.request.urlopen(address, timeout=20) as answer:
        return bytes(answer.read())
