"""The card that a shared link shows: what stands on it, where it lives, and its bytes once they are drawn."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlencode

from app.core.i18n import DEFAULT_LANGUAGE, chosen_language
from app.core.phrasing import side_by_side
from app.core.preview import SharedPicture
from app.core.translation import gettext
from app.places import labels
from app.places.darkroom import Card, drawn
from app.places.queries import PhotoView, PlaceView, first_jpeg, photo_file
from app.places.rules.photos import PhotoFormat
from app.places.rules.vocabulary import Amenity, AmenityState

DRAWING = "1"  # the design of darkroom/card.py; another number makes networks fetch every card anew
# What parents ask first.
FACTS = (
    Amenity.CHANGING_TABLE, Amenity.CHANGING_TABLE_FATHERS, Amenity.BABY_FEEDING, Amenity.NO_PURCHASE,
    Amenity.PLAY_AREA, Amenity.STEP_FREE,
)  # fmt: skip
MOST_FACTS = 4
KEPT = 128  # of up to 100 kB


def card_of_place(place: PlaceView, photos: Sequence[PhotoView], address: str) -> Card:
    """What the card says of a place, in the reader's language; the first photo lies behind it."""
    there = {fact.amenity for fact in place.amenities if fact.state is AmenityState.YES}
    photo = first_jpeg(photos)
    return Card(
        title=place.name,
        tag=labels.kind_text(place.kind),
        note=gettext("made up") if place.is_demo else "",
        lead=address,
        facts=tuple(labels.amenity_text(one) for one in FACTS if one in there)[:MOST_FACTS],
        photo=photo.digest if photo else "",
    )


def card_of_site() -> Card:
    """The card of pages that are about no single place."""
    return Card(title=gettext("Where to feed and change your baby, nearby"))


def place_card(slug: str, card: Card) -> SharedPicture:
    """Where the card of a place lives; the address changes with what is drawn."""
    alt = side_by_side(card.title, card.tag, card.note, card.lead, *card.facts)
    return SharedPicture(_address(f"/places/{slug}/card.jpg", v=version(card)), alt)


def card_beside(slug: str, name: str) -> SharedPicture:
    """The card of a place for a page of something that happens there."""
    return SharedPicture(_address(f"/places/{slug}/card.jpg"), name)


def site_card() -> SharedPicture:
    """The card of the whole site."""
    return SharedPicture(_address("/card.jpg"), card_of_site().title)


def version(card: Card) -> str:
    """Another one for whatever would be drawn differently."""
    return hashlib.sha256(f"{DRAWING}{card!r}".encode()).hexdigest()[:12]


@lru_cache(KEPT)
def card_bytes(card: Card) -> bytes:
    """The JPEG, drawn at the first ask; the words and the photo are the key, so it never shows an older state."""
    photo = photo_file(card.photo, PhotoFormat.JPEG) if card.photo else None
    return drawn(card, photo.data if photo else b"")


def _address(path: str, **asked: str) -> str:
    """Pictures know no remembered language: it stands in the address, where it is not the site's own."""
    language = chosen_language()
    spoken = {} if language == DEFAULT_LANGUAGE else {"lang": language}
    query = urlencode({**spoken, **asked})
    return f"{path}?{query}" if query else path
