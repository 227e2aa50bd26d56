"""Forget families whose date is over: first what they told besides, then who they were; the heads stay."""

from datetime import datetime

import sqlalchemy as sa

from app.bookings.models import Booking, BookingAnswer
from app.bookings.rules.retention import KEEP_ANSWERS, KEEP_NAMES
from app.bookings.service.erasing import forget
from app.core import clock
from app.core.busy import patiently
from app.core.database import transaction
from app.core.jobs import daily
from app.events.models import Occurrence
from app.events.rules.vocabulary import OccurrenceStatus

BATCH = 200
_IS_OVER = Occurrence.status != OccurrenceStatus.POSTPONED


@daily("bookings.forget")
def forget_past_families() -> None:
    """In batches, so that bookings can pass between them; a date that is put off is not over."""
    now = clock.now()
    while _drop_answers(now - KEEP_ANSWERS):
        pass
    while _forget_names(now - KEEP_NAMES):
        pass


def _goes_on(ended_before: datetime) -> sa.ColumnElement[bool]:
    """Whether it is a date of a course of which the family has others: their links are one."""
    other, date = sa.orm.aliased(Booking), sa.orm.aliased(Occurrence)
    return (
        sa.exists()
        .where(other.course_key == Booking.course_key, date.id == other.occurrence_id)
        .where(sa.or_(date.ends_at >= ended_before, date.status == OccurrenceStatus.POSTPONED))
    )


@patiently
def _drop_answers(ended_before: datetime) -> bool:
    with transaction() as session:
        old = (
            sa.select(BookingAnswer.booking_id)
            .join(Booking, Booking.id == BookingAnswer.booking_id)
            .join(Occurrence, Occurrence.id == Booking.occurrence_id)
            .where(Occurrence.ends_at < ended_before, _IS_OVER)
            .limit(BATCH)
        )
        found = session.scalars(old).all()
        session.execute(sa.delete(BookingAnswer).where(BookingAnswer.booking_id.in_(found)))
        return len(found) == BATCH


@patiently
def _forget_names(ended_before: datetime) -> bool:
    with transaction() as session:
        old = (
            sa.select(Booking)
            .join(Occurrence, Occurrence.id == Booking.occurrence_id)
            .where(
                Occurrence.ends_at < ended_before,
                _IS_OVER,
                Booking.erased_at.is_(None),
                ~_goes_on(ended_before),
            )
            .limit(BATCH)
            .with_for_update(of=Booking, skip_locked=True)
        )
        found = session.scalars(old).all()
        for booking in found:
            forget(booking)
        return len(found) == BATCH
