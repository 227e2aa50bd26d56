"""When the database is busy: try again where two transactions crossed, else say so and lose nothing."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy import exc

from app.core.errors import Busy

P = ParamSpec("P")
R = TypeVar("R")

# Locked for longer than we wait, deadlock, disk full, server gone, no free connection: nothing was written.
DATABASE_BUSY = (exc.OperationalError, exc.TimeoutError)
CROSSED = frozenset({"40001", "40P01"})  # PostgreSQL: serialization failure, deadlock detected
TRIES = 3
WITHOUT_DATABASE = (
    "without_database"  # in flask.g: this page tells of a failure and asks the database nothing
)


def patiently(verb: Callable[P, R]) -> Callable[P, R]:
    """Decorator of a verb that is one transaction: when it crossed another one it runs again, three times in all.

    Whatever else keeps the database busy raises Busy; the transaction was rolled back by then.
    """

    @wraps(verb)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(TRIES - 1):
            try:
                return verb(*args, **kwargs)
            except DATABASE_BUSY as error:
                if not _crossed(error):
                    raise Busy from error
        try:
            return verb(*args, **kwargs)
        except DATABASE_BUSY as error:
            raise Busy from error

    return tried


def _crossed(error: exc.SQLAlchemyError) -> bool:
    """Whether PostgreSQL ended this transaction in favour of another: then the next try can succeed at once."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) in CROSSED
