"""Add a family that came without having booked, and take it off again."""

from datetime import datetime

import sqlalchemy as sa

from app.bookings.commands import AddFamily
from app.bookings.models import Booking
from app.bookings.rules import door
from app.bookings.rules.admission import OccurrenceCancelled
from app.bookings.rules.party import Party, check_party, seats_of
from app.bookings.rules.status import BookingSource, BookingStatus
from app.bookings.rules.walk_in import MOST_PEOPLE, Room, seats_for
from app.bookings.service.booking import PURPOSE
from app.bookings.service.giving_back import remove
from app.bookings.service.holding import still_ahead
from app.bookings.service.promotion import promote_locked
from app.bookings.service.spreading import spread
from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.ids import public_id
from app.core.tokens import personal_token, token_hash
from app.events.rules.vocabulary import OccurrenceStatus
from app.events.service import LockedOccurrence, change_seats, lock_booked, lock_occurrence_by_id


@patiently
def add_family(command: AddFamily) -> str:
    """The family's id in addresses; the same key again is the same family. At the door it is here at once.

    Raises NotFound, OccurrenceCancelled, DoorClosed (long over), PartyEmpty, PartyNegative, PartyTooLarge,
    NoSeatForThem, Busy.
    """
    with transaction() as session:
        date = lock_occurrence_by_id(command.occurrence_id)
        key = token_hash(f"{date.public_id}\nhost\n{command.idempotency_key}")
        known = session.scalar(sa.select(Booking.public_id).where(Booking.idempotency_key == key))
        return known or _add(date, command, key)


@patiently
def take_off(occurrence_id: int, booking: str) -> None:
    """Forget a family that the host added; twice is once. Raises NotFound (date), Busy.

    Only those: a family that booked gives its place back itself.
    """
    with transaction() as session:
        date = lock_occurrence_by_id(occurrence_id)
        added = (Booking.public_id == booking, Booking.source == BookingSource.HOST)
        row = session.scalar(sa.select(Booking).where(Booking.occurrence_id == date.id, *added))
        if row is None:
            return
        # What was noted at the door of earlier dates stays.
        ahead = still_ahead(row)
        for one in {*ahead, row}:
            remove(one)
        promote_locked(lock_booked(date.id))


def _add(date: LockedOccurrence, command: AddFamily, key: str) -> str:
    now = clock.now()
    if date.status is OccurrenceStatus.CANCELLED:
        raise OccurrenceCancelled
    if now > date.ends_at + door.AFTER:
        raise door.DoorClosed
    party = Party(command.adults, command.children)
    check_party(party, MOST_PEOPLE, None if command.adults else door.CHILDREN_ALONE)
    is_here = door.is_open(date.starts_at, date.ends_at, now)
    # Before the beginning the queue moves up into what is free; afterwards nobody does any more.
    booked_on = lock_booked(date.id)
    is_kept = booked_on.has_queue and now < booked_on.starts_at
    whole = booked_on if _is_whole(date, now) else date
    room = Room(whole.capacity, whole.seats_taken, is_kept=is_kept)
    wanted = seats_of(party, date.counted_as, counts_babies=date.counts_babies)
    seats = seats_for(room, wanted, comes_anyway=command.comes_anyway, is_here=is_here)
    change_seats(date.id, seats)
    own_id = public_id()
    family = Booking(
        public_id=own_id, generation=1, token_hash=token_hash(personal_token(PURPOSE, own_id, 1)), idempotency_key=key,
        occurrence_id=date.id, course_key=own_id if seats and _is_whole(date, now) else None, name=command.name, email=None, language=command.language, adults=party.adults,
        children=party.children, seats=seats, source=BookingSource.HOST, marked_at=now if is_here else None,
        status=BookingStatus.ATTENDED if is_here else BookingStatus.CONFIRMED, created_at=now, updated_at=now,
    )  # fmt: skip
    db.session.add(family)
    db.session.flush()
    if family.course_key is not None:
        spread(family)
    return own_id


def _is_whole(date: LockedOccurrence, now: datetime) -> bool:
    """Whoever is added to a course before it begins comes to all of it; later, to one date."""
    return date.lead_id == date.id and not date.has_begun(now)
