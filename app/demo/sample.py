"""`flask wendy sample`: many made-up places and events, for measuring. Goes the way of real ones, only faster."""

from dataclasses import dataclass

from app.core import clock, state, statistics
from app.core.database import transaction
from app.demo import queries, sample_records
from app.demo.fast_writes import fast_writes
from app.demo.records import TZID
from app.events.service import save_events
from app.places.service import save_places


@dataclass(frozen=True)
class Made:
    """What is there now, and how long it took."""

    places: int
    events: int
    dates: int
    seconds: float


def make(places: int, events: int, seed: int) -> Made:
    """Save so many places, and events of ten weekly dates each; the same seed again changes nothing that day."""
    began, today = clock.monotonic(), clock.today(TZID)
    with fast_writes():
        with transaction():
            state.write(queries.SAMPLED, today.isoformat())
        outcomes = save_places(list(sample_records.places(places, seed, today)))
        place_ids = [outcome.public_id for outcome in outcomes]
        saved = save_events(list(sample_records.events(events, seed, today, place_ids)))
        dates = queries.count_dates(sample_records.SOURCE)
    statistics.refresh()
    return Made(len(outcomes), len(saved), dates, clock.monotonic() - began)
