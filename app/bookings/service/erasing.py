"""Erase what is known of a family; take made-up bookings away, as if nobody had ever booked."""

import sqlalchemy as sa

from app.bookings.models import Booking
from app.bookings.service.answers import drop_answers
from app.bookings.service.giving_back import release, remove
from app.bookings.service.holding import family_of, held, hold, still_ahead
from app.bookings.service.moving import forgo
from app.bookings.service.promotion import promote_locked
from app.core import clock
from app.core.busy import patiently
from app.core.database import transaction
from app.core.tokens import random_token, token_hash
from app.events.service import lock_booked, lock_occurrence_by_id, mark_queue


@patiently
def erase(token: str) -> None:
    """Give back what stands, then forget name and address; the link leads nowhere afterwards. Raises NotFound, Busy.

    How many came stays for the figures, without anybody. Nobody is written to: there is no address any more.
    """
    with transaction():
        date = hold(token)
        booking = held(token)
        for one in still_ahead(booking):
            release(one)
        forgo(booking)
        for one in family_of(booking):
            forget(one)
        promote_locked(lock_booked(date.id))


def forget(booking: Booking) -> None:
    """Nothing of the row leads to anybody any more."""
    booking.name, booking.email = "", None
    booking.token_hash, booking.idempotency_key = token_hash(random_token()), token_hash(random_token())
    drop_answers(booking)
    booking.repeat_key = booking.address_hash = None
    booking.erased_at = clock.now()


@patiently
def erase_made_up(occurrence_id: int, email_domain: str) -> bool:
    """Erase the bookings of one date whose addresses are at this domain; nobody is written to.

    False, and everything stays, where anybody else ever booked this date: who is asked while nobody can book it.
    Raises NotFound, Busy.
    """
    with transaction() as session:
        lock_occurrence_by_id(occurrence_id)
        here = session.scalars(sa.select(Booking).where(Booking.occurrence_id == occurrence_id)).all()
        if not all((booking.email or "").casefold().endswith(f"@{email_domain}") for booking in here):
            return False
        for booking in here:
            remove(booking)
        mark_queue(occurrence_id, has_queue=False)
        return True
