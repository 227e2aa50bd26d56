"""Fixtures that every test may use; what they do stands in tests/engines.py, client.py and postgres_cluster.py."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from app.config import Settings
from tests import engines
from tests.chromium import browser
from tests.client import CheckingClient
from tests.postgres_cluster import ClusterUnavailable, PostgresCluster

__all__ = ["browser"]

settings.register_profile("short", max_examples=40, deadline=None, derandomize=True, database=None)
settings.register_profile(
    "long", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


def pytest_configure(config: pytest.Config) -> None:
    """Property tests run at length where the long tests run."""
    settings.load_profile("short" if "not long" in config.option.markexpr else "long")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes name no test: a time stamp in packed content would give each worker of pytest-xdist other names."""
    return "bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A private PostgreSQL+PostGIS server, started at the first test that asks and ended with the session."""
    try:
        cluster = PostgresCluster()
    except ClusterUnavailable as reason:
        pytest.skip(str(reason))
    os.environ["TEST_POSTGRES_URL"] = cluster.url()
    try:
        yield cluster.url()
    finally:
        del os.environ["TEST_POSTGRES_URL"]
        cluster.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SpatiaLite file, made once."""
    return engines.sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated PostGIS database, made once."""
    return engines.postgres_template(postgres_url, tmp_path_factory.mktemp("template"))


@pytest.fixture
def spatialite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh migrated database on SpatiaLite, for tests that need no second engine."""
    return engines.fresh_sqlite(sqlite_template, tmp_path)


@pytest.fixture
def postgis_url(postgres_url: str, postgres_template: str) -> Iterator[str]:
    """A fresh migrated database on PostGIS."""
    with engines.fresh_postgres(postgres_url, postgres_template) as url:
        yield url


@pytest.fixture(params=["spatialite", pytest.param("postgis", marks=pytest.mark.postgres)])
def engine_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database on each engine in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def app_settings(tmp_path: Path, engine_url: str) -> Settings:
    """Settings of this test's application; override it to change one."""
    return engines.settings_for(tmp_path, engine_url)


@pytest.fixture
def app(app_settings: Settings) -> Iterator[Flask]:
    """The whole application on each engine in turn."""
    with engines.running_app(app_settings) as app:
        app.test_client_class = CheckingClient
        yield app


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """A browser without JavaScript that checks every page it is given."""
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    return client
