"""Sample data may be lost in a power cut: only here SQLite writes without waiting for the disk (decisions.md, Writing)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from app.core.database import db


@contextmanager
def fast_writes() -> Iterator[None]:
    """Inside the block SQLite connections are lent with synchronous=OFF; returned ones have FULL again."""
    if db.engine.dialect.name != "sqlite":
        yield
        return
    db.session.remove()
    event.listen(db.engine, "checkout", _lend)
    event.listen(db.engine, "checkin", _take_back)
    try:
        yield
    finally:
        db.session.remove()
        event.remove(db.engine, "checkout", _lend)
        event.remove(db.engine, "checkin", _take_back)


def _lend(connection: Any, _record: Any, _proxy: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _take_back(connection: Any, _record: Any) -> None:
    if connection is not None:
        connection.execute("PRAGMA synchronous=FULL")
