"""What somebody means by the name they typed: a whereabouts, a place, an event."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import TypeVar

from app.core import clock
from app.explore.queries import gazetteer
from app.explore.queries.gazetteer import FoundEvent, FoundPlace
from app.explore.queries.lookup import find
from app.explore.rules.ranking import GOOD, Hit, Subject, is_aside
from app.explore.rules.spelling import words_of
from app.explore.rules.where import (
    MAX_CHOICES,
    Meant,
    Spot,
    WhereKind,
    distinct,
    is_house_number,
    meant,
    street_of,
)
from geo.point import Point

T = TypeVar("T")
BY_FAR = 0.06  # so much better than the next: no choice worth asking for
MOST_NAMED = 3
LOOKED_AT = 40


NOWHERE = Meant()


@dataclass(frozen=True)
class Sought:
    """One whereabouts or a choice of them (neither: nothing found), and what bears the name itself."""

    where: Meant = NOWHERE
    places: tuple[FoundPlace, ...] = ()
    events: tuple[FoundEvent, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.where != NOWHERE or self.places or self.events)


def seek(words: Sequence[str]) -> Sought:
    """Everything that the words may mean, best first."""
    hits = find(words)[:LOOKED_AT]
    spots = gazetteer.spots(hits)
    where = _whereabouts(words, hits, spots)
    named = [hit for hit in hits if hit not in spots and hit.in_name]
    best = hits[0].score if hits else 0.0
    named = [hit for hit in named if hit.score >= min(GOOD, best)][: 2 * MOST_NAMED]
    places = gazetteer.places(_ids(named, Subject.PLACE))
    events = gazetteer.events(_ids(named, Subject.EVENT), from_at=clock.now())
    if where == NOWHERE:
        where = _beside(words, hits, places)
    return Sought(where, _in_order(named, Subject.PLACE, places), _in_order(named, Subject.EVENT, events))


def _whereabouts(words: Sequence[str], hits: Sequence[Hit], spots: dict[Hit, Spot]) -> Meant:
    """By the very words where possible, else by the best of those with slips."""
    if not spots:
        house = gazetteer.houses(words)
        return Meant(spot=house) if house else NOWHERE
    best = next(iter(spots)).score
    if hits[0] not in spots and hits[0].in_name and hits[0].score > best + BY_FAR:
        return NOWHERE  # a place or an event answers better
    names = [word for word in words if not is_aside(word)]
    clear = [spot for hit, spot in spots.items() if hit.is_clear]
    if clear:
        whole = [spot for spot in clear if set(words) <= set(words_of(spot.name))]
        return _with_house(meant(words, whole) if whole else meant(names, clear), words)
    near = distinct([spot for hit, spot in spots.items() if hit.score >= best - BY_FAR])
    if len(near) == 1:
        return _with_house(Meant(spot=near[0]), words)
    return Meant(choices=tuple(near[:MAX_CHOICES]))


def _with_house(found: Meant, words: Sequence[str]) -> Meant:
    """The very house of the street, where its number was typed and is known."""
    number = next((word for word in words if is_house_number(word)), None)
    if number is None or found.spot is None or found.spot.kind is not WhereKind.STREET:
        return found
    house = gazetteer.house(found.spot.folded, number)
    return replace(found, spot=house) if house else found


def _beside(words: Sequence[str], hits: Sequence[Hit], named: dict[int, FoundPlace]) -> Meant:
    """Where the places are that bear the name, or that lie in that street or have that postcode."""
    if named:
        nearest = next(place for hit in hits if (place := named.get(hit.entry.subject_id)) and _is_place(hit))
        return Meant(spot=Spot(nearest.name.value, "", WhereKind.POINT, nearest.location))
    lying = [hit for hit in hits if _is_place(hit) and not hit.in_name]
    places = gazetteer.places(_ids(lying, Subject.PLACE))
    if not places or (hits and not _is_place(hits[0])):
        return NOWHERE
    first = places.get(lying[0].entry.subject_id)
    if first is None:
        return NOWHERE
    if first.postal_code in words:
        return _middle(
            first.postal_code,
            WhereKind.POSTCODE,
            (one for one in places.values() if one.postal_code == first.postal_code),
        )
    street = street_of(first.street_address)
    return _middle(
        street, WhereKind.STREET, (one for one in places.values() if street_of(one.street_address) == street)
    )


def _middle(name: str, kind: WhereKind, places: Iterable[FoundPlace]) -> Meant:
    points = [place.location for place in places]
    middle = Point(lon=fmean(point.lon for point in points), lat=fmean(point.lat for point in points))
    return Meant(spot=Spot(name, name, kind, middle))


def _is_place(hit: Hit) -> bool:
    return hit.entry.subject is Subject.PLACE


def _ids(hits: Sequence[Hit], subject: Subject) -> list[int]:
    return [hit.entry.subject_id for hit in hits if hit.entry.subject is subject]


def _in_order(hits: Sequence[Hit], subject: Subject, found: Mapping[int, T]) -> tuple[T, ...]:
    ids = _ids(hits, subject)
    return tuple(found[key] for key in ids if key in found)[:MOST_NAMED]
