"""What is derived from a place's facts, and what a new word makes of parents' votes."""

from collections.abc import Sequence
from dataclasses import fields

import sqlalchemy as sa

from app.core.database import db
from app.places.commands import AmenityFact
from app.places.models import FactVote, Place, PlaceAmenity
from app.places.rules import saving
from app.places.rules.trust import STRONG, Word, newest_word
from app.places.rules.vocabulary import Amenity, bits


def derive(place: Place) -> bool:
    """Bring bits, last confirmation and map bytes up to date with the facts; returns whether anything became different.

    A doubted fact keeps its bit, so that filters stay simple, and no longer makes the place look confirmed.
    """
    before = (place.amenity_bits, place.doubted_bits, place.confirmed_on)
    sure = [row for row in place.amenities if row.doubted_on is None]
    dates = [word_of(row).on for row in sure]
    place.amenity_bits = saving.yes_bits((row.amenity, row.state) for row in place.amenities)
    place.doubted_bits = bits(row.amenity for row in place.amenities if row.doubted_on is not None)
    place.confirmed_on = max((day for day in dates if day), default=None)
    shown = {field.name: getattr(place, field.name) for field in fields(saving.OnTheMap)}
    place.map_feature = saving.map_feature(saving.OnTheMap(**shown))
    return before != (place.amenity_bits, place.doubted_bits, place.confirmed_on)


def word_of(row: PlaceAmenity) -> Word:
    """The newest word on a fact."""
    return newest_word(Word(row.confirmed_by, row.confirmed_on), row.parent_on)


def settle(row: PlaceAmenity, fact: AmenityFact) -> None:
    """Before a fact is stored over a row: parents spoke of the old value, and a newer strong word ends their doubt."""
    if row.state is not fact.state:
        row.parent_on = row.doubted_on = None
    elif (
        row.doubted_on
        and fact.confirmed_by in STRONG
        and (fact.confirmed_on or row.doubted_on) > row.doubted_on
    ):
        row.doubted_on = None


def drop_votes(place: Place, facts: Sequence[AmenityFact | PlaceAmenity]) -> None:
    """Votes that have been weighed, or that spoke of another value, are not kept."""
    amenities: list[Amenity] = [fact.amenity for fact in facts]
    if amenities and place.id is not None:
        here = (FactVote.place_id == place.id, FactVote.amenity.in_(amenities))
        db.session.execute(sa.delete(FactVote).where(*here))
