"""What somebody asks of places, already typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.core.local_text import LocalText, Text
from app.places.rules.reports import ReportKind, ReportStatus
from app.places.rules.trust import Answer
from app.places.rules.vocabulary import (
    Amenity,
    AmenityState,
    ConfirmedBy,
    HoursOf,
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
class FactAnswer:
    """What a parent says of one fact, and which value they were shown."""

    amenity: Amenity
    shown: AmenityState
    answer: Answer


@dataclass(frozen=True)
class SendReport:
    """Something is wrong at a place; `email` is for the answer alone. The same key again is the same report."""

    kind: ReportKind
    text: Text
    email: str | None
    idempotency_key: str


@dataclass(frozen=True)
class VoteOnFacts:
    """One parent's answers; `network` and `browser` are keyed hashes. `note` says in words what has changed."""

    answers: tuple[FactAnswer, ...]
    network: str
    browser: str
    note: SendReport | None = None


@dataclass(frozen=True)
class AnswerReport:
    """A step of those who look after the place, with words for whoever reported (empty: none)."""

    status: ReportStatus
    text: Text


@dataclass(frozen=True)
class SayFacts:
    """How things are at a place today, as those who look after it say; what is left out stays as it is."""

    states: Mapping[Amenity, AmenityState]
    by: ConfirmedBy


@dataclass(frozen=True)
class AddPhoto:
    """A file as it was sent, and what it shows in words; `person_id` is who sent it."""

    place_id: int
    alt: LocalText
    data: bytes
    person_id: int | None = None


@dataclass(frozen=True)
class SaveHours:
    """When the place, or its corner, is open, in OpenStreetMap's syntax; "" says that nobody knows.

    For a corner "" means whenever the place is open.
    """

    of: HoursOf
    text: str


@dataclass(frozen=True)
class ClaimPlace:
    """Somebody would look after a place; `words` say how they know it."""

    email: str
    name: str
    words: str
    language: str


@dataclass(frozen=True)
class ProposedPlace:
    """A place that is not in the catalogue yet, as somebody of it describes it."""

    name: str
    kind: PlaceKind
    street_address: str
    location: Point


@dataclass(frozen=True)
class Decision:
    """Yes or no to what somebody asked, and why, in the words that reach them."""

    is_yes: bool
    reason: Text
