"""Composition root: the only file that knows every feature's pages."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Flask, Response, current_app, request
from flask_wtf import CSRFProtect

from app.config import Settings
from app.core import i18n
from app.core.http import YEAR_SECONDS
from app.web_errors import register_error_pages
from app.web_navigation import context

FEATURES = ("territories", "accounts", "places", "events", "bookings", "explore", "feeds", "demo")
PARTS = ("views", "api", "subscribers", "mails")
csrf = CSRFProtect()


def init_app(app: Flask, settings: Settings) -> None:
    """Register error pages, what every template knows, and the features in order."""
    csrf.init_app(app)
    register_error_pages(app)
    app.context_processor(context)
    app.before_request(check_known_everywhere)
    app.after_request(remember_language)
    for feature in ("core", *FEATURES):
        for part in PARTS:
            if find_spec(f"app.{feature}.{part}") is not None:
                register(app, import_module(f"app.{feature}.{part}"))
    from app.accounts import session_cookie

    session_cookie.init_app(app)


def register(app: Flask, module: Any) -> None:
    """Register the blueprints of a module."""
    for name in ("blueprint", "studio_blueprint"):
        if hasattr(module, name):
            app.register_blueprint(getattr(module, name))


def check_known_everywhere() -> None:
    """?lang= is known on every address; machines are told when they misspell it."""
    if i18n.is_machine_address(request.path):
        i18n.check_machine_language()


def remember_language(response: Response) -> Response:
    """A language chosen on purpose is remembered; reading without choosing sets no cookie."""
    asked = request.args.get("lang", "")
    is_choice = asked in i18n.language_codes() and response.mimetype == "text/html"
    if is_choice and request.cookies.get(i18n.LANGUAGE_COOKIE) != asked:
        response.set_cookie(
            i18n.LANGUAGE_COOKIE, asked, max_age=YEAR_SECONDS, samesite="Lax", httponly=True,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )  # fmt: skip
    return response
