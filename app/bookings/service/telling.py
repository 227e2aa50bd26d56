"""Write to a family, where it can be written to: a booking may be without an e-mail address."""

from functools import partial

from app.bookings.models import Booking
from app.bookings.rules.status import STANDING
from app.bookings.service.holding import family_of
from app.core.database import is_to_be_written, write_last
from app.core.mail import outbox
from app.events.service import LockedOccurrence


def tell(kind: str, booking: Booking, version: int | str | None = None) -> bool:
    """Put a mail of this kind into the outbox, once a `version`; False where nobody can be written to.

    Inside the caller's transaction.
    """
    if booking.email is None:
        return False
    key = f"{kind}:{booking.public_id}"
    outbox.put(kind, booking.public_id, dedupe_key=key if version is None else f"{key}:{version}")
    return True


def tell_of_date(kind: str, booking: Booking, date: LockedOccurrence) -> bool:
    """The same for what happened to a date; False also where the family hears of it already.

    Whoever has several dates of a course gets one letter for all that happens to them at once.
    """
    if booking.course_key is None:
        return tell(kind, booking, date.sequence)
    return tell_of_course(kind, booking, f"{date.id}.{date.sequence}")


def tell_of_course(kind: str, booking: Booking, version: str) -> bool:
    """Tell a family of one of the changes that this transaction makes to its course."""
    if booking.email is None:
        return False
    name = f"mail to {booking.course_key}"
    is_known = is_to_be_written(name)
    write_last(name, partial(_write_of_course, None if is_known else kind, booking, version))
    return not is_known


def _write_of_course(kind: str | None, booking: Booking, version: str) -> None:
    """`kind` where one date is concerned; else a letter about all, that leads to the page of what still stands."""
    if kind is not None:
        tell(kind, booking, version)
        return
    standing = (one for one in family_of(booking) if one.status in STANDING)
    tell("course_changed", next(standing, booking), version)
