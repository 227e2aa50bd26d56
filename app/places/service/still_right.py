"""Ask the people of a place whether its page is still right; take their one press for an answer."""

from collections.abc import Mapping
from datetime import date, timedelta

import sqlalchemy as sa

from app.accounts.queries import hosts_of, places_with_hosts
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.core.ids import public_id
from app.core.jobs import daily
from app.core.mail import outbox
from app.places.commands import SayFacts
from app.places.models import Place, StillRightQuestion
from app.places.rules import still_right as rules
from app.places.rules.trust import KNOWN
from app.places.rules.vocabulary import Amenity, AmenityState, ConfirmedBy
from app.places.service.voting import locked_place, say_locked

KIND = "still_right"


@daily("places.still_right")
def ask_still_right() -> None:
    """Every host of a place for which it is time gets one mail; running it again asks nobody twice."""
    quiet_since = clock.now().date() - timedelta(days=rules.ASK_AFTER_DAYS)
    for place_id in sorted(places_with_hosts()):
        could_be = (Place.id == place_id, Place.is_published)
        is_old = sa.or_(Place.confirmed_on.is_(None), Place.confirmed_on <= quiet_since)
        if db.session.scalar(sa.select(Place.public_id).where(*could_be, is_old)) is not None:
            _ask(place_id)


@patiently
def _ask(place_id: int) -> None:
    with transaction() as session:
        place = session.scalar(sa.select(Place).where(Place.id == place_id).with_for_update())
        if place is None or not _is_due(place):
            return
        question = StillRightQuestion(public_id=public_id(), place_id=place.id, asked_at=clock.now())
        session.add(question)
        for host in hosts_of(place.id):
            subject = f"{question.public_id}:{host.public_id}"
            outbox.put(KIND, subject, dedupe_key=f"{KIND}:{subject}")


def _is_due(place: Place) -> bool:
    last = sa.select(sa.func.max(StillRightQuestion.asked_at)).where(StillRightQuestion.place_id == place.id)
    hours = (place.opening_hours, place.island.opening_hours if place.island else "")
    return rules.is_due(
        _since(place),
        db.session.scalar(last),
        clock.now(),
        clock.today(place.tzid),
        rules.closures_of(*hours),
    )


def _since(place: Place) -> date:
    """The last confirmation; of a place that was never confirmed, the day on which it came into the catalogue."""
    return place.confirmed_on or place.created_at.date()


@patiently
def answer_still_right(question_id: str, shown: Mapping[Amenity, AmenityState]) -> None:
    """All that was shown, and is stored so, is confirmed by the place today; pressing twice is pressing once.

    Raises NotFound, Busy.
    """
    own = sa.select(StillRightQuestion).where(StillRightQuestion.public_id == question_id)
    with transaction() as session:
        known = session.scalar(own)
        if known is None:
            raise NotFound
        place = locked_place(session.get_one(Place, known.place_id).public_id)
        question = session.scalars(own.with_for_update()).one()
        if question.answered_at is not None:
            return
        question.answered_at = clock.now()
        stored = {row.amenity: row.state for row in place.amenities if row.state in KNOWN}
        same = {amenity: state for amenity, state in stored.items() if shown.get(amenity) is state}
        say_locked(place, SayFacts(same, ConfirmedBy.HOST))
