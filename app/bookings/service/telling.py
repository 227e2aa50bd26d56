"""Write to a family, where it can be written to: a booking may be without an e-mail address."""

from app.bookings.models import Booking
from app.core.mail import outbox


def tell(kind: str, booking: Booking, version: int | None = None) -> bool:
    """Put a mail of this kind into the outbox, once a `version`; False where nobody can be written to.

    Inside the caller's transaction.
    """
    if booking.email is None:
        return False
    key = f"{kind}:{booking.public_id}"
    outbox.put(kind, booking.public_id, dedupe_key=key if version is None else f"{key}:{version}")
    return True
