"""Counts of places by what they offer: one question to the database answers every chip and every "what if"."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.explore.rules.search import Selection
from app.places.rules.vocabulary import Amenity, PlaceKind, bit


@dataclass(frozen=True)
class Bar:
    """How many places share the same amenities, kind, membership, and openness at the asked moment."""

    amenity_bits: int
    kind: PlaceKind
    is_island: bool
    is_open: bool
    count: int


@dataclass(frozen=True)
class Counts:
    """Numbers for one selection: how many belong, how many of them are open at the moment, and each chip's number.

    A chip's number is what would belong if the chip were added to what is chosen (kinds: if that kind alone were).
    """

    total: int
    open: int
    amenities: dict[Amenity, int]
    kinds: dict[PlaceKind, int]
    islands: int
    open_if_asked: int


def count(bars: Iterable[Bar], selection: Selection) -> Counts:
    """Count a histogram (of `selection.unfiltered()`) for a selection.

    >>> bars = [Bar(3, PlaceKind.CAFE, False, True, 2), Bar(1, PlaceKind.SHOP, True, False, 5)]
    >>> count(bars, Selection(mask=2)).total, count(bars, Selection(mask=1)).amenities[Amenity.CHANGING_TABLE]
    (2, 2)
    """
    asked = [bar for bar in bars if _has_amenities(bar, selection) and _is_island(bar, selection)]
    at_time = [bar for bar in asked if _is_open(bar, selection)]
    belonging = [bar for bar in at_time if _is_kind(bar, selection)]
    of_kind = [bar for bar in asked if _is_kind(bar, selection)]
    return Counts(
        total=_sum(belonging),
        open=_sum(bar for bar in belonging if bar.is_open),
        amenities={
            amenity: _sum(bar for bar in belonging if bar.amenity_bits & bit(amenity)) for amenity in Amenity
        },
        kinds={kind: _sum(bar for bar in at_time if bar.kind is kind) for kind in PlaceKind},
        islands=_sum(bar for bar in belonging if bar.is_island),
        open_if_asked=_sum(bar for bar in of_kind if bar.is_open),
    )


def total(bars: Iterable[Bar], selection: Selection) -> int:
    """How many places of the histogram belong to a selection."""
    return _sum(bar for bar in bars if all(test(bar, selection) for test in _TESTS))


def _sum(bars: Iterable[Bar]) -> int:
    return sum(bar.count for bar in bars)


def _has_amenities(bar: Bar, selection: Selection) -> bool:
    return bar.amenity_bits & selection.mask == selection.mask


def _is_island(bar: Bar, selection: Selection) -> bool:
    return bar.is_island or not selection.island


def _is_open(bar: Bar, selection: Selection) -> bool:
    return bar.is_open or selection.open_at is None


def _is_kind(bar: Bar, selection: Selection) -> bool:
    return not selection.kinds or bar.kind in selection.kinds


_TESTS = (_has_amenities, _is_island, _is_open, _is_kind)
