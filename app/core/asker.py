"""Whether two askers are the same, without knowing who they are.

A network is its prefix (/24, /56), a browser a random number in a cookie that is set when somebody presses a button,
never by reading. What is stored are keyed hashes of both together with the subject: at another place the same browser
has another hash, so nothing that is stored follows anybody from place to place.
"""

import hmac
import re
from dataclasses import dataclass
from typing import cast

from flask import current_app, g, request
from werkzeug.wrappers import Response

from app.core import tokens
from app.core.cookies import read_cookie, set_cookie
from app.core.limits import limit, network_prefix

COOKIE = "browser"
COOKIE_SECONDS = 180 * 86_400  # as long as what it is compared with is kept
_KEY = re.compile(r"[a-z2-7]{32}")


@dataclass(frozen=True)
class Asker:
    """Keyed hashes (32 hex digits) of a network prefix and of a browser, for one subject."""

    network: str
    browser: str


def asker(subject: str) -> Asker:
    """Who asks about this subject (a public id)."""
    key = tokens.derive(cast(bytes, current_app.extensions[tokens.EXTENSION]), "asker")
    return Asker(*(_keyed(key, f"{subject}\n{who}") for who in (_network(), _browser())))


def limit_asker(name: str, *, per_network: str, per_browser: str) -> None:
    """Count one try for the network and, where it has its number already, for the browser; raises TooManyRequests."""
    limit(per_network, name)
    if _KEY.fullmatch(read_cookie(COOKIE)):
        limit(per_browser, f"{name}-browser", read_cookie(COOKIE))


def remember_browser(response: Response) -> Response:
    """Have the browser keep its number."""
    set_cookie(response, COOKIE, _browser(), seconds=COOKIE_SECONDS)
    return response


def _network() -> str:
    return network_prefix(request.remote_addr or "")


def _browser() -> str:
    """The number that it brought, else a new one for this request."""
    if "browser" not in g:
        brought = read_cookie(COOKIE)
        g.browser = brought if _KEY.fullmatch(brought) else tokens.random_token()
    return str(g.browser)


def _keyed(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256")[:16].hex()
