"""The real processes: how soon the first answer comes, and how much memory they hold when idle (Linux)."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bench.results import Result, limit

ROOT = Path(__file__).resolve().parents[1]
JOBS_SECONDS = 120
SETTLE_SECONDS = 3
PATIENCE_SECONDS = 30
MEGABYTE = 1024.0


def measure(environment: dict[str, str], port: int) -> list[Result]:
    """Start the web server twice (the first start compiles), then the worker."""
    with web(environment, port):
        first_answer(port)
    began = time.monotonic()
    with web(environment, port) as server:
        seconds = first_answer(port) - began
        time.sleep(SETTLE_SECONDS)
        web_memory = max(_resident(pid) for pid in family(server.pid))
    with _started([sys.executable, "-m", "app.worker"], environment) as worker:
        time.sleep(SETTLE_SECONDS)
        _wait_for_jobs(worker.pid)
        worker_memory = _resident(worker.pid)
    return [
        limit("first answer after start", seconds, 2, "s"),
        limit("web process, idle (RSS)", web_memory, 180, "MB"),
        limit("worker, idle (RSS)", worker_memory, 120, "MB"),
    ]


def _wait_for_jobs(pid: int) -> None:
    """The daily jobs run in a process of their own; idle means that it has ended."""
    deadline = time.monotonic() + JOBS_SECONDS
    while len(family(pid)) > 1 and time.monotonic() < deadline:
        time.sleep(0.5)
    time.sleep(SETTLE_SECONDS)


def web(environment: dict[str, str], port: int) -> "AbstractContextManager[subprocess.Popen[bytes]]":
    """A web server as `make run` starts it; ended with the block."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "5", "--no-access-log", "--log-level", "warning", "wsgi:app",
    ]  # fmt: skip
    return _started(command, environment)


@contextmanager
def _started(command: list[str], environment: dict[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    """A process in a group of its own, ended with its children."""
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, start_new_session=True)
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def first_answer(port: int) -> float:
    """The moment at which the home page answers."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/", timeout=5) as answer:
                answer.read()
                return time.monotonic()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise SystemExit("the web server did not answer")


def family(pid: int) -> list[int]:
    """The process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in family(int(child)))]


def _resident(pid: int) -> float:
    """Megabytes in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / MEGABYTE
