"""Cards of places: three queries for a list of any length (places, opening times, next events)."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from app.core.cache import each_until_change
from app.core.http import Link
from app.core.i18n import chosen_language
from app.core.local_text import Text
from app.places import labels, wording
from app.places.decay import decay
from app.places.page_objects import AmenityChip, OpeningView, PlaceCard
from app.places.queries import ListedPlace, listed, opening_states
from app.places.rules.freshness import confirmation
from app.places.rules.opening import Opening, OpeningState
from app.places.rules.vocabulary import Amenity, bit, from_bits
from app.places.sections import place_sections

CHIPS_ON_A_CARD = 4
# The state that a page shows of each state that a place can be in.
_SHOWN = {Opening.ALWAYS: "open"}


def place_cards(ids: Sequence[int], *, at: datetime) -> dict[int, PlaceCard]:
    """Cards by key, in the order asked for, without those that are not there; each is kept for the minute."""
    language, minute = chosen_language(), at.replace(second=0, microsecond=0)
    cards = each_until_change(("places.card", language, minute), ids, lambda new: _cards(new, at, language))
    return {key: cards[key] for key in ids if key in cards}


def _cards(ids: Sequence[int], at: datetime, language: str) -> dict[int, PlaceCard]:
    places = listed(ids)
    keys = [place.id for place in places]
    states = opening_states(keys, at, {place.id: place.hours_texts for place in places})
    events = place_sections.next_events(keys, language)
    return {place.id: _card(place, states[place.id], at, events.get(place.id)) for place in places}


def opening_view(state: OpeningState, at: datetime, tzid: str) -> OpeningView:
    """How a place stands, for pages and cards alike."""
    return OpeningView(_SHOWN.get(state.state, state.state.value), wording.opening_text(state, at, tzid))


def place_url(slug: str) -> str:
    """The address of a place's page (addresses.md)."""
    return f"/places/{slug}"


def _card(place: ListedPlace, state: OpeningState, at: datetime, event: Link | None) -> PlaceCard:
    fresh = confirmation(place.confirmed_on, at.astimezone(ZoneInfo(place.tzid)).date(), decay())
    pays_nothing = bool(place.amenity_bits & ~place.doubted_bits & bit(Amenity.NO_PURCHASE))
    return PlaceCard(
        id=place.public_id,
        url=place_url(place.slug),
        name=Text(place.name, place.name_language),
        kind=place.kind.value,
        kind_icon=labels.kind_icon(place.kind),
        kind_text=labels.kind_text(place.kind),
        opening=opening_view(state, at, place.tzid),
        amenities=_chips(place.amenity_bits, place.doubted_bits),
        confirmed_text=wording.confirmed_text(fresh),
        is_island=place.is_island,
        is_demo=place.is_demo,
        no_purchase_text=labels.amenity_text(Amenity.NO_PURCHASE) if pays_nothing else None,
        next_event_text=event.text if event else None,
        next_event_url=event.url if event else None,
    )


def _chips(bits: int, doubted: int) -> tuple[AmenityChip, ...]:
    """The first four that matter, in vocabulary order; that nothing need be bought has a line of its own."""
    shown = [amenity for amenity in from_bits(bits) if amenity is not Amenity.NO_PURCHASE][:CHIPS_ON_A_CARD]
    return tuple(
        AmenityChip(
            one.value, labels.amenity_icon(one),
            wording.doubted_text(one) if doubted & bit(one) else labels.amenity_text(one),
        )
        for one in shown
    )  # fmt: skip
