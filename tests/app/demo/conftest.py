"""The loaded demo on each engine, loaded once a session and copied for each test; the clock stands still."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core import clock
from app.demo.fast_writes import fast_writes
from app.demo.service import load_demo
from tests import engines
from tests.client import CheckingClient

MORNING = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # a Monday
KEY = b"demo" * 8  # personal links in the copies belong to one key


@contextmanager
def demo_app(folder: Path, url: str) -> Iterator[object]:
    """An application on this database whose personal links hold in every copy."""
    (folder / "secret.key").write_bytes(KEY)
    with engines.running_app(engines.settings_for(folder, url)) as app:
        app.test_client_class = CheckingClient
        # Hundreds of made-up bookings: that each reaches the disk is tested elsewhere.
        with app.app_context(), fast_writes(), clock.frozen(MORNING):
            yield app


@pytest.fixture(scope="session")
def demo_file(sqlite_template, tmp_path_factory):
    """A SpatiaLite file with the demo in it."""
    folder = tmp_path_factory.mktemp("demo")
    url = engines.fresh_sqlite(sqlite_template, folder)
    with demo_app(folder, url):
        load_demo()
    file = folder / "wendy.db"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


@pytest.fixture(scope="session")
def demo_database(postgres_url, postgres_template, tmp_path_factory):
    """The name of a PostGIS database with the demo in it."""
    folder = tmp_path_factory.mktemp("demo")
    with engines.fresh_postgres(postgres_url, postgres_template) as url:
        with demo_app(folder, url):
            load_demo()
        yield url.rsplit("/", 1)[1]


@pytest.fixture
def demo_spatialite_url(demo_file, tmp_path):
    """A copy of the demo on SpatiaLite."""
    return engines.fresh_sqlite(demo_file, tmp_path)


@pytest.fixture
def demo_postgis_url(postgres_url, demo_database):
    """A copy of the demo on PostGIS."""
    with engines.fresh_postgres(postgres_url, demo_database) as url:
        yield url


@pytest.fixture(params=["spatialite", pytest.param("postgis", marks=pytest.mark.postgres)])
def demo(request, tmp_path):
    """The demo on each engine in turn, on a Monday morning, inside the application's context."""
    with demo_app(tmp_path, str(request.getfixturevalue(f"demo_{request.param}_url"))) as app:
        yield app


@pytest.fixture
def demo_client(demo_spatialite_url, tmp_path):
    """A browser in front of the loaded demo; pages need no second engine."""
    (tmp_path / "secret.key").write_bytes(KEY)
    with (
        engines.running_app(engines.settings_for(tmp_path, demo_spatialite_url)) as app,
        clock.frozen(MORNING),
    ):
        app.test_client_class = CheckingClient
        yield app.test_client()
