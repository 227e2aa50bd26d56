"""What feeds do when something below changed: write rows, inside the edit's own transaction."""

from typing import Any

from app.core.jobs import daily
from app.events.queries import event_ids_of_place
from app.events.signals import (
    event_saved,
    occurrence_cancelled,
    occurrence_moved,
    occurrence_postponed,
    occurrence_reinstated,
)
from app.feeds import queries, service
from app.places.signals import place_saved, places_found


@event_saved.connect
def write_saved_event(_sender: Any, *, event_id: int) -> None:
    """An event or its dates changed."""
    service.write_event(event_id)


@occurrence_moved.connect
@occurrence_cancelled.connect
@occurrence_postponed.connect
@occurrence_reinstated.connect
def write_event_of_date(_sender: Any, *, occurrence_id: int) -> None:
    """One date changed: the bytes of its event hold the exception."""
    event_id = queries.event_id_of(occurrence_id)
    if event_id is not None:
        service.write_event(event_id)


@place_saved.connect
def write_events_of_place(_sender: Any, *, place_id: int) -> None:
    """Name, address and territories of a place stand in the entries of its events."""
    for event_id in event_ids_of_place(place_id):
        service.write_event(event_id)


@places_found.connect
def find_events_of_territory(_sender: Any, *, territory_id: int) -> None:
    """A border changed: other events are inside. Their bytes do not name the territory."""
    service.find_events_in(territory_id)


daily("feeds")(service.move_window)
