"""What somebody may be typing into the field on the home: filters by everyday words, then whatever bears the name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from app.core import clock
from app.core.i18n import chosen_language
from app.core.translation import gettext as _
from app.explore.chips import address
from app.explore.labels import WHERE_KINDS
from app.explore.queries import gazetteer
from app.explore.queries.lookup import find
from app.explore.rules.lexicon import Wishes, wishes_begun
from app.explore.rules.ranking import GOOD, Hit, Subject
from app.explore.rules.search import Search, ordered_amenities, ordered_kinds
from app.explore.rules.spelling import SHORTEST_BEGINNING, words_of
from app.places import labels
from app.places.cards import place_url

MOST, MOST_FILTERS, LOOKED_AT = 8, 2, 24


@dataclass(frozen=True)
class Suggestion:
    """A line under the field: its words (and their language, where it is known), what it is, where it leads."""

    text: str
    lang: str | None
    kind: str
    url: str


def suggestions(search: Search) -> list[Suggestion]:
    """For what stands in `search.where` so far; nothing for less than three letters. Links keep the filters."""
    words = words_of(search.where)
    if len("".join(words)) < SHORTEST_BEGINNING:
        return []
    found = {(one.text, one.kind): one for one in (*_filters(search, words), *_named(search, words))}
    return list(found.values())[:MOST]


def _filters(search: Search, words: Sequence[str]) -> Iterator[Suggestion]:
    """Single amenities and kinds of place; what they are called here stands for every word that means them."""
    empty = search.having(where="")
    for wish in wishes_begun(" ".join(words))[:MOST_FILTERS]:
        name = _called(wish)
        if name:
            asked = empty.having(
                amenities=ordered_amenities({*search.amenities, *wish.amenities}),
                kinds=ordered_kinds({*search.kinds, *wish.kinds}),
            )
            yield Suggestion(name, None, _("filter"), address(asked))


def _called(wish: Wishes) -> str:
    names = [labels.amenity_text(one) for one in wish.amenities] + [
        labels.kind_text(one) for one in wish.kinds
    ]
    return names[0] if len(names) == 1 else ""


def _named(search: Search, words: Sequence[str]) -> Iterator[Suggestion]:
    """Stops, streets, postcodes, neighbourhoods, places and events, in the order in which they answer."""
    hits = [hit for hit in find(words)[:LOOKED_AT] if hit.in_name or hit.score >= GOOD]
    spots = gazetteer.spots(hits)
    places = gazetteer.places(_ids(hits, Subject.PLACE))
    events = gazetteer.events(_ids(hits, Subject.EVENT), from_at=clock.now())
    for hit in hits:
        key = hit.entry.subject_id
        if hit in spots:
            spot = spots[hit]
            there = search.having(where=spot.name, near=spot.point.rounded(), bbox=None)
            yield Suggestion(spot.name, None, str(WHERE_KINDS[spot.kind]), address(there))
        elif hit.entry.subject is Subject.PLACE and key in places:
            place = places[key]
            kind = labels.kind_text(place.kind)
            yield Suggestion(place.name.value, place.name.lang, kind, place_url(place.slug))
        elif hit.entry.subject is Subject.EVENT and key in events:
            title = events[key].title.within(chosen_language())
            link = url_for("events.detail", slug=events[key].slug)
            yield Suggestion(title.value, title.lang, _("on the programme"), link)


def _ids(hits: Sequence[Hit], subject: Subject) -> list[int]:
    return [hit.entry.subject_id for hit in hits if hit.entry.subject is subject]
