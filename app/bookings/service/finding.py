"""Send a family the links of its bookings, to the address that it booked with and to no other."""

from app.bookings.queries.own import newest_of_address
from app.core import clock
from app.core.database import transaction
from app.core.mail import outbox

NOBODY = "-"


def send_links(email: str) -> None:
    """One mail with all coming bookings of this address; where there are none, the same work and no mail.

    The row in the outbox holds the id of one booking, never the address. Pressed again within a minute it is one mail.
    """
    with transaction():
        subject = newest_of_address(email, clock.now()) or NOBODY
        minute = f"{clock.now():%Y%m%d%H%M}"
        outbox.put("booking_links", subject, dedupe_key=f"booking_links:{subject}:{minute}")
