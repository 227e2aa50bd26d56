"""What a personal link opens: a booking and its date; of a course that is booked whole, those of all its dates."""

from dataclasses import dataclass

from app.bookings import queries
from app.bookings.queries import BookingView
from app.bookings.rules.status import STANDING
from app.core import clock
from app.core.tokens import personal_token
from app.events.facts import OccurrenceView
from app.events.queries import dates_of_course, occurrence_by_id
from app.events.rules.vocabulary import OccurrenceStatus


@dataclass(frozen=True)
class Opened:
    """`booking` and `date` are those that the page is about: of a course, the one of the link while that is ahead, then the next.

    `family` and `dates`: all bookings and all dates of the course, in order; () where a single date is booked.
    """

    booking: BookingView
    date: OccurrenceView
    family: tuple[BookingView, ...] = ()
    dates: tuple[OccurrenceView, ...] = ()

    @property
    def token(self) -> str:
        """The personal link of the booking that the page is about: its buttons are for that one."""
        return personal_token("booking", self.booking.public_id, self.booking.generation)


def opened(token: str) -> Opened | None:
    """None where no booking has this link."""
    booking = queries.booking_by_token(token)
    date = occurrence_by_id(booking.occurrence_id) if booking else None
    if booking is None or date is None:
        return None
    if date.course is None:
        return Opened(booking, date)
    return _of_course(booking, date)


def _of_course(booking: BookingView, date: OccurrenceView) -> Opened:
    family, dates = tuple(queries.whole_course(booking)), tuple(dates_of_course(date))
    by_id = {one.id: one for one in dates} | _elsewhere(family, dates)
    ahead = [one for one in family if one.status in STANDING and is_ahead(by_id[one.occurrence_id])]
    if not ahead or booking.id in {one.id for one in ahead}:
        return Opened(booking, date, family, dates)
    return Opened(ahead[0], by_id[ahead[0].occurrence_id], family, dates)


def _elsewhere(
    family: tuple[BookingView, ...], dates: tuple[OccurrenceView, ...]
) -> dict[int, OccurrenceView]:
    """Booked dates that the course no longer has: its schedule was given a later beginning."""
    missing = {one.occurrence_id for one in family} - {one.id for one in dates}
    found = (occurrence_by_id(occurrence_id) for occurrence_id in missing)
    return {one.id: one for one in found if one is not None}


def is_ahead(date: OccurrenceView) -> bool:
    """Whether it is still to come: a date that is put off is, whatever its old time was."""
    return date.status is OccurrenceStatus.POSTPONED or date.starts_at > clock.now()
