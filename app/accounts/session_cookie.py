"""The session cookie: a random token; everything else is on the server."""

from typing import cast

from flask import Flask, Response, current_app, g, request
from flask_login import LoginManager

from app.accounts import queries, service
from app.accounts.rules import SESSION_LASTS
from app.config import Settings
from app.core.actor import Actor
from app.core.busy import WITHOUT_DATABASE

login_manager = LoginManager()


def cookie_name(settings: Settings) -> str:
    """__Host- over https; plain on loopback, where browsers refuse the prefix."""
    return "__Host-session_id" if settings.is_https else "session_id"


def set_session_cookie(response: Response, token: str) -> None:
    """Give the browser its session."""
    settings = cast(Settings, current_app.extensions["settings"])
    response.set_cookie(
        cookie_name(settings), token, max_age=int(SESSION_LASTS.total_seconds()), secure=settings.is_https,
        httponly=True, samesite="Lax", path="/",
    )  # fmt: skip


def clear_session_cookie(response: Response) -> None:
    """Take it back."""
    settings = cast(Settings, current_app.extensions["settings"])
    response.delete_cookie(
        cookie_name(settings), secure=settings.is_https, httponly=True, samesite="Lax", path="/"
    )


@login_manager.request_loader
def load_actor(_request: object) -> Actor | None:
    """Flask-Login asks who is there; without a cookie no query is made."""
    settings = cast(Settings, current_app.extensions["settings"])
    token = request.cookies.get(cookie_name(settings), "")
    if not token or len(token) > 64 or WITHOUT_DATABASE in g:
        return None
    actor = queries.actor_of_session(token)
    if actor is not None and queries.is_due_to_be_seen(token):
        service.mark_seen(actor.session_hash)
    return actor


def init_app(app: Flask) -> None:
    """Connect Flask-Login; it keeps nothing in Flask's own session."""
    app.config["REMEMBER_COOKIE_NAME"] = "unused"
    login_manager.session_protection = None
    login_manager.init_app(app)
