"""An event for search engines (schema.org Event), one object for each date. Made-up events say so."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from app.core.http import absolute
from app.core.local_text import LocalText
from app.core.translation import gettext
from app.events.facts import EventView, OccurrenceView
from app.events.rules.bodies import Speaker
from app.events.rules.vocabulary import OccurrenceStatus

SCHEMA = "https://schema.org"
_STATUS = {
    OccurrenceStatus.SCHEDULED: f"{SCHEMA}/EventScheduled",
    OccurrenceStatus.CANCELLED: f"{SCHEMA}/EventCancelled",
    OccurrenceStatus.POSTPONED: f"{SCHEMA}/EventPostponed",
}


def event_json_ld(event: EventView, date: OccurrenceView, language: str) -> dict[str, Any]:
    """JSON-LD of one date: times with the offset of the place; a moved date says when it was meant to be."""
    zone = ZoneInfo(date.tzid)
    data: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": absolute("events.occurrence", occurrence_id=date.public_id),
        "url": absolute("events.occurrence", occurrence_id=date.public_id),
        "name": event.title.within(language).value,
        "startDate": date.starts_at.astimezone(zone).isoformat(),
        "endDate": date.ends_at.astimezone(zone).isoformat(),
        "eventStatus": _STATUS[date.status],
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "location": _location(event),
        "isAccessibleForFree": not event.price,
        "organizer": _organizations(event.organisers or (event.place.name.value,)),
    }
    if date.is_moved:
        data["eventStatus"] = f"{SCHEMA}/EventRescheduled"
        data["previousStartDate"] = date.recurrence_id.astimezone(zone).isoformat()
    return data | _more(event, date, language)


def _organizations(names: Sequence[str]) -> list[dict[str, str]]:
    return [{"@type": "Organization", "name": name} for name in names]


def _performers(speakers: Sequence[Speaker]) -> list[dict[str, str]]:
    return [
        {"@type": "Person", "name": one.name} | ({"jobTitle": one.profession} if one.profession else {})
        for one in speakers
    ]


def _location(event: EventView) -> dict[str, Any]:
    place = event.place
    return {
        "@type": "Place",
        "name": place.name.value,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.street_address,
            "postalCode": place.postal_code,
            "addressLocality": place.locality,
            "addressCountry": place.country,
        },
        "geo": {"@type": "GeoCoordinates", "latitude": event.location.lat, "longitude": event.location.lon},
    }


def _more(event: EventView, date: OccurrenceView, language: str) -> dict[str, Any]:
    """What is not known of every event."""
    more: dict[str, Any] = {}
    if event.description:
        more["description"] = _text(event.description, language)
    if event.partners:
        more["contributor"] = _organizations(event.partners)
    if event.speakers:
        more["performer"] = _performers(event.speakers)
    if event.languages:
        more["inLanguage"] = list(event.languages)
    if event.age_to_months is not None and event.age_to_months >= 0:
        years = (max(0, event.age_from_months or 0) // 12, -(-event.age_to_months // 12))
        more["typicalAgeRange"] = f"{years[0]}-{years[1]}"
    if event.is_demo:
        more["disambiguatingDescription"] = gettext(
            "Made up for a demonstration: this event does not take place."
        )
    if date.capacity is not None:
        more["maximumAttendeeCapacity"] = date.capacity
        more["remainingAttendeeCapacity"] = date.free
    return more


def _text(text: LocalText, language: str) -> str:
    return text.within(language).value
