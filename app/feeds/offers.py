"""The page object of /subscribe: every calendar of the network, its parts and topics, and the box of the chosen one."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.preview import Preview
from app.core.translation import gettext as _
from app.events.queries.topics import topics
from app.events.topic_names import topic_name
from app.feeds.bodies import link
from app.feeds.labels import calendar_name
from app.feeds.pages import FeedLinks, feed_links, network_feed
from app.places.wording import territory_text
from app.territories.queries import all_territories
from app.territories.rules import TerritoryKind

ADDRESS = "/subscribe"


@dataclass(frozen=True)
class Offer:
    """A calendar to choose: `value` is what the address says, such as "topics/reading"; "" is the whole network."""

    value: str
    text: str
    selected: bool


@dataclass(frozen=True)
class OfferGroup:
    """Calendars of one sort, under a heading."""

    label: str
    offers: list[Offer]


@dataclass(frozen=True)
class SubscribePage:
    """`notice_text` says that the address asked for a calendar there is not; `feed` is then the whole network's."""

    everything: Offer
    groups: list[OfferGroup]
    feed: FeedLinks
    notice_text: str | None
    preview: Preview


def subscribe_page(chosen: str, language: str) -> SubscribePage:
    """The choices, and the box of the `chosen` one in this language."""
    groups = [
        OfferGroup(_("Part of the city"), list(_areas(chosen))),
        OfferGroup(_("Topic"), list(_topics(chosen))),
    ]
    found = next((offer for group in groups for offer in group.offers if offer.selected), None)
    notice = (
        _("There is no such calendar. Below is that of the whole network.") if chosen and not found else None
    )
    return SubscribePage(
        everything=Offer("", _("The whole network"), found is None),
        groups=[group for group in groups if group.offers],
        feed=_feed(found, language) if found else network_feed(language),
        notice_text=notice,
        preview=Preview(
            _("A calendar on your phone"),
            _("What is on at the islands, in your own calendar: you subscribe once, new dates and changes arrive by themselves."),
            f"{ADDRESS}?of={found.value}" if found else ADDRESS,
        ),
    )  # fmt: skip


def _areas(chosen: str) -> Iterator[Offer]:
    """Municipi; neighbourhoods, which are many, have their calendar on the pages of their places."""
    for each in all_territories():
        value = f"territories/{each.code}"
        if each.kind is TerritoryKind.MUNICIPIO or value == chosen:
            yield Offer(value, territory_text(each.name, is_demo=each.is_demo), value == chosen)


def _topics(chosen: str) -> Iterator[Offer]:
    for topic in topics():
        value = f"topics/{topic.slug}"
        yield Offer(value, topic_name(topic), value == chosen)


def _feed(offer: Offer, language: str) -> FeedLinks:
    sort, _slash, key = offer.value.partition("/")
    address = (
        link("feeds.territory", language, code=key)
        if sort == "territories"
        else link("feeds.topic", language, slug=key)
    )
    title = _("Follow the calendar: %(subject)s", subject=offer.text)
    return feed_links(address, calendar_name(offer.text, is_demo=False), title)
