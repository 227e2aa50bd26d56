"""Whether a request was made by a page of ours, told by the browser itself and not by a token.

For forms on pages that set no cookie. Browsers tell where a request comes from in `Sec-Fetch-Site` and `Origin`, and
no page can change either. Whoever has no browser can write anything there, but forges nobody's vote but their own: what
is done on this ground must change nothing that belongs to a person.
"""

from typing import cast
from urllib.parse import urlsplit

from flask import current_app, request

from app.config import Settings


def asked_from_own_page() -> bool:
    """True where the browser says so; False where it says otherwise or nothing."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        return False
    return site in (None, "same-origin") and (origin is None or _is_ours(origin))


def _is_ours(origin: str) -> bool:
    """The scheme of PUBLIC_URL, and the host of this request, which Flask has found among the trusted ones."""
    settings = cast(Settings, current_app.extensions["settings"])
    return origin == f"{urlsplit(settings.base_url).scheme}://{request.host}"
