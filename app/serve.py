"""`make run`: prepare, then one web server (granian) and one worker; Ctrl-C stops everything it started."""

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from app import create_app
from app.config import Settings, SettingsError
from app.prepare import prepare

GRACE_SECONDS = 8
START_SECONDS = 15


def main() -> int:
    """Returns the exit status: 0 after Ctrl-C, 1 when something ended by itself."""
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        return _stop(str(error))
    if not _is_port_free(settings):
        return _stop(
            f"Port {settings.port} is in use. Stop what uses it, or choose another: PORT={settings.port + 1} make run"
        )
    try:
        app = create_app(settings)
    except SettingsError as error:  # a map's file is opened there
        return _stop(str(error))
    prepare(app, lambda words: print(words, flush=True))
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    children = [_start(command) for command in (_web(settings), _worker())]
    threading.Thread(target=_announce, args=(settings, stop), daemon=True).start()
    status = 0
    while not stop.wait(0.2):
        if any(child.poll() is not None for child in children):
            status = _stop("A process ended by itself; stopping the other one.")
            break
    _end(children)
    return status


def _web(settings: Settings) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", settings.host, "--port", str(settings.port),
        "--workers", str(settings.web_processes), "--blocking-threads", str(settings.web_threads),
        "--backlog", "1024", "--no-access-log", "--log-level", "warning", "wsgi:app",
    ]  # fmt: skip


def _worker() -> list[str]:
    return [sys.executable, "-m", "app.worker"]


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    """In a group of its own, so that Ctrl-C reaches us first and we end it in order."""
    return subprocess.Popen(command, cwd=Path(__file__).resolve().parents[1], start_new_session=True)


def _end(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


def _announce(settings: Settings, stop: threading.Event) -> None:
    """Say where to look, once the server answers."""
    for _ in range(START_SECONDS * 10):
        if stop.wait(0.1):
            return
        if not _is_port_free(settings):
            break
    print(f"\nIsole di Wendy: {settings.base_url}", flush=True)
    if settings.is_local:
        print(f"Try it as parent, host, manager or operator: {settings.base_url}/demo", flush=True)
    print("Ctrl-C stops it.", flush=True)


def _is_port_free(settings: Settings) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((settings.host, settings.port)) != 0


def _stop(words: str) -> int:
    print(words, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
