"""The vocabulary of places in the interface's languages, with its icons (static/img/icons.svg).

Words are looked up once for each language: a list of cards asks for hundreds.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from flask_babel import LazyString

from app.core.translation import get_locale
from app.core.translation import lazy_gettext as _l
from app.places.rules.vocabulary import Amenity, AmenityState, PlaceKind, Profession

Word = TypeVar("Word", bound=StrEnum)
_KINDS: dict[PlaceKind, LazyString] = {
    PlaceKind.PHARMACY: _l("Pharmacy"),
    PlaceKind.BOOKSHOP: _l("Bookshop"),
    PlaceKind.CAFE: _l("Café"),
    PlaceKind.SHOP: _l("Shop"),
    PlaceKind.MEDICAL: _l("Medical centre"),
    PlaceKind.ADVICE_CENTRE: _l("Family advice centre"),
    PlaceKind.LIBRARY: _l("Library"),
    PlaceKind.ASSOCIATION: _l("Association"),
    PlaceKind.COMMUNITY_SPACE: _l("Community space"),
    PlaceKind.PUBLIC_SERVICE: _l("Public service"),
    PlaceKind.OTHER: _l("Other place"),
}
_AMENITIES: dict[Amenity, LazyString] = {
    Amenity.BABY_FEEDING: _l("Breast or bottle feeding"),
    Amenity.CHANGING_TABLE: _l("Changing table"),
    Amenity.CHANGING_TABLE_FATHERS: _l("Fathers welcome too"),
    Amenity.PLAY_AREA: _l("Play corner"),
    Amenity.BOTTLE_WARMER: _l("Bottle warmer"),
    Amenity.MICROWAVE: _l("Microwave"),
    Amenity.WATER: _l("Drinking water"),
    Amenity.BABY_SCALE: _l("Baby scale"),
    Amenity.BREAST_PUMP_HIRE: _l("Breast pump hire"),
    Amenity.STROLLER: _l("Room for a pushchair"),
    Amenity.TOILETS: _l("Toilet"),
    Amenity.STEP_FREE: _l("Step-free"),
    Amenity.PRIVACY: _l("A private corner"),
    Amenity.NO_PURCHASE: _l("Free, no purchase needed"),
}
_STATES: dict[AmenityState, LazyString] = {
    AmenityState.YES: _l("Yes"),
    AmenityState.NO: _l("No"),
    AmenityState.UNKNOWN: _l("Not known yet"),
}
_PROFESSIONS: dict[Profession, LazyString] = {
    Profession.MIDWIFE: _l("Midwife"),
    Profession.LACTATION_CONSULTANT: _l("Lactation consultant"),
    Profession.PAEDIATRICIAN: _l("Paediatrician"),
    Profession.PSYCHOLOGIST: _l("Psychologist"),
    Profession.NUTRITIONIST: _l("Nutritionist"),
    Profession.SOCIAL_WORKER: _l("Social worker"),
    Profession.LISTENER: _l("Somebody who listens"),
}

_remembered: dict[tuple[type, str, str], str] = {}


def kind_text(kind: PlaceKind) -> str:
    """What a place is: "Pharmacy"."""
    return _said(_KINDS, kind)


def kind_icon(kind: PlaceKind) -> str:
    """The icon of a kind."""
    return kind.value


def amenity_text(amenity: Amenity) -> str:
    """What one finds there: "Changing table"."""
    return _said(_AMENITIES, amenity)


def amenity_icon(amenity: Amenity) -> str:
    """The icon of an amenity."""
    return amenity.value


def state_text(state: AmenityState) -> str:
    """Yes, no, not known yet."""
    return _said(_STATES, state)


def profession_text(profession: Profession) -> str:
    """Who can help: "Midwife"."""
    return _said(_PROFESSIONS, profession)


def _said(words: Mapping[Word, LazyString], word: Word) -> str:
    """The word in the language in force, looked up once."""
    locale = get_locale()
    key = (type(word), word.value, str(locale.language) if locale else "")
    text = _remembered.get(key)
    if text is None:
        text = _remembered[key] = str(words[word])
    return text
