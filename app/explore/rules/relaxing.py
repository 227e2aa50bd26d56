"""What to drop when nothing fits everything: the searches with one wish less."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.explore.rules.search import Search
from app.places.rules.vocabulary import Amenity


@dataclass(frozen=True)
class Relaxed:
    """The search without one wish: which one (an amenity, or kind, island, open, bbox, q, language, all)."""

    wish: Amenity | str
    search: Search


def relaxed(search: Search) -> Iterator[Relaxed]:
    """Each single wish dropped in turn; `all` last, which shows also places that offer neither feeding nor changing.

    >>> [item.wish for item in relaxed(Search(amenities=(Amenity.WATER,), island=True))]
    [<Amenity.WATER: 'water'>, 'island', 'all']
    """
    for amenity in search.amenities:
        yield Relaxed(amenity, search.toggled(amenity))
    drops: tuple[tuple[str, bool, dict[str, object]], ...] = (
        ("open", search.open is not None, {"open": None}),
        ("kind", bool(search.kinds), {"kinds": ()}),
        ("island", search.island, {"island": False}),
        ("bbox", search.bbox is not None, {"bbox": None}),
        ("q", bool(search.q), {"q": ""}),
        ("language", bool(search.language), {"language": ""}),
        ("all", not search.everything, {"everything": True}),
    )
    for wish, is_asked, changes in drops:
        if is_asked:
            yield Relaxed(wish, search.having(**changes))
