"""A place for search engines: schema.org JSON-LD. Made-up places say so."""

from collections.abc import Sequence
from typing import Any

from app.core.http import absolute
from app.core.i18n import chosen_language, local
from app.core.translation import gettext
from app.places import labels
from app.places.queries import PhotoView, PlaceView
from app.places.rules.photos import PhotoFormat
from app.places.rules.plain_hours import schema_hours
from app.places.rules.vocabulary import AmenityState, PlaceKind
from app.places.rules.week import DayHours

# Types that are a LocalBusiness or CivicStructure, so that openingHours may stand on them.
_TYPES: dict[PlaceKind, str] = {
    PlaceKind.PHARMACY: "Pharmacy",
    PlaceKind.BOOKSHOP: "BookStore",
    PlaceKind.CAFE: "CafeOrCoffeeShop",
    PlaceKind.SHOP: "Store",
    PlaceKind.MEDICAL: "MedicalClinic",
    PlaceKind.LIBRARY: "Library",
}


def place_json_ld(
    place: PlaceView, week: Sequence[DayHours], photos: Sequence[PhotoView] = ()
) -> dict[str, Any]:
    """The object for a place's page, in the reader's language where there is a choice."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(place.kind, "Place"),
        "@id": absolute("places.detail", slug=place.slug),
        "url": absolute("places.detail", slug=place.slug),
        "name": place.name,
        "address": _address(place),
        "geo": {"@type": "GeoCoordinates", "latitude": place.location.lat, "longitude": place.location.lon},
        "isAccessibleForFree": True,
        "publicAccess": True,
        "amenityFeature": _amenities(place),
    }
    description = local(place.description)
    optional = {
        "description": description.value if description else "",
        "telephone": place.phone,
        "email": place.email if place.kind in _TYPES else None,  # a Place has none, an organisation has
        "image": [_image(photo) for photo in photos],
        "sameAs": place.website,
        "knowsLanguage": place.languages if place.kind in _TYPES else None,
    }
    data.update({name: value for name, value in optional.items() if value})
    data.update(_hours(place, week))
    if place.is_demo:
        data["disambiguatingDescription"] = gettext("Made up for a demonstration: this place does not exist.")
        data["additionalProperty"] = {"@type": "PropertyValue", "name": "demo", "value": True}
    return data


def _address(place: PlaceView) -> dict[str, str]:
    parts = {
        "streetAddress": place.street_address,
        "postalCode": place.postal_code,
        "addressLocality": place.locality,
        "addressCountry": place.country,
    }
    return {"@type": "PostalAddress"} | {name: text for name, text in parts.items() if text}


def _image(photo: PhotoView) -> dict[str, Any]:
    """The JPEG that everything reads."""
    file = photo.of(PhotoFormat.JPEG)[0]
    return {
        "@type": "ImageObject",
        "contentUrl": absolute("pictures.photo", digest=file.digest, ending="jpg"),
        "width": {"@type": "QuantitativeValue", "value": file.width, "unitCode": "E37"},
        "height": {"@type": "QuantitativeValue", "value": file.height, "unitCode": "E37"},
        "caption": str(photo.alt.within(chosen_language())),
    }


def _amenities(place: PlaceView) -> list[dict[str, Any]]:
    return [
        {
            "@type": "LocationFeatureSpecification",
            "name": labels.amenity_text(fact.amenity),
            "value": fact.state is AmenityState.YES,
        }
        for fact in place.amenities
        if fact.state is not AmenityState.UNKNOWN and not fact.is_doubted
    ]


def _hours(place: PlaceView, week: Sequence[DayHours]) -> dict[str, Any]:
    """Simple hours as openingHours; others day by day for the coming week."""
    host, corner = place.hours_texts
    simple = schema_hours(corner or host) if not (corner and host) or corner == host else None
    if simple and place.kind in _TYPES:
        return {"openingHours": simple}
    specified = [
        {
            "@type": "OpeningHoursSpecification",
            "opens": f"{opens:%H:%M}",
            "closes": "23:59" if day.is_whole_day else f"{closes:%H:%M}",
            "validFrom": day.day.isoformat(),
            "validThrough": day.day.isoformat(),
        }
        for day in week
        for opens, closes in day.stretches
    ]
    return {"openingHoursSpecification": specified} if specified else {}
