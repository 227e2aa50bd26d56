"""What every answer has in common: pages, links to assets, headers."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, make_response, render_template, request, url_for

from app.config import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
YEAR_SECONDS = 31_536_000
ASSETS = "asset addresses"
MIN_COMPRESSED_BYTES = 1_000
COMPRESSION_LEVEL = 5
FORM_MARK = "csrf_token"  # Flask-WTF keeps the token that it wrote into this answer under this name


@dataclass(frozen=True)
class Link:
    """Words and where they lead."""

    text: str
    url: str


def page(template: str, *, data_page: str, status: int = 200, **context: Any) -> Response:
    """Render `template` (a path without .html) as an HTML answer; `data_page` names it for tests and scripts."""
    html = render_template(f"{template}.html", data_page=data_page, **context)
    response = make_response(html, status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def personal(response: Response) -> Response:
    """Mark an answer that belongs to one person: never stored, never indexed."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def absolute(endpoint: str, **values: Any) -> str:
    """An absolute link under PUBLIC_URL, the only source of absolute links; works without a request too."""
    settings = cast(Settings, current_app.extensions["settings"])
    adapter = current_app.url_map.bind(urlsplit(settings.base_url).netloc)
    return settings.base_url + adapter.build(endpoint, values)


def add_headers(response: Response) -> Response:
    """Security headers on everything; pages vary by language."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def asset(path: str) -> str:
    """The address of a file under static/, with its hash, so that it may be kept for a year."""
    known: dict[str, str] = current_app.extensions[ASSETS]
    if path not in known:
        known[path] = url_for(
            "static", filename=path, v=_file_hash(Path(current_app.static_folder or "") / path)
        )
    return known[path]


def _file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def keep_versioned_assets(response: Response) -> Response:
    """Files asked for by hash never change; others are checked again."""
    if request.endpoint == "static":
        versioned = "v" in request.args
        policy = f"public, max-age={YEAR_SECONDS}, immutable" if versioned else "public, max-age=300"
        response.headers["Cache-Control"] = policy
        response.headers["X-Until-Change"] = str(YEAR_SECONDS) if versioned else "300"
    return response


def compress_pages(response: Response) -> Response:
    """Gzip pages for those who ask; never one that holds a form token beside what somebody typed (BREACH)."""
    if response.mimetype != "text/html" or response.is_streamed or FORM_MARK in g:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if request.accept_encodings.best_match(["gzip"]) == "gzip" and len(body) >= MIN_COMPRESSED_BYTES:
        response.set_data(gzip.compress(body, COMPRESSION_LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def init_app(app: Flask) -> None:
    """Register headers and the `asset` function of templates."""
    app.extensions[ASSETS] = {}
    app.after_request(compress_pages)
    app.after_request(keep_versioned_assets)
    app.after_request(add_headers)
    app.jinja_env.globals["asset"] = asset
