"""A fresh, migrated database for each test on either engine: migrated once a session, copied for each test."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
from psycopg import sql

from app import create_app
from app.config import Settings
from app.core.database import db

ENGINES = ("spatialite", "postgis")
TEMPLATE = "wendy_template"
_numbers = count(1)


def settings_for(data_dir: Path, database_url: str, **changes: Any) -> Settings:
    """Settings of a test: loopback address, no tile source, mail into files."""
    chosen = {"public_url": "http://localhost:8000", "tiles_url": "", "testing": True, **changes}
    return Settings(data_dir=data_dir, database_url=database_url, **chosen)


@contextmanager
def running_app(settings: Settings) -> Iterator[Any]:
    """An application whose database connections are closed at the end."""
    app = create_app(settings)
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def migrate(settings: Settings) -> None:
    """Run every migration, as an operator would."""
    with running_app(settings) as app, app.app_context():
        flask_migrate.upgrade()


def sqlite_template(folder: Path) -> Path:
    """One migrated SpatiaLite file without a write-ahead log beside it."""
    file = folder / "template.db"
    migrate(settings_for(folder, f"sqlite:///{file}"))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


def fresh_sqlite(template: Path, folder: Path) -> str:
    """The address of a copy of the template."""
    file = folder / "wendy.db"
    shutil.copyfile(template, file)
    return f"sqlite:///{file}"


def postgres_template(server_url: str, folder: Path) -> str:
    """The name of one migrated PostGIS database to copy from."""
    _execute(server_url, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
    url = database_url(server_url, TEMPLATE)
    migrate(settings_for(folder, url))
    # PostGIS brings thousands of coordinate systems, half of what each test would copy; we use one.
    _execute(url, sql.SQL("DELETE FROM spatial_ref_sys WHERE srid <> 4326"))
    _execute(url, sql.SQL("VACUUM FULL"))
    return TEMPLATE


@contextmanager
def fresh_postgres(server_url: str, template: str | None) -> Iterator[str]:
    """The address of a new database (a copy of the template, or empty), dropped at the end."""
    name = f"wendy_{next(_numbers)}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    _execute(server_url, create.format(sql.Identifier(name), sql.Identifier(template or "template0")))
    try:
        yield database_url(server_url, name)
    finally:
        _execute(server_url, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def database_url(server_url: str, database: str) -> str:
    """The same server, another database."""
    return f"{server_url.rsplit('/', 1)[0]}/{database}"


def _execute(server_url: str, statement: sql.SQL | sql.Composed) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(statement)
