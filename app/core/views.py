"""Health of the installation, for monitors."""

from importlib.metadata import version
from typing import cast

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings
from app.core.database import db
from app.core.errors import ApplicationError
from app.core.permissions import PUBLIC, requires

blueprint = Blueprint("core", __name__)


class NotReady(ApplicationError):
    """The database does not answer."""

    status = 503


@blueprint.get("/healthz")
@requires(PUBLIC)
def healthz() -> Response:
    """Alive, with version, database engine, driver and migration."""
    settings = cast(Settings, current_app.extensions["settings"])
    answer = {
        "status": "ok",
        "version": version("isole-di-wendy"),
        "database": "spatialite" if settings.is_sqlite else "postgis",
        "driver": getattr(db.engine.dialect.dbapi, "__name__", ""),
        "migration": _migration(),
    }
    return _uncached(jsonify(answer))


@blueprint.get("/readyz")
@requires(PUBLIC)
def readyz() -> Response:
    """Ready to serve: the database answers."""
    _migration()
    return _uncached(jsonify({"status": "ready"}))


def _migration() -> str:
    try:
        return str(db.session.scalar(sa.text("SELECT version_num FROM alembic_version")))
    except SQLAlchemyError as error:
        raise NotReady from error


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
