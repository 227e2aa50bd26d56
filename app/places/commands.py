"""What somebody asks of places, already typed."""

from dataclasses import dataclass
from datetime import date

from app.core.local_text import LocalText
from app.places.rules.vocabulary import (
    Amenity,
    AmenityState,
    ConfirmedBy,
    Membership,
    PlaceKind,
    Profession,
)
from geo.point import Point


@dataclass(frozen=True)
class AmenityFact:
    """What is known of one amenity, where (detail), who said so last and when."""

    amenity: Amenity
    state: AmenityState
    detail: LocalText | None = None
    confirmed_on: date | None = None
    confirmed_by: ConfirmedBy | None = None


@dataclass(frozen=True)
class IslandFact:
    """Membership in the network; the corner's own opening_hours (OSM), where they are shorter than the host's."""

    membership: Membership
    since: date
    opening_hours: str = ""


@dataclass(frozen=True)
class ProfessionalFact:
    """Who can help there, and when (OSM opening_hours)."""

    profession: Profession
    name: str = ""
    opening_hours: str = ""
    note: LocalText | None = None


@dataclass(frozen=True)
class SavePlace:
    """Create the place with this (source, source_id), or bring it up to date.

    What a source does not know it leaves empty: facts that a person confirmed, the membership and the professionals
    that are stored stay then. `country` is ISO 3166 alpha-2, `tzid` an IANA zone, `languages` BCP 47 codes.
    """

    source: str
    source_id: str
    name: str
    kind: PlaceKind
    location: Point
    tzid: str
    country: str
    subdivision: str = ""
    name_language: str = "it"
    description: LocalText | None = None
    street_address: str = ""
    postal_code: str = ""
    locality: str = ""
    opening_hours: str = ""
    access_notes: LocalText | None = None
    phone: str = ""
    email: str = ""
    website: str = ""
    languages: tuple[str, ...] = ()
    picture: str = ""
    picture_alt: LocalText | None = None
    amenities: tuple[AmenityFact, ...] = ()
    island: IslandFact | None = None
    professionals: tuple[ProfessionalFact, ...] = ()
    is_demo: bool = False
    is_published: bool = True


@dataclass(frozen=True)
class AddPhoto:
    """A file as it was sent, and what it shows in words; `person_id` is who sent it."""

    place_id: int
    alt: LocalText
    data: bytes
    person_id: int | None = None
