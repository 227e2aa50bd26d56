"""Seats that were kept for a family go to whoever fits, from a day before the date on."""

from app.bookings.queries import dates_with_queue
from app.bookings.rules.waiting import KEPT_UNTIL
from app.bookings.service.promotion import promote
from app.core import clock
from app.core.errors import NotFound
from app.core.jobs import hourly


@hourly("bookings.waiting")
def release_kept_seats() -> None:
    """Each date that begins within 24 hours and has a queue lets in whoever fits now."""
    now = clock.now()
    for occurrence_id in dates_with_queue(now, now + KEPT_UNTIL):
        try:
            promote(occurrence_id)
        except NotFound:  # taken away meanwhile
            continue
