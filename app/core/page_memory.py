"""Whole public pages, kept for the minute while nothing changes: one address is made once, whoever asks for it.

Nothing personal is kept: not for somebody who is signed in, not where a form was written into the page, and only what
is there (200). A page may depend on its address, the language and the minute, and on nothing else of the request.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, cast

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from app.core import clock
from app.core.cache import Answers
from app.core.database import version_read
from app.core.http import FORM_MARK
from app.core.i18n import chosen_language
from app.core.permissions import current_actor

P = ParamSpec("P")

EXTENSION = "page memory"
MAX_PAGES = 256  # of up to 40 kB
MAX_QUERY_BYTES = 1_000


@dataclass(frozen=True)
class KeptPage:
    """What is sent again: the body and the headers that the view gave it."""

    body: bytes
    headers: tuple[tuple[str, str], ...]


# How long a page stays right: given a key and how to make it, the kept page or the new one (None: not to be kept).
Until = Callable[[Hashable, Callable[[], KeptPage | None]], KeptPage | None]


def init_app(app: Flask) -> None:
    """Give the application its memory of pages."""
    app.extensions[EXTENSION] = Answers(MAX_PAGES)


def until_any_change(key: Hashable, make: Callable[[], KeptPage | None]) -> KeptPage | None:
    """Kept until anything stored changes."""
    return cast(Answers, current_app.extensions[EXTENSION]).get(version_read(), key, make)


def kept_page(
    *parameters: str, until: Until = until_any_change
) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """Decorator of a public view (below its permission): make the page once for everybody who is not signed in.

    An address with other `parameters` than these and `lang` is not kept: where somebody is and what they typed is
    theirs, is hardly asked twice, and would push out what everybody asks for. Nor is an endless address: its page says
    it again in many links, and a few hundred such pages would fill the memory.
    """
    known = {"lang", *parameters}

    def decorate(view: Callable[P, Response]) -> Callable[P, Response]:
        @wraps(view)
        def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
            if current_actor() is not None or not _is_everybodys(known):
                return view(*args, **kwargs)
            made: list[Response] = []

            def make() -> KeptPage | None:
                made.append(view(*args, **kwargs))
                return _kept(made[0])

            kept = until(_key(), make)
            if made:
                return made[0]
            if kept is None:  # known to be no page to keep: a fault in the address, say
                return view(*args, **kwargs)
            return current_app.response_class(kept.body, headers=list(kept.headers))

        return answer

    return decorate


def _is_everybodys(known: set[str]) -> bool:
    return len(request.query_string) <= MAX_QUERY_BYTES and known.issuperset(request.args)


def _key() -> Hashable:
    minute = clock.now().replace(second=0, microsecond=0)
    return request.path, request.query_string, chosen_language(), minute


def _kept(response: Response) -> KeptPage | None:
    if (
        response.status_code != 200
        or response.is_streamed
        or FORM_MARK in g
        or "Set-Cookie" in response.headers
    ):
        return None
    return KeptPage(response.get_data(), tuple(response.headers))
