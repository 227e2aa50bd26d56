"""What can be done with events: one verb, one transaction; others hear of it by a signal inside it."""

from app.events.service.materialise import materialise
from app.events.service.occurrences import cancel_occurrence, move_occurrence, reinstate_occurrence
from app.events.service.saving import Outcome, create_event, save_events, update_event
from app.events.service.seats import (
    LockedOccurrence,
    change_seats,
    lock_occurrence,
    lock_occurrence_by_id,
    mark_queue,
)

__all__ = [
    "LockedOccurrence",
    "Outcome",
    "cancel_occurrence",
    "change_seats",
    "create_event",
    "lock_occurrence",
    "lock_occurrence_by_id",
    "mark_queue",
    "materialise",
    "move_occurrence",
    "reinstate_occurrence",
    "save_events",
    "update_event",
]
