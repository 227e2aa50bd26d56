"""The page of a place: at most eight queries."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from app.core.i18n import chosen_language, local
from app.core.local_text import Text
from app.core.phrasing import listed, side_by_side
from app.core.preview import Preview
from app.core.translation import gettext
from app.places import labels, wording
from app.places.answers import amenity_answers
from app.places.cards import opening_view, place_cards, place_url
from app.places.darkroom import Card
from app.places.directions import direction_links
from app.places.json_ld import place_json_ld
from app.places.page_objects import (
    AmenityChip,
    AmenityRow,
    HoursRow,
    OpeningView,
    PlaceCard,
    PlacePage,
    ProfessionalRow,
)
from app.places.pictures import photos_on_page, picture_url
from app.places.queries import PhotoView, PlaceView, areas_of, opening_rows, photos_of, place_by_slug
from app.places.regular_wording import regular_text
from app.places.rules.holidays import is_holiday
from app.places.rules.hours import Locale as HoursLocale
from app.places.rules.hours import is_readable, is_uncertain
from app.places.rules.opening import opening_state
from app.places.rules.regular import regular_week
from app.places.rules.trust import shown_text
from app.places.rules.vocabulary import Amenity, AmenityState, Membership
from app.places.rules.week import DayHours, week, week_bounds
from app.places.sections import place_sections
from app.places.shared_cards import card_of_place, place_card

AMENITIES_IN_A_PREVIEW = 4

__all__ = [
    "AmenityChip",
    "AmenityRow",
    "HoursRow",
    "OpeningView",
    "PlaceCard",
    "PlacePage",
    "ProfessionalRow",
    "place_cards",
    "place_page",
    "place_sections",
]


def place_page(slug: str, at: datetime) -> PlacePage | None:
    """The page of the published place at this address, or None."""
    place, language = place_by_slug(slug), chosen_language()
    if place is None:
        return None
    zone = ZoneInfo(place.tzid)
    start, end = week_bounds(at, zone)
    rows = opening_rows(place.id, min(start, at), end + timedelta(days=1))
    days = week(rows, at, zone)
    answers = amenity_answers(place, at)
    picture, photos = local(place.picture_alt), photos_of(place.id)
    return PlacePage(
        id=place.public_id,
        slug=place.slug,
        url=place_url(place.slug),
        name=Text(place.name, place.name_language),
        kind_text=labels.kind_text(place.kind),
        kind_icon=labels.kind_icon(place.kind),
        is_island=place.is_island,
        is_demo=place.is_demo,
        description=local(place.description),
        picture_url=picture_url(place.picture),
        picture_alt=picture.value if picture else "",
        photos=photos_on_page(photos),
        address_text=address_text(place),
        directions=direction_links(place.location, place.name),
        opening=opening_view(opening_state(rows, at, texts=place.hours_texts), at, place.tzid),
        hours_rows=_hours_rows(place, days, at),
        hours_text=raw_hours(place),
        corner_hours_text=_corner_text(place, at),
        amenities=answers.rows,
        access_notes=local(place.access_notes),
        phone=place.phone or None,
        email=place.email or None,
        website=place.website if place.website.startswith(("https://", "http://")) else None,
        languages_text=_languages_text(place.languages),
        professionals=_professionals(place),
        territories_text=_territories_text(place),
        events=place_sections.of_place("events", place.id, language) or [],
        feed=place_sections.of_place("feed", place.id, language),
        spaces=place_sections.of_place("spaces", place.id, language),
        json_ld=place_json_ld(place, days, photos),
        print_url=f"{place_url(place.slug)}/print",
        qr_svg_url=f"{place_url(place.slug)}/qr.svg",
        island_text=island_text(place),
        confirmed_text=answers.confirmed_text,
        shown_facts=shown_text((fact.amenity, fact.state) for fact in place.amenities),
        preview=_preview(place, photos),
    )


def card_of(place: PlaceView) -> Card:
    """What the card of a shared link says of the place."""
    return card_of_place(place, photos_of(place.id), address_text(place))


def _preview(place: PlaceView, photos: Sequence[PhotoView]) -> Preview:
    found = {
        fact.amenity for fact in place.amenities if fact.state is AmenityState.YES and not fact.is_doubted
    }
    amenities = [labels.amenity_text(one) for one in Amenity if one in found][:AMENITIES_IN_A_PREVIEW]
    facts = side_by_side(place.name, labels.kind_text(place.kind), address_text(place), *amenities)
    card = card_of_place(place, photos, address_text(place))
    return Preview(place.name, facts, place_url(place.slug), place_card(place.slug, card))


def _territories_text(place: PlaceView) -> str:
    found = areas_of(place.id)
    return side_by_side(*(wording.territory_text(one.name, is_demo=one.is_demo) for one in found))


def address_text(place: PlaceView) -> str:
    """As addresses are written there, whatever the reader's language: the page keeps it apart."""
    town = f"{place.postal_code} {place.locality}".strip()
    return ", ".join(part for part in (place.street_address, town) if part)


