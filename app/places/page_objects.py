"""What pages show of places: plain values with ready texts; templates only arrange them."""

from dataclasses import dataclass
from typing import Any

from app.core.http import Link
from app.core.local_text import Text
from app.core.preview import Preview


@dataclass(frozen=True)
class OpeningView:
    """`state` is open, closing, closed or unknown; `text` says it in a line."""

    state: str
    text: str


@dataclass(frozen=True)
class AmenityChip:
    """An amenity of a card: always icon and words."""

    code: str
    icon: str
    text: str


@dataclass(frozen=True)
class PlaceCard:
    """One place of a list."""

    id: str
    url: str
    name: Text
    kind: str
    kind_icon: str
    kind_text: str
    opening: OpeningView
    amenities: tuple[AmenityChip, ...]
    confirmed_text: str | None
    is_island: bool
    is_demo: bool
    no_purchase_text: str | None
    next_event_text: str | None
    next_event_url: str | None


@dataclass(frozen=True)
class HoursRow:
    """One day of the hours table."""

    day_text: str
    hours_text: str
    is_today: bool


@dataclass(frozen=True)
class AmenityRow:
    """One amenity with its answer: `state` is yes, no or unknown.

    `confirmed_text` only where it differs from what is said once of all (PlacePage.confirmed_text). `is_doubted`: several
    parents say that it has changed; the state is still what was said before.
    """

    code: str
    icon: str
    text: str
    state: str
    state_text: str
    detail: Text | None
    confirmed_text: str | None
    is_doubted: bool = False


@dataclass(frozen=True)
class ProfessionalRow:
    """Who can help here, and when."""

    profession_text: str
    name: str | None
    hours_text: str
    note: Text | None


@dataclass(frozen=True)
class PhotoOnPage:
    """A photo as <picture> needs it: addresses with widths, the largest size in pixels, what it shows in words."""

    id: str
    alt: Text
    url: str
    width: int
    height: int
    srcset: str
    modern_srcset: str
    modern_type: str


@dataclass(frozen=True)
class PlacePage:
    """A place in full. `events` and `feed` come from upper features (places.sections)."""

    id: str
    slug: str
    url: str
    name: Text
    kind_text: str
    kind_icon: str
    is_island: bool
    is_demo: bool
    description: Text | None
    picture_url: str | None
    picture_alt: str
    photos: list[PhotoOnPage]
    address_text: str
    directions: list[Link]
    opening: OpeningView
    hours_rows: list[HoursRow]
    hours_text: str | None
    corner_hours_text: str | None
    amenities: list[AmenityRow]
    access_notes: Text | None
    phone: str | None
    email: str | None
    website: str | None
    languages_text: str | None
    professionals: list[ProfessionalRow]
    territories_text: str
    events: list[Any]
    spaces: Link | None
    feed: Any
    json_ld: dict[str, Any]
    print_url: str
    qr_svg_url: str
    island_text: str | None
    confirmed_text: str | None
    shown_facts: str
    preview: Preview


@dataclass(frozen=True)
class SheetPage:
    """A place on one sheet of paper: what stays right for months. `hours_rows` are the days of any week."""

    id: str
    url: str
    name: Text
    kind_text: str
    address_text: str
    is_demo: bool
    island_text: str | None
    lead_text: str | None
    amenities: list[AmenityRow]
    ask_text: str | None
    hours_title: str
    hours_rows: list[HoursRow]
    hours_text: str | None
    exceptions: list[str]
    qr_svg_url: str
    web_address: str
    printed_text: str
