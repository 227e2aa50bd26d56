"""Is the database there, and which one is it?"""

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from app.core.database import db
from app.core.errors import ApplicationError
from app.core.mail import dead


class NotReady(ApplicationError):
    """The database does not answer."""

    status = 503


def migration() -> str:
    """The newest migration that has run; asking proves that the database answers."""
    try:
        return str(db.session.scalar(sa.text("SELECT version_num FROM alembic_version")))
    except SQLAlchemyError as error:
        raise NotReady from error


def dead_letters() -> int:
    """Mails that could not be delivered and wait for an operator (`flask wendy letters`)."""
    try:
        return dead.count_dead()
    except SQLAlchemyError as error:
        raise NotReady from error


def driver() -> str:
    """The name of the database driver in use."""
    return str(getattr(db.engine.dialect.dbapi, "__name__", ""))
