"""Seats that are kept go on in time: when an offer ends, and from a day before the date on to whoever fits."""

from app.bookings.queries.offers import dates_with_overdue_offers, dates_with_queue
from app.bookings.rules.waiting import KEPT_UNTIL
from app.bookings.service.promotion import promote
from app.core import clock
from app.core.errors import NotFound
from app.core.jobs import hourly, watch


@hourly("bookings.waiting")
def release_kept_seats() -> None:
    """Each date that begins within 24 hours and has a queue lets in whoever fits now."""
    now = clock.now()
    _promote_each(dates_with_queue(now, now + KEPT_UNTIL))


@watch
def end_offers() -> None:
    """Offers whose time is up end, and the next family is asked."""
    _promote_each(dates_with_overdue_offers(clock.now()))


def _promote_each(occurrence_ids: list[int]) -> None:
    for occurrence_id in occurrence_ids:
        try:
            promote(occurrence_id)
        except NotFound:  # taken away meanwhile
            continue
