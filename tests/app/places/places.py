"""Commands that tests of places start from."""

from datetime import date
from typing import Any

from app.core.local_text import LocalText
from app.places.commands import AmenityFact, IslandFact, ProfessionalFact, SavePlace
from app.places.rules.vocabulary import (
    Amenity,
    AmenityState,
    ConfirmedBy,
    Membership,
    PlaceKind,
    Profession,
)
from geo.point import Point

CONFIRMED_ON = date(2026, 11, 10)


def pharmacy(source_id: str = "1", **changes: Any) -> SavePlace:
    """A pharmacy in Milan that is an island."""
    facts: dict[str, Any] = {
        "source": "test",
        "source_id": source_id,
        "name": "Farmacia del Prato",
        "kind": PlaceKind.PHARMACY,
        "location": Point(lon=9.16, lat=45.45),
        "tzid": "Europe/Rome",
        "country": "IT",
        "subdivision": "MI",
        "street_address": "Via del Prato 3",
        "postal_code": "20144",
        "locality": "Milano",
        "description": LocalText.of("it", it="Un angolo tranquillo.", en="A quiet corner."),
        "opening_hours": "Mo-Fr 08:30-19:30; Sa 09:00-12:30; PH off",
        "languages": ("it", "en", "ar"),
        "phone": "+39 02 1234",
        "website": "https://example.org",
        "amenities": (
            AmenityFact(Amenity.CHANGING_TABLE, AmenityState.YES, LocalText.of("it", it="in sala"), CONFIRMED_ON, ConfirmedBy.HOST),
            AmenityFact(Amenity.PLAY_AREA, AmenityState.NO, None, date(2026, 10, 1), ConfirmedBy.PARENT),
        ),
        "island": IslandFact(Membership.MERCHANT, date(2017, 3, 6)),
        "professionals": (ProfessionalFact(Profession.MIDWIFE, "Giulia", "We 10:00-13:00"),),
    }  # fmt: skip
    return SavePlace(**{**facts, **changes})


def plain(source_id: str, **changes: Any) -> SavePlace:
    """A place of which little is known."""
    nothing = {"island": None, "professionals": (), "amenities": (), "description": None, "opening_hours": ""}
    return pharmacy(source_id, **{**nothing, **changes})
