"""The demo exists only on this machine, only for who sits at it, and only where its network is loaded."""

from typing import cast

from flask import current_app, request

from app.config import Settings, is_this_machine
from app.core.errors import NotFound
from app.demo import queries

# What proxies write: whoever comes through one may sit anywhere, even where PUBLIC_URL was forgotten.
MARKS_OF_PROXIES = (
    "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via",
)  # fmt: skip


def settings() -> Settings:
    """This installation's settings."""
    return cast(Settings, current_app.extensions["settings"])


def is_demo() -> bool:
    """Whether /demo is here at all."""
    return settings().is_local and queries.is_loaded()


def asked_from_here() -> bool:
    """Whether the request comes from this machine itself, with no proxy between."""
    if any(name in request.headers for name in MARKS_OF_PROXIES):
        return False
    return is_this_machine(request.remote_addr or "")


def only_in_the_demo() -> None:
    """Elsewhere, and for everybody else, /demo does not exist: NotFound."""
    if not (asked_from_here() and is_demo()):
        raise NotFound
