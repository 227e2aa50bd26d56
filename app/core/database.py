"""The database: one declarative base, two engines, and the only place that commits."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction, scoped_session
from werkzeug.local import LocalProxy

from app.config import Settings
from app.core import freshness
from app.core.turns import Turns
from geo import engine as geo_engine

IMMEDIATE = "begin_immediate"
_TRANSACTION = "wendy_transaction"
_VERSION = "wendy data version"
_LAST = "wendy last writes"
_TURNS = "wendy writers"
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)
LOCK_MILLISECONDS = 5_000  # how long a transaction waits for another one before the site says that it is busy


class Base(DeclarativeBase):
    """Base of every model; constraint names are fixed so that both engines can migrate them."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class NestedTransaction(RuntimeError):
    """A service was called inside another service's transaction."""


db = SQLAlchemy(model_class=Base)


def init_app(app: Flask, settings: Settings) -> None:
    """Connect the application to its database and prepare every new connection."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.sqlalchemy_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings)
    db.init_app(app)
    app.extensions[_TURNS] = Turns(LOCK_MILLISECONDS / 1_000) if settings.is_sqlite else None
    app.extensions["migrate"] = LocalProxy(lambda: _migrations(app))
    with app.app_context():
        prepare_engine(db.engine, settings)


def _migrations(app: Flask) -> Any:
    """What `flask db` works with, made when it first asks."""
    from flask_migrate import Migrate  # 13 MB with Alembic, which web and worker never use

    Migrate().init_app(app, db, directory=str(project_root() / "migrations"), compare_type=False)
    return app.extensions["migrate"]


def project_root() -> Path:
    """The folder that holds app/, migrations/ and static/."""
    return Path(__file__).resolve().parents[2]


def engine_options(settings: Settings) -> dict[str, Any]:
    """Options of SQLAlchemy's create_engine for the configured database."""
    if settings.is_sqlite:
        return {
            "module": geo_engine.sqlite_module(),
            "connect_args": {"timeout": 5, "check_same_thread": False},
        }
    return {
        "connect_args": {"options": f"-c lock_timeout={LOCK_MILLISECONDS}"}, "pool_pre_ping": True, "pool_size": settings.web_threads + 1, "max_overflow": 4,
    }  # fmt: skip


def prepare_engine(engine: sa.Engine, settings: Settings) -> None:
    """On SQLite: load SpatiaLite, set the pragmas, and let us say how a transaction begins."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we emit BEGIN ourselves, below
        geo_engine.prepare_sqlite_connection(connection, spatialite_path=settings.spatialite_path or None)
        for pragma in (*SQLITE_PRAGMAS, f"PRAGMA busy_timeout={LOCK_MILLISECONDS}"):
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get(IMMEDIATE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def transaction() -> Iterator[scoped_session[Any]]:
    """One verb, one transaction: ends the request's read, locks, commits at the end or rolls everything back.

    A session that has read and then writes would be refused at once by SQLite whatever its timeout,
    therefore the block starts with BEGIN IMMEDIATE and must read again what it decides upon.
    """
    session = db.session
    if session.info.get(_TRANSACTION):
        raise NestedTransaction("call the inner verb without its own transaction()")
    session.rollback()
    with _own_turn(), _begun(session):
        yield session
    freshness.of(current_app).ask_again()


def _own_turn() -> AbstractContextManager[None]:
    """On SQLite this process's writers queue here, so that none waits for luck; PostgreSQL has queues of its own."""
    turns: Turns | None = current_app.extensions[_TURNS]
    return turns.turn() if turns else nullcontext()


@contextmanager
def _begun(session: scoped_session[Any]) -> Iterator[None]:
    session.info[_TRANSACTION] = True
    try:
        session.connection(execution_options={IMMEDIATE: True})
        yield
        session.flush()  # what is noted of rows is asked for while they are written
        for _name, write in sorted(session.info.pop(_LAST, {}).items()):
            write()
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(_TRANSACTION, None)
        session.info.pop(_LAST, None)


def write_last(name: str, write: Callable[[], None]) -> None:
    """Have something written just before the commit: once however often it is asked for, and in a fixed order.

    For rows that every writer writes: nobody may hold one while waiting for another row.
    """
    db.session.info.setdefault(_LAST, {})[name] = write


def is_to_be_written(name: str) -> bool:
    """Whether this transaction has been asked for it by `write_last`."""
    return name in db.session.info.get(_LAST, {})


@event.listens_for(db.session, "after_begin")
def _note_version(session: Session, _transaction: SessionTransaction, _connection: sa.Connection) -> None:
    """Before the first row is read: what is read afterwards is this version or a newer one, never an older."""
    known = current_app.extensions.get(freshness.EXTENSION)
    if known is not None:
        session.info[_VERSION] = known.version()


@event.listens_for(db.session, "after_transaction_end")
def _forget_version(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_VERSION, None)


def version_read() -> str:
    """The version of the data that this request reads, which may be older than what is stored by now.

    What is remembered carries it as its label: an answer out of an old snapshot must not pass for a new one.
    """
    if db.session.registry.has():
        known = db.session().info.get(_VERSION)
        if known is not None:
            return str(known)
    return freshness.current_version()


def in_transaction() -> bool:
    """Whether a service's transaction is open (subscribers write rows only inside one)."""
    return bool(db.session.info.get(_TRANSACTION))
