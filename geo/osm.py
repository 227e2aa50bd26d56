"""OpenStreetMap's tags and our vocabulary (decisions.md, Vocabularies): read, nothing guessed.

What the tags do not say stays absent: unknown is not "no". Keys as on the OpenStreetMap wiki.
"""

import re
from dataclasses import dataclass

from geo.osm_amenities import Fact, Tags, amenities
from geo.osm_file import OsmElement, read_osm_file

__all__ = [
    "Address",
    "Contacts",
    "Fact",
    "OsmElement",
    "address",
    "amenities",
    "contacts",
    "languages",
    "place_kind",
    "read_osm_file",
]

# Key, values, our kind; the first match wins.
_KINDS: tuple[tuple[str, frozenset[str], str], ...] = (
    ("amenity", frozenset({"pharmacy"}), "pharmacy"),
    ("healthcare", frozenset({"pharmacy"}), "pharmacy"),
    ("shop", frozenset({"books"}), "bookshop"),
    ("amenity", frozenset({"library"}), "library"),
    (
        "healthcare",
        frozenset({"midwife", "birthing_centre", "birthing_center", "counselling"}),
        "advice_centre",
    ),
    ("social_facility", frozenset({"outreach"}), "advice_centre"),
    ("amenity", frozenset({"cafe", "ice_cream"}), "cafe"),
    ("amenity", frozenset({"clinic", "doctors", "hospital", "dentist"}), "medical"),
    ("healthcare", frozenset({"clinic", "doctor", "hospital", "centre"}), "medical"),
    ("office", frozenset({"association", "ngo", "charity"}), "association"),
    ("club", frozenset({"social", "parents"}), "association"),
    ("amenity", frozenset({"community_centre", "social_centre"}), "community_space"),
    ("amenity", frozenset({"townhall", "toilets", "post_office", "public_building"}), "public_service"),
    ("office", frozenset({"government"}), "public_service"),
)
_OTHER_AMENITIES = frozenset(
    {
        "arts_centre", "bar", "biergarten", "childcare", "cinema", "fast_food", "food_court", "fuel", "kindergarten",
        "marketplace", "place_of_worship", "pub", "restaurant", "school", "social_facility", "theatre", "toy_library",
        "university", "veterinary",
    }
)  # fmt: skip
_OTHER_KEYS = ("tourism", "leisure", "office", "healthcare", "craft", "club")
_BABY_KEYS = ("changing_table", "baby_feeding", "diaper", "nursing_room")

_CONSULTORIO = re.compile(r"\bconsultori[oe]\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Street with number as it is written there, postcode, town and ISO country; empty when not tagged."""

    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """Public contacts; empty when not tagged."""

    phone: str = ""
    email: str = ""
    website: str = ""


def place_kind(tags: Tags) -> str | None:
    """Our kind of a tagged thing, "other" for a place that is none of them, None for what is no place.

    >>> place_kind({"shop": "books"})
    'bookshop'
    >>> place_kind({"highway": "residential"}) is None
    True
    """
    if _CONSULTORIO.search(tags.get("name", "")) and _is_place(tags):
        return "advice_centre"
    for key, values, kind in _KINDS:
        if tags.get(key) in values:
            return kind
    if tags.get("shop", "no") not in {"no", "vacant"}:
        return "shop"
    return "other" if _is_place(tags) else None


def address(tags: Tags) -> Address:
    """The address in the addr:* keys."""
    street = tags.get("addr:street") or tags.get("addr:place") or ""
    number = tags.get("addr:housenumber", "")
    return Address(
        street=f"{street} {number}".strip() if street else "",
        postcode=tags.get("addr:postcode", ""),
        city=tags.get("addr:city", ""),
        country=tags.get("addr:country", "").upper(),
    )


def contacts(tags: Tags) -> Contacts:
    """Phone, e-mail and website, with or without the contact: prefix; the first of several."""

    def first(key: str) -> str:
        return (tags.get(f"contact:{key}") or tags.get(key) or "").split(";")[0].strip()

    return Contacts(phone=first("phone"), email=first("email"), website=first("website"))


def languages(tags: Tags) -> list[str]:
    """Languages that are spoken there, by `language:<code>=yes|main`, in alphabetical order."""
    prefix = "language:"
    return sorted(
        key.removeprefix(prefix)
        for key, value in tags.items()
        if key.startswith(prefix) and value in {"yes", "main"}
    )


def _is_place(tags: Tags) -> bool:
    return (
        tags.get("amenity") in _OTHER_AMENITIES
        or any(tags.get(key, "no") != "no" for key in _OTHER_KEYS)
        or any(key in tags for key in _BABY_KEYS)
        or any(tags.get(key) in values for key, values, _ in _KINDS)
        or "shop" in tags
    )
