"""Our cookies, all named and protected alike: __Host- and Secure over https, HttpOnly and SameSite everywhere."""

from typing import cast

from flask import Flask, Response, current_app, request
from werkzeug.wrappers import Response as BaseResponse

from app.config import Settings

SAME_SITE = "Lax"


def cookie_name(name: str, settings: Settings) -> str:
    """__Host- over https, which binds a cookie to this very host; plain on loopback, where browsers refuse the prefix."""
    return f"__Host-{name}" if settings.is_https else name


def read_cookie(name: str) -> str:
    """What the browser sent, or ""."""
    return request.cookies.get(cookie_name(name, _settings()), "")


def set_cookie(response: BaseResponse, name: str, value: str, *, seconds: int) -> None:
    """Have the browser keep it for so long."""
    response.set_cookie(
        cookie_name(name, _settings()), value, max_age=seconds, path="/", httponly=True, samesite=SAME_SITE,
        secure=_settings().is_https,
    )  # fmt: skip


def delete_cookie(response: Response, name: str) -> None:
    """Have the browser forget it."""
    response.delete_cookie(
        cookie_name(name, _settings()), path="/", httponly=True, samesite=SAME_SITE, secure=_settings().is_https
    )  # fmt: skip


def init_app(app: Flask, settings: Settings) -> None:
    """Flask's own cookie, which forms use against forgery, is named and protected as the others."""
    app.config["SESSION_COOKIE_NAME"] = cookie_name("form", settings)
    app.config["SESSION_COOKIE_SECURE"] = settings.is_https
    app.config["SESSION_COOKIE_SAMESITE"] = SAME_SITE


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])
