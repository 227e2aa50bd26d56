"""The product's own processes, started for a test and ended by their ids."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask

from app.config import Settings
from app.core import jobs
from app.core.database import project_root

PATIENCE_SECONDS = 60.0
Process = subprocess.Popen[bytes]


def start_worker(settings: Settings, mail_url: str) -> Process:
    """`python -m app.worker` on the database of this test."""
    return _start([sys.executable, "-m", "app.worker"], settings, MAIL_URL=mail_url)


def start_server(settings: Settings, port: int) -> Process:
    """Granian as `make run` starts it; wait_until_it_answers tells when it is there."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "5", "--no-access-log", "--log-level", "warning", "wsgi:app",
    ]  # fmt: skip
    return _start(command, settings, PORT=str(port))


@contextmanager
def ended(*processes: Process) -> Iterator[None]:
    """Kill these at the end of the block, however it ends."""
    try:
        yield
    finally:
        for process in processes:
            kill(process)


def kill(process: Process) -> None:
    """SIGKILL to the process and to what it started: each stands in a group of its own."""
    if process.poll() is None:
        os.killpg(process.pid, 9)
    process.wait(PATIENCE_SECONDS)


def wait_until_it_answers(port: int, process: Process) -> None:
    """The server's first answer."""

    def answers() -> bool:
        assert process.poll() is None, "the server ended by itself"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return True
        except (urllib.error.URLError, ConnectionError):
            return False

    wait_for(answers)


def wait_for(happened: Callable[[], bool]) -> None:
    """Other processes tell us nothing: look until it is so, fail after a minute."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < deadline, "it did not happen within a minute"
        time.sleep(0.05)


def do_daily_jobs(app: Flask, settings: Settings) -> None:
    """Now and here, so that the workers of a test have nothing but mail to do."""
    with app.app_context():
        jobs.run_daily(settings)


def _start(command: list[str], settings: Settings, **more: str) -> Process:
    environment = {
        **os.environ, "DATA_DIR": str(settings.data_dir), "DATABASE_URL": settings.database_url, "TILES_URL": "",
        "PUBLIC_URL": settings.base_url, **more,
    }  # fmt: skip
    return subprocess.Popen(
        command, cwd=project_root(), env=environment, start_new_session=True, stderr=subprocess.PIPE
    )
