"""A search: everything that the home address says, as one value; links are made from it and lead back to it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self
from urllib.parse import quote_plus

from app.explore.rules.spelling import words_of
from app.places.rules.vocabulary import Amenity, PlaceKind, bits
from geo.bbox import BBox
from geo.point import Point

# place_opening reaches 14 days ahead from its last daily run; the last day may be missing until the next one.
OPENING_HORIZON = timedelta(days=13)
OPENING_PAST = timedelta(hours=24)


class Sort(StrEnum):
    """Orders of the list that somebody may ask for; the default depends on whether a location is known."""

    DISTANCE = "distance"
    OPEN = "open"
    CONFIRMED = "confirmed"
    NAME = "name"


class View(StrEnum):
    """What a phone shows first."""

    LIST = "list"
    MAP = "map"


@dataclass(frozen=True)
class OpenAt:
    """When a place must be open: now (nothing given), at a time of day, or on a day at a time (local).

    >>> str(OpenAt()), str(OpenAt(at=time(10, 30))), str(OpenAt(date(2026, 11, 26), time(10, 0)))
    ('now', '10:30', '2026-11-26T10:00')
    """

    day: date | None = None
    at: time | None = None

    @property
    def is_now(self) -> bool:
        """Whether the present moment is meant."""
        return self.at is None

    def moment(self, now: datetime, zone: tzinfo) -> datetime:
        """The aware UTC moment that is meant; a time of day that has passed today means tomorrow."""
        if self.at is None:
            return now
        here = now.astimezone(zone)
        if self.day is not None:
            return datetime.combine(self.day, self.at, zone).astimezone(UTC)
        day = (
            here.date()
            if self.at >= here.time().replace(second=0, microsecond=0)
            else here.date() + timedelta(1)
        )
        return datetime.combine(day, self.at, zone).astimezone(UTC)

    def __str__(self) -> str:
        if self.at is None:
            return "now"
        clock_time = self.at.strftime("%H:%M")
        return f"{self.day.isoformat()}T{clock_time}" if self.day else clock_time


@dataclass(frozen=True)
class Selection:
    """What the database is asked: which places belong to the answer, whatever their order.

    `mask`: bits of amenities that must all be a known yes; `kinds`: any of them (empty: every kind); `open_at`: open
    at this moment (None: whether open or not); `everything`: also places that are neither an island nor known for
    feeding or changing; `words`: what the name or the address says, slips forgiven; `language`: spoken there.
    """

    mask: int = 0
    kinds: frozenset[PlaceKind] = frozenset()
    island: bool = False
    open_at: datetime | None = None
    bbox: BBox | None = None
    everything: bool = False
    words: tuple[str, ...] = ()
    language: str = ""

    def unfiltered(self) -> "Selection":
        """The same area and words without the filters that are counted (amenities, kinds, island, open)."""
        return replace(self, mask=0, kinds=frozenset(), island=False, open_at=None)


@dataclass(frozen=True)
class Search:
    """All state of the home page; `query()` writes it as the canonical query string."""

    amenities: tuple[Amenity, ...] = ()
    kinds: tuple[PlaceKind, ...] = ()
    island: bool = False
    open: OpenAt | None = None
    near: Point | None = None
    where: str = ""
    bbox: BBox | None = None
    everything: bool = False
    sort: Sort | None = None
    view: View = View.LIST
    page: int = 1
    q: str = ""
    language: str = ""

    def selection(self, now: datetime, zone: tzinfo) -> Selection:
        """The part that decides which places belong, with the moment worked out."""
        return Selection(
            mask=bits(self.amenities),
            kinds=frozenset(self.kinds),
            island=self.island,
            open_at=self.open.moment(now, zone) if self.open else None,
            bbox=self.bbox,
            everything=self.everything,
            words=words_of(self.q),
            language=self.language,
        )

    def having(self, **changes: Any) -> Self:
        """The search with changes, from its first page unless a page is given."""
        return replace(self, **{"page": 1, **changes})

    def toggled(self, choice: Amenity | PlaceKind) -> Self:
        """Add the amenity or kind, or take it away."""
        if isinstance(choice, Amenity):
            return self.having(amenities=ordered_amenities({*self.amenities} ^ {choice}))
        return self.having(kinds=ordered_kinds({*self.kinds} ^ {choice}))

    def query(self, **changes: Any) -> str:
        """The canonical query string of the search with changes, without `?`; empty where nothing is asked.

        >>> Search(amenities=(Amenity.STROLLER,), open=OpenAt()).query()
        'amenity=stroller&open=now'
        >>> Search(page=3).query(view=View.MAP)
        'view=map'
        """
        return written(self.having(**changes).pairs())

    def filter_query(self) -> str:
        """What /api/v1/map understands: the filters without area, order and page."""
        return written(self.filter_pairs())

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every parameter that differs from its default, in a fixed order."""
        if self.near is not None:
            yield "near", point_text(self.near)
        if self.where:
            yield "where", self.where
        if self.bbox is not None:
            yield "bbox", bbox_text(self.bbox)
        yield from self.filter_pairs()
        if self.sort is not None:
            yield "sort", self.sort
        if self.view is not View.LIST:
            yield "view", self.view
        if self.page > 1:
            yield "page", str(self.page)

    def filter_pairs(self) -> Iterator[tuple[str, str]]:
        """The parameters that decide which places belong, the area apart."""
        if self.q:
            yield "q", self.q
        for amenity in self.amenities:
            yield "amenity", amenity
        for kind in self.kinds:
            yield "kind", kind
        if self.island:
            yield "island", "1"
        if self.open is not None:
            yield "open", str(self.open)
        if self.language:
            yield "language", self.language
        if self.everything:
            yield "all", "1"


def written(pairs: Iterator[tuple[str, str]]) -> str:
    """A query string that people can read: commas and colons stay as they are."""
    return "&".join([f"{name}={_quoted(str(value))}" for name, value in pairs])


@lru_cache(maxsize=1024)
def _quoted(value: str) -> str:
    """A home page writes thirty addresses of the same few values."""
    return quote_plus(value, safe=",:")


def point_text(point: Point) -> str:
    """`lat,lon` with five decimals (a metre), as people and `geo:` write it."""
    return f"{point.lat:.5f},{point.lon:.5f}"


def bbox_text(bbox: BBox) -> str:
    """`west,south,east,north`, at most six decimals (a hand's breadth).

    >>> bbox_text(BBox(9.1, 45.4, 9.25, 45.5))
    '9.1,45.4,9.25,45.5'
    """
    return ",".join(
        f"{edge:.6f}".rstrip("0").rstrip(".") for edge in (bbox.west, bbox.south, bbox.east, bbox.north)
    )


def ordered_amenities(amenities: "set[Amenity]") -> tuple[Amenity, ...]:
    """Each once, in vocabulary order, so that one search has one address."""
    return tuple(amenity for amenity in Amenity if amenity in amenities)


def ordered_kinds(kinds: "set[PlaceKind]") -> tuple[PlaceKind, ...]:
    """Each once, in vocabulary order."""
    return tuple(kind for kind in PlaceKind if kind in kinds)
