"""What can be done with bookings: one verb, one transaction each."""

from app.bookings.service.booking import Booked, book
from app.bookings.service.door import mark
from app.bookings.service.erasing import erase_made_up
from app.bookings.service.giving_back import cancel
from app.bookings.service.marking import Answered, mark_absent, mark_late
from app.bookings.service.promotion import promote
from app.bookings.service.releasing import release_kept_seats
from app.bookings.service.walking_in import add_family, take_off

__all__ = [
    "Answered",
    "Booked",
    "add_family",
    "book",
    "cancel",
    "erase_made_up",
    "mark",
    "mark_absent",
    "mark_late",
    "promote",
    "release_kept_seats",
    "take_off",
]
