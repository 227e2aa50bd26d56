"""Calendar feeds at fixed addresses: public bytes, the same for everybody, no cookie, language by ?lang= alone."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.core.errors import NotFound, UnknownParameter
from app.core.i18n import chosen_language
from app.core.permissions import PUBLIC, requires
from app.core.translation import gettext as _
from app.core.zone import network_tzid
from app.events.queries.topics import topic_by_slug
from app.events.topic_names import topic_name
from app.feeds import bodies, queries
from app.feeds.bodies import Body, Feed
from app.feeds.pages import network_feed, place_feed
from app.feeds.rules import keys
from app.places.queries import current_slug
from app.places.sections import place_sections
from app.territories.queries import by_code

FRESH_SECONDS = 60
KEPT_SECONDS = 3_600

blueprint = Blueprint("feeds", __name__)
place_sections.register("feed", place_feed)
place_sections.register("network_feed", network_feed)


@blueprint.before_request
def check_parameters() -> None:
    """?lang= is the only parameter; whoever misspells it is told instead of being given another language."""
    if "\x00" in request.path:  # PostgreSQL cannot even be asked for it
        raise NotFound
    for name in request.args:
        if name != "lang":
            sentence = _("There is no parameter “%(name)s” here; only lang is known.", name=name[:60])
            raise UnknownParameter(name[:60], sentence)


@blueprint.get("/feeds/network.ics")
@requires(PUBLIC)
def network() -> Response:
    """Everything that is on."""
    return calendar(Feed(keys.NETWORK, None, network_tzid(), "feeds.network"))


@blueprint.get("/feeds/places/<slug>.ics")
@requires(PUBLIC)
def place(slug: str) -> BaseResponse:
    """What is on at one place; an earlier name of it leads to the present one, so that subscriptions go on."""
    found = queries.place_by_slug(slug)
    if found is None:
        renamed = current_slug(slug)
        if renamed is None or renamed == slug:
            raise NotFound
        return redirect(url_for(".place", slug=renamed, lang=request.args.get("lang")), 301)
    key, address = keys.of_place(found.id), (("slug", found.slug),)
    return calendar(
        Feed(key, found.name, found.tzid, "feeds.place", address, found.updated_at, found.is_demo)
    )


@blueprint.get("/feeds/territories/<code>.ics")
@requires(PUBLIC)
def territory(code: str) -> Response:
    """What is on in a Municipio or a neighbourhood."""
    found = by_code(code)
    if found is None:
        raise NotFound
    key, address = keys.of_territory(found.id), (("code", found.code),)
    return calendar(Feed(key, found.name, network_tzid(), "feeds.territory", address, found.updated_at))


@blueprint.get("/feeds/topics/<slug>.ics")
@requires(PUBLIC)
def topic(slug: str) -> BaseResponse:
    """What is on about one topic."""
    found = topic_by_slug(slug)
    if found is None:
        raise NotFound
    if found.slug != slug:  # merged into another one
        return redirect(url_for(".topic", slug=found.slug, lang=request.args.get("lang")), 301)
    return calendar(
        Feed(keys.of_topic(slug), topic_name(found), network_tzid(), "feeds.topic", (("slug", slug),))
    )


@blueprint.get("/occurrences/<occurrence_id>.ics")
@requires(PUBLIC)
def one_date(occurrence_id: str) -> Response:
    """One date, to be added once."""
    return answer(bodies.date_body(occurrence_id, chosen_language()))


def calendar(feed: Feed) -> Response:
    """The joined calendar of a feed in the language asked for."""
    return answer(bodies.body(feed, chosen_language()))


def answer(body: Body) -> Response:
    """Calendar bytes with what caches need. 304, HEAD and gzip are the short-cut's (app/core/shortcut.py)."""
    response = Response(body.content, content_type="text/calendar; charset=utf-8")
    response.set_etag(body.etag)
    response.last_modified = body.changed_at
    response.cache_control.public = True
    response.cache_control.max_age = FRESH_SECONDS
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Until-Change"] = str(KEPT_SECONDS)
    return response
