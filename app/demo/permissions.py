"""The demo exists only on this machine, and only where its network is loaded."""

from typing import cast

from flask import current_app

from app.config import Settings
from app.core.errors import NotFound
from app.demo import queries


def settings() -> Settings:
    """This installation's settings."""
    return cast(Settings, current_app.extensions["settings"])


def is_demo() -> bool:
    """Whether /demo is here at all."""
    return settings().is_loopback and queries.is_loaded()


def only_in_the_demo() -> None:
    """Elsewhere /demo does not exist: NotFound."""
    if not is_demo():
        raise NotFound
