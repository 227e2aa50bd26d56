"""The page of a place: at most eight queries."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from app.core.i18n import chosen_language, local
from app.core.local_text import Text
from app.core.phrasing import listed, side_by_side
from app.core.preview import Preview
from app.core.translation import gettext
from app.places import labels, wording
from app.places.cards import opening_view, place_cards, place_url
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
from app.places.pictures import picture_url
from app.places.queries import AmenityView, PlaceView, opening_rows, place_by_slug, territory_ids
from app.places.rules.freshness import confirmation
from app.places.rules.holidays import is_holiday
from app.places.rules.hours import is_readable, is_uncertain
from app.places.rules.opening import opening_state
from app.places.rules.vocabulary import Amenity, AmenityState, Membership
from app.places.rules.week import DayHours, week, week_bounds
from app.places.sections import place_sections
from app.territories import queries as territories

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
    picture = local(place.picture_alt)
    return PlacePage(
        id=place.public_id,
        url=place_url(place.slug),
        name=Text(place.name, place.name_language),
        kind_text=labels.kind_text(place.kind),
        kind_icon=labels.kind_icon(place.kind),
        is_island=place.is_island,
        is_demo=place.is_demo,
        description=local(place.description),
        picture_url=picture_url(place.picture),
        picture_alt=picture.value if picture else "",
        address_text=_address_text(place),
        directions=direction_links(place.location, place.name),
        opening=opening_view(opening_state(rows, at, texts=place.hours_texts), at, place.tzid),
        hours_rows=_hours_rows(place, days, at),
        hours_text=_raw_hours(place),
        corner_hours_text=_corner_text(place),
        amenities=_amenity_rows(place, at),
        access_notes=local(place.access_notes),
        phone=place.phone or None,
        email=place.email or None,
        website=place.website if place.website.startswith(("https://", "http://")) else None,
        languages_text=_languages_text(place.languages),
        professionals=_professionals(place),
        territories_text=side_by_side(*territories.names(territory_ids(place.id))),
        events=place_sections.of_place("events", place.id, language) or [],
        feed=place_sections.of_place("feed", place.id, language),
        json_ld=place_json_ld(place, days),
        print_url=f"{place_url(place.slug)}/print",
        qr_svg_url=f"{place_url(place.slug)}/qr.svg",
        island_text=_island_text(place),
        confirmed_text=wording.confirmed_text(confirmation(place.confirmed_on, at.astimezone(zone).date())),
        preview=_preview(place),
    )


def _preview(place: PlaceView) -> Preview:
    found = {fact.amenity for fact in place.amenities if fact.state is AmenityState.YES}
    amenities = [labels.amenity_text(one) for one in Amenity if one in found][:AMENITIES_IN_A_PREVIEW]
    facts = side_by_side(place.name, labels.kind_text(place.kind), _address_text(place), *amenities)
    return Preview(place.name, facts, place_url(place.slug), picture_url(place.picture))


def _address_text(place: PlaceView) -> str:
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


def _raw_hours(place: PlaceView) -> str | None:
    """Hours that cannot be read, or that say something in words, as they were written."""
    unclear = [text for text in place.hours_texts if text and (not is_readable(text) or is_uncertain(text))]
    return "\n".join(unclear) or None


def _corner_text(place: PlaceView) -> str | None:
    host, corner = place.hours_texts
    if not corner or corner == host:
        return None
    return gettext("The corner for parents: %(hours)s", hours=wording.hours_text(corner))


def _amenity_rows(place: PlaceView, at: datetime) -> list[AmenityRow]:
    """Every amenity in vocabulary order, known ones before the ones that nobody has told us of."""
    today = at.astimezone(ZoneInfo(place.tzid)).date()
    known = {fact.amenity: fact for fact in place.amenities if fact.state is not AmenityState.UNKNOWN}
    rows = [_known_row(place, known[amenity], today) for amenity in Amenity if amenity in known]
    unknown = labels.state_text(AmenityState.UNKNOWN)
    return rows + [
        AmenityRow(
            one.value, labels.amenity_icon(one), labels.amenity_text(one), AmenityState.UNKNOWN.value, unknown, None, None
        )
        for one in Amenity
        if one not in known
    ]  # fmt: skip


def _known_row(place: PlaceView, fact: AmenityView, today: date) -> AmenityRow:
    fresh = confirmation(fact.confirmed_on, today)
    return AmenityRow(
        code=fact.amenity.value,
        icon=labels.amenity_icon(fact.amenity),
        text=labels.amenity_text(fact.amenity),
        state=fact.state.value,
        state_text=labels.state_text(fact.state),
        detail=local(fact.detail),
        confirmed_text=wording.confirmed_text(fresh, fact.confirmed_by, place.kind),
    )


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


def _island_text(place: PlaceView) -> str | None:
    if place.island is None:
        return None
    since = wording.month_text(place.island.since)
    if place.island.membership is Membership.MOTHER:
        return gettext("A mother island of the network since %(month)s", month=since)
    return gettext("Wendy Island since %(month)s", month=since)
