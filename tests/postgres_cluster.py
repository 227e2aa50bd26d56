"""A PostgreSQL cluster of our own for one test session: own folder, own socket, own free port, own process.

No other cluster on the machine is looked at or touched. Nothing here survives a crash (fsync=off): tests only.
"""

import ctypes
import glob
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SUPERUSER = "wendy"
PACKAGE_HINT = "install the package postgresql-15-postgis-3 (as root: deploy/setup.sh dev)"
START_SECONDS = 60.0
STOP_SECONDS = 20.0
SPEED_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "120",
    "jit": "off",
    "timezone": "UTC",
    "log_min_messages": "fatal",
}


class ClusterUnavailable(RuntimeError):
    """No cluster can be had on this machine; the message names what to install."""


def find_binaries() -> Path:
    """The newest folder with initdb and postgres whose installation has PostGIS."""
    folders = [Path(match) for match in glob.glob("/usr/lib/postgresql/*/bin")]  # noqa: PTH207  # absolute pattern
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in sorted(folders, reverse=True):
        if (folder / "initdb").exists() and _has_postgis(folder):
            return folder
    raise ClusterUnavailable(f"PostgreSQL with PostGIS is not installed: {PACKAGE_HINT}")


def _has_postgis(folder: Path) -> bool:
    share = subprocess.run(
        [folder / "pg_config", "--sharedir"], capture_output=True, text=True, check=False
    ).stdout.strip()
    places = [Path(share) if share else None, Path("/usr/share/postgresql") / folder.parent.name]
    return any(place and (place / "extension" / "postgis.control").exists() for place in places)


class ClusterFailed(RuntimeError):
    """PostgreSQL is installed and did not come up: the tests fail, they do not skip."""


class PostgresCluster:
    """Started when made, ended by its process id with `stop()`."""

    def __init__(self) -> None:
        self._binaries = find_binaries()
        self._account = self._choose_account()
        self._folder = Path(tempfile.mkdtemp(prefix="wendy-postgres-"))
        self._password = secrets.token_hex(16)
        self.port = free_port()
        self._own(self._folder)
        try:
            self._initialise()
            self._process = self._start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def url(self, database: str = "postgres") -> str:
        """The address of one database of this cluster."""
        return f"postgresql://{SUPERUSER}:{self._password}@127.0.0.1:{self.port}/{database}"

    @property
    def pid(self) -> int:
        """Process id of the postmaster."""
        return self._process.pid

    def stop(self) -> None:
        """End exactly the process that was started, then remove its folder."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)  # "fast": ends sessions, then itself
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)
                self._process.wait(STOP_SECONDS)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _choose_account(self) -> dict[str, Any]:
        """initdb refuses root: then the package's own user runs it."""
        if os.geteuid() != 0:
            return {}
        try:
            entry = pwd.getpwnam("postgres")
        except KeyError:
            raise ClusterUnavailable(
                f"root cannot run PostgreSQL and there is no user postgres: {PACKAGE_HINT}"
            ) from None
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def _own(self, path: Path) -> None:
        if self._account:
            os.chown(path, self._account["user"], self._account["group"])

    def _initialise(self) -> None:
        password_file = self._folder / "password"
        password_file.write_text(self._password)
        self._own(password_file)
        done = subprocess.run(
            [
                self._binaries / "initdb", "--pgdata", self._folder / "data", "--username", SUPERUSER,
                "--auth", "scram-sha-256", "--pwfile", password_file,
                "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
            ],
            cwd=self._folder, capture_output=True, text=True, check=False, **self._account,
        )  # fmt: skip
        if done.returncode != 0:
            raise ClusterFailed(f"initdb failed: {done.stderr.strip()}")

    def _start(self) -> "subprocess.Popen[bytes]":
        settings = {**SPEED_SETTINGS, "unix_socket_directories": str(self._folder)}
        options = [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]
        with (self._folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [self._binaries / "postgres", "-D", self._folder / "data", "-h", "127.0.0.1", "-p", str(self.port), *options],
                cwd=self._folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,  # Ctrl-C reaches the tests first; they stop the cluster in order
                preexec_fn=_end_with_parent,  # noqa: PLW1509  # it only makes one system call
                **self._account,
            )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                process.wait()
                log_text = (self._folder / "log").read_text(errors="replace")
                raise ClusterFailed(f"PostgreSQL did not start: {log_text[-2000:]}")
            time.sleep(0.05)
        return process

    def _answers(self) -> bool:
        ready = subprocess.run(
            [self._binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)], check=False
        )
        return ready.returncode == 0


def free_port() -> int:
    """A port of the loopback address that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_parent() -> None:
    """Runs in the child before exec: if the tests are killed outright, Linux ends the cluster too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG
