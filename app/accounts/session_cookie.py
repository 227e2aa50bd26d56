"""The session cookie: a random token; everything else is on the server."""

from typing import cast

from flask import Flask, Response, current_app, g, request
from flask_login import LoginManager

from app.accounts import queries, service
from app.accounts.rules.devices import device_name
from app.accounts.rules.sessions import SESSION_LASTS
from app.config import Settings
from app.core import cookies
from app.core.actor import Actor
from app.core.busy import WITHOUT_DATABASE

NAME = "session_id"
login_manager = LoginManager()


def cookie_name(settings: Settings) -> str:
    """What browsers know it by."""
    return cookies.cookie_name(NAME, settings)


def set_session_cookie(response: Response, token: str) -> None:
    """Give the browser its session."""
    cookies.set_cookie(response, NAME, token, seconds=int(SESSION_LASTS.total_seconds()))


def clear_session_cookie(response: Response) -> None:
    """Take it back."""
    cookies.delete_cookie(response, NAME)


def asking_device() -> str:
    """What the list of one's sessions calls the browser that asks."""
    return device_name(request.headers.get("User-Agent", ""))


@login_manager.request_loader
def load_actor(_request: object) -> Actor | None:
    """Flask-Login asks who is there; without a cookie no query is made."""
    token = cookies.read_cookie(NAME)
    if not token or len(token) > 64 or WITHOUT_DATABASE in g:
        return None
    settings = cast(Settings, current_app.extensions["settings"])
    actor = queries.actor_of_session(token, asks_for_proof=settings.is_https)
    if actor is not None and queries.is_due_to_be_seen(token):
        service.mark_seen(actor.session_hash)
    return actor


def init_app(app: Flask) -> None:
    """Connect Flask-Login; it keeps nothing in Flask's own session."""
    app.config["REMEMBER_COOKIE_NAME"] = "unused"
    login_manager.session_protection = None
    login_manager.init_app(app)
