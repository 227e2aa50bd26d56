"""How migrations run: on the application's engine, each in one transaction, blind to what SpatiaLite makes for itself."""

import sqlalchemy as sa
from alembic import context
from flask import current_app
from geoalchemy2 import alembic_helpers

from app.core.database import IMMEDIATE, Base, db
from geo.engine import initialise_spatial_metadata
from geo.migrating import include_object


def run_migrations_online() -> None:
    """Prepare the spatial metadata, then migrate."""
    with db.engine.connect() as connection:
        initialise_spatial_metadata(connection)
        connection.commit()
    engine = db.engine.execution_options(**{IMMEDIATE: True})
    with engine.connect() as connection:
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
