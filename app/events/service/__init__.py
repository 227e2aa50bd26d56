"""What can be done with events: one verb, one transaction; others hear of it by a signal inside it."""

from app.events.service.calendars import (
    TooManyCalendars,
    forget_drafts,
    forget_source,
    keep_draft,
    looked_at,
    taken_in,
    unpacked,
)
from app.events.service.materialise import materialise
from app.events.service.occurrences import (
    cancel_occurrence,
    move_occurrence,
    postpone_occurrence,
    reinstate_occurrence,
    resize_occurrence,
)
from app.events.service.proposals import (
    accept_proposal,
    decline_proposal,
    forget_proposals,
    proposal_token,
    propose_event,
)
from app.events.service.reviews import decide_review, tell_managers
from app.events.service.saving import Outcome, booked_dates_left_out, create_event, save_events, update_event
from app.events.service.seats import (
    LockedOccurrence,
    change_seats,
    lock_booked,
    lock_occurrence,
    lock_occurrence_by_id,
    mark_queue,
)
from app.events.service.series import cancel_series, move_series, resize_series
from app.events.service.topics import add_topic, finish_merges, merge_topics, rename_topic

__all__ = [
    "LockedOccurrence",
    "Outcome",
    "TooManyCalendars",
    "accept_proposal",
    "add_topic",
    "booked_dates_left_out",
    "cancel_occurrence",
    "cancel_series",
    "change_seats",
    "create_event",
    "decide_review",
    "decline_proposal",
    "finish_merges",
    "forget_drafts",
    "forget_proposals",
    "forget_source",
    "keep_draft",
    "lock_booked",
    "lock_occurrence",
    "lock_occurrence_by_id",
    "looked_at",
    "mark_queue",
    "materialise",
    "merge_topics",
    "move_occurrence",
    "move_series",
    "postpone_occurrence",
    "proposal_token",
    "propose_event",
    "reinstate_occurrence",
    "rename_topic",
    "resize_occurrence",
    "resize_series",
    "save_events",
    "taken_in",
    "tell_managers",
    "unpacked",
    "update_event",
]
