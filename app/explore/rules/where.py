"""Which of the known names somebody meant by what they typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import cos, hypot, radians

from geo.point import Point

SAME_PLACE_METRES = 800.0
MAX_CHOICES = 6
_NUMBER = re.compile(r"[\s,]+\d+\s*[/-]?\s*[a-zA-Z]?$")
_METRES_PER_DEGREE = 111_195.0


class WhereKind(StrEnum):
    """What a typed name can be; the order is the order of preference among equally good matches."""

    STOP = "stop"
    STREET = "street"
    POSTCODE = "postcode"
    NEIGHBOURHOOD = "neighbourhood"
    ADDRESS = "address"
    POINT = "point"


@dataclass(frozen=True)
class Spot:
    """A named point that may be meant; `folded` is its compared form."""

    name: str
    folded: str
    kind: WhereKind
    point: Point


@dataclass(frozen=True)
class Meant:
    """The answer: one spot, or several to choose from, or (neither) nothing found."""

    spot: Spot | None = None
    choices: tuple[Spot, ...] = ()


def is_house_number(word: str) -> bool:
    """A number that is no postcode: names of streets are looked for without it.

    >>> is_house_number("10"), is_house_number("12a"), is_house_number("20144"), is_house_number("xx")
    (True, True, False, False)
    """
    digits = word.rstrip("abcdefgh") if len(word) > 1 else word
    return digits.isdigit() and len(digits) < 5 and len(word) - len(digits) <= 1


def street_of(address: str) -> str:
    """The street of an address without its number.

    >>> street_of("Via Savona 10"), street_of("Piazza Napoli, 3/A"), street_of("Via XX Settembre 4")
    ('Via Savona', 'Piazza Napoli', 'Via XX Settembre')
    """
    return _NUMBER.sub("", address)


def meant(words: Sequence[str], candidates: Sequence[Spot]) -> Meant:
    """Choose among candidates (each contains all words): the closest match, or a choice where several are as close.

    Closest: the very words; then the fewest further words; then the kind. Names within 800 m of each other are no
    choice worth asking for (a street and its stop). A choice also shows names with one word more.
    """
    if not candidates:
        return Meant()
    ranked = sorted(candidates, key=lambda spot: (*_distance(words, spot), spot.name))
    beginnings, further, _kind = _distance(words, ranked[0])
    equal = [spot for spot in ranked if _distance(words, spot)[:2] == (beginnings, further)]
    if len(distinct(equal)) == 1:
        return Meant(spot=equal[0])
    close = [spot for spot in ranked if _distance(words, spot)[:2] <= (beginnings, further + 1)]
    return Meant(choices=tuple(distinct(close)[:MAX_CHOICES]))


def _distance(words: Sequence[str], spot: Spot) -> tuple[int, int, int]:
    """(words that are only a beginning, further words in the name, order of kinds): smaller is closer."""
    name = spot.folded.split()
    beginnings = sum(1 for word in words if word not in name)
    return beginnings, max(0, len(name) - len(words)), list(WhereKind).index(spot.kind)


def distinct(spots: Sequence[Spot]) -> list[Spot]:
    """The first of those that lie within 800 m of each other: a street and its stop are no choice."""
    kept: list[Spot] = []
    for spot in spots:
        if not any(_is_near(spot.point, other.point) for other in kept):
            kept.append(spot)
    return kept


def _is_near(one: Point, other: Point) -> bool:
    """Flat distance, good enough for hundreds of metres."""
    east = (one.lon - other.lon) * cos(radians(one.lat))
    return hypot(east, one.lat - other.lat) * _METRES_PER_DEGREE <= SAME_PLACE_METRES
