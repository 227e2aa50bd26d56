"""What must hold of a course that is booked whole, whatever happened to it."""

from collections import defaultdict

import sqlalchemy as sa

from app.bookings.models import Booking, Offer
from app.bookings.rules.offers import OfferStatus
from app.bookings.rules.status import HOLDING, STANDING, BookingStatus
from app.core.database import db
from app.events.models import Event, Occurrence
from app.events.rules.vocabulary import OccurrenceStatus


def check_course(event_public_id: str) -> None:
    """Seats are those of who holds some, a family stands alike on all dates, offers are open where it is asked."""
    db.session.rollback()
    dates = {one.id: one for one in db.session.scalars(
        sa.select(Occurrence).join(Event).where(Event.public_id == event_public_id)
    )}  # fmt: skip
    bookings = list(db.session.scalars(sa.select(Booking).where(Booking.occurrence_id.in_(dates))))
    families: dict[str, list[Booking]] = defaultdict(list)
    for booking in bookings:
        families[booking.course_key or booking.public_id].append(booking)
    offers = {
        offer.booking_id: offer
        for offer in db.session.scalars(sa.select(Offer).where(Offer.status == OfferStatus.OPEN))
    }
    taken: dict[int, int] = defaultdict(int)
    for family in families.values():
        standing = [one for one in family if one.status in STANDING]
        states = {one.status for one in standing}
        assert len(states) <= 1, [(one.name, one.occurrence_id, one.status) for one in family]
        asked = [offers[one.id] for one in family if one.id in offers]
        assert len(asked) == (states == {BookingStatus.OFFERED}), (states, asked)
        for one in family:
            is_kept = bool(asked) and asked[0].is_held and one.status is BookingStatus.OFFERED
            taken[one.occurrence_id] += one.seats if one.status in HOLDING or is_kept else 0
            if one.status in STANDING:
                assert dates[one.occurrence_id].status is not OccurrenceStatus.CANCELLED
    assert {key: date.seats_taken for key, date in dates.items()} == {key: taken[key] for key in dates}
    leads = {date.lead_id for date in dates.values()}
    assert len(leads) == 1
    on = [date for date in dates.values() if date.status is OccurrenceStatus.SCHEDULED]
    if on:
        assert leads == {min(on, key=lambda date: (date.starts_at, date.id)).id}
    waits = {one.occurrence_id for one in bookings if one.status is BookingStatus.WAITLISTED}
    queues = {date.id for date in dates.values() if date.has_queue}
    assert queues <= leads & waits, (queues, leads, waits)
    assert all(offer.occurrence_id in leads for offer in offers.values() if offer.occurrence_id in dates)
