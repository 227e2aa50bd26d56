"""Links with which people subscribe, as the page objects show them."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from app.core.translation import gettext as _
from app.feeds import labels, queries
from app.feeds.bodies import link

OUTLOOK = "https://outlook.live.com/calendar/0/addfromweb?url={url}&name={name}"
GOOGLE = "https://calendar.google.com/calendar/r/settings/addbyurl"


@dataclass(frozen=True)
class FeedLinks:
    """One calendar in the forms that calendars on phones and in browsers take."""

    webcal_url: str
    https_url: str
    outlook_url: str
    google_url: str
    title_text: str


def network_feed(language: str) -> FeedLinks:
    """The network's calendar."""
    title = _("Follow the calendar of the whole network")
    return feed_links(link("feeds.network", language), "Isole di Wendy", title)


def place_feed(place_id: int, language: str) -> FeedLinks | None:
    """A place's calendar; None for a place that is not there."""
    place = queries.place_by_id(place_id)
    if place is None:
        return None
    address = link("feeds.place", language, slug=place.slug)
    name = labels.calendar_name(place.name, is_demo=place.is_demo)
    return feed_links(address, name, _("Follow the calendar of this place"))


def feed_links(address: str, name: str, title: str) -> FeedLinks:
    """Apple and desktop calendars take webcal:, Outlook an address with a name, Google a pasted address."""
    outlook = OUTLOOK.format(url=quote(address, safe=""), name=quote(name, safe=""))
    return FeedLinks(
        f"webcal://{address.removeprefix(urlsplit(address).scheme + '://')}", address, outlook, GOOGLE, title
    )
