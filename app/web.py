"""Composition root: the only file that knows every feature's pages."""

from flask import Flask, Response, request
from flask_wtf import CSRFProtect

from app.accounts import mails as account_mails
from app.accounts import session_cookie
from app.accounts.views import devices, feedback, passkeys
from app.accounts.views import signing_in as accounts
from app.bookings import link_mails
from app.bookings import mails as booking_mails
from app.bookings import subscribers as booking_subscribers
from app.bookings.views import check_in, confirming, door, finding, own, people
from app.bookings.views import family as bookings
from app.config import Settings
from app.core import i18n
from app.core import views as core
from app.core.cookies import read_cookie, set_cookie
from app.core.errors import MalformedParameter, NotFound
from app.core.http import YEAR_SECONDS
from app.core.translation import gettext
from app.demo import views as demo
from app.events import calendar_mails, proposal_mails
from app.events import subscribers as event_subscribers
from app.events.views import again as studio_again
from app.events.views import calendars as other_calendars
from app.events.views import dates as studio_dates
from app.events.views import editing as studio_events
from app.events.views import event_desk, history, posters, proposal_desk, proposals, studio, vocabulary
from app.events.views import public as events
from app.explore import subscribers as explore_subscribers
from app.explore.api import map as map_api
from app.explore.api import suggest
from app.explore.views import join
from app.explore.views import public as explore
from app.feeds import subscribers as feed_subscribers
from app.feeds.views import calendars as feeds
from app.feeds.views import embed, subscribe, widgets
from app.places import claim_mails, hosting_mails, still_right_mails
from app.places import mails as place_mails
from app.places import subscribers as place_subscribers
from app.places import views as places
from app.places.views import (
    care,
    claim_desk,
    claims,
    desk,
    hours,
    invitations,
    photos,
    pictures,
    reports,
    still_right,
    team,
    trust,
)
from app.spaces import mails as space_mails
from app.spaces import subscribers as space_subscribers
from app.spaces.views import own as reservations
from app.spaces.views import public as spaces
from app.spaces.views import studio as studio_spaces
from app.web_errors import register_error_pages
from app.web_navigation import context

# These register themselves by being imported; lower features first, so that upper ones hear of what they finished.
LISTENING = (
    place_subscribers,
    event_subscribers,
    booking_subscribers,
    space_subscribers,
    explore_subscribers,
    feed_subscribers,
    account_mails,
    place_mails,
    hosting_mails,
    claim_mails,
    still_right_mails,
    proposal_mails,
    calendar_mails,
    booking_mails,
    link_mails,
    space_mails,
)
BLUEPRINTS = (
    core.blueprint,
    accounts.blueprint,
    devices.blueprint,
    passkeys.blueprint,
    feedback.blueprint,
    places.blueprint,
    trust.blueprint,
    reports.blueprint,
    care.blueprint,
    team.blueprint,
    invitations.blueprint,
    claims.blueprint,
    claim_desk.blueprint,
    still_right.blueprint,
    desk.blueprint,
    hours.blueprint,
    photos.blueprint,
    pictures.blueprint,
    events.blueprint,
    studio.blueprint,
    studio_dates.blueprint,
    studio_events.blueprint,
    history.blueprint,
    proposals.blueprint,
    proposal_desk.blueprint,
    event_desk.blueprint,
    vocabulary.blueprint,
    posters.blueprint,
    other_calendars.blueprint,
    studio_again.blueprint,
    finding.blueprint,
    own.blueprint,
    bookings.blueprint,
    confirming.blueprint,
    spaces.blueprint,
    reservations.blueprint,
    studio_spaces.blueprint,
    people.blueprint,
    door.blueprint,
    check_in.blueprint,
    explore.blueprint,
    join.blueprint,
    map_api.blueprint,
    suggest.blueprint,
    feeds.blueprint,
    subscribe.blueprint,
    embed.blueprint,
    widgets.blueprint,
    demo.blueprint,
)
csrf = CSRFProtect()


def init_app(app: Flask, settings: Settings) -> None:
    """Register error pages, what every template knows, and the features in order."""
    app.config["WTF_CSRF_TIME_LIMIT"] = (
        None  # as long as the browser is open: babies interrupt, and nothing typed is lost
    )
    csrf.init_app(app)
    csrf.exempt(
        trust.confirm_it
    )  # asks for the token itself, where the browser does not tell that our page asks
    register_error_pages(app)
    app.context_processor(context)
    app.before_request(refuse_null_bytes)
    app.before_request(check_known_everywhere)
    app.after_request(remember_language)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    session_cookie.init_app(app)


def refuse_null_bytes() -> None:
    """No name and no search holds a null byte, and PostgreSQL refuses to compare with one."""
    if "\x00" in request.path:
        raise NotFound
    for name, value in request.args.items(multi=True):
        if "\x00" in name or "\x00" in value:
            raise MalformedParameter(name, gettext("The address holds a character that no text has."))


def check_known_everywhere() -> None:
    """?lang= is known on every address; machines are told when they misspell it."""
    if i18n.is_machine_address(request.path):
        i18n.check_machine_language()


def remember_language(response: Response) -> Response:
    """A language chosen on purpose is remembered; reading without choosing sets no cookie.

    Only a page that somebody opens is a choice, not a calendar that has moved: scripts and frames fetch pages in several languages (Fetch Metadata;
    browsers without it send nothing, and are believed).
    """
    asked = request.args.get("lang", "")
    is_opened = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    is_page = response.mimetype == "text/html" and not i18n.is_machine_address(request.path)
    is_choice = asked in i18n.language_codes() and is_page
    if is_opened and is_choice and read_cookie(i18n.LANGUAGE_COOKIE) != asked:
        set_cookie(response, i18n.LANGUAGE_COOKIE, asked, seconds=YEAR_SECONDS)
    return response
