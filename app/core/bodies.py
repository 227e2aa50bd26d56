"""How much a request may send: little, but for the few pages that take a file from somebody who is signed in."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, request

from app.core.permissions import current_actor

P = ParamSpec("P")
R = TypeVar("R")

MAX_BODY_BYTES = 2 * 1024 * 1024
MARK = "most_body_bytes"


def takes_up_to(most_bytes: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorator of a staff view (below its permission): a larger body than others, for whoever is signed in."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        setattr(view, MARK, most_bytes)
        return view

    return decorate


def widen_for_files() -> None:
    """Before anything reads the body, as the check of the form's token does."""
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, MARK, None)
    if most is not None and request.method == "POST" and current_actor() is not None:
        request.max_content_length = most


def init_app(app: Flask) -> None:
    """Bound every body, in bytes; must come before whoever reads forms."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.before_request(widen_for_files)
