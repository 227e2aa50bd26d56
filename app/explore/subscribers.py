"""What finding does when a place or its programme changes: write its words, move the stamps of remembered answers.

Inside the transaction of the change, so that the new answer is never kept under the old stamp, and last in it: every
writer writes these rows, and one that held them while waiting for a date would wait for ever.
"""

import secrets

from app.bookings import signals as bookings
from app.core import state
from app.core.database import db, write_last
from app.core.jobs import daily
from app.events import signals as events
from app.events.queries.words import register_variants
from app.explore import service
from app.explore.queries.lookup import spellings
from app.explore.remembered import PLACES_STAMP, PROGRAMME_STAMP
from app.explore.rules.ranking import Subject
from app.places import signals as places
from app.territories import signals as territories

PROGRAMME = (
    events.event_saved,
    events.occurrence_moved,
    events.occurrence_cancelled,
    events.occurrence_postponed,
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


def index_place(sender: object, *, place_id: int) -> None:
    """It is found by its new words."""
    _index_last(Subject.PLACE, place_id)


def index_event(sender: object, *, event_id: int) -> None:
    """The same."""
    _index_last(Subject.EVENT, event_id)


def index_territory(sender: object, *, territory_id: int) -> None:
    """The same."""
    _index_last(Subject.NEIGHBOURHOOD, territory_id)


def _index_last(subject: Subject, key: int) -> None:
    """Many places in one transaction are written together; before the stamps, since words are many rows."""
    waiting: set[int] = db.session.info.setdefault(f"words of {subject}", set())
    waiting.add(key)

    def write() -> None:
        service.index(subject, db.session.info.pop(f"words of {subject}", ()))

    write_last(f"index {subject}", write)


register_variants(spellings)
places.place_saved.connect(forget_places)
places.place_saved.connect(index_place)
events.event_saved.connect(index_event)
territories.territory_saved.connect(index_territory)
places.facts_confirmed.connect(forget_places)
for programme_signal in PROGRAMME:
    programme_signal.connect(forget_programme)


@daily("explore.words")
def mend_words() -> None:
    """Whatever changed without telling is found by its words again; words that stand nowhere are forgotten."""
    service.rebuild_index()
    service.sweep_words()
