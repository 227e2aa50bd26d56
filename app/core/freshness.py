"""Has anything changed? One cheap question asked before any cached byte is served.

SQLite answers with `PRAGMA data_version` (6 µs), which moves when another connection commits; the connection that
asks never writes. PostgreSQL answers with its snapshot (`pg_current_snapshot()`): the same snapshot sees the same
rows. It is asked at most once a second, and after each write of this process: public bytes may lag behind the writes
of other processes by one second there, never behind one's own.
"""

import threading
from typing import Protocol, cast

import sqlalchemy as sa
from flask import Flask, current_app

from app.core import clock

POSTGRES_INTERVAL_SECONDS = 1.0
EXTENSION = "freshness"


class Freshness(Protocol):
    """Answers with a value that differs whenever stored data may differ."""

    def version(self) -> str:
        """The version of the stored data as seen now."""

    def ask_again(self) -> None:
        """This process has just committed: believe no earlier answer."""


class SqliteFreshness:
    """One private connection, guarded by a lock; it only ever asks."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._cursor: object | None = None

    def version(self) -> str:
        """The number of commits by others that this connection has noticed."""
        with self._lock:
            if self._cursor is None:
                self._connection = self._engine.raw_connection()
                self._connection.detach()
                self._cursor = self._connection.cursor()
            cursor = cast(sa.engine.interfaces.DBAPICursor, self._cursor)
            cursor.execute("PRAGMA data_version")
            (row,) = cursor.fetchall()
            return str(row[0])

    def ask_again(self) -> None:
        """It is asked every time."""


class PostgresFreshness:
    """The current snapshot, asked at most once a second.

    On a connection of its own: who asks holds one of the pool already, and if all who hold one waited for another,
    nobody would ever get it.
    """

    def __init__(self, engine: sa.Engine, interval: float = POSTGRES_INTERVAL_SECONDS) -> None:
        self._engine = sa.create_engine(
            engine.url, pool_size=1, max_overflow=0, pool_pre_ping=True, isolation_level="AUTOCOMMIT"
        )
        sa.event.listen(engine, "engine_disposed", lambda _engine: self._engine.dispose())
        self._interval = interval
        self._lock = threading.Lock()
        self._asked_at = float("-inf")
        self._version = ""

    def version(self) -> str:
        """The text of pg_current_snapshot()."""
        with self._lock:
            if clock.monotonic() - self._asked_at >= self._interval:
                with self._engine.connect() as connection:
                    self._version = str(connection.scalar(sa.text("SELECT pg_current_snapshot()::text")))
                self._asked_at = clock.monotonic()
            return self._version

    def ask_again(self) -> None:
        """Ask at the next occasion, however early."""
        with self._lock:
            self._asked_at = float("-inf")


def init_app(app: Flask, engine: sa.Engine) -> None:
    """Choose the right question for the engine in use."""
    chosen: Freshness = (
        SqliteFreshness(engine) if engine.dialect.name == "sqlite" else PostgresFreshness(engine)
    )
    app.extensions[EXTENSION] = chosen


def of(app: Flask) -> Freshness:
    """This application's freshness."""
    return cast(Freshness, app.extensions[EXTENSION])


def current_version() -> str:
    """The version of the stored data, for keys of caches."""
    return of(current_app).version()
