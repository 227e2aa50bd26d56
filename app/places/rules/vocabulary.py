"""The words of places, once: kinds, amenities, states, professions (decisions.md, Vocabularies).

Their names in the interface's languages are in app/places/labels.py.
"""

from collections.abc import Iterable
from enum import StrEnum


class PlaceKind(StrEnum):
    """What a place is, apart from being an island."""

    PHARMACY = "pharmacy"
    BOOKSHOP = "bookshop"
    CAFE = "cafe"
    SHOP = "shop"
    MEDICAL = "medical"
    ADVICE_CENTRE = "advice_centre"
    LIBRARY = "library"
    ASSOCIATION = "association"
    COMMUNITY_SPACE = "community_space"
    PUBLIC_SERVICE = "public_service"
    OTHER = "other"


class Amenity(StrEnum):
    """What a parent finds there. The order is that of the bits in `place.amenity_bits`: append only."""

    BABY_FEEDING = "baby_feeding"
    CHANGING_TABLE = "changing_table"
    CHANGING_TABLE_FATHERS = "changing_table_fathers"
    PLAY_AREA = "play_area"
    BOTTLE_WARMER = "bottle_warmer"
    MICROWAVE = "microwave"
    WATER = "water"
    BABY_SCALE = "baby_scale"
    BREAST_PUMP_HIRE = "breast_pump_hire"
    STROLLER = "stroller"
    TOILETS = "toilets"
    STEP_FREE = "step_free"
    PRIVACY = "privacy"
    NO_PURCHASE = "no_purchase"


class AmenityState(StrEnum):
    """Three states; a missing row means unknown, and unknown is shown as unknown."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class ConfirmedBy(StrEnum):
    """Who said so last."""

    HOST = "host"
    PARENT = "parent"
    MANAGER = "manager"
    SOURCE = "source"


class Profession(StrEnum):
    """Who can help («Chi ti può aiutare»)."""

    MIDWIFE = "midwife"
    LACTATION_CONSULTANT = "lactation_consultant"
    PAEDIATRICIAN = "paediatrician"
    PSYCHOLOGIST = "psychologist"
    NUTRITIONIST = "nutritionist"
    SOCIAL_WORKER = "social_worker"
    LISTENER = "listener"


class HoursOf(StrEnum):
    """Whose hours: the place's, or those of the corner inside it."""

    PLACE = "place"
    CORNER = "corner"


class Membership(StrEnum):
    """Two kinds of island: a mother island is a space of the network itself, a merchant island a shop that joined."""

    MOTHER = "mother"
    MERCHANT = "merchant"


def bit(amenity: Amenity) -> int:
    """The bit of one amenity."""
    return 1 << list(Amenity).index(amenity)


def bits(amenities: Iterable[Amenity]) -> int:
    """All bits of several amenities.

    >>> bits([Amenity.BABY_FEEDING, Amenity.CHANGING_TABLE])
    3
    """
    return sum(bit(amenity) for amenity in set(amenities))


def from_bits(value: int) -> list[Amenity]:
    """The amenities whose bits are set, in vocabulary order."""
    return [amenity for index, amenity in enumerate(Amenity) if value >> index & 1]


# Where nothing else is asked, the list shows islands and places where one can feed or change.
USEFUL_BITS = bits([Amenity.BABY_FEEDING, Amenity.CHANGING_TABLE])
