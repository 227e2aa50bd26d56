"""What can be done with bookings: one verb, one transaction each."""

from app.bookings.service.answering import accept
from app.bookings.service.booking import Booked, book
from app.bookings.service.changing import change_party
from app.bookings.service.door import mark
from app.bookings.service.erasing import erase, erase_made_up
from app.bookings.service.finding import send_links
from app.bookings.service.giving_back import cancel
from app.bookings.service.marking import Answered, mark_absent, mark_late
from app.bookings.service.promotion import promote
from app.bookings.service.releasing import end_offers, release_kept_seats
from app.bookings.service.reminding import send_reminders
from app.bookings.service.walking_in import add_family, take_off

__all__ = [
    "Answered", "Booked", "accept", "add_family", "book", "cancel", "change_party", "end_offers", "erase",
    "erase_made_up", "mark", "mark_absent", "mark_late", "promote", "release_kept_seats", "send_links",
    "send_reminders", "take_off",
]  # fmt: skip
