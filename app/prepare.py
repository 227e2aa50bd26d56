"""Bring an installation up to date before it serves: schema, map script, stored bytes, demo network. Idempotent."""

from collections.abc import Callable

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade

from app.config import Settings
from app.core import state, statistics
from app.core.database import db, project_root, transaction
from app.demo.queries import has_places
from app.demo.service import load_demo
from app.explore.map_script import ensure_map_script
from app.explore.service import rebuild_index
from app.feeds.service import rebuild

BUILT_FOR = "public_url"
INDEXED = "words_indexed"  # the form of the index that is written


def prepare(app: Flask, say: Callable[[str], None]) -> None:
    """Do what is missing and say so; a second call finds nothing to do."""
    settings: Settings = app.extensions["settings"]
    with app.app_context():
        if not is_schema_current():
            say("Preparing the database …")
            upgrade()
        ensure_map_script()
        if settings.is_local and not has_places():
            say("Making up the demo network (29 islands, their events and bookings) …")
            load_demo()
            statistics.refresh()
        index_if_missing(say)
        rebuild_if_moved(settings, say)
        db.session.remove()


def is_schema_current() -> bool:
    """Whether the newest migration has run."""
    heads = set(ScriptDirectory(str(project_root() / "migrations")).get_heads())
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == heads


def index_if_missing(say: Callable[[str], None]) -> None:
    """A database of before the index of words was there."""
    if state.read(INDEXED) is None:
        say("Writing the index of words …")
        rebuild_index()
        with transaction():
            state.write(INDEXED, "1")


def rebuild_if_moved(settings: Settings, say: Callable[[str], None]) -> None:
    """PUBLIC_URL stands in stored bytes: a change rebuilds them."""
    if state.read(BUILT_FOR) == settings.base_url:
        return
    say(f"Writing the calendars for {settings.base_url} …")
    rebuild()
    with transaction():
        state.write(BUILT_FOR, settings.base_url)
