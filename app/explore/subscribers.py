"""What finding does when a place or its programme changes: move the stamps that remembered answers hang on.

Inside the transaction of the change, so that the new answer is never kept under the old stamp, and last in it: every
writer writes these rows, and one that held them while waiting for a date would wait for ever.
"""

import secrets

from app.bookings import signals as bookings
from app.core import state
from app.core.database import write_last
from app.events import signals as events
from app.explore.remembered import PLACES_STAMP, PROGRAMME_STAMP
from app.places import signals as places

PROGRAMME = (
    events.event_saved,
    events.occurrence_moved,
    events.occurrence_cancelled,
    events.occurrence_reinstated,
    events.seats_freed,
    bookings.booking_confirmed,
    bookings.booking_cancelled,
)


def forget_places(sender: object, **ids: object) -> None:
    """Counts, orders and map boxes are worked out anew."""
    write_last(PLACES_STAMP, lambda: state.write(PLACES_STAMP, secrets.token_hex(8)))


def forget_programme(sender: object, **ids: object) -> None:
    """Pages that show next dates and free seats are made anew."""
    write_last(PROGRAMME_STAMP, lambda: state.write(PROGRAMME_STAMP, secrets.token_hex(8)))


places.place_saved.connect(forget_places)
places.facts_confirmed.connect(forget_places)
for programme_signal in PROGRAMME:
    programme_signal.connect(forget_programme)
