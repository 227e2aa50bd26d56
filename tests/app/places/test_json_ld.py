"""What search engines are told of a place holds words of schema.org only, and each where it belongs."""

from typing import Any

import pytest
from flask import Flask

from app.core import clock
from app.core.local_text import LocalText
from app.places import service
from app.places.commands import AddPhoto
from app.places.pages import place_page
from app.places.queries import place_by_slug
from app.places.rules.vocabulary import PlaceKind
from tests.app.darkroom.pictures import photo
from tests.app.places.places import pharmacy

# Properties by type, from schema.org (release 29): the types that we use, each with what it inherits.
THING = {"name", "url", "description", "image", "sameAs", "disambiguatingDescription", "additionalType"}
PLACE = THING | {
    "address", "geo", "telephone", "isAccessibleForFree", "publicAccess", "amenityFeature", "openingHoursSpecification",
    "additionalProperty", "photo", "maximumAttendeeCapacity",
}  # fmt: skip
BUSINESS = PLACE | {"openingHours", "email", "knowsLanguage", "priceRange"}
PROPERTIES = {
    "Place": PLACE,
    **dict.fromkeys(
        ("Pharmacy", "BookStore", "CafeOrCoffeeShop", "Store", "MedicalClinic", "Library"), BUSINESS
    ),
    "PostalAddress": THING
    | {"streetAddress", "postalCode", "addressLocality", "addressCountry", "addressRegion"},
    "GeoCoordinates": THING | {"latitude", "longitude"},
    "LocationFeatureSpecification": THING | {"value"},
    "PropertyValue": THING | {"value"},
    "OpeningHoursSpecification": THING | {"opens", "closes", "dayOfWeek", "validFrom", "validThrough"},
    "ImageObject": THING | {"contentUrl", "width", "height", "caption"},
    "QuantitativeValue": THING | {"value", "unitCode"},
}


def strange(node: Any, where: str = "") -> list[str]:
    """Types and properties that schema.org does not know there."""
    if isinstance(node, list):
        return [fault for one in node for fault in strange(one, where)]
    if not isinstance(node, dict):
        return []
    kind = node.get("@type", "none")
    known = PROPERTIES.get(kind)
    if known is None:
        return [f"{where}: {kind} is no type"]
    own = [f"{where}/{kind}: {name}" for name in node if not name.startswith("@") and name not in known]
    return own + [fault for name, value in node.items() for fault in strange(value, f"{where}/{name}")]


def json_ld(app: Flask, **changes: Any) -> dict[str, Any]:
    with app.app_context():
        service.save_places([pharmacy(**changes)])
        found = place_by_slug("farmacia-del-prato")
        assert found is not None
        service.add_photo(AddPhoto(found.id, LocalText.of("it", it="Il fasciatoio"), photo()))
    with app.test_request_context("/?lang=it"):
        page = place_page("farmacia-del-prato", clock.now())
        assert page is not None
        return page.json_ld


@pytest.mark.parametrize("hours", ["Mo-Fr 08:30-19:30", "Mo-Fr 08:30-19:30; PH off", ""])
def test_every_kind_of_place_validates(app: Flask, hours: str) -> None:
    for kind in PlaceKind:
        data = json_ld(app, kind=kind, opening_hours=hours, email="qui@example.org", is_demo=True)
        assert strange(data) == []
        assert data["@context"] == "https://schema.org"
        assert ("email" in data) == (data["@type"] != "Place")


def test_it_shows_the_photos_at_whole_addresses(app: Flask) -> None:
    (image,) = json_ld(app)["image"]
    assert image["contentUrl"].startswith("http://localhost:8000/photos/")
    assert image["contentUrl"].endswith(".jpg")
    assert (image["width"]["value"], image["height"]["value"], image["caption"]) == (
        840,
        630,
        "Il fasciatoio",
    )


def test_a_place_without_photos_names_none(app: Flask) -> None:
    with app.app_context():
        service.save_places([pharmacy()])
    with app.test_request_context("/"):
        page = place_page("farmacia-del-prato", clock.now())
    assert page is not None
    assert "image" not in page.json_ld


def test_strange_words_are_seen() -> None:
    assert strange({"@type": "Place", "email": "x"}) == ["/Place: email"]
    assert strange({"@type": "Shop"}) == [": Shop is no type"]
