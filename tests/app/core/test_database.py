"""The one place that commits, on both engines."""

import threading
from datetime import UTC, datetime
from functools import partial
from typing import Any

import click
import flask_migrate
import pytest
import sqlalchemy as sa

from app.core import freshness, state
from app.core.cache import until_change
from app.core.database import NestedTransaction, db, transaction, write_last
from app.core.mail import outbox
from tests import engines


def test_what_a_failed_transaction_wrote_is_gone(app):
    def fail_halfway() -> None:
        with transaction():
            state.write("a", "1")
            raise ZeroDivisionError

    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            fail_halfway()
        assert state.read("a") is None


def test_a_transaction_inside_another_is_refused(app):
    with app.app_context(), pytest.raises(NestedTransaction), transaction(), transaction():
        pass


def test_the_commands_of_migrations_are_there(app):
    assert app.test_cli_runner().invoke(args=["db", "check"]).exit_code == 0
    assert "db" in app.cli.list_commands(click.Context(app.cli))


def test_ones_own_write_is_never_hidden_by_what_is_remembered(app):
    """PostgreSQL is asked for its version once a second only, but after each write of our own at once."""
    with app.app_context():
        before = freshness.current_version()
        with transaction():
            state.write("counter", "1")
        assert freshness.current_version() != before


def test_what_is_to_be_written_last_is_written_once_in_order_and_only_with_the_rest(app):
    written: list[str] = []

    def fail() -> None:
        with transaction():
            write_last("b", lambda: written.append("never"))
            raise ZeroDivisionError

    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            fail()
        with transaction():
            for name in ("b", "a", "b"):
                write_last(name, partial(written.append, name))
            written.append("body")
        with transaction():
            pass
    assert written == ["body", "a", "b"]


def test_the_version_is_asked_without_a_connection_of_the_pool(app):
    """Else requests that hold one each would wait for another for ever."""
    with app.app_context():
        freshness.current_version()
        pool: Any = db.engine.pool
        held = [db.engine.connect() for _ in range(pool.size() + pool._max_overflow)]
        try:
            freshness.of(app).ask_again()
            assert freshness.current_version()
        finally:
            for connection in held:
                connection.close()


def test_what_an_old_snapshot_says_is_not_remembered_as_new(app):
    """SQLite's snapshot begins with the first read; the version that labels answers must not be asked later."""
    with app.app_context():
        with transaction():
            state.write("word", "old")
        assert state.read("word") == "old"  # the request has begun to read

        def write_elsewhere() -> None:
            with app.app_context(), transaction():
                state.write("word", "new")

        other = threading.Thread(target=write_elsewhere)
        other.start()
        other.join()
        until_change("word", lambda: state.read("word"))
    with app.app_context():
        assert until_change("word", lambda: state.read("word")) == "new"


def test_a_session_that_has_read_may_write_afterwards(app):
    """Reading and then writing in one SQLite transaction is refused at once while others write."""
    with app.app_context():
        assert state.read("counter") is None
        with transaction():
            state.write("counter", "1")
        assert state.read("counter") == "1"


def test_many_writers_lose_nothing(app):
    with app.app_context(), transaction():
        state.write("counter", "0")

    def add() -> None:
        with app.app_context():
            for _ in range(10):
                with transaction() as session:
                    row = session.get(state.InstallationState, "counter", with_for_update=True)
                    row.value = str(int(row.value) + 1)

    writers = [threading.Thread(target=add) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with app.app_context():
        assert state.read("counter") == "80"


def test_the_outbox_is_written_only_beside_its_change(app):
    with app.app_context(), pytest.raises(RuntimeError, match="transaction"):
        outbox.put("x", "y", dedupe_key="z")


def test_models_and_migrations_agree(app):
    with app.app_context():
        flask_migrate.check()


def test_migrations_go_down_and_up_again(app):
    with app.app_context():
        flask_migrate.downgrade(revision="base")
        tables = set(sa.inspect(db.engine).get_table_names())
        assert "place" not in tables
        flask_migrate.upgrade()
        flask_migrate.check()


def test_a_naive_time_cannot_be_stored(app):
    with app.app_context(), pytest.raises(sa.exc.StatementError, match="naive"), transaction():
        outbox.put("x", "y", dedupe_key="z", due_at=datetime(2026, 1, 1))  # noqa: DTZ001  # the mistake itself
    assert datetime.now(UTC).tzinfo is not None


def test_sqlite_is_durable_and_strict(spatialite_url, tmp_path):
    with engines.running_app(engines.settings_for(tmp_path, spatialite_url)) as app, app.app_context():
        pragma = {name: db.session.scalar(sa.text(f"PRAGMA {name}")) for name in PRAGMAS}
    assert pragma == PRAGMAS


PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
}