def _hours_rows(place: PlaceView, days: Sequence[DayHours], at: datetime) -> list[HoursRow]:
    """The coming week, or nothing where the hours cannot be read: they are shown as written then."""
    texts = [text for text in place.hours_texts if text]
    if not texts or not all(is_readable(text) for text in texts):
        return []
    uncertain = any(is_uncertain(text) for text in texts)
    today = at.astimezone(ZoneInfo(place.tzid)).date()
    return [
        HoursRow(
            wording.week_day_text(day.day, is_holiday=is_holiday(place.country, place.subdivision, day.day)),
            wording.day_hours_text(day, is_uncertain=uncertain),
            day.day == today,
        )
        for day in days
    ]


def raw_hours(place: PlaceView) -> str | None:
    """Hours that cannot be read, or that say something in words, as they were written."""
    unclear = [text for text in place.hours_texts if text and (not is_readable(text) or is_uncertain(text))]
    return "\n".join(unclear) or None


def _corner_text(place: PlaceView, at: datetime) -> str | None:
    """Whose hours the table says, where the corner has its own: host and corner must never be taken for each other."""
    host, corner = place.hours_texts
    if not has_own_corner_hours(place):
        return None
    if not (is_readable(host) and is_readable(corner)):
        return gettext("The corner for parents: %(hours)s", hours=wording.hours_text(corner))
    hours = regular_text(
        regular_week(host, "", at.astimezone(ZoneInfo(place.tzid)).date(), locale_of(place)).days
    )
    return gettext(
        "These are the hours of the corner for parents. The place itself is open longer: %(hours)s",
        hours=hours,
    )


def has_own_corner_hours(place: PlaceView) -> bool:
    """Whether the corner can be used at other times than its host."""
    host, corner = place.hours_texts
    return bool(host and corner and corner != host)


def locale_of(place: PlaceView) -> HoursLocale:
    """Where a place's hours hold."""
    return HoursLocale(place.tzid, place.country, place.subdivision, place.location)


def _languages_text(codes: Sequence[str]) -> str | None:
    """The languages spoken there, in the reader's language."""
    names = [name for code in codes if (name := _language_name(code, chosen_language()))]
    return gettext("Spoken here: %(languages)s", languages=listed(names)) if names else None


def _language_name(code: str, language: str) -> str | None:
    try:
        return Locale.parse(code, sep="-").get_display_name(language)
    except (ValueError, UnknownLocaleError):
        return None


def _professionals(place: PlaceView) -> list[ProfessionalRow]:
    return [
        ProfessionalRow(
            labels.profession_text(one.profession),
            one.name or None,
            wording.hours_text(one.opening_hours),
            local(one.note),
        )
        for one in place.professionals
    ]


def island_text(place: PlaceView) -> str | None:
    """Since when it is an island, for those that are one."""
    if place.island is None:
        return None
    since = wording.month_text(place.island.since)
    if place.island.membership is Membership.MOTHER:
        return gettext("A mother island of the network since %(month)s", month=since)
    return gettext("Wendy Island since %(month)s", month=since)
