"""How migrations run: on the application's engine, each in one transaction, blind to what SpatiaLite makes for itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import sqlalchemy as sa
from alembic import context
from flask import current_app
from geoalchemy2 import alembic_helpers

from app.core.database import IMMEDIATE, Base, db
from geo.engine import initialise_spatial_metadata
from geo.migrating import include_object


@contextmanager
def _tables_may_be_written_anew(connection: sa.Connection) -> Iterator[None]:
    """SQLite changes a constraint by writing the table anew: dropping the old one must not take what refers to it along.

    Afterwards every reference is looked at (https://www.sqlite.org/lang_altertable.html, step 10).
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = cast(Any, connection.connection.driver_connection)
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if broken := driver.execute("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(f"{len(broken)} references lead nowhere after the migration")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def run_migrations_online() -> None:
    """Prepare the spatial metadata, then migrate."""
    with db.engine.connect() as connection:
        initialise_spatial_metadata(connection)
        connection.commit()
    engine = db.engine.execution_options(**{IMMEDIATE: True})
    with engine.connect() as connection, _tables_may_be_written_anew(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=include_object,
            process_revision_directives=alembic_helpers.writer,
            render_item=alembic_helpers.render_item,
            compare_type=False,
            transaction_per_migration=True,
            **{
                k: v
                for k, v in current_app.extensions["migrate"].configure_args.items()
                if k != "compare_type"
            },
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations need a database: geometry columns cannot be written as a script.")
assert sa.__version__
run_migrations_online()
