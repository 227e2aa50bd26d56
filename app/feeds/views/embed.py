"""For other sites: a script that lists dates, a map in a frame, and oEmbed. Only what is here may be framed."""

from dataclasses import asdict
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, request

from app.core import clock
from app.core.errors import MalformedParameter, NotFound, UnknownParameter
from app.core.http import CONTENT_SECURITY_POLICY, page
from app.core.permissions import PUBLIC, requires
from app.core.translation import gettext
from app.explore import home
from app.feeds import embedding
from app.feeds.framing import frame
from app.feeds.snippets import embedded

FRESH_SECONDS = 300
SCRIPT_SECONDS = 3600
SORTS = ("place", "territory", "topic")
MOST_PIXELS = 4000
ANYWHERE = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")

blueprint = Blueprint("embed", __name__)


@blueprint.get("/embed/calendar.json")
@requires(PUBLIC)
def calendar() -> Response:
    """Dates in ready words; kept until anything changes, for five minutes at most."""
    _check({*SORTS, "limit", "lang"})
    asked = [(sort, request.args[sort]) for sort in SORTS if sort in request.args]
    if len(asked) > 1:
        raise MalformedParameter(
            asked[1][0], gettext("Ask for a place, a territory or a topic, not for several.")
        )
    scope = embedding.scope_of(*(asked[0] if asked else ("", "")))
    if scope is None:
        raise NotFound(gettext("There is no such calendar."))
    limit = _number("limit", embedding.USUAL, embedding.MOST)
    answer = jsonify(embedding.calendar(scope, limit=limit or embedding.USUAL, at=clock.now()))
    answer.headers["X-Until-Change"] = str(FRESH_SECONDS)
    return _for_everybody(answer, FRESH_SECONDS)


@blueprint.get("/embed/calendar.js")
@requires(PUBLIC)
def calendar_script() -> Response:
    """The script of the calendar."""
    return _script("calendar.js")


@blueprint.get("/embed/map.js")
@requires(PUBLIC)
def map_script() -> Response:
    """The script that puts the map's frame where it stands."""
    return _script("map.js")


@blueprint.get("/embed/map")
@requires(PUBLIC)
def map_frame() -> Response:
    """The map with its list, for a frame; `place` or `territory` chooses where, all else is as on the home page."""
    parsed = frame(request.args.to_dict(flat=False))
    shown = home.home_page(parsed)
    answer = page(
        "feeds/embed_map",
        data_page="embed.map",
        page=shown,
        status=400 if shown.problems else 200,
        noindex=True,
    )
    answer.headers["Content-Security-Policy"] = ANYWHERE
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@blueprint.get("/oembed")
@requires(PUBLIC)
def oembed() -> Response:
    """What stands for an address of ours (oembed.com 1.0, type "rich")."""
    _check({"url", "format", "maxwidth", "maxheight", "lang"})
    if request.args.get("format", "json") != "json":
        return Response("json\n", 501, mimetype="text/plain")  # as oembed.com asks
    found = embedded(
        request.args.get("url", ""),
        width=_number("maxwidth", 0, MOST_PIXELS),
        height=_number("maxheight", 0, MOST_PIXELS),
    )
    if found is None:
        raise NotFound(gettext("This is no address of a place or an event here."))
    provider = {"provider_name": "Isole di Wendy", "provider_url": request.host_url}
    answer = jsonify({"version": "1.0", "type": "rich", **provider, **asdict(found)})
    return _for_everybody(answer, FRESH_SECONDS)


def _check(known: set[str]) -> None:
    for name in request.args:
        if name not in known:
            names = ", ".join(sorted(known))
            raise UnknownParameter(
                name, gettext("%(name)s is not known here; known: %(known)s.", name=name, known=names)
            )


def _number(name: str, usual: int, most: int) -> int | None:
    """A whole number from 1 on, at most `most`; `usual` (None for 0) where nothing was asked."""
    text = request.args.get(name, "")
    if not text:
        return usual or None
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= most and len(text) < 6):
        raise MalformedParameter(
            name, gettext("%(name)s is a number between 1 and %(most)s.", name=name, most=most)
        )
    return int(text)


def _script(name: str) -> Response:
    """Under an address that never changes: asked again every hour."""
    content = (Path(current_app.static_folder or "") / "js/embed" / name).read_bytes()
    answer = Response(content, mimetype="text/javascript")
    answer.add_etag()
    answer.headers["X-Until-Change"] = str(SCRIPT_SECONDS)
    return _for_everybody(answer, SCRIPT_SECONDS)


def _for_everybody(answer: Response, seconds: int) -> Response:
    answer.add_etag()
    answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
