"""Who gets the last seat: first come, first served; a queue comes first (waiting.py says who passes whom)."""

from dataclasses import dataclass
from datetime import datetime

from app.bookings.rules.party import PartyTooLarge
from app.bookings.rules.status import BookingStatus
from app.core.errors import Conflict, Invalid
from app.events.rules.vocabulary import OccurrenceStatus


class BookingClosed(Conflict):
    """No booking can be taken (any more); subclasses say why."""


class OccurrencePast(BookingClosed):
    """The date has already begun."""


class OccurrenceCancelled(BookingClosed):
    """The date will not take place."""


class OccurrencePutOff(BookingClosed):
    """The date is put off, and its new day is not known yet."""


class NotBookable(BookingClosed):
    """Nobody needs to book: one simply comes."""


class FewerSeatsLeft(Conflict):
    """Some seats are left, fewer than the party needs: it may come in fewer, or wait. `details` has "free", "wanted"."""


class EmailNeeded(Invalid):
    """This event is booked with an e-mail address."""


class WaitingNeedsEmail(Invalid):
    """Whoever cannot be written to would never learn that a seat is free."""


@dataclass(frozen=True)
class Seats:
    """Room of one date; 0 ≤ taken ≤ capacity."""

    capacity: int
    taken: int

    @property
    def free(self) -> int:
        """What is left."""
        return self.capacity - self.taken


def admit(seats: Seats, wanted: int, *, queue_is_empty: bool, accepts_waiting: bool = False) -> BookingStatus:
    """Confirmed when the party fits and nobody waits; else it waits.

    PartyTooLarge if it could never fit. FewerSeatsLeft while some seats are free: nobody waits for more without having
    said so.

    >>> admit(Seats(capacity=8, taken=6), 2, queue_is_empty=True)
    <BookingStatus.CONFIRMED: 'confirmed'>
    >>> admit(Seats(capacity=8, taken=6), 2, queue_is_empty=False)
    <BookingStatus.WAITLISTED: 'waitlisted'>
    """
    if wanted > seats.capacity:
        raise PartyTooLarge(most=seats.capacity)
    fits = wanted <= seats.free
    if queue_is_empty and not fits and seats.free > 0 and not accepts_waiting:
        raise FewerSeatsLeft(free=seats.free, wanted=wanted)
    return BookingStatus.CONFIRMED if fits and queue_is_empty else BookingStatus.WAITLISTED


def check_email(email: str | None, *, is_optional: bool) -> None:
    """Raise EmailNeeded where there is none and the event asks for one."""
    if email is None and not is_optional:
        raise EmailNeeded


def check_open(*, starts_at: datetime, status: OccurrenceStatus, is_bookable: bool, now: datetime) -> None:
    """Raise OccurrenceCancelled, OccurrencePutOff, OccurrencePast or NotBookable; aware datetimes."""
    if status is OccurrenceStatus.CANCELLED:
        raise OccurrenceCancelled
    if status is OccurrenceStatus.POSTPONED:
        raise OccurrencePutOff
    if starts_at <= now:
        raise OccurrencePast
    if not is_bookable:
        raise NotBookable
