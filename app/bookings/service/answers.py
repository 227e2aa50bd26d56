"""Keep what a family answered besides, as long as its booking needs it."""

import sqlalchemy as sa

from app.bookings.commands import Book
from app.bookings.models import Booking, BookingAnswer
from app.bookings.rules.ages import check_ages
from app.bookings.rules.needs import CONSENT_VERSION, check_needs
from app.core import clock
from app.core.database import db
from app.events.service import LockedOccurrence


def check_answers(command: Book, date: LockedOccurrence) -> None:
    """Only what the event asks is looked at. Raises AgesNotComplete, NobodyFitsTheAges, NeedsTooLong, ConsentMissing."""
    if date.asks_ages:
        check_ages(command.ages, command.children, date.age_from_months, date.age_to_months)
    if date.asks_needs:
        check_needs(command.needs, consents=command.consents)


def keep_answers(booking: Booking, command: Book, date: LockedOccurrence) -> None:
    """What was not asked is not kept."""
    ages = list(command.ages) if date.asks_ages else []
    needs = command.needs if date.asks_needs else ""
    if not ages and not needs:
        return
    has_consent = bool(needs)
    db.session.add(
        BookingAnswer(
            booking_id=booking.id, ages=ages, needs=needs,
            consent_version=CONSENT_VERSION if has_consent else None,
            consented_at=clock.now() if has_consent else None,
        )
    )  # fmt: skip


def drop_answers(booking: Booking) -> None:
    """Nobody needs them any more."""
    db.session.execute(sa.delete(BookingAnswer).where(BookingAnswer.booking_id == booking.id))
